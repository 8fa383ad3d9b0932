"""Frames of charts with rows as the bars of a native chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from dashboard import charts
from dashboard.charts import theme
from dashboard.outputs.slides import shapes
from dashboard.outputs.slides.chart.model import Group, Label, Series
from dashboard.text import Text

# Amber, pale and white bars need a line around them.
_EDGE, _TARGET, _TARGET_GLOW = theme.SOFT_INK, theme.INK, theme.WHITE


@dataclass(frozen=True)
class Bars:
    """Rows of bars: their `names`, the `words` right of them, and from which value on those stand (`ends`).

    `key` has the series that a legend names (none = no legend); `caption` is said above instead; `mark`
    stands in the workbook.
    """

    names: tuple[str, ...]
    words: tuple[str, ...]
    ends: tuple[float, ...]
    groups: tuple[Group, ...]
    key: tuple[str, ...] = ()
    caption: str = ""
    mark: str = ""

    def __len__(self) -> int:
        return len(self.names)

    def part(self, start: int, stop: int) -> Bars:
        """The rows from `start` up to `stop`."""
        return replace(
            self,
            names=self.names[start:stop],
            words=self.words[start:stop],
            ends=self.ends[start:stop],
            groups=tuple(
                replace(group, series=tuple(one.part(start, stop) for one in group.series))
                for group in self.groups
            ),
        )


def members(frame: pd.DataFrame, text: Text) -> Bars:
    """`charts.structure.by_commune` and `.cells`: a bar of members per row."""
    outside = frame["outside"] if "outside" in frame else [False] * len(frame)
    colours = [theme.STEEL if apart else theme.BLUE for apart in outside]
    return _plain(frame, "members", text("count.members"), colours, text)


def combinations(frame: pd.DataFrame, text: Text) -> Bars:
    """`charts.overlap.combinations`: a bar of villages per combination."""
    colours = _colours("combination", charts.overlap.COMBINATION_COLOURS, text)
    return _plain(frame, "villages", text("count.villages"), [colours[part] for part in frame["part"]], text)


def changes(frame: pd.DataFrame, text: Text) -> Bars:
    """`charts.goals.changes`: a bar of the fewest changes per commune."""
    return _plain(frame, "changes", text("slide.changes"), [theme.AMBER] * len(frame), text)


def by_combination(frame: pd.DataFrame, text: Text) -> Bars:
    """`charts.overlap.by_commune`."""
    return _stacked(frame, "combination", charts.overlap.COMBINATION_COLOURS, text)


def pool(frame: pd.DataFrame, text: Text) -> Bars:
    """`charts.overlap.pool`."""
    return _stacked(frame, "pool", charts.overlap.POOL_COLOURS, text)


def post_states(frame: pd.DataFrame, text: Text) -> Bars:
    """`charts.overlap.post_states`."""
    return _stacked(frame, "state", charts.overlap.STATE_COLOURS, text)


def shares(frame: pd.DataFrame, text: Text) -> Bars:
    """`charts.goals.progress`, `.moved` and `.by_commune`: shares of 100%, a frame up to the target."""
    names, says = _words(frame["name"]), _words(frame["says"])
    whole = (1.0,) * len(frame)
    share, target = numbers(frame["share"]), numbers(frame["target"])
    colours = tuple(charts.goals.STATUS_COLOURS[status] for status in frame["status"])
    goal = text("column_short.goal")
    series = [
        Series("100%", whole, theme.TRACK, label=Label(says, "outEnd")),
        Series(text("column_short.share"), share, colours[0], _EDGE, points=colours),
    ]
    if any(value is not None for value in target):
        # A light frame under the dark one keeps it visible on a dark bar.
        series += [
            Series(goal, target, edge=_TARGET_GLOW, edge_points=3),
            Series(goal, target, edge=_TARGET, edge_points=1.25),
        ]
    return Bars(names, says, whole, (Group("bar", tuple(series)),), caption=_caption(frame, text))


def _caption(frame: pd.DataFrame, text: Text) -> str:
    """What frame and colours mean, of those that are there."""
    found = {
        {"met": "met", "not_met": "not_met", "whole_only": "", "no_data": ""}.get(status, "no_target")
        for status in frame["status"]
    }
    keys = ["frame"] if frame["target"].notna().any() else []
    keys += [key for key in ("met", "not_met", "no_target") if key in found]
    return " · ".join(text(f"slide.key.{key}") for key in keys)


def _plain(frame: pd.DataFrame, column: str, name: str, colours: Sequence[str], text: Text) -> Bars:
    """One bar a row; a row without a number has its words all the same."""
    says, values = _words(frame["says"]), numbers(frame[column])
    known = [value is not None for value in values]
    label = Label(tuple(said if there else "" for said, there in zip(says, known, strict=True)), "outEnd")
    series = [Series(name, values, colours[0], _EDGE, points=tuple(colours), label=label)]
    if not all(known):
        missing = Label(
            tuple("" if there else said for said, there in zip(says, known, strict=True)), "outEnd"
        )
        blank = tuple(None if there else 0.0 for there in known)
        series.append(Series(text("common.no_data"), blank, label=missing, unnamed=True))
    ends = tuple(value or 0.0 for value in values)
    return Bars(_words(frame["name"]), says, ends, (Group("bar", tuple(series)),))


def _stacked(frame: pd.DataFrame, group: str, colours: dict[str, str], text: Text) -> Bars:
    """A segment per part; `says` stands at the end of the bar."""
    rows = sorted(frame["row"].unique())
    heads = frame.drop_duplicates("row").set_index("row").loc[rows]
    says = _words(heads["says"])
    totals = tuple(float(total) for total in frame.groupby("row")["end"].max().loc[rows])
    counts = {
        (row, part): count for row, part, count in frame[["row", "part", "count"]].itertuples(index=False)
    }
    series = []
    for part, colour in _colours(group, colours, text).items():
        found = [counts.get((row, part)) for row in rows]
        if not any(found):
            continue
        values = tuple(None if count is None else float(count) for count in found)
        written = tuple("" if count is None else text.number(int(count)) for count in found)
        ink = theme.WHITE if colour in theme.DARK else theme.INK
        series.append(Series(part, values, colour, _EDGE, label=Label(written, "ctr", True, ink)))
    total = Series(text("column_short.denominator"), totals, label=Label(says, "outEnd"), unnamed=True)
    return Bars(
        _words(heads["name"]),
        says,
        totals,
        (Group("bar", tuple(series), stacked=True), Group("bar", (total,), apart=True)),
        key=tuple(one.name for one in series),
    )


def _colours(group: str, colours: dict[str, str], text: Text) -> dict[str, str]:
    return {text(f"overlap.{group}.{name}"): colour for name, colour in colours.items()}


def _words(column: pd.Series) -> tuple[str, ...]:
    return tuple(shapes.one_line(str(said)) for said in column)


def numbers(column: pd.Series) -> tuple[float | None, ...]:
    """The numbers of a column, None where there are no data."""
    return tuple(None if pd.isna(value) else float(value) for value in column)
