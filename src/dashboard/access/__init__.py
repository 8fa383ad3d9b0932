"""Who may see what: the gate in front of the server, sign-in, accounts, the audit log."""

from dashboard.access.audit import record
from dashboard.access.reader import HEADER, LOCAL, Reader

__all__ = ["HEADER", "LOCAL", "Reader", "record"]
