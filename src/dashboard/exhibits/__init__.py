"""Dataset + Selection → Exhibit: what a leader takes away, built once for screen and every export."""

from dashboard.exhibits import (
    changes,
    checks,
    empty,
    goals,
    overlap,
    overview,
    places,
    provenance,
    reconciliation,
    structure,
    tiles,
    what_if,
)
from dashboard.exhibits.model import Exhibit, KeyFigure, Table
from dashboard.exhibits.registry import build, every, known, page_of, title

__all__ = [
    "Exhibit",
    "KeyFigure",
    "Table",
    "build",
    "changes",
    "checks",
    "empty",
    "every",
    "goals",
    "known",
    "overlap",
    "overview",
    "page_of",
    "places",
    "provenance",
    "reconciliation",
    "structure",
    "tiles",
    "title",
    "what_if",
]
