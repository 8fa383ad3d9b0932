"""What a data set holds: tables, columns, codes and the grammar of measures.

The one description behind reading, checking, the clerk's template and the data dictionary. What the
columns mean, in words, is in `text` under ``column.TABLE.COLUMN``; what the codes mean under
``code.GROUP.CODE``.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

# The posts of a village where a data set has no positions.csv. Every data set has the first three: their
# overlap is what the policy is about.
POSITIONS = (
    "secretary",
    "village_head",
    "front_head",
    "farmers_head",
    "women_head",
    "veterans_head",
    "youth_head",
)
OVERLAP_POSITIONS = POSITIONS[:3]
# More posts are no longer readable side by side.
MOST_POSITIONS = 12
LEVELS = ("province", "superior", "committee", "cell", "section", "subcell")
# Codes of earlier data sets, and what they mean now.
FORMER_CODES = {"district": "superior"}
CATEGORIES = (
    "xa",
    "phuong",
    "thi_tran",
    "dac_khu",
    "dang_doan_the",
    "nha_nuoc",
    "su_nghiep",
    "quan_doi",
    "cong_an",
    "doanh_nghiep",
    "khac",
)
COMMUNE_KINDS = ("xa", "thi_tran", "phuong", "dac_khu")
VILLAGE_KINDS = ("thon", "to_dan_pho")
OPERATORS = (">", ">=", "up")
# A person holds a post; whether the same as in another post of the village is not known.
UNKNOWN_HOLDER = "?"

# What the whole may be called in dataset.toml; those of `COMMUNE_UNITS` are one commune.
COMMUNE_UNITS = ("xã", "phường", "thị trấn", "đặc khu")
UNITS = ("huyện", "quận", "thị xã", "tỉnh", "thành phố", *COMMUNE_UNITS)

# Levels of the organisation at the top: the highest of them that a date has. And the levels allowed directly
# above each level.
ROOT_LEVELS = ("province", "superior", "committee")
PARENT_LEVELS = {
    "province": (),
    "superior": ("province",),
    "committee": ("province", "superior"),
    "cell": ("province", "superior"),
    "section": ("committee",),
    "subcell": ("committee", "section"),
}

# Usual size of a grassroots organisation (domain: 30 members divide cell from committee); outside it
# the checks warn, never reject, since exceptions exist.
COMMITTEE_MEMBERS = 30

# Reserved id in the commune filter for organisations that belong to no commune.
OUTSIDE = "outside"
# Begins the id of a whole region where ids of communes are expected; no id holds a colon.
REGION = "region:"

COUNTS = (
    "grassroots",
    "committees",
    "cells",
    "subcells",
    "members",
    "admitted",
    "villages",
    "households",
    "population",
)


class Kind(StrEnum):
    """How the text of a cell becomes a value."""

    ID = "id"  # lower-case ASCII letters, digits, - and _; never shown as such
    TEXT = "text"
    LETTER = "letter"  # one letter, so that no name of a person fits in, or `UNKNOWN_HOLDER`
    CODE = "code"  # one of `Column.codes`
    POSITION = "position"  # a post of the data set
    MEASURE = "measure"  # see `is_measure`
    COUNT = "count"  # whole number, 0 or more
    NUMBER = "number"  # decimal number, 0 or more
    DATE = "date"  # kept as ISO text, so that text order is time order
    FLAG = "flag"


@dataclass(frozen=True)
class Column:
    """One column of a table. `refers_to` names "table.column" of the rows it points at; an `optional` one may
    be left out of a file, and is left out of what is written where it is blank throughout."""

    name: str
    kind: Kind
    key: bool = False
    blank: bool = False
    codes: tuple[str, ...] = ()
    refers_to: str | None = None
    optional: bool = False


@dataclass(frozen=True)
class Table:
    """One CSV file: its columns in the order in which they are written. A folder may lack an `optional`
    one."""

    name: str
    columns: tuple[Column, ...]
    optional: bool = False

    @property
    def file(self) -> str:
        """The name of the CSV file."""
        return f"{self.name}.csv"

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that name a row."""
        return tuple(column.name for column in self.columns if column.key)

    @property
    def column_names(self) -> tuple[str, ...]:
        """All columns in the order in which they are written."""
        return tuple(column.name for column in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        """The columns that every file has."""
        return tuple(column.name for column in self.columns if not column.optional)

    def written(self, filled: Collection[str]) -> tuple[str, ...]:
        """The columns of a file that is written; `filled` are those with a value in any row."""
        return tuple(column.name for column in self.columns if not column.optional or column.name in filled)

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.name == name)


TABLES = (
    Table(
        "communes",
        (
            Column("commune_id", Kind.ID, key=True),
            Column("name", Kind.TEXT),
            Column("kind", Kind.CODE, codes=COMMUNE_KINDS),
            Column("code", Kind.TEXT, blank=True),
            Column("valid_from", Kind.DATE, blank=True),
            Column("valid_to", Kind.DATE, blank=True),
            Column("merged_into", Kind.ID, blank=True, refers_to="communes.commune_id"),
            Column("rank", Kind.COUNT, blank=True),
            Column("region", Kind.TEXT, blank=True, optional=True),
        ),
    ),
    Table(
        "villages",
        (
            Column("village_id", Kind.ID, key=True),
            Column("commune_id", Kind.ID, refers_to="communes.commune_id"),
            Column("name", Kind.TEXT),
            Column("kind", Kind.CODE, codes=VILLAGE_KINDS),
            Column("households", Kind.COUNT, blank=True),
            Column("population", Kind.COUNT, blank=True),
            Column("rank", Kind.COUNT, blank=True),
            Column("valid_from", Kind.DATE, key=True, blank=True, optional=True),
            Column("valid_to", Kind.DATE, blank=True, optional=True),
            Column("merged_into", Kind.ID, blank=True, refers_to="villages.village_id", optional=True),
        ),
    ),
    Table(
        "positions",
        (
            Column("position_id", Kind.ID, key=True),
            Column("name_vi", Kind.TEXT, blank=True),
            Column("name_en", Kind.TEXT, blank=True, optional=True),
            Column("short_vi", Kind.TEXT, blank=True, optional=True),
            Column("short_en", Kind.TEXT, blank=True, optional=True),
            Column("rank", Kind.COUNT, blank=True),
        ),
        optional=True,
    ),
    Table(
        "organizations",
        (
            Column("as_of", Kind.DATE, key=True),
            Column("org_id", Kind.ID, key=True),
            Column("parent_id", Kind.ID, blank=True),
            Column("name", Kind.TEXT),
            Column("level", Kind.CODE, codes=LEVELS),
            Column("category", Kind.CODE, blank=True, codes=CATEGORIES),
            Column("commune_id", Kind.ID, blank=True, refers_to="communes.commune_id"),
            Column("village_id", Kind.ID, blank=True, refers_to="villages.village_id"),
            Column("members", Kind.COUNT, blank=True),
            Column("admitted", Kind.COUNT, blank=True),
        ),
    ),
    Table(
        "officers",
        (
            Column("as_of", Kind.DATE, key=True),
            Column("village_id", Kind.ID, key=True, refers_to="villages.village_id"),
            Column("position", Kind.POSITION, key=True),
            Column("holder", Kind.LETTER, blank=True),
            Column("party_member", Kind.FLAG, blank=True),
        ),
    ),
    Table(
        "goals",
        (
            Column("goal_id", Kind.ID, key=True),
            Column("name_vi", Kind.TEXT),
            Column("name_en", Kind.TEXT, blank=True, optional=True),
            Column("measure", Kind.MEASURE),
            Column("operator", Kind.CODE, codes=OPERATORS),
            Column("target", Kind.NUMBER, blank=True),
            Column("deadline", Kind.DATE, blank=True),
            Column("source", Kind.TEXT, blank=True),
        ),
    ),
    Table(
        "published",
        (
            Column("figure_id", Kind.ID, key=True),
            Column("measure", Kind.MEASURE),
            Column("value", Kind.NUMBER),
            Column("denominator", Kind.COUNT, blank=True),
            Column("as_of", Kind.DATE, blank=True),
            Column("source", Kind.TEXT),
            Column("quote", Kind.TEXT, blank=True),
        ),
    ),
)

ABOUT_FILE = "dataset.toml"
# Keys of dataset.toml; `assumed_as_of` is the date at which published figures that state no date are
# compared with the data (blank: the date that is shown where none is chosen), `collecting` the date for which
# communes are still sending their figures.
ABOUT_REQUIRED = ("title", "publisher", "sample", "root")
ABOUT_OPTIONAL = ("note", "assumed_as_of", "unit", "collecting")
# The same in English; blank or left out, the page in English shows the entry itself. No form asks for them.
ABOUT_IN_ENGLISH = ("title_en", "publisher_en", "root_en", "note_en")

# Every file of a data set, and those that each has.
FILES = (ABOUT_FILE, *(entry.file for entry in TABLES))
REQUIRED_FILES = (ABOUT_FILE, *(entry.file for entry in TABLES if not entry.optional))


def table(name: str) -> Table:
    """The table of that name; KeyError-free by construction: names come from this module."""
    return next(entry for entry in TABLES if entry.name == name)


@dataclass(frozen=True)
class Family:
    """Measures that are written and counted alike: FAMILY:PART, or as many parts as `fewest` to `most`.

    `unit` is what they count, "" where it is the part itself; `percent` says whether they are a share, with
    a denominator and a target in percent, or a count with a target in its unit. A `flow` may be larger than
    what it is compared with. What is `published_only` the data set has no rows to compute from. Without
    `parts` it is about posts, those of the data set.
    """

    name: str
    parts: tuple[str, ...] = ()
    unit: str = ""
    fewest: int = 1
    most: int = 1
    percent: bool = True
    flow: bool = False
    published_only: bool = False

    @property
    def grammar(self) -> str:
        """How its measures are written: in full where there is one only, else with A and B for the parts."""
        if len(self.parts) == 1:
            return f"{self.name}:{self.parts[0]}"
        return f"{self.name}:A{'+B' * (self.fewest - 1)}{'[+B…]' if self.most > self.fewest else ''}"

    @property
    def of_posts(self) -> bool:
        """Whether its parts are posts."""
        return not self.parts

    def takes(self, parts: tuple[str, ...], positions: Collection[str]) -> bool:
        """Whether these may be behind the colon where those are the posts."""
        several = self.fewest <= len(parts) <= self.most and len(set(parts)) == len(parts)
        return several and set(parts) <= set(positions if self.of_posts else self.parts)


FAMILIES = {
    family.name: family
    for family in (
        Family("member_share", unit="posts", most=MOST_POSITIONS),
        Family("overlap_share", unit="villages", fewest=2, most=2),
        Family("cell_share", ("villages",), "villages"),
        Family("admission_rate", ("members",), "admitted", flow=True),
        Family("admitting_share", ("grassroots",), "grassroots"),
        Family("count", COUNTS, percent=False),
        Family("share", ("ethnic_minority",), published_only=True),
    )
}


@dataclass(frozen=True)
class Measure:
    """A measure of a goal or a published figure, as written in `goals.csv` and `published.csv`.

    `family` is one of `FAMILIES`; `parts` are its positions, or the one name that is counted.
    """

    family: str
    parts: tuple[str, ...]

    @staticmethod
    def of(text: str) -> Measure:
        """The measure that is written so in a checked data set."""
        family, _, parts = text.partition(":")
        return Measure(family, tuple(parts.split("+")))

    def __str__(self) -> str:
        return f"{self.family}:{'+'.join(self.parts)}"

    @property
    def unit(self) -> str:
        """What it counts: "posts", or one of `COUNTS`."""
        return FAMILIES[self.family].unit or self.parts[0]

    @property
    def of_posts(self) -> bool:
        """Whether its parts are posts."""
        return FAMILIES[self.family].of_posts

    @property
    def percent(self) -> bool:
        """Whether it is a share, with a target in percent; else a count, with a target in its unit."""
        return FAMILIES[self.family].percent


def is_measure(text: str, positions: Collection[str]) -> bool:
    """Whether it is written as FAMILY:PART[+PART…], with parts that the grammar or, of posts, the data set
    knows."""
    measure = Measure.of(text)
    family = FAMILIES.get(measure.family)
    return ":" in text and family is not None and family.takes(measure.parts, positions)


def pair(positions: Collection[str]) -> tuple[str, ...]:
    """Posts in the order in which a pair of them is named, whatever order a data set shows them in: those of
    `POSITIONS` as they are there, then others by id."""
    ranks = {position: place for place, position in enumerate(POSITIONS)}
    return tuple(sorted(positions, key=lambda position: (ranks.get(position, len(ranks)), position)))


# Published for context only.
PUBLISHED_ONLY = tuple(
    f"{family.name}:{part}" for family in FAMILIES.values() if family.published_only for part in family.parts
)
