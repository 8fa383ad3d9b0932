"""Every exhibit by its id, in the order of the pages: what a briefing or the command line can ask for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from dashboard import measures, registry
from dashboard.dataset import Dataset, Selection, UnknownChoiceError
from dashboard.exhibits.model import BUILDERS, Exhibit
from dashboard.text import Text

Build = Callable[[Dataset, Selection], Exhibit | None]

# In the order of the pages. Those of a commune or a village are built only where they are asked for.
_NAMES = {
    "overview": "key_figures findings changed",
    "structure": "organizations cells by_commune members_over_time admitted_over_time",
    "overlap": "by_commune three_posts combinations pool matrix post_states",
    "goals": "progress attention gap plan over_time by_commune path",
    "changes": "by_post pace overlap villages members by_commune",
    "what_if": "goals overlap communes changes",
    "data": "provenance checks",
    "reconciliation": "compare quotes",
    "commune": "portrait peers goals_over_time",
    "village": "portrait goals history",
}
REGISTRY = {f"{noun}.{name}": BUILDERS[f"{noun}.{name}"] for noun in _NAMES for name in _NAMES[noun].split()}
# Of these there is one of each goal; of "commune." one of the one that is chosen, of "village." one of each.
_OF_GOALS = ("goals.by_commune", "goals.path", "changes.by_commune")


def known(dataset: Dataset) -> dict[str, Build]:
    """The builder of every exhibit by its id ("goals.path:GOAL_ID"), those of one place left out."""
    builders: dict[str, Build] = {}
    for of, group in groupby(REGISTRY, _of):
        families = list(group)
        if of == "":
            builders |= {family: REGISTRY[family] for family in families}
        elif of == "goal":
            for goal_id in dataset.goal:
                builders |= {f"{family}:{goal_id}": _of_one(family, goal_id) for family in families}
    return builders


def build(dataset: Dataset, selection: Selection, ids: Sequence[str]) -> list[Exhibit]:
    """These exhibits in the order of the pages, but those that have nothing to show; "goals.path" is that of
    every goal. Raises `UnknownChoiceError` for an unknown id, an unknown village in one too."""
    builders = {**_of_places(dataset, ids), **known(dataset)}
    families = {key.partition(":")[0] for key in builders}
    for name in ids:
        if name not in builders and name not in families:
            of_village = [f"{family}:VILLAGE_ID" for family in _families("village")]
            raise UnknownChoiceError("exhibit", name, (*known(dataset), *_families("commune"), *of_village))
    keys = {key for key in builders if key in ids or key.partition(":")[0] in ids}
    # Only the page of changes has a choice of the earlier date: the others tell from the date before.
    plain = replace(selection, since="")
    built = [
        builders[key](dataset, selection if page_of(key) == "changes" else plain)
        for key in builders
        if key in keys
    ]
    return [exhibit for exhibit in built if exhibit is not None]


def every(dataset: Dataset, selection: Selection) -> list[Exhibit]:
    """All exhibits of a selection in the order of the pages."""
    return build(dataset, selection, tuple(known(dataset)))


def page_of(key: str) -> str:
    """The page that an exhibit is on: "commune", "overview", "structure", "overlap", "goals", …"""
    name = key.partition(".")[0]
    return next((page.name for page in registry.PAGES if name in page.exhibits), name)


def title(dataset: Dataset, key: str, text: Text) -> str:
    """A short name to choose an exhibit by; that of one goal with the goal, of one village with its id."""
    family, _, of = key.partition(":")
    name = text(f"{family}.name")
    if not of:
        return name
    return f"{name}: {dataset.goal[of].name(text.lang) if family in _OF_GOALS else of}"


def _of(family: str) -> str:
    """Of what there is one exhibit each: a "goal", a "commune", a "village", or "" of what is chosen."""
    page = page_of(family)
    return "goal" if family in _OF_GOALS else page if page in ("commune", "village") else ""


def _families(of: str) -> list[str]:
    return [family for family in REGISTRY if _of(family) == of]


def _of_places(dataset: Dataset, ids: Sequence[str]) -> dict[str, Build]:
    builders: dict[str, Build] = {
        family: REGISTRY[family] for family in _families("commune") if family in ids
    }
    for family in _families("village"):
        for key in ids:
            name, _, village_id = key.partition(":")
            if name == family and village_id:
                measures.places.row_of(dataset, village_id, "")
                builders[key] = _of_one(family, village_id)
    return builders


def _of_one(family: str, of_id: str) -> Build:
    return lambda dataset, selection: REGISTRY[family](dataset, selection, of_id)
