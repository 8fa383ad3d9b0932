"""Dataset + Selection → Exhibit: what a leader takes away, built once for screen and every export."""

from dashboard.exhibits import (
    changes,
    empty,
    goals,
    overlap,
    overview,
    places,
    sources,
    structure,
    tiles,
    what_if,
)
from dashboard.exhibits.model import Exhibit, Table
from dashboard.exhibits.registry import build, every, known, page_of, title

__all__ = [
    "Exhibit",
    "Table",
    "build",
    "changes",
    "empty",
    "every",
    "goals",
    "known",
    "overlap",
    "overview",
    "page_of",
    "places",
    "sources",
    "structure",
    "tiles",
    "title",
    "what_if",
]
