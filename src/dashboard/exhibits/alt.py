"""What a chart shows in words, for who cannot see it: its kind, extremes, trend and figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard import charts
from dashboard.charts.theme import Draw
from dashboard.text import Text

# More names or figures than these are not listened to: the table behind the chart has them all.
_NAMED = 3
_READ = 12


@dataclass(frozen=True)
class _Said:
    """A sentence; where `of` is not empty it may be left out if all of that is told already."""

    sentence: str
    of: tuple[str, ...] = ()

    def is_new(self, told: str) -> bool:
        return bool(self.sentence) and not (self.of and all(part in told for part in self.of))


def described(plot: charts.Plot, text: Text, told: str) -> str:
    """The sentences for one chart, made from the rows that it draws; `told` is what is said before them."""
    kind, tell = _KINDS[plot.draw]
    said = [one.sentence for one in tell(plot.frame, text) if one.is_new(told)]
    return " ".join((text(f"alt.kind.{kind}"), *said))


def _ranked(column: str) -> Callable[[pd.DataFrame, Text], list[_Said]]:
    """Rows with a `name`, their figures as words in `says`, ranked by a column."""

    def tell(frame: pd.DataFrame, text: Text) -> list[_Said]:
        return [_extremes(frame, frame[column], text), _listed(_figures(frame), text)]

    return tell


def _named(frame: pd.DataFrame, text: Text) -> list[_Said]:
    """Rows with a `name` and words: several marks a row, of which the first has them."""
    return [_listed(_figures(frame[frame["name"].fillna("") != ""]), text)]


def _stacked(frame: pd.DataFrame, text: Text) -> list[_Said]:
    """Segments of stacked bars: how many each part has in all rows, then the rows."""
    parts = frame.groupby("part", sort=False)["count"].sum()
    return [_parts(parts, text), *_named(frame, text)]


def _matrix(frame: pd.DataFrame, text: Text) -> list[_Said]:
    """Cells by state, and how many lines join the posts of one person."""
    states = frame.loc[frame["kind"] == "post", "state"].value_counts()
    joined = int(frame["kind"].str.startswith("join").sum())
    return [_parts(states, text), _Said(text("alt.joined", n=joined) if joined else "")]


def _tree(frame: pd.DataFrame, text: Text) -> list[_Said]:
    """How many organisations on each level, then each with its words."""
    return [_parts(frame["level"].value_counts(sort=False), text), _listed(_figures(frame), text)]


def _over_dates(column: str) -> Callable[[pd.DataFrame, Text], list[_Said]]:
    """Dates in their order: from the first to the last that is known, the extremes between, then all."""

    def tell(frame: pd.DataFrame, text: Text) -> list[_Said]:
        rows = frame.sort_values("row")
        dates, says = _dates(rows)
        rows = rows.assign(name=dates, says=says)
        known = rows[rows[column].notna()]
        trend = _trend(known, column, text) if len(known) > 1 else _Said("")
        return [trend, _extremes(known, known[column], text), _listed(_figures(rows), text)]

    return tell


def _trend(rows: pd.DataFrame, column: str, text: Text) -> _Said:
    first, last = rows.iloc[0], rows.iloc[-1]
    change = last[column] - first[column]
    said = {"first": first["name"], "before": first["says"], "last": last["name"], "now": last["says"]}
    way = "up" if change > 0 else "down" if change < 0 else "same"
    return _Said(text(f"alt.trend.{way}", **said), tuple(said.values()))


def _dates(rows: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Dates and figures in a line each; the figures may stand on further lines below the two of a date."""
    lines = [str(date).split("\n") for date in rows["date"]]
    dates = ["/".join(part[:2]) for part in lines]
    if "says" in rows:
        return dates, [str(said) for said in rows["says"]]
    return dates, [f"{part[2]} ({part[3]})" if len(part) > 3 else " ".join(part[2:]) for part in lines]


def _moved(of: str) -> Callable[[pd.DataFrame, Text], list[_Said]]:
    """Rows at two dates, `of` "shares" or "counts": those that rose and fell most, then all."""

    def tell(frame: pd.DataFrame, text: Text) -> list[_Said]:
        moved = (frame["now"] - frame["before"]).astype(float)
        said = []
        if int(moved.notna().sum()) > 1:
            if moved.max() > 0:
                said.append(_Said(text(f"alt.{of}.rose", names=_together(frame[moved == moved.max()], text))))
            if moved.min() < 0:
                said.append(_Said(text(f"alt.{of}.fell", names=_together(frame[moved == moved.min()], text))))
        return [*said, _listed(_figures(frame), text)]

    return tell


def _extremes(frame: pd.DataFrame, values: pd.Series, text: Text) -> _Said:
    """The rows with the highest and the lowest value; nothing where fewer than two have one."""
    values = values.astype(float)
    known = values.notna()
    if int(known.sum()) < 2:
        return _Said("")
    if values.max() == values.min():
        return _Said(text("alt.alike", n=int(known.sum())))
    ends = [frame[values == end] for end in (values.max(), values.min())]
    highest, lowest = (_together(end, text) for end in ends)
    of = tuple(name for end in ends for name in end["name"])
    return _Said(text("alt.extremes", highest=highest, lowest=lowest), of)


def _together(rows: pd.DataFrame, text: Text) -> str:
    """Rows that share a place: by name with their figures, or how many they are and the figures of one."""
    figures = _figures(rows)
    if len(figures) <= _NAMED:
        return text.series(figures)
    return text("alt.many", n=len(figures), one=figures[0])


def _parts(counts: pd.Series, text: Text) -> _Said:
    parts = "; ".join(f"{name} {text.number(int(n))}" for name, n in counts.items())
    return _Said(text("alt.parts", parts=parts))


def _figures(rows: pd.DataFrame) -> list[str]:
    """Name and figures in one line; a name that is broken for the chart is whole here."""
    return [
        f"{name} ({said})" if said else str(name)
        for name, said in zip(
            rows["name"].astype(str).str.replace("\n", " "), rows["says"].fillna(""), strict=True
        )
    ]


def _listed(figures: Sequence[str], text: Text) -> _Said:
    more = len(figures) - _READ
    rows = [*figures[:_READ], *([text("alt.more", n=more)] if more > 0 else [])]
    return _Said(text("alt.rows", rows="; ".join(rows)))


# Goals of different targets are not ranked.
_KINDS: dict[Draw, tuple[str, Callable[[pd.DataFrame, Text], list[_Said]]]] = {
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
