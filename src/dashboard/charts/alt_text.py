"""A chart in words, for readers who cannot see it: its kind, its extremes and trend, its parts, its rows.

What ranks the rows, or says which way they go, is there only where all their figures are complete.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from dashboard.charts.model import (
    BarRow,
    Bars,
    BulletRow,
    Bullets,
    Chart,
    Choices,
    DumbbellRow,
    Dumbbells,
    HeatRow,
    HeatTable,
    Icicle,
    Label,
    Lines,
    Names,
    Node,
    PostMatrix,
    Series,
    Tiles,
    UnitRow,
    Units,
)
from dashboard.text import Text

# More names or figures than these are not read out: the table behind the chart has them all.
_NAMED = 3
_READ = 12


@dataclass(frozen=True)
class _Row:
    """A row as it is read: its name, its figures in words, and what it is ranked by (None: it is not)."""

    name: str
    label: str = ""
    value: float | None = None

    def __str__(self) -> str:
        return f"{self.name} ({self.label})" if self.label else self.name


def chart_alt_text(chart: Chart, text: Text, context: str = "") -> str:
    """The sentences for one chart; an extreme or a trend of which the text before (`context`) has every part
    is not repeated."""
    return " ".join(filter(None, _sentences(chart, text, context)))


def _sentences(chart: Chart, text: Text, context: str) -> Iterator[str]:
    match chart:
        case Bullets():
            return _bullets(chart, text, context)
        case Bars():
            return _bars(chart, text, context)
        case Dumbbells():
            return _dumbbells(chart, text)
        case Lines():
            return _lines(chart, text, context)
        case _:
            return _listing(chart, text)


def _listing(
    chart: Tiles | HeatTable | Units | PostMatrix | Names | Choices | Icicle, text: Text
) -> Iterator[str]:
    """What nothing is ranked in."""
    match chart:
        case Tiles():
            yield text("alt.kind.tiles")
            yield _listed(
                [_Row(tile.name, " · ".join((tile.value, *tile.notes))) for tile in chart.rows], text
            )
        case HeatTable():
            yield text("alt.kind.heat")
            whole = [] if chart.whole is None else [chart.whole]
            yield _listed([_heat(row, chart) for row in (*whole, *chart.rows)], text)
        case Units():
            yield text("alt.kind.units")
            counts = Counter(unit for row in chart.rows for unit in row.units)
            yield _parts({words: counts[kind] for kind, words in chart.kinds}, text)
            yield _listed(_labelled(chart.every), text)
        case PostMatrix():
            yield from _matrix(chart, text)
        case Names():
            yield from _names(chart, text)
        case Choices():
            yield text("alt.kind.list")
            yield _listed([_Row(row.cells[0], " · ".join(row.cells[1:])) for row in chart.rows], text)
        case Icicle():
            yield text("alt.kind.tree")
            yield _listed([_Row(node.name, node.label) for node in _downwards(chart.root)], text)
        case _:
            assert_never(chart)


def _matrix(chart: PostMatrix, text: Text) -> Iterator[str]:
    """The posts by their state, and how many of them one person holds together."""
    yield text("alt.kind.matrix")
    rows = [row for group in chart.groups for row in group.rows]
    counts = Counter(state for row in rows for state in row.posts)
    yield _parts({words: counts[state] for state, words in chart.states if counts[state]}, text)
    joined = sum(len(row.joined) for row in rows)
    yield text("alt.joined", n=joined) if joined else ""


def _bullets(chart: Bullets, text: Text, context: str) -> Iterator[str]:
    yield text("alt.kind.bars")
    # Goals of different targets are not ranked; where there is a whole, all rows are of one goal.
    if chart.whole is not None and all(row.label.complete for row in chart.rows):
        yield _extremes([_Row(row.name, _figures(row.label), row.share) for row in chart.rows], text, context)
    yield _listed(_labelled(chart.every), text)


def _bars(chart: Bars, text: Text, context: str) -> Iterator[str]:
    """Bars in several parts are counted part by part, others ranked; the district bodies are no commune."""
    stacked = any(len(row.segments) > 1 for row in chart.rows)
    yield text(f"alt.kind.{'columns' if chart.over_dates else 'stacked' if stacked else 'bars'}")
    if stacked:
        words = dict(chart.kinds)
        parts: Counter[str] = Counter()
        for segment in (segment for row in chart.rows for segment in row.segments if segment.value):
            parts[words[segment.kind]] += int(segment.value)
        yield _parts(parts, text)
    elif all(_is_complete(row) for row in chart.rows):
        rows = [_Row(row.name, _bar(row), _value(row)) for row in chart.rows]
        yield _trend(rows, text, context) if chart.over_dates else ""
        yield _extremes(rows, text, context)
    yield _listed([_Row(row.name, _bar(row)) for row in chart.every], text)


# Kinds of segments that are no figure but the lack of one; one that is listed among communes and is none.
_LACKING = ("unreported", "not_reported")
_NO_COMMUNE = "outside"


def _is_complete(row: BarRow) -> bool:
    lacking = any(segment.kind in _LACKING and segment.value for segment in row.segments)
    return row.label.complete and row.label.status != "no_data" and not lacking


def _value(row: BarRow) -> float | None:
    kinds = [segment.kind for segment in row.segments]
    return None if kinds in ([], [_NO_COMMUNE]) else sum(segment.value for segment in row.segments)


def _bar(row: BarRow) -> str:
    beside = _figures(row.beside_label) if row.beside_label is not None else ""
    return "; ".join(filter(None, (_figures(row.label), beside)))


def _dumbbells(chart: Dumbbells, text: Text) -> Iterator[str]:
    """Those that rose and fell most; a share that moved while its count did not is no rise."""
    yield text("alt.kind.dumbbell", before=chart.dates[0], now=chart.dates[1])
    rows = [(row, _Row(row.name, _both_dates(row), _change(row))) for row in chart.rows]
    known = [item.value for _, item in rows if item.value is not None]
    if 1 < len(known) == len(rows) and all(
        row.change.complete and row.change.status != "no_data" for row in chart.rows
    ):
        for way, status, end in (("rose", "rising", max(known)), ("fell", "falling", min(known))):
            most = [(row, item) for row, item in rows if item.value == end]
            if all(row.change.status == status for row, _ in most):
                names = _together([item for _, item in most], text)
                yield text(f"alt.{'shares' if chart.shares else 'counts'}.{way}", names=names)
    yield _listed([_Row(row.name, _both_dates(row)) for row in chart.every], text)
    yield chart.folded


def _change(row: DumbbellRow) -> float | None:
    return None if row.before is None or row.now is None else row.now - row.before


def _both_dates(row: DumbbellRow) -> str:
    """ "46/58 › 50/60 · +4"."""
    both = f"{row.before_label} › {row.now_label}"
    return " · ".join(filter(None, (both, _figures(row.change), row.more)))


def _names(chart: Names, text: Text) -> Iterator[str]:
    yield text("alt.kind.list")
    for column in chart.columns:
        items = [
            _Row(" ".join(filter(None, (f"{group.name}:" if group.name else "", name, word))))
            for group in column.groups
            for name, word, _ in group.items
        ]
        yield f"{column.head}." if column.head else ""
        yield _listed(items, text)
        yield column.more
    yield "" if chart.columns else chart.empty


def _lines(chart: Lines, text: Text, context: str) -> Iterator[str]:
    """The lines of what is chosen and of the whole."""
    yield text("alt.kind.line")
    for panel in chart.panels:
        for series in panel.series:
            if series.role != "other":
                yield f"{panel.name} – {series.name}: {_path(series, chart.dates, text, context)}"


def _path(series: Series, dates: Sequence[str], text: Text, context: str) -> str:
    """From the first date that is known to the last, the extremes where all are, then every date."""
    labels = series.labels or ("",) * len(dates)
    rows = [_Row(*cells) for cells in zip(dates, labels, series.values, strict=True)]
    trend = _trend(rows, text, context) if series.complete else ""
    # A date that is not drawn may have the highest figure.
    extremes = _extremes(rows, text, context) if series.complete and None not in series.values else ""
    return " ".join(filter(None, (trend, extremes, _listed(rows, text))))


def _heat(row: HeatRow, chart: HeatTable) -> _Row:
    """What is missing in all goals; of what is chosen and of the whole each goal too."""
    parts = [f"{chart.total}: {row.total}"]
    if row.chosen or row is chart.whole:
        cells = zip(chart.heads, row.cells, strict=True)
        parts += [f"{head}: {_figures(cell.label)}" for head, cell in cells]
    return _Row(row.name, "; ".join(parts))


def _downwards(root: Node) -> Iterator[Node]:
    """An organisation and all under it, level by level."""
    level: tuple[Node, ...] = (root,)
    while level:
        yield from level
        level = tuple(below for node in level for below in node.children)


def _labelled(rows: Sequence[BulletRow] | Sequence[UnitRow]) -> list[_Row]:
    """Rows with their figures."""
    return [_Row(row.name, _figures(row.label)) for row in rows]


def _figures(label: Label) -> str:
    """ "50/60 (83,3%) · 1 khuyết, 8 chưa báo cáo · đạt"."""
    return " · ".join(filter(None, (label.figure, label.left_out, label.status_label)))


def _trend(rows: Sequence[_Row], text: Text, context: str) -> str:
    """From the first known row to the last; "" where fewer than two are, or `context` has both."""
    known = [(row, row.value) for row in rows if row.value is not None]
    if len(known) < 2:
        return ""
    (first, before), (last, now) = known[0], known[-1]
    way = "up" if now > before else "down" if now < before else "same"
    ends = {"first": first.name, "before": first.label, "last": last.name, "now": last.label}
    return "" if _is_in(ends.values(), context) else text(f"alt.trend.{way}", **ends)


def _extremes(rows: Sequence[_Row], text: Text, context: str) -> str:
    """The rows with the highest and the lowest value; "" for fewer than two, or where `context` has them."""
    known = [row.value for row in rows if row.value is not None]
    if len(known) < 2:
        return ""
    if max(known) == min(known):
        alike = len(known) == len(rows) and len({row.label for row in rows}) == 1
        return text("alt.alike", n=len(known)) if alike else ""
    ends = [[row for row in rows if row.value == end] for end in (max(known), min(known))]
    if _is_in([row.name for end in ends for row in end], context):
        return ""
    highest, lowest = (_together(end, text) for end in ends)
    return text("alt.extremes", highest=highest, lowest=lowest)


def _is_in(parts: Iterable[str], context: str) -> bool:
    return all(part in context for part in parts)


def _together(rows: Sequence[_Row], text: Text) -> str:
    """Rows that share a place: by name with their figures, or how many they are and the figures of one."""
    if len(rows) <= _NAMED:
        return text.series([str(row) for row in rows])
    return text("alt.many", n=len(rows), one=str(rows[0]))


def _parts(counts: dict[str, int], text: Text) -> str:
    parts = "; ".join(f"{name} {text.number(n)}" for name, n in counts.items())
    return text("alt.parts", parts=parts) if parts else ""


def _listed(rows: Sequence[_Row], text: Text) -> str:
    more = len(rows) - _READ
    items = [str(row) for row in rows[:_READ]]
    items += [text("alt.more", n=more)] if more > 0 else []
    return text("alt.rows", rows="; ".join(items)) if items else ""
