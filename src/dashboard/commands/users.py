"""`users add | remove | password | list | sessions | sign-out | reset-totp`: the accounts of a server in mode
accounts, and who is signed in."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Sequence
from pathlib import Path

from dashboard import schema, store, text
from dashboard.access import accounts, sessions, takeover
from dashboard.access.accounts import Account, AccountError
from dashboard.access.database import DatabaseError
from dashboard.commands import DONE, WRONG_USAGE, RefusedError, common
from dashboard.dataset import check
from dashboard.settings import ROLES, Settings
from dashboard.text import Text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    words = text.get()
    actions = parser.add_subparsers(required=True, metavar=" | ".join(_ACTIONS))
    for name, act in _ACTIONS.items():
        action = actions.add_parser(name, help=words(f"access.users.{name}"))
        action.set_defaults(act=act)
        if name != "list":
            optional = "?" if name == "sessions" else None
            action.add_argument("name", metavar="NAME", nargs=optional, help=words("access.users.name_help"))
        if name == "add":
            action.add_argument("--role", choices=ROLES, default=ROLES[0], help=words("access.users.role"))
            action.add_argument(
                "--commune", action="append", metavar="ID", help=words("access.users.commune")
            )
        action.add_argument("--settings", type=Path, metavar="FILE", help=words("access.users.settings"))
        common.add_language(action)


def run(chosen: argparse.Namespace) -> int:
    """Change or list the accounts."""
    words = text.get(chosen.lang)
    try:
        chosen.act(_settings(chosen.settings, words), chosen, words)
    except AccountError as error:
        raise RefusedError(WRONG_USAGE, words(error.key, **error.values)) from error
    except DatabaseError as error:
        reason = getattr(error, "orig", None) or error
        raise RefusedError(WRONG_USAGE, words("access.users.no_database", reason=reason)) from error
    return DONE


def _settings(file: Path | None, words: Text) -> Settings:
    """The settings of the server, where it has accounts; what an older release kept is in the database."""
    settings = common.server_settings(file, words)
    if settings.mode != "accounts":
        raise AccountError("not_accounts", mode=settings.mode)
    if settings.state is None or not settings.state.is_dir():
        raise AccountError("no_state", folder=settings.state)
    try:
        takeover.take_over(settings)
    except ValueError as error:
        raise AccountError("damaged", reason=error) from error
    return settings


def _add(settings: Settings, chosen: argparse.Namespace, words: Text) -> None:
    communes = tuple(dict.fromkeys(chosen.commune)) if chosen.commune else None
    accounts.check_new(settings, chosen.name, chosen.role, communes)
    password = _typed_password(chosen.name, words)
    account = accounts.add(settings, chosen.name, password, chosen.role, communes, must_change=True)
    print(words("access.users.added", **_described(account, words)))
    _warn_of_unknown(communes or (), words)


def _remove(settings: Settings, chosen: argparse.Namespace, words: Text) -> None:
    print(words("access.users.removed", name=accounts.remove(settings, chosen.name).name))


def _password(settings: Settings, chosen: argparse.Namespace, words: Text) -> None:
    account = accounts.known(settings, chosen.name)
    accounts.set_password(settings, chosen.name, _typed_password(account.name, words), must_change=True)
    print(words("access.users.changed", name=account.name))


def _list(settings: Settings, _chosen: argparse.Namespace, words: Text) -> None:
    listed = accounts.read(settings)
    if not listed:
        print(words("access.users.none"))
    for account in listed.values():
        line = words("access.users.line", **_described(account, words), date=words.date(account.changed))
        states = {"must_change": account.must_change, "has_totp": account.totp_secret is not None}
        print("; ".join([line, *(words(f"access.users.{key}") for key, holds in states.items() if holds)]))


def _sessions(settings: Settings, chosen: argparse.Namespace, words: Text) -> None:
    key = accounts.known(settings, chosen.name).key if chosen.name else None
    names, current = accounts.read(settings), sessions.all_of(settings, key)
    if not current:
        print(words("access.users.no_sessions"))
    for session in current:
        place = words.series([part for part in (session.address, session.browser) if part])
        name = names[session.key].name
        print(words("access.users.session", name=name, where=place, **session.moments(words)))


def _sign_out(settings: Settings, chosen: argparse.Namespace, words: Text) -> None:
    account = accounts.known(settings, chosen.name)
    print(words("access.users.signed_out", n=sessions.end_all(settings, account.key), name=account.name))


def _reset_totp(settings: Settings, chosen: argparse.Namespace, words: Text) -> None:
    print(words("access.users.totp_reset", name=accounts.set_totp(settings, chosen.name, None).name))


_ACTIONS = {
    "add": _add,
    "remove": _remove,
    "password": _password,
    "list": _list,
    "sessions": _sessions,
    "sign-out": _sign_out,
    "reset-totp": _reset_totp,
}


def _described(account: Account, words: Text) -> dict[str, str]:
    every = words("access.users.every_commune")
    communes = every if account.communes is None else words.series(account.communes)
    return {"name": account.name, "role": words(f"access.role.{account.role}"), "communes": communes}


def _typed_password(name: str, words: Text) -> str:
    """The password: typed twice at a terminal, else one line of the input."""
    if not sys.stdin.isatty():
        typed = sys.stdin.readline().rstrip("\r\n")
    else:
        typed = getpass.getpass(words("access.users.ask", name=name))
        if typed and getpass.getpass(words("access.users.ask_again")) != typed:
            raise AccountError("differing")
    if not typed:
        raise AccountError("no_answer")
    return typed


def _warn_of_unknown(communes: Sequence[str], words: Text) -> None:
    """Say which communes the data do not have: they may come with the next ones."""
    if not communes:
        return
    folder = store.default_place().folder
    dataset = check(folder).dataset if folder is not None else None
    if dataset is None:
        print(words("access.users.unchecked_commune"), file=sys.stderr)
        return
    choices = [*dict.fromkeys(dataset.communes["commune_id"]), schema.OUTSIDE]
    missing = [commune for commune in communes if commune not in choices]
    if missing:
        values = {"values": ", ".join(missing), "known": ", ".join(choices)}
        print(words("access.users.unknown_commune", **values), file=sys.stderr)
