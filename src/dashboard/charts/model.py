"""A chart is data: frozen classes of typed rows. Geometry belongs to the renderers that draw them.

Words in the rows are already in the reader's language, each part by itself, so that no renderer takes a
sentence apart. A `link` is what a click opens ("commune:ID", "village:ID", "area:ID"; "" for nothing).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Generic, Literal, TypeVar

# What a sign stands for: it is a shape and a word before it is a colour.
Status = Literal[
    "met", "not_met", "rising", "falling", "unchanged", "whole_only", "no_data", "uncertain", "none"
]


@dataclass(frozen=True)
class Label:
    """The figures of a row in parts: "50/60", "83,3%", the sign and word of its status, "8 chưa báo cáo",
    "1 khuyết". Where something is unreported no row is the highest, and none rises, for sure."""

    count: str
    share: str = ""
    status: Status = "none"
    status_label: str = ""
    unreported: str = ""
    vacant: str = ""

    @property
    def figure(self) -> str:
        """ "50/60 (83,3%)"."""
        return f"{self.count} ({self.share})" if self.share else self.count

    @property
    def complete(self) -> bool:
        """Whether all that it counts is reported."""
        return not self.unreported and self.status != "uncertain"

    @property
    def left_out(self) -> str:
        """What the figures leave out: "1 khuyết, 8 chưa báo cáo"."""
        return ", ".join(part for part in (self.vacant, self.unreported) if part)


@dataclass(frozen=True)
class Trend:
    """One value per as-of date, oldest first, None where it is not known; `target` in the same unit."""

    values: tuple[float | None, ...]
    target: float | None = None


@dataclass(frozen=True)
class Orders:
    """Ways to sort the rows of a chart: the name of each, and the rows by their place in the chart. The first
    is their order in the chart; `label` names the choice."""

    label: str
    by: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True)
class Tile:
    """One figure at a glance: `value` as written, `notes` below it, each a line."""

    name: str
    value: str
    notes: tuple[str, ...] = ()
    status: Status = "none"
    trend: Trend | None = None


@dataclass(frozen=True)
class Tiles:
    """Figures beside each other."""

    rows: tuple[Tile, ...]


@dataclass(frozen=True)
class BulletRow:
    """How far one goal or area is: `share` and `target` as fractions, None without one."""

    name: str
    label: Label
    share: float | None = None
    target: float | None = None
    trend: Trend | None = None
    link: str = ""
    chosen: bool = False


Row = TypeVar("Row", bound="BulletRow | HeatRow | UnitRow | BarRow | DumbbellRow")


class Rowed(Generic[Row]):
    """A chart of rows that may be chosen, and of all together (`whole`)."""

    rows: tuple[Row, ...]
    whole: Row | None

    @property
    def every(self) -> tuple[Row, ...]:
        """The rows, that of all together last."""
        return self.rows if self.whole is None else (*self.rows, self.whole)

    @property
    def has_chosen(self) -> bool:
        """Whether rows are chosen: then the others are drawn paler."""
        return any(row.chosen for row in self.rows)


@dataclass(frozen=True)
class Bullets(Rowed[BulletRow]):
    """One row per goal or area on a common track from 0 to 1."""

    rows: tuple[BulletRow, ...]
    key: str = ""
    whole: BulletRow | None = None


@dataclass(frozen=True)
class HeatCell:
    """One area and goal, its counts as written: `needed` more reach the goal ("" where that is not known or
    cannot be), `missing` is that as a part (0 to 1) of the most in the table; `unreported` ("?3") units could
    change it."""

    label: Label
    needed: str = ""
    missing: float = 0.0
    unreported: str = ""


@dataclass(frozen=True)
class HeatRow:
    """One area over all goals; `total` is what is missing in all of them, as written."""

    name: str
    cells: tuple[HeatCell, ...]
    total: str = ""
    link: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class HeatTable(Rowed[HeatRow]):
    """Areas × goals; `whole` is the row of all together. `order` says how the rows are sorted."""

    order: str
    heads: tuple[str, ...]
    total: str
    rows: tuple[HeatRow, ...]
    whole: HeatRow | None = None
    key: str = ""
    orders: Orders | None = None


@dataclass(frozen=True)
class UnitRow:
    """One area, one unit per village: the kind of each."""

    name: str
    units: tuple[str, ...]
    label: Label
    link: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class Units(Rowed[UnitRow]):
    """One square per village, one row per area; `kinds` are those that occur, with their words."""

    kinds: tuple[tuple[str, str], ...]
    rows: tuple[UnitRow, ...]
    whole: UnitRow | None = None
    key: str = ""
    orders: Orders | None = None


@dataclass(frozen=True)
class PostRow:
    """One village: per post its state ("member", "not_member", "vacant", "not_reported"), and the groups of
    posts (by their place) that one person holds; `label` is the same in words."""

    name: str
    posts: tuple[str, ...]
    joined: tuple[tuple[int, ...], ...]
    label: str
    link: str = ""


@dataclass(frozen=True)
class PostGroup:
    """The villages of one commune."""

    name: str
    rows: tuple[PostRow, ...]
    link: str = ""


@dataclass(frozen=True)
class PostMatrix:
    """Villages × posts, the villages of a commune together; `states` are those that occur, in words."""

    heads: tuple[str, ...]
    states: tuple[tuple[str, str], ...]
    groups: tuple[PostGroup, ...]
    key: str = ""


@dataclass(frozen=True)
class Segment:
    """A part of a bar: its kind and its size in the unit of the chart."""

    kind: str
    value: float


@dataclass(frozen=True)
class BarRow:
    """One bar, whole or in segments; with `beside` a second one, of another measure on its own scale."""

    name: str
    segments: tuple[Segment, ...]
    label: Label
    link: str = ""
    chosen: bool = False
    beside: Segment | None = None
    beside_label: Label | None = None


@dataclass(frozen=True)
class Bars(Rowed[BarRow]):
    """Bars from 0 on a common scale; `kinds` are those of the segments, with their words; `heads` name the
    measures where there are two; `over_dates` where each row is a date, oldest first."""

    rows: tuple[BarRow, ...]
    kinds: tuple[tuple[str, str], ...] = ()
    whole: BarRow | None = None
    key: str = ""
    heads: tuple[str, ...] = ()
    over_dates: bool = False
    orders: Orders | None = None


@dataclass(frozen=True)
class DumbbellRow:
    """Two dates of one measure: `before` and `now` on the axis, None where not known or not to be drawn;
    `more` is in a column of its own."""

    name: str
    before: float | None
    now: float | None
    before_label: str
    now_label: str
    change: Label
    target: float | None = None
    link: str = ""
    chosen: bool = False
    more: str = ""


@dataclass(frozen=True)
class Dumbbells(Rowed[DumbbellRow]):
    """A ring for the earlier date, a dot for the later, on an axis from `low` to `high`: of `shares`, else of
    counts. Rows that did not change are `folded` into a sentence, `more` heads the last column ("" for
    none)."""

    low: float
    high: float
    ends: tuple[str, str]
    dates: tuple[str, str]
    head: str
    change: str
    rows: tuple[DumbbellRow, ...]
    folded: str = ""
    key: str = ""
    whole: DumbbellRow | None = None
    more: str = ""
    shares: bool = False
    orders: Orders | None = None


@dataclass(frozen=True)
class NameGroup:
    """One commune: villages (or other things) by name, each with a word behind it and a link."""

    name: str
    items: tuple[tuple[str, str, str], ...]
    link: str = ""


@dataclass(frozen=True)
class NameColumn:
    """One heading with its sign and the names under it, by commune; `more` says how many are not named."""

    head: str
    groups: tuple[NameGroup, ...]
    status: Status = "none"
    more: str = ""


@dataclass(frozen=True)
class Names:
    """Lists of names beside each other."""

    columns: tuple[NameColumn, ...]
    empty: str = ""
    key: str = ""


@dataclass(frozen=True)
class Choice:
    """One line of a list: its cells as written, the `key` under which it is ticked ("" for none), and a link
    of its first cell."""

    cells: tuple[str, ...]
    key: str = ""
    ticked: bool = False
    link: str = ""


@dataclass(frozen=True)
class Choices:
    """A list that is searched (`search` names the field, "" for none), sorted and ticked (`tick` is the
    heading of the ticks, "" for none)."""

    heads: tuple[str, ...]
    rows: tuple[Choice, ...]
    search: str = ""
    nothing: str = ""
    tick: str = ""
    key: str = ""


@dataclass(frozen=True)
class Series:
    """One line: a value per date, None where it is not known; `complete` where every date reports all."""

    name: str
    values: tuple[float | None, ...]
    role: Literal["chosen", "whole", "other"] = "other"
    labels: tuple[str, ...] = ()
    complete: bool = True


@dataclass(frozen=True)
class Panel:
    """One of several small charts of the same scale."""

    name: str
    series: tuple[Series, ...]
    target: float | None = None
    target_label: str = ""


@dataclass(frozen=True)
class Lines:
    """Small charts over the same dates, each from `low` to `high` (as written at the ends of the axis)."""

    dates: tuple[str, ...]
    low: float
    high: float
    ends: tuple[str, str]
    panels: tuple[Panel, ...]
    key: str = ""


@dataclass(frozen=True)
class Node:
    """One organisation: its `size` (persons) sets its width; `label` is beside its name."""

    name: str
    size: float
    label: str = ""
    link: str = ""
    chosen: bool = False
    children: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Icicle:
    """What is under what, in up to four levels: each node beside what it is in. The last level is as wide as
    its size, all on one scale."""

    root: Node
    key: str = ""


Chart = Tiles | Bullets | HeatTable | Units | PostMatrix | Bars | Dumbbells | Names | Choices | Lines | Icicle


def as_data(chart: Chart) -> dict[str, Any]:
    """The chart as plain values for a renderer in another language: its fields, and its class as `kind`."""
    return {"kind": type(chart).__name__, **asdict(chart)}
