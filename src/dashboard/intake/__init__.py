"""The clerk's way in: a workbook to fill, and what comes back read, checked and previewed.

`receive_all` is the one call behind the page and the command line. It publishes nothing: a `Preview` writes
the whole new data set into a folder, which the store then publishes.
"""

from dashboard.intake.archive import templates
from dashboard.intake.conflicts import Conflict
from dashboard.intake.filled import next_date
from dashboard.intake.findings import Finding
from dashboard.intake.hand_in import File, Preview, Refused, complete, receive_all, source
from dashboard.intake.preview import Caution, Change, FigureChange
from dashboard.intake.template import template
from dashboard.intake.three_way import Key

__all__ = [
    "Caution",
    "Change",
    "Conflict",
    "FigureChange",
    "File",
    "Finding",
    "Key",
    "Preview",
    "Refused",
    "complete",
    "next_date",
    "receive_all",
    "source",
    "template",
    "templates",
]
