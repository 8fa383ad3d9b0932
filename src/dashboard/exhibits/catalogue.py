"""Every exhibit by its id, in the order of the pages: what a briefing or the command line can ask for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from dashboard.dataset import Dataset, Selection, UnknownChoiceError
from dashboard.exhibits import goals, overlap, overview, provenance, reconciliation, structure
from dashboard.exhibits.model import Exhibit
from dashboard.text import Text

Build = Callable[[Dataset, Selection], Exhibit | None]

_BEFORE_THE_GOALS: dict[str, Build] = {
    "overview.key_figures": overview.key_figures,
    "overview.findings": overview.findings,
    "structure.organizations": structure.organizations,
    "structure.cells": structure.cells,
    "structure.by_commune": structure.by_commune,
    "structure.members_over_time": structure.members_over_time,
    "structure.admitted_over_time": structure.admitted_over_time,
    "overlap.by_commune": overlap.by_commune,
    "overlap.combinations": overlap.combinations,
    "overlap.pool": overlap.pool,
    "overlap.matrix": overlap.matrix,
    "overlap.post_states": overlap.post_states,
    "goals.progress": goals.progress,
    "goals.attention": goals.attention,
    "goals.gap": goals.gap,
}
_AFTER_THE_GOALS: dict[str, Build] = {
    "data.provenance": provenance.about,
    "data.checks": provenance.checks,
    "reconciliation.compare": reconciliation.compare,
    "reconciliation.quotes": reconciliation.quotes,
}


def known(dataset: Dataset) -> dict[str, Build]:
    """The builder of every exhibit by its id; those of one goal once per goal ("goals.path:GOAL_ID")."""
    found = dict(_BEFORE_THE_GOALS)
    for goal_id in dataset.goals["goal_id"]:
        found[f"goals.by_commune:{goal_id}"] = partial(_of_goal, goals.by_commune, goal_id)
        found[f"goals.path:{goal_id}"] = partial(_of_goal, goals.path, goal_id)
    return found | _AFTER_THE_GOALS


def build(dataset: Dataset, selection: Selection, ids: Sequence[str]) -> list[Exhibit]:
    """These exhibits in the order of the pages; one that has nothing to show is left out.

    "goals.path" stands for that exhibit of every goal. Raises `UnknownChoiceError` for an unknown id.
    """
    builders = known(dataset)
    families = {key.partition(":")[0] for key in builders}
    for name in ids:
        if name not in builders and name not in families:
            raise UnknownChoiceError("exhibit", name, tuple(builders))
    wanted = {key for key in builders if key in ids or key.partition(":")[0] in ids}
    built = [builders[key](dataset, selection) for key in builders if key in wanted]
    return [exhibit for exhibit in built if exhibit is not None]


def every(dataset: Dataset, selection: Selection) -> list[Exhibit]:
    """All exhibits of a selection in the order of the pages."""
    return build(dataset, selection, tuple(known(dataset)))


def page_of(key: str) -> str:
    """The page on which an exhibit stands: "overview", "structure", "overlap", "goals", "data"."""
    room = key.partition(".")[0]
    return "data" if room == "reconciliation" else room


def title(dataset: Dataset, key: str, text: Text) -> str:
    """A short name to choose an exhibit by; that of one goal with the goal."""
    family, _, goal_id = key.partition(":")
    named = text(f"exhibit.{family}")
    return f"{named}: {goals.goal_names(dataset, text)[goal_id]}" if goal_id else named


def _of_goal(
    builder: Callable[[Dataset, Selection, str], Exhibit],
    goal_id: str,
    dataset: Dataset,
    selection: Selection,
) -> Exhibit:
    return builder(dataset, selection, goal_id)
