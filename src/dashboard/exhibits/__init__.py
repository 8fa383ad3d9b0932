"""Dataset + Selection → Exhibit: what a leader takes away, built once for screen and every export."""

from dashboard.dataset import Dataset, Selection
from dashboard.exhibits import goals, overlap, overview, provenance, reconciliation, structure
from dashboard.exhibits.model import Exhibit, KeyFigure, Table

__all__ = [
    "Exhibit",
    "KeyFigure",
    "Table",
    "every",
    "goals",
    "overlap",
    "overview",
    "provenance",
    "reconciliation",
    "structure",
]

_BUILDERS = (
    overview.key_figures,
    overview.findings,
    structure.organizations,
    structure.cells,
    structure.by_commune,
    structure.members_over_time,
    structure.admitted_over_time,
    overlap.by_commune,
    overlap.combinations,
    overlap.pool,
    overlap.matrix,
    overlap.post_states,
    goals.progress,
    goals.attention,
    goals.gap,
    provenance.about,
    provenance.checks,
    reconciliation.compare,
    reconciliation.quotes,
)


def every(dataset: Dataset, selection: Selection) -> list[Exhibit]:
    """All exhibits of a selection in the order of the pages; those of one goal once per goal."""
    built = [build(dataset, selection) for build in _BUILDERS]
    for goal_id in dataset.goals["goal_id"]:
        built += [goals.by_commune(dataset, selection, goal_id), goals.path(dataset, selection, goal_id)]
    return [exhibit for exhibit in built if exhibit is not None]
