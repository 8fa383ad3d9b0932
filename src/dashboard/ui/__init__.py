"""What draws with Streamlit: filter, page, card."""

from dashboard.ui import briefing, drilldown, places, reading, templates, upload, versions, what_if
from dashboard.ui.data_source import readiness, source, warm_up
from dashboard.ui.links import CanonicalLinks
from dashboard.ui.loading import explain_failure
from dashboard.ui.page import Page, open_page, put, unusable

__all__ = [
    "CanonicalLinks",
    "Page",
    "briefing",
    "drilldown",
    "explain_failure",
    "open_page",
    "places",
    "put",
    "readiness",
    "reading",
    "source",
    "templates",
    "unusable",
    "upload",
    "versions",
    "warm_up",
    "what_if",
]
