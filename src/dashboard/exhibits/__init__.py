"""Dataset + Selection → Exhibit: what a leader takes away, built once for screen and every export."""

from dashboard.exhibits import goals, overlap, overview, provenance, reconciliation, structure
from dashboard.exhibits.catalogue import build, every, known, page_of, title
from dashboard.exhibits.model import Exhibit, KeyFigure, Table

__all__ = [
    "Exhibit",
    "KeyFigure",
    "Table",
    "build",
    "every",
    "goals",
    "known",
    "overlap",
    "overview",
    "page_of",
    "provenance",
    "reconciliation",
    "structure",
    "title",
]
