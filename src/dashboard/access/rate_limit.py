"""How often a sign-in may be tried: enough for slips of the finger, far too little for guessing.

Budgets, each refilled as time goes by: of an address, of a name tried from one address, of a name over all
addresses. Where the name has signed in before, that last one does not count: on a trusted device a budget of
its own does, in a trusted network those of the address. So strangers who guess at a name, from however many
addresses, keep no reader from signing in at the usual places. A right password costs nothing. The longest
wait is half a minute, for a code two.

Kept in the database: all servers count together, and a restart forgets nothing.
"""

from __future__ import annotations

import hashlib
import math
import secrets
import time
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

from sqlalchemy import Connection, delete, select
from starlette.requests import HTTPConnection

from dashboard.access import cookies, names, requests
from dashboard.access.database import database, rate_limits, trusted_places
from dashboard.settings import Settings

# A device or a network is trusted for so long after the last sign-in.
TRUSTED_S = 180 * 24 * 60 * 60
# Of one account; beyond, those where it has not signed in for longest are trusted no more.
_MOST_TRUSTED = 200
_DEVICE = "dashboard-device"


@dataclass(frozen=True)
class Limit:
    """So many attempts at once, and one more each `every_s` seconds."""

    most: int
    every_s: float


OF_ADDRESS = Limit(20, 6)
# Slower than the name's over all addresses is refilled: that is what keeps one address from using it up.
OF_NAME_HERE = Limit(5, 30)
OF_NAME = Limit(30, 10)
OF_DEVICE = Limit(10, 30)
# Of the second step, on a trusted device or over all others: a reader who comes so far knows the password. A
# code is one of a million.
OF_CODE = Limit(10, 120)
# After so long without an attempt every budget is full again.
_FULL_S = 20 * 60


@dataclass(frozen=True)
class Attempt:
    """One attempt: with the account of which name (its key), from which address, on which device (a random
    text that the browser keeps); with a password, or with the code of the second step."""

    key: str
    address: str
    device: str
    code: bool = False

    def places(self) -> tuple[str, str]:
        """The device and the network, as they are written down."""
        return f"device {hashlib.sha256(self.device.encode()).hexdigest()}", f"network {self.network}"

    @property
    def network(self) -> str:
        """The address; of IPv6 the network, in which one computer has as many addresses as it likes."""
        try:
            parsed = ip_address(self.address)
        except ValueError:
            return self.address
        return str(ip_network((parsed, 64), strict=False)) if isinstance(parsed, IPv6Address) else str(parsed)

    def budgets(self, trusted: set[str]) -> dict[str, Limit]:
        """The budgets that it is taken from; `trusted` are the places of the account."""
        device, network = self.places()
        if self.code:
            return {f"code {device} {self.key}" if device in trusted else f"code {self.key}": OF_CODE}
        if device in trusted:
            return {f"{device} {self.key}": OF_DEVICE}
        of_address = {network: OF_ADDRESS, f"{network} {self.key}": OF_NAME_HERE}
        return of_address if network in trusted else {**of_address, f"name {self.key}": OF_NAME}


def attempt(settings: Settings, connection: HTTPConnection, name: str, *, code: bool = False) -> Attempt:
    """The attempt of a request with a name, its key blank where it cannot be one; on a new device where the
    request brings none."""
    try:
        key = names.key(name)
    except ValueError:
        key = ""
    device = cookies.read(settings, connection, _DEVICE) or secrets.token_urlsafe(16)
    return Attempt(key, requests.address(settings, connection), device[:64], code)


def take(settings: Settings, attempt: Attempt) -> int:
    """Take one attempt; where there is none left, for how many seconds to wait."""
    now = time.time()
    with database(settings).writing() as state:
        state.execute(delete(rate_limits).where(rate_limits.c.at < now - _FULL_S))
        budgets = attempt.budgets(_trusted(state, attempt, now))
        remaining = _remaining(state, budgets, now)
        wait = max((1 - remaining[budget]) * limit.every_s for budget, limit in budgets.items())
        if wait <= 0:
            _keep(state, {budget: remaining[budget] - 1 for budget in budgets}, now)
    return max(0, math.ceil(wait))


def succeeded(settings: Settings, attempt: Attempt, *, signed_in: bool = True) -> None:
    """The password or the code was right: the attempt costs nothing; the places of a reader signed in by it
    are trusted from now on."""
    now = time.time()
    with database(settings).writing() as state:
        budgets = attempt.budgets(_trusted(state, attempt, now))
        remaining = _remaining(state, budgets, now)
        _keep(state, {name: min(limit.most, remaining[name] + 1) for name, limit in budgets.items()}, now)
        if not signed_in:
            return
        these_places = (trusted_places.c.key == attempt.key) & trusted_places.c.place.in_(attempt.places())
        state.execute(delete(trusted_places).where(these_places | (trusted_places.c.seen < now - TRUSTED_S)))
        rows = [{"key": attempt.key, "place": place, "seen": now} for place in attempt.places()]
        state.execute(trusted_places.insert(), rows)
        of_account = select(trusted_places.c.place).where(trusted_places.c.key == attempt.key)
        latest = of_account.order_by(trusted_places.c.seen.desc()).limit(_MOST_TRUSTED)
        surplus = (trusted_places.c.key == attempt.key) & trusted_places.c.place.not_in(latest)
        state.execute(delete(trusted_places).where(surplus))


def cookie(settings: Settings, attempt: Attempt) -> str:
    """The header `Set-Cookie` by which the browser keeps its device."""
    return cookies.write(settings, _DEVICE, attempt.device, TRUSTED_S)


def _trusted(state: Connection, attempt: Attempt, now: float) -> set[str]:
    """The places of an attempt where its account has signed in before."""
    these_places = (trusted_places.c.key == attempt.key) & trusted_places.c.place.in_(attempt.places())
    recent = trusted_places.c.seen > now - TRUSTED_S
    return set(state.execute(select(trusted_places.c.place).where(these_places & recent)).scalars())


def _remaining(state: Connection, budgets: dict[str, Limit], now: float) -> dict[str, float]:
    """How many attempts each budget has now."""
    rows = state.execute(select(rate_limits).where(rate_limits.c.budget.in_(budgets)))
    by_budget = {row.budget: row for row in rows}
    return {
        name: min(limit.most, by_budget[name].left + max(0, now - by_budget[name].at) / limit.every_s)
        if name in by_budget
        else limit.most
        for name, limit in budgets.items()
    }


def _keep(state: Connection, remaining: dict[str, float], now: float) -> None:
    state.execute(delete(rate_limits).where(rate_limits.c.budget.in_(remaining)))
    rows = [{"budget": budget, "left": value, "at": now} for budget, value in remaining.items()]
    state.execute(rate_limits.insert(), rows)
