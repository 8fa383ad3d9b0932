"""How often somebody may try to sign in: enough for slips of the finger, far too little for guessing.

Three budgets, each refilled as time goes by: of an address, of a name tried from one address, of a name over
all addresses. One address alone cannot use up a name's, so a stranger does not lock a leader out; and a
device that has signed in with the name before has a budget of its own, which strangers cannot touch. A right
password costs nothing. The longest wait is half a minute.

Kept in memory: two processes allow twice as much, and a restart forgets.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network


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
# Budgets that are remembered; beyond, those not touched for longest are forgotten.
_REMEMBERED = 20_000


@dataclass(frozen=True)
class Attempt:
    """One attempt: with which name, from where, and the id of a device that has signed in with it before."""

    name: str
    address: str
    device: str | None = None

    def budgets(self) -> list[tuple[tuple[str, ...], Limit]]:
        """The budgets that it is taken from."""
        if self.device is not None:
            return [(("device", self.name, self.device), OF_DEVICE)]
        here = _network(self.address)
        return [
            (("address", here), OF_ADDRESS),
            (("here", self.name, here), OF_NAME_HERE),
            (("name", self.name), OF_NAME),
        ]


class RateLimiter:
    """The budgets of one process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        # Left at a moment.
        self._left: OrderedDict[tuple[str, ...], tuple[float, float]] = OrderedDict()

    def wait(self, attempt: Attempt) -> int:
        """For how many seconds nothing may be tried; 0 = now."""
        now = self._clock()
        short = ((1 - self._now(budget, limit, now)) * limit.every_s for budget, limit in attempt.budgets())
        return max(0, math.ceil(max(short)))

    def take(self, attempt: Attempt) -> int:
        """Take one attempt; where there is none left, for how many seconds to wait."""
        wait = self.wait(attempt)
        if wait == 0:
            self._add(attempt, -1)
        return wait

    def give_back(self, attempt: Attempt) -> None:
        """The password was right: the attempt costs nothing."""
        self._add(attempt, 1)

    def _add(self, attempt: Attempt, number: int) -> None:
        now = self._clock()
        for budget, limit in attempt.budgets():
            left = min(limit.most, self._now(budget, limit, now) + number)
            self._left[budget] = (left, now)
            self._left.move_to_end(budget)
        while len(self._left) > _REMEMBERED:
            self._left.popitem(last=False)

    def _now(self, budget: tuple[str, ...], limit: Limit, now: float) -> float:
        left, at = self._left.get(budget, (limit.most, now))
        return min(limit.most, left + (now - at) / limit.every_s)


def _network(address: str) -> str:
    """An address; of IPv6 the network, in which one computer has as many addresses as it likes."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((parsed, 64), strict=False)) if isinstance(parsed, IPv6Address) else str(parsed)
