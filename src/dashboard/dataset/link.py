"""The selection in a link: `?xa=…&xa=…&ngay=…&sosanh=…&diagioi=…&muc=…&lang=…&phienban=…`.

The filter writes its values as they stand on the screen ("Xã Hương Sơn", "31/12/2024"). A link made by
hand may name ids and ISO dates too, and the names of either language: `canonical` turns them into the
form that the filter reads. A whole region is one value ("Tỉnh A (toàn bộ)", or by hand "region:Tỉnh A").
`phienban` is the version of the data that a copied link was made from, each
`giadinh` a change of a what-if (see `scenario`), `thon` the id of the village whose page it is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dashboard import text
from dashboard.dataset import areas, scenario
from dashboard.dataset.model import Dataset
from dashboard.dataset.selection import Selection

COMMUNES = "xa"
AS_OF = "ngay"
SINCE = "sosanh"
LANG = "lang"
GOAL = "muc"
BOUNDARIES = "diagioi"
VERSION = "phienban"
VILLAGE = "thon"
SCENARIO = "giadinh"

# What links of earlier versions call the boundaries.
FORMER_BOUNDARIES = {"Lúc đó": "then", "Hiện nay": "now", "Of that time": "then", "Of today": "now"}

Query = list[tuple[str, str]]


@dataclass(frozen=True)
class Unknown:
    """Values of a link that mean nothing to this data set: named to the reader, never dropped silently."""

    communes: tuple[str, ...] = field(default=())
    as_of: tuple[str, ...] = field(default=())
    since: tuple[str, ...] = field(default=())
    lang: tuple[str, ...] = field(default=())
    goal: tuple[str, ...] = field(default=())
    boundaries: tuple[str, ...] = field(default=())
    version: tuple[str, ...] = field(default=())
    village: tuple[str, ...] = field(default=())


def written(
    dataset: Dataset, selection: Selection, goal_id: str | None = None, village_id: str | None = None
) -> Query:
    """A link to exactly this selection: every choice by id, those at their default too, and the data version.

    Whoever opens it later sees the same date and boundaries even where the defaults have moved on.
    """
    gathered = areas.gathered(dataset, selection.communes, selection.as_of, selection.boundaries)
    chosen = [(COMMUNES, area) for area in gathered]
    if selection.as_of:
        chosen.append((AS_OF, selection.as_of))
    if selection.since:
        chosen.append((SINCE, selection.since))
    chosen.append((BOUNDARIES, selection.boundaries))
    if goal_id is not None:
        chosen.append((GOAL, goal_id))
    if village_id is not None:
        chosen.append((VILLAGE, village_id))
    chosen += [(SCENARIO, change.written) for change in selection.scenario]
    return [*chosen, (LANG, selection.lang), (VERSION, dataset.about.version)]


def canonical(dataset: Dataset, query: Iterable[tuple[str, str]]) -> Query:
    """The same link in the form that the filter reads; unknown values and other parameters stay."""
    # A link that was copied out of a document may have each "&" as "&amp;", or letters in parts.
    pairs = [(key.removeprefix("amp;"), unicodedata.normalize("NFC", value)) for key, value in query]
    lang = _lang(pairs)
    as_of = _as_of(dataset, pairs)
    boundaries = _boundaries(pairs)
    communes = {
        other: areas.choice_names(dataset, as_of, boundaries, text.get(other)) for other in text.LANGUAGES
    }
    goals = {other: _goals(dataset, other) for other in text.LANGUAGES}
    kinds = {other: boundary_names(text.get(other)) for other in text.LANGUAGES}
    meaning = {
        COMMUNES: _meaning(communes, lang),
        BOUNDARIES: {name: kinds[lang][kind] for name, kind in FORMER_BOUNDARIES.items()}
        | _meaning(kinds, lang),
        GOAL: _meaning(goals, lang),
        AS_OF: _dates(dataset, lang),
        SINCE: _dates(dataset, lang),
    }
    changes = [value for key, value in pairs if key == SCENARIO]
    in_order = iter(_changes(dataset, as_of, changes))
    pairs = [(key, next(in_order, "") if key == SCENARIO else value) for key, value in pairs]
    folded = _folded(meaning[COMMUNES])
    meaning[COMMUNES] |= {value: folded[value.casefold()] for _, value in pairs if value.casefold() in folded}
    return [(key, meaning.get(key, {}).get(value, value)) for key, value in pairs if key != SCENARIO or value]


def _folded(meaning: dict[str, str]) -> dict[str, str]:
    """The same by names in small letters, but those that then mean several things."""
    found: dict[str, set[str]] = {}
    for name, written in meaning.items():
        found.setdefault(name.casefold(), set()).add(written)
    return {name: next(iter(several)) for name, several in found.items() if len(several) == 1}


def _changes(dataset: Dataset, as_of: str, written: Iterable[str]) -> list[str]:
    """The changes of a what-if that hold, in canonical order, then the others as they were written."""
    checked = scenario.read(dataset, as_of, written)
    return [change.written for change in checked.scenario] + [one.written for one in checked.refused]


def unknown(dataset: Dataset, query: Sequence[tuple[str, str]]) -> Unknown:
    """What a canonical link names that this data set does not have."""
    words = text.get(_lang(query))
    as_of = _as_of(dataset, query)
    names = areas.choice_names(dataset, as_of, _boundaries(query), words).values()
    dates = _dates(dataset, _lang(query))
    return Unknown(
        communes=_strangers(query, COMMUNES, names),
        as_of=_strangers(query, AS_OF, dates.values()),
        since=_strangers(query, SINCE, [said for date, said in dates.items() if date < as_of]),
        lang=_strangers(query, LANG, text.LANGUAGES),
        goal=_strangers(query, GOAL, _goals(dataset, _lang(query)).values()),
        boundaries=_strangers(query, BOUNDARIES, boundary_names(words).values()),
        version=_strangers(query, VERSION, [dataset.about.version]),
        village=tuple(
            value
            for key, value in query
            if key == VILLAGE and not (dataset.villages["village_id"] == value).any()
        ),
    )


def boundary_names(words: text.Text) -> dict[str, str]:
    """The kinds of boundaries as the filter writes them."""
    return {kind: words(f"sidebar.boundaries.{kind}") for kind in areas.BOUNDARIES}


def _meaning(names: dict[str, dict[str, str]], lang: str) -> dict[str, str]:
    """From an id, or a name in any language, to the name in `lang`."""
    written = names[lang]
    by_name = {name: written[key] for named in names.values() for key, name in named.items()}
    return {**by_name, **written}


def _strangers(query: Iterable[tuple[str, str]], key: str, known: Iterable[str]) -> tuple[str, ...]:
    known = set(known)
    return tuple(value for name, value in query if name == key and value not in known)


def _lang(query: Iterable[tuple[str, str]]) -> str:
    named = [value for key, value in query if key == LANG and value in text.LANGUAGES]
    return named[-1] if named else text.LANGUAGES[0]


def _as_of(dataset: Dataset, query: Iterable[tuple[str, str]]) -> str:
    dates = {**{date: date for date in dataset.dates}, **{v: k for k, v in _dates(dataset, "vi").items()}}
    named = [dates[value] for key, value in query if key == AS_OF and value in dates]
    return named[-1] if named else (dataset.dates[-1] if dataset.dates else "")


def _boundaries(query: Iterable[tuple[str, str]]) -> str:
    kinds = {kind: kind for kind in areas.BOUNDARIES}
    kinds |= FORMER_BOUNDARIES
    kinds |= {name: kind for lang in text.LANGUAGES for kind, name in boundary_names(text.get(lang)).items()}
    named = [kinds[value] for key, value in query if key == BOUNDARIES and value in kinds]
    return named[-1] if named else areas.BOUNDARIES[0]


def _goals(dataset: Dataset, lang: str) -> dict[str, str]:
    return {goal_id: goal.name(lang) for goal_id, goal in dataset.goal.items()}


def _dates(dataset: Dataset, lang: str) -> dict[str, str]:
    return {as_of: text.get(lang).date(as_of) for as_of in dataset.dates}
