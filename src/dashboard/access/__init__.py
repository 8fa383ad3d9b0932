"""Who may see what: the gate in front of the server, sign-in, accounts, the audit log."""

from dashboard.access.audit import record
from dashboard.access.door import SIGN_IN, SIGN_OUT, Door
from dashboard.access.doors import door
from dashboard.access.gate import Gate
from dashboard.access.health import Readiness
from dashboard.access.reader import HEADER, LOCAL, Reader
from dashboard.access.start import at_start

__all__ = [
    "HEADER",
    "LOCAL",
    "SIGN_IN",
    "SIGN_OUT",
    "Door",
    "Gate",
    "Reader",
    "Readiness",
    "at_start",
    "door",
    "record",
]
