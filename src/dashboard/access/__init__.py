"""Who may see what: the middleware in front of the server (`access.middleware`), sign-in, accounts, the audit
log."""

from dashboard.access.audit import record
from dashboard.access.authenticators import authenticator
from dashboard.access.health import Readiness
from dashboard.access.local_authenticator import link_for_one
from dashboard.access.start import at_start, show_link
from dashboard.access.user import (
    ACCOUNT,
    ADDRESS_HEADER,
    HEADER,
    LOCAL,
    SIGN_IN,
    SIGN_OUT,
    Authenticator,
    User,
)

__all__ = [
    "ACCOUNT",
    "ADDRESS_HEADER",
    "HEADER",
    "LOCAL",
    "SIGN_IN",
    "SIGN_OUT",
    "Authenticator",
    "Readiness",
    "User",
    "at_start",
    "authenticator",
    "link_for_one",
    "record",
    "show_link",
]
