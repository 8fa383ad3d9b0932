"""Every page and every parameter of a link, declared once.

Navigation, filter, links, notices, command line, tests, bench and screenshots read `PAGES` and `PARAMETERS`.
The filter writes values as they are on the screen ("Xã Hương Sơn", "31/12/2024"); a link made by hand may
name ids, ISO dates and names of either language: `canonical` turns them into the form that the filter reads.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import filterfalse
from typing import Any, Literal

from dashboard import schema, text
from dashboard.dataset import Dataset, Selection, areas, scenario, texts

Query = list[tuple[str, str]]
Names = Callable[[Dataset, Selection], dict[str, str]]


@dataclass(frozen=True)
class Flag:
    """An option of the command line, explained by the word `help`: `metavar` names its value, or `choices`
    lists all of them, the default first; `prefix` is put before the value in the selection."""

    name: str
    help: str
    metavar: str | None = None
    choices: tuple[str, ...] = ()
    prefix: str = ""


@dataclass(frozen=True)
class Parameter:
    """One choice of the reader, `key` in a link and `field` of the selection ("" = none).

    `names` gives its values by id, as the filter writes them at the date, boundaries and language of a
    selection (None: a value is written as it is); `known` the written values that mean something, by default
    all names; `former` the ids by their names in links of earlier versions; `any_case`: letters may be of
    either case. `values` are the ids that a copied link names, by default what the field holds; `many` may be
    chosen. `control` draws it in the sidebar under the word `label`, `default` chosen (None = the first);
    without one it is drawn elsewhere. `unknown` is the notice of a value without meaning.
    """

    key: str
    field: str = ""
    names: Names | None = None
    known: Callable[[Dataset, Selection], Iterable[str]] | None = None
    former: Mapping[str, str] | None = None
    any_case: bool = False
    values: Callable[[Dataset, Selection], Iterable[str]] | None = None
    many: bool = False
    flags: tuple[Flag, ...] = ()
    control: Literal["", "list", "buttons"] = ""
    label: str = ""
    default: Callable[[Dataset], str] | None = None
    unknown: str = ""

    def chosen(self, dataset: Dataset, selection: Selection) -> Iterable[str]:
        """The ids that a copied link names."""
        if self.values is not None:
            return self.values(dataset, selection)
        return filter(None, [getattr(selection, self.field, "")])

    def is_known(self, dataset: Dataset, selection: Selection) -> Callable[[str], bool]:
        """Whether a written value means something to this data set."""
        names = self.names(dataset, selection).values() if self.names is not None else ()
        return set(names if self.known is None else self.known(dataset, selection)).__contains__

    def spellings(self, dataset: Dataset, selection: Selection) -> dict[str, str]:
        """From all that may be in a link (an id, a name in any language, a former name) to the id."""
        if self.names is None:
            return {}
        by_lang = [self.names(dataset, replace(selection, lang=lang)) for lang in text.LANGUAGES]
        ids = {name: key for names in by_lang for key, name in names.items()}
        return {**(self.former or {}), **ids, **{key: key for key in by_lang[0]}}


@dataclass(frozen=True)
class Page:
    """A page of the dashboard: `pages/NAME.py` at `path` in the address.

    Its words are `page.NAME` and `reading.page.NAME`. `aliases` are other paths that lead to it: its name in
    the navigation, pages that became part of it. `parameters` are those of its own (the others are in every
    link), `exhibits` the first words of the ids of its exhibits, by default its name. `hidden` pages are
    opened from a name or a mark, and show something for the parameter `needs` only.
    """

    name: str
    path: str
    aliases: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    exhibits: tuple[str, ...] = ()
    hidden: bool = False
    needs: Parameter | None = None


def _dates(dataset: Dataset, selection: Selection) -> dict[str, str]:
    return {as_of: selection.text.date(as_of) for as_of in dataset.dates}


def _earlier_dates(dataset: Dataset, selection: Selection) -> list[str]:
    return [name for as_of, name in _dates(dataset, selection).items() if as_of < selection.as_of]


def _communes(dataset: Dataset, selection: Selection) -> dict[str, str]:
    return areas.choice_names(dataset, selection.as_of, selection.boundaries, selection.text)


def _gathered_communes(dataset: Dataset, selection: Selection) -> Iterable[str]:
    return areas.gathered(dataset, selection.communes, selection.as_of, selection.boundaries)


def _boundaries(dataset: Dataset, selection: Selection) -> dict[str, str]:
    keys = {kind: areas.boundaries_key(dataset, selection.as_of, kind) for kind in areas.BOUNDARIES}
    return {kind: selection.text(f"sidebar.boundaries.{key}") for kind, key in keys.items()}


def _goals(dataset: Dataset, selection: Selection) -> dict[str, str]:
    return {goal_id: goal.name(selection.lang) for goal_id, goal in dataset.goal.items()}


COMMUNES = Parameter(
    "xa",
    "communes",
    names=_communes,
    any_case=True,
    values=_gathered_communes,
    flags=(
        Flag("--commune", "cli.commune", "ID"),
        Flag("--region", "cli.region", "NAME", prefix=schema.REGION),
    ),
    unknown="sidebar.unknown_commune",
    many=True,
)
AS_OF = Parameter(
    "ngay",
    "as_of",
    names=_dates,
    flags=(Flag("--as-of", "cli.as_of", "DATE"),),
    control="list",
    label="sidebar.as_of",
    default=lambda dataset: dataset.default_date,
    unknown="sidebar.unknown_date",
)
SINCE = Parameter(
    "sosanh",
    "since",
    names=_dates,
    known=_earlier_dates,
    flags=(Flag("--since", "cli.since", "DATE"),),
    unknown="sidebar.unknown_since",
)
BOUNDARIES = Parameter(
    "diagioi",
    "boundaries",
    names=_boundaries,
    former={
        "Theo xã cũ": "then",
        "Theo xã sau sắp xếp": "now",
        "Lúc đó": "then",
        "Hiện nay": "now",
        "Of that time": "then",
        "Of today": "now",
    },
    flags=(Flag("--boundaries", "cli.boundaries", choices=areas.BOUNDARIES),),
    control="buttons",
    label="sidebar.boundaries.label",
    unknown="sidebar.unknown_boundaries",
)
# No page asks for one goal any more; links of earlier versions do.
GOAL = Parameter("muc", names=_goals, unknown="sidebar.unknown_goal")
VILLAGE = Parameter(
    "thon",
    known=lambda dataset, _: dataset.villages["village_id"],
    unknown="sidebar.unknown_village",
)
SCENARIO = Parameter(
    "giadinh",
    "scenario",
    values=lambda _, selection: [change.written for change in selection.scenario],
    flags=(Flag("--what-if", "cli.what_if", "CHANGE"),),
    many=True,
)
LANG = Parameter(
    "lang",
    "lang",
    known=lambda *_: text.LANGUAGES,
    flags=(Flag("--lang", "cli.lang", choices=text.LANGUAGES),),
    unknown="sidebar.unknown_lang",
)
# The version of the data that a copied link was made from.
VERSION = Parameter(
    "phienban",
    known=lambda dataset, _: [dataset.about.version],
    values=lambda dataset, _: [dataset.about.version],
    unknown="sidebar.other_version",
)
# The exhibit on the projector.
SCREEN = Parameter("chieu")
# In the order of a copied link.
PARAMETERS = (COMMUNES, AS_OF, SINCE, BOUNDARIES, GOAL, VILLAGE, SCENARIO, LANG, VERSION, SCREEN)

OVERVIEW = Page("overview", "", aliases=("tong-quan",))
COMMUNE_PAGE = Page("commune", "xa", hidden=True, needs=COMMUNES)
VILLAGE_PAGE = Page("village", "thon", parameters=(VILLAGE,), hidden=True, needs=VILLAGE)
# In the order of the navigation.
PAGES = (
    OVERVIEW,
    Page("goals", "muc-tieu", aliases=("gia-dinh",)),
    Page("overlap", "kiem-nhiem"),
    Page("structure", "co-cau", aliases=("to-chuc",)),
    Page("changes", "thay-doi", parameters=(SINCE,)),
    Page("briefing", "bao-cao", parameters=(SINCE,)),
    Page("data", "du-lieu", exhibits=("data", "reconciliation")),
    COMMUNE_PAGE,
    VILLAGE_PAGE,
)


def path_of(name: str) -> str:
    """The place of a page in the address."""
    return next(page.path for page in PAGES if page.name == name)


def written(dataset: Dataset, selection: Selection, **own: str) -> Query:
    """A link to exactly this selection: every choice by id, those at their default too, and the data version;
    `own` are choices of the page by their key.

    A reader who opens it later sees the same date and boundaries even where the defaults have moved on.
    """
    return [
        (parameter.key, value)
        for parameter in PARAMETERS
        for value in [*parameter.chosen(dataset, selection), *filter(None, [own.get(parameter.key)])]
    ]


def canonical(dataset: Dataset, query: Iterable[tuple[str, str]]) -> Query:
    """The same link in the form that the filter reads; unknown values and other parameters stay."""
    # A link that was copied out of a document may have each "&" as "&amp;", or letters in parts.
    pairs = [(key.removeprefix("amp;"), unicodedata.normalize("NFC", value)) for key, value in query]
    selection = _selection(dataset, pairs)
    read = {
        parameter.key: _meaning(parameter, dataset, selection)
        for parameter in PARAMETERS
        if parameter.names is not None and any(key == parameter.key for key, _ in pairs)
    }
    changes = iter(_changes(dataset, selection.as_of, [value for key, value in pairs if key == SCENARIO.key]))
    result = [
        (key, next(changes, "") if key == SCENARIO.key else read[key](value) if key in read else value)
        for key, value in pairs
    ]
    return [(key, value) for key, value in result if key != SCENARIO.key or value]


def unknown_params(dataset: Dataset, query: Query) -> dict[str, tuple[str, ...]]:
    """The values of a canonical link that this data set does not have, by the key of their parameter."""
    selection = _selection(dataset, query)
    result = {}
    for parameter in PARAMETERS:
        values = [value for key, value in query if key == parameter.key]
        if parameter.unknown and values:
            result[parameter.key] = tuple(filterfalse(parameter.is_known(dataset, selection), values))
    return {key: values for key, values in result.items() if values}


def _meaning(parameter: Parameter, dataset: Dataset, selection: Selection) -> Callable[[str], str]:
    """From a value of a link to the name in the link's language; an unknown one stays."""
    assert parameter.names is not None
    names = parameter.names(dataset, selection)
    meaning = {spelling: names[key] for spelling, key in parameter.spellings(dataset, selection).items()}
    folded: dict[str, set[str]] = {}
    if parameter.any_case:
        for spelling, name in meaning.items():
            folded.setdefault(spelling.casefold(), set()).add(name)

    def read(value: str) -> str:
        names_alike = folded.get(value.casefold(), set())
        # In small letters two names may be one: then neither is meant.
        return next(iter(names_alike)) if len(names_alike) == 1 else meaning.get(value, value)

    return read


def _changes(dataset: Dataset, as_of: str, values: Iterable[str]) -> list[str]:
    """The changes of a what-if that hold, in canonical order, then the others as they were written."""
    checked = scenario.read(dataset, as_of, values)
    return [change.written for change in checked.scenario] + [refusal.written for refusal in checked.refused]


def _selection(dataset: Dataset, query: Query) -> Selection:
    """Date, boundaries and language of a link, each the last one that means something, else the default."""
    lang = [value for key, value in query if key == LANG.key and value in text.LANGUAGES][-1:]
    selection = Selection(dataset.default_date, lang=(lang or text.LANGUAGES)[0], texts=texts(dataset))
    for parameter in (AS_OF, BOUNDARIES):
        ids = parameter.spellings(dataset, selection)
        for value in [ids[value] for key, value in query if key == parameter.key and value in ids][-1:]:
            choice: dict[str, Any] = {parameter.field: value}
            selection = replace(selection, **choice)
    return selection
