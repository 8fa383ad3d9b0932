"""Every exhibit by its id, in the order of the pages: what a briefing or the command line can ask for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

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


@dataclass(frozen=True)
class Entry:
    """One family of exhibits: its id, what builds it, and of what there is one each: of what is chosen (""),
    of each "goal", of the one "commune" that is chosen, of a "village"."""

    family: str
    build: Callable[..., Exhibit | None]
    of: Literal["", "goal", "commune", "village"] = ""


# In the order of the pages. Those of a commune or a village are built only where they are asked for.
REGISTRY = (
    Entry("overview.key_figures", overview.key_figures),
    Entry("overview.findings", overview.findings),
    Entry("overview.changed", overview.changed),
    Entry("structure.organizations", structure.organizations),
    Entry("structure.cells", structure.cells),
    Entry("structure.by_commune", structure.by_commune),
    Entry("structure.members_over_time", structure.members_over_time),
    Entry("structure.admitted_over_time", structure.admitted_over_time),
    Entry("overlap.by_commune", overlap.by_commune),
    Entry("overlap.three_posts", overlap.three_posts),
    Entry("overlap.combinations", overlap.combinations),
    Entry("overlap.pool", overlap.pool),
    Entry("overlap.matrix", overlap.matrix),
    Entry("overlap.post_states", overlap.post_states),
    Entry("goals.progress", goals.progress),
    Entry("goals.attention", goals.attention),
    Entry("goals.gap", goals.gap),
    Entry("goals.plan", goals.plan),
    Entry("goals.over_time", goals.over_time),
    Entry("goals.by_commune", goals.by_commune, "goal"),
    Entry("goals.path", goals.path, "goal"),
    Entry("changes.by_post", changes.by_post),
    Entry("changes.pace", changes.pace),
    Entry("changes.overlap", changes.overlap),
    Entry("changes.villages", changes.villages),
    Entry("changes.members", changes.members),
    Entry("changes.by_commune", changes.by_commune, "goal"),
    Entry("what_if.goals", what_if.goals),
    Entry("what_if.overlap", what_if.overlap),
    Entry("what_if.communes", what_if.communes),
    Entry("what_if.changes", what_if.changes),
    Entry("data.provenance", provenance.about),
    Entry("data.checks", checks.checks),
    Entry("reconciliation.compare", reconciliation.compare),
    Entry("reconciliation.quotes", reconciliation.quotes),
    Entry("commune.portrait", places.commune.portrait, "commune"),
    Entry("commune.peers", places.commune.peers, "commune"),
    Entry("commune.goals_over_time", places.commune.goals_over_time, "commune"),
    Entry("village.portrait", places.village.portrait, "village"),
    Entry("village.goals", places.village.goals, "village"),
    Entry("village.history", places.history.history, "village"),
)


def known(dataset: Dataset) -> dict[str, Build]:
    """The builder of every exhibit by its id; those of one goal once per goal ("goals.path:GOAL_ID").

    Those of one commune or village are not among them: they are built where they are asked for.
    """
    found: dict[str, Build] = {}
    for of, entries in groupby(REGISTRY, lambda entry: entry.of):
        several = list(entries)
        if of == "":
            found |= {entry.family: entry.build for entry in several}
        elif of == "goal":
            for goal_id in dataset.goal:
                found |= {f"{entry.family}:{goal_id}": _of_one(entry, goal_id) for entry in several}
    return found


def build(dataset: Dataset, selection: Selection, ids: Sequence[str]) -> list[Exhibit]:
    """These exhibits in the order of the pages; one that has nothing to show is left out.

    "goals.path" stands for that exhibit of every goal. Raises `UnknownChoiceError` for an unknown id, an
    unknown village in one too.
    """
    builders = {**_of_places(dataset, ids), **known(dataset)}
    families = {key.partition(":")[0] for key in builders}
    for name in ids:
        if name not in builders and name not in families:
            of_commune = [entry.family for entry in _registered("commune")]
            of_village = [f"{entry.family}:VILLAGE_ID" for entry in _registered("village")]
            raise UnknownChoiceError("exhibit", name, (*known(dataset), *of_commune, *of_village))
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
    family, _, of = key.partition(":")
    named = text(f"exhibit.{family}")
    if not of:
        return named
    in_goals = any(entry.family == family for entry in _registered("goal"))
    return f"{named}: {dataset.goal[of].name(text.lang) if in_goals else of}"


def _registered(of: str) -> list[Entry]:
    return [entry for entry in REGISTRY if entry.of == of]


def _of_places(dataset: Dataset, ids: Sequence[str]) -> dict[str, Build]:
    found: dict[str, Build] = {e.family: e.build for e in _registered("commune") if e.family in ids}
    for entry in _registered("village"):
        for key in ids:
            asked, _, village_id = key.partition(":")
            if asked == entry.family and village_id:
                measures.places.row_of(dataset, village_id, "")
                found[key] = _of_one(entry, village_id)
    return found


def _of_one(entry: Entry, one: str) -> Build:
    return lambda dataset, selection: entry.build(dataset, selection, one)
