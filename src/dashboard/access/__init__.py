"""Who may see what: the middleware in front of the server (`access.middleware`), sign-in, accounts, the audit
log."""

from dashboard.access.audit import record
from dashboard.access.authenticators import authenticator
from dashboard.access.health import Readiness
from dashboard.access.start import at_start
from dashboard.access.user import HEADER, LOCAL, SIGN_IN, SIGN_OUT, Authenticator, User

__all__ = [
    "HEADER",
    "LOCAL",
    "SIGN_IN",
    "SIGN_OUT",
    "Authenticator",
    "Readiness",
    "User",
    "at_start",
    "authenticator",
    "record",
]
