"""Every exhibit by its id, in the order of the pages: what a briefing or the command line can ask for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from dashboard import measures
from dashboard.dataset import Dataset, Selection, UnknownChoiceError
from dashboard.exhibits import (
    changes,
    checks,
    goals,
    overlap,
    overview,
    places,
    provenance,
    reconciliation,
    structure,
    what_if,
)
from dashboard.exhibits.model import Exhibit
from dashboard.text import Text

Build = Callable[[Dataset, Selection], Exhibit | None]
BuildOfOne = Callable[[Dataset, Selection, str], Exhibit | None]

_BEFORE_THE_GOALS: dict[str, Build] = {
    "overview.key_figures": overview.key_figures,
    "overview.findings": overview.findings,
    "overview.changed": overview.changed,
    "structure.organizations": structure.organizations,
    "structure.cells": structure.cells,
    "structure.by_commune": structure.by_commune,
    "structure.members_over_time": structure.members_over_time,
    "structure.admitted_over_time": structure.admitted_over_time,
    "overlap.by_commune": overlap.by_commune,
    "overlap.three_posts": overlap.three_posts,
    "overlap.combinations": overlap.combinations,
    "overlap.pool": overlap.pool,
    "overlap.matrix": overlap.matrix,
    "overlap.post_states": overlap.post_states,
    "goals.progress": goals.progress,
    "goals.attention": goals.attention,
    "goals.gap": goals.gap,
    "goals.plan": goals.plan,
    "goals.over_time": goals.over_time,
}
_CHANGES: dict[str, Build] = {
    "changes.by_post": changes.by_post,
    "changes.pace": changes.pace,
    "changes.overlap": changes.overlap,
    "changes.villages": changes.villages,
    "changes.members": changes.members,
}
_AFTER_THE_GOALS: dict[str, Build] = {
    "what_if.goals": what_if.goals,
    "what_if.overlap": what_if.overlap,
    "what_if.communes": what_if.communes,
    "what_if.changes": what_if.changes,
    "data.provenance": provenance.about,
    "data.checks": checks.checks,
    "reconciliation.compare": reconciliation.compare,
    "reconciliation.quotes": reconciliation.quotes,
}
# Only where they are asked for: of one commune that is chosen, of a village ("village.portrait:VILLAGE_ID").
_OF_COMMUNE: dict[str, Build] = {
    "commune.portrait": places.commune.portrait,
    "commune.peers": places.commune.peers,
    "commune.goals_over_time": places.commune.goals_over_time,
}
_OF_VILLAGE: dict[str, BuildOfOne] = {
    "village.portrait": places.village.portrait,
    "village.goals": places.village.goals,
    "village.history": places.history.history,
}


def known(dataset: Dataset) -> dict[str, Build]:
    """The builder of every exhibit by its id; those of one goal once per goal ("goals.path:GOAL_ID").

    Those of one commune or village are not among them: they are built where they are asked for.
    """
    found = dict(_BEFORE_THE_GOALS)
    for goal_id in dataset.goals["goal_id"]:
        found[f"goals.by_commune:{goal_id}"] = partial(_of_one, goals.by_commune, goal_id)
        found[f"goals.path:{goal_id}"] = partial(_of_one, goals.path, goal_id)
    found |= _CHANGES
    for goal_id in dataset.goals["goal_id"]:
        found[f"changes.by_commune:{goal_id}"] = partial(_of_one, changes.by_commune, goal_id)
    return found | _AFTER_THE_GOALS


def build(dataset: Dataset, selection: Selection, ids: Sequence[str]) -> list[Exhibit]:
    """These exhibits in the order of the pages; one that has nothing to show is left out.

    "goals.path" stands for that exhibit of every goal. Raises `UnknownChoiceError` for an unknown id, an
    unknown village in one too.
    """
    builders = {**_of_places(dataset, ids), **known(dataset)}
    families = {key.partition(":")[0] for key in builders}
    for name in ids:
        if name not in builders and name not in families:
            of_village = [f"{family}:VILLAGE_ID" for family in _OF_VILLAGE]
            raise UnknownChoiceError("exhibit", name, (*known(dataset), *_OF_COMMUNE, *of_village))
    wanted = {key for key in builders if key in ids or key.partition(":")[0] in ids}
    # Only the page of changes has a choice of the earlier date: the others tell from the date before.
    plain = replace(selection, since="")
    built = [
        builders[key](dataset, selection if page_of(key) == "changes" else plain)
        for key in builders
        if key in wanted
    ]
    return [exhibit for exhibit in built if exhibit is not None]


def every(dataset: Dataset, selection: Selection) -> list[Exhibit]:
    """All exhibits of a selection in the order of the pages."""
    return build(dataset, selection, tuple(known(dataset)))


def page_of(key: str) -> str:
    """The page on which an exhibit stands: "commune", "overview", "structure", "overlap", "goals", …"""
    room = key.partition(".")[0]
    return "data" if room == "reconciliation" else room


def title(dataset: Dataset, key: str, text: Text) -> str:
    """A short name to choose an exhibit by; that of one goal with the goal, of one village with its id."""
    family, _, goal_id = key.partition(":")
    named = text(f"exhibit.{family}")
    if family in _OF_VILLAGE:
        return f"{named}: {goal_id}"
    return f"{named}: {goals.goal_names(dataset, text)[goal_id]}" if goal_id else named


def _of_places(dataset: Dataset, ids: Sequence[str]) -> dict[str, Build]:
    found = {key: builder for key, builder in _OF_COMMUNE.items() if key in ids}
    for family, builder in _OF_VILLAGE.items():
        for key in ids:
            asked, _, village_id = key.partition(":")
            if asked == family and village_id:
                measures.places.row_of(dataset, village_id, "")
                found[key] = partial(_of_one, builder, village_id)
    return found


def _of_one(
    builder: BuildOfOne,
    one: str,
    dataset: Dataset,
    selection: Selection,
) -> Exhibit | None:
    return builder(dataset, selection, one)
