"""Who may see what: the middleware in front of the server (`access.middleware`), sign-in, accounts, the audit
log."""

from dashboard.access.audit import record
from dashboard.access.authenticators import authenticator
from dashboard.access.health import Readiness
from dashboard.access.reader import HEADER, LOCAL, SIGN_IN, SIGN_OUT, Authenticator, Reader
from dashboard.access.start import at_start

__all__ = [
    "HEADER",
    "LOCAL",
    "SIGN_IN",
    "SIGN_OUT",
    "Authenticator",
    "Reader",
    "Readiness",
    "at_start",
    "authenticator",
    "record",
]
