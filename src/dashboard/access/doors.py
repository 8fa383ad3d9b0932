"""The door of each mode."""

from __future__ import annotations

from dashboard.access.door import Door
from dashboard.access.local import Local
from dashboard.settings import Settings


def door(settings: Settings) -> Door:
    """The door that the settings name. What a mode needs is imported with it: a computer of one's own loads
    neither password hashing nor a client of a provider."""
    if settings.mode == "accounts":
        from dashboard.access.by_account import ByAccount  # noqa: PLC0415

        return ByAccount(settings)
    if settings.mode == "oidc":
        from dashboard.access.by_oidc import ByOidc  # noqa: PLC0415

        return ByOidc(settings)
    if settings.mode == "proxy":
        from dashboard.access.by_proxy import ByProxy  # noqa: PLC0415

        return ByProxy(settings)
    return Local()
