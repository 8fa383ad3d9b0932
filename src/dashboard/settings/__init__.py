"""How this server is run: one TOML file outside the project, named by DASHBOARD_SETTINGS.

Without one the dashboard is for this computer only. `deploy/dashboard.toml` is the example with every key.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from dashboard.settings.model import (
    LOOPBACK,
    MODES,
    ROLES,
    Listed,
    Mode,
    Proxy,
    Role,
    Settings,
    SettingsError,
    same_name,
)
from dashboard.settings.read import read

__all__ = [
    "LOOPBACK",
    "MODES",
    "ROLES",
    "Listed",
    "Mode",
    "Proxy",
    "Role",
    "Settings",
    "SettingsError",
    "current",
    "read",
    "same_name",
]


def current() -> Settings:
    """The settings of this process."""
    path = os.environ.get("DASHBOARD_SETTINGS")
    return _kept(Path(path)) if path else _from_environment()


@cache
def _kept(path: Path) -> Settings:
    """Read once: a file edited half-way changes nothing while the server runs."""
    return read(path)


def _from_environment() -> Settings:
    """Without a file: local, with the folders that the environment names."""
    data, store = os.environ.get("DASHBOARD_DATA"), os.environ.get("DASHBOARD_STORE")
    return Settings(
        data=Path(data) if data else None,
        store=Path(store) if store else None,
        publish=os.environ.get("DASHBOARD_PUBLISH") == "1",
    )
