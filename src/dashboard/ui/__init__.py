"""The rooms that draw with Streamlit: filter, page, card."""

from dashboard.ui import open
from dashboard.ui.failure import explain_failure
from dashboard.ui.held import held
from dashboard.ui.links import CanonicalLinks
from dashboard.ui.live import readiness, source, warm_up
from dashboard.ui.page import Page, dress, open_page, put, unusable
from dashboard.ui.parting import reload

__all__ = [
    "CanonicalLinks",
    "Page",
    "dress",
    "explain_failure",
    "held",
    "open",
    "open_page",
    "put",
    "readiness",
    "reload",
    "source",
    "unusable",
    "warm_up",
]
