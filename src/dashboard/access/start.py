"""The settings at start: what is wrong with them is said in a sentence, and the server does not start."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Sequence
from typing import NoReturn

from dashboard import text
from dashboard.access import local_authenticator
from dashboard.settings import LOOPBACK, Settings, SettingsError, current

WRONG_SETTINGS = 2
# How uvicorn is told an address on its command line.
_OPTION = "--host"
_LINK_SHOWN = threading.Event()


def at_start(configured: str = "", port: int | None = None) -> Settings:
    """The settings of this process; ends it with a sentence where they are wrong, or where a server for this
    computer only is told to listen to others.

    `configured` and `port` are where Streamlit was told to listen, in whichever way; `show_link` follows
    where they are known.
    """
    try:
        settings = current()
        for address in _addresses(sys.argv[1:], configured):
            if settings.mode == "local" and address not in LOOPBACK:
                raise SettingsError("open_without_sign_in", address=address)
        if settings.mode == "local":
            local_authenticator.key()
        if settings.state is not None:
            settings.state.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not os.access(settings.state, os.W_OK | os.X_OK):
                raise SettingsError("unwritable", folder=str(settings.state))
    except SettingsError as error:
        stop(error)
    except OSError as error:
        stop(SettingsError("unreadable", file=str(error.filename), reason=error.strerror or ""))
    if port is not None:
        show_link(settings, configured or settings.address, port)
    return settings


def show_link(settings: Settings, address: str, port: int) -> None:
    """Show the link of mode local on the terminal, once: by the first caller that knows where it listens."""
    if settings.mode == "local" and not _LINK_SHOWN.is_set():
        print(text.get()("cli.serve_ready", address=local_authenticator.link(address, port)), flush=True)
        _LINK_SHOWN.set()


def stop(error: SettingsError) -> NoReturn:
    """Say in both languages what is wrong, and end the process."""
    for lang in text.LANGUAGES:
        print(text.get(lang)(f"settings.{error.key}", **error.values), file=sys.stderr)
    raise SystemExit(WRONG_SETTINGS)


def _addresses(arguments: Sequence[str], configured: str) -> list[str]:
    """Every address that was named."""
    addresses = [configured] if configured else []
    for place, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name == _OPTION and (equals or place + 1 < len(arguments)):
            addresses.append(value if equals else arguments[place + 1])
    return addresses
