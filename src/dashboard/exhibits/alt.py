"""What a chart shows in words, for who cannot see it: its kind, extremes, trend and figures.

Plain lists, not frames: it is made for every chart of every selection, and frames take milliseconds a row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard import charts
from dashboard.charts.theme import Draw
from dashboard.text import Text

# More names or figures than these are not listened to: the table behind the chart has them all.
_NAMED = 3
_READ = 12


@dataclass(frozen=True)
class _Said:
    """A sentence; where `of` is not empty it may be left out if all of that is told already. One that `ranks`
    the rows, or says which way they go, is for complete ones."""

    sentence: str
    of: tuple[str, ...] = ()
    ranks: bool = False

    def is_new(self, told: str) -> bool:
        return bool(self.sentence) and not (self.of and all(part in told for part in self.of))


@dataclass(frozen=True)
class _Row:
    """A row as it is read: its name, its figures in words, and what it is ranked by (None = no data)."""

    name: str
    says: str
    value: float | None = None

    @property
    def figure(self) -> str:
        return f"{self.name} ({self.says})" if self.says else self.name


_Tell = Callable[[pd.DataFrame, Text], list[_Said]]


def described(plot: charts.Plot, text: Text, told: str) -> str:
    """The sentences for one chart, made from the rows that it draws; `told` is what is said before them."""
    kind, tell = _KINDS[plot.draw]
    said = [
        one.sentence for one in tell(plot.frame, text) if one.is_new(told) and (plot.ranked or not one.ranks)
    ]
    return " ".join((text(f"alt.kind.{kind}"), *said))


def _ranked(column: str) -> _Tell:
    """Rows with a `name`, their figures as words in `says`, ranked by a column; the district bodies are not
    ranked among communes."""

    def tell(frame: pd.DataFrame, text: Text) -> list[_Said]:
        ranks = frame[column].mask(frame["outside"]) if "outside" in frame else frame[column]
        rows = _rows(frame["name"], frame["says"], ranks)
        return [_extremes(rows, text), _listed(rows, text)]

    return tell


def _named(frame: pd.DataFrame, text: Text) -> list[_Said]:
    """Rows with a `name` and words: several marks a row, of which the first has them."""
    return [_listed([row for row in _rows(frame["name"], frame["says"]) if row.name], text)]


def _stacked(frame: pd.DataFrame, text: Text) -> list[_Said]:
    """Segments of stacked bars: how many each part has in all rows, then the rows."""
    parts: Counter[str] = Counter()
    for part, count in zip(frame["part"].tolist(), frame["count"].tolist(), strict=True):
        parts[part] += int(count)
    return [_parts(parts, text), *_named(frame, text)]


def _matrix(frame: pd.DataFrame, text: Text) -> list[_Said]:
    """Cells by state, and how many lines join the posts of one person."""
    kinds = frame["kind"].tolist()
    states = Counter(
        state for kind, state in zip(kinds, frame["state"].tolist(), strict=True) if kind == "post"
    )
    joined = sum(kind.startswith("join") for kind in kinds)
    return [_parts(states, text), _Said(text("alt.joined", n=joined) if joined else "")]


def _tree(frame: pd.DataFrame, text: Text) -> list[_Said]:
    """How many organisations on each level, then each with its words."""
    return [_parts(Counter(frame["level"].tolist()), text), *_named(frame, text)]


def _over_dates(column: str) -> _Tell:
    """Dates in their order: from the first to the last that is known, the extremes between, then all."""

    def tell(frame: pd.DataFrame, text: Text) -> list[_Said]:
        lines = [str(date).split("\n") for date in frame["date"].tolist()]
        dates = ["/".join(part[:2]) for part in lines]
        says = frame["says"] if "says" in frame else [_below(part[2:]) for part in lines]
        rows = _rows(dates, says, frame[column])
        return [_trend(rows, text), _extremes(rows, text), _listed(rows, text)]

    return tell


def _below(figures: Sequence[str]) -> str:
    """The figures that stand on further lines below the two of a date."""
    said = f"{figures[0]} ({figures[1]})" if len(figures) > 1 else "".join(figures)
    return " · ".join((said, *figures[2:]))


def _moved(of: str) -> _Tell:
    """Rows at two dates, `of` "shares" or "counts": those that rose and fell most, then all."""

    def tell(frame: pd.DataFrame, text: Text) -> list[_Said]:
        rows = _rows(frame["name"], frame["says"], frame["now"] - frame["before"])
        known = [row.value for row in rows if row.value is not None]
        said = []
        if len(known) > 1:
            for way, end, most in (("rose", max(known), max(known)), ("fell", min(known), -min(known))):
                if most > 0:
                    names = _together([row for row in rows if row.value == end], text)
                    said.append(_Said(text(f"alt.{of}.{way}", names=names), ranks=True))
        return [*said, _listed(rows, text)]

    return tell


def _trend(rows: Sequence[_Row], text: Text) -> _Said:
    """From the first known row to the last; nothing where fewer than two are."""
    known = [(row, row.value) for row in rows if row.value is not None]
    if len(known) < 2:
        return _Said("")
    (first, before), (last, now) = known[0], known[-1]
    way = "up" if now > before else "down" if now < before else "same"
    said = {"first": first.name, "before": first.says, "last": last.name, "now": last.says}
    return _Said(text(f"alt.trend.{way}", **said), tuple(said.values()), ranks=True)


def _extremes(rows: Sequence[_Row], text: Text) -> _Said:
    """The rows with the highest and the lowest value; nothing where fewer than two have one."""
    known = [row.value for row in rows if row.value is not None]
    if len(known) < 2:
        return _Said("")
    if max(known) == min(known):
        alike = len(known) == len(rows) and len({row.says for row in rows}) == 1
        return _Said(text("alt.alike", n=len(known)) if alike else "", ranks=True)
    ends = [[row for row in rows if row.value == end] for end in (max(known), min(known))]
    highest, lowest = (_together(end, text) for end in ends)
    named = tuple(row.name for end in ends for row in end)
    return _Said(text("alt.extremes", highest=highest, lowest=lowest), named, ranks=True)


def _together(rows: Sequence[_Row], text: Text) -> str:
    """Rows that share a place: by name with their figures, or how many they are and the figures of one."""
    if len(rows) <= _NAMED:
        return text.series([row.figure for row in rows])
    return text("alt.many", n=len(rows), one=rows[0].figure)


def _parts(counts: Counter[str], text: Text) -> _Said:
    parts = "; ".join(f"{name} {text.number(n)}" for name, n in counts.items())
    return _Said(text("alt.parts", parts=parts))


def _listed(rows: Sequence[_Row], text: Text) -> _Said:
    more = len(rows) - _READ
    said = [row.figure for row in rows[:_READ]]
    said += [text("alt.more", n=more)] if more > 0 else []
    return _Said(text("alt.rows", rows="; ".join(said)))


def _rows(names: Iterable[Any], says: Iterable[Any], values: Iterable[Any] | None = None) -> list[_Row]:
    """The rows of a chart; a name that is broken for its place is whole here."""
    names, says = list(names), list(says)
    ranks = [None] * len(names) if values is None else [_number(value) for value in values]
    return [
        _Row(_written(name).replace("\n", " "), _written(said), rank)
        for name, said, rank in zip(names, says, ranks, strict=True)
    ]


def _written(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _number(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


# Goals of different targets are not ranked.
_KINDS: dict[Draw, tuple[str, _Tell]] = {
    charts.structure.by_commune: ("bars", _ranked("members")),
    charts.structure.cells: ("bars", _ranked("members")),
    charts.structure.committees: ("squares", _named),
    charts.structure.tree: ("tree", _tree),
    charts.structure.over_time: ("columns", _over_dates("value")),
    charts.overlap.by_commune: ("stacked", _stacked),
    charts.overlap.combinations: ("bars", _ranked("villages")),
    charts.overlap.pool: ("stacked", _stacked),
    charts.overlap.post_states: ("stacked", _stacked),
    charts.overlap.matrix: ("matrix", _matrix),
    charts.goals.progress: ("bars", _named),
    charts.goals.moved: ("bars", _named),
    charts.goals.by_commune: ("bars", _ranked("share")),
    charts.goals.changes: ("bars", _ranked("changes")),
    charts.goals.path: ("line", _over_dates("share")),
    charts.changes.shares: ("dumbbell", _moved("shares")),
    charts.changes.counts: ("dumbbell", _moved("counts")),
    charts.places.peers: ("strip", _named),
}
