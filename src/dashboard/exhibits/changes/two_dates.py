"""What the exhibits of two dates share: their words, and the chart with a ring and a dot per measure."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from dashboard import measures
from dashboard.charts.model import DumbbellRow, Dumbbells, Label, Status
from dashboard.dataset import Dataset, Selection, areas
from dashboard.exhibits import peers, reported, takeaways
from dashboard.exhibits.goals.wording import target_label
from dashboard.exhibits.names import area_names
from dashboard.measures.changes import Changes
from dashboard.measures.comparison import Comparison
from dashboard.measures.families import Count
from dashboard.text import Text, capital

# More sentences on merged communes are no note.
_MERGED = 5
# Unchanged rows are a sentence, by name up to so many.
_FOLDED_BY_NAME = 4
# Rows of one chart: of more those that changed most.
_MOST_ROWS = 30
# No line breaks between a sign and its number.
_JOINED = "\u2060"


def dated(selection: Selection, key: str, **values: object) -> str:
    """The sentence `key` with both dates."""
    text = selection.text
    return text(key, since=text.date(selection.since), date=text.date(selection.as_of), **values)


def marked(selection: Selection) -> str:
    """Both dates with the mark that each has in the charts, so that they are understood alone."""
    return dated(selection, "changes.marked")


def finding(clauses: Sequence[str]) -> str:
    """The clauses as a headline; the dates are in its subtitle."""
    return capital("; ".join(clauses))


def clauses(kind: str, changes: Changes, text: Text) -> list[str]:
    """ "thêm 3 vị trí do đảng viên giữ", "giảm 1", what cannot be compared."""
    change = takeaways.change_of(kind, changes)
    return [*takeaways.clauses(text, change), *takeaways.unknown(text, change)]


def notes(dataset: Dataset, selection: Selection) -> list[str]:
    """How many chosen villages are in force at just one of the dates, and which communes were merged."""
    return [apart(dataset, selection), *merged(dataset, selection)]


def merged(dataset: Dataset, selection: Selection) -> list[str]:
    """A sentence for every chosen commune that was something else, or several, at the earlier date."""
    text, names = selection.text, area_names(dataset, selection)
    then = dict(areas.labels(dataset, selection.since, areas.BOUNDARIES[0], text))
    for commune in areas.divided(dataset, selection.since, selection.boundaries, selection.as_of):
        then[commune] = text("changes.part", name=then[commune])
    parts = measures.comparison.merged(dataset, selection)
    sentences = [
        text(
            "changes.took_in" if area in communes else "changes.merged",
            name=names[area],
            since=text.date(selection.since),
            names=text.series([then[commune] for commune in communes if commune != area]),
        )
        for area, communes in parts.items()
    ]
    return [*sentences[:_MERGED], text.some("changes.merged_more", max(0, len(sentences) - _MERGED))]


def apart(dataset: Dataset, selection: Selection) -> str:
    """How many chosen villages are in force at just one of the dates; "" where there are none."""
    both = measures.two_dates.villages(dataset, selection)
    return "" if both is None else selection.text.some("changes.apart", len(both.came) + len(both.went))


def extremes(text: Text, key: str, comparisons: Mapping[str, Comparison], room: int = 2) -> list[str]:
    """The sentences `key`.most_up and `key`.most_down on those with the largest gain and the largest loss, by
    name; only of those of which all can be compared, the others named as left out. No more than `room`."""
    plain = [
        (name, comparison.before.numerator, comparison.now.numerator)
        for name, comparison in comparisons.items()
        if comparison.plain
    ]
    sentences = []
    for way, sign in (("most_up", 1), ("most_down", -1)):
        most = max((sign * (now - before) for _, before, now in plain), default=0)
        if most <= 0 or len(plain) < 2:
            continue
        group = [move for move in plain if sign * (move[2] - move[1]) == most]
        variants = (takeaways.movers(text, group), takeaways.movers(text, group, few=0))
        sentences.append(takeaways.shortest([text(f"{key}.{way}", names=names) for names in variants]))
    sentences = sentences[:room]
    lacking = reported.not_ranked(
        [name for name, comparison in comparisons.items() if not comparison.plain], text, "not_compared"
    )
    return [*sentences[:-1], f"{sentences[-1]} {lacking}"] if sentences and lacking else sentences


def compared_columns(comparisons: Collection[Comparison], text: Text) -> dict[str, list[int | None]]:
    """The columns of a table on what changed over what both dates report, and how much they do not."""
    return {
        text("changes.column.change"): [
            comparison.gained if comparison.comparable else None for comparison in comparisons
        ],
        text("changes.column.unreported"): [comparison.unknown for comparison in comparisons],
    }


@dataclass(frozen=True)
class Line:
    """One measure at both dates; `target` in percent of its goal, None without one; not `drawn` where its
    unit is not that of the axis."""

    name: str
    comparison: Comparison
    target: float | None = None
    link: str = ""
    chosen: bool = False
    more: str = ""
    drawn: bool = True

    @property
    def ends(self) -> tuple[float | None, float | None, float | None]:
        """Before, now and the target on the axis; the target alone where the two go against the change."""
        if not self.drawn:
            return None, None, None
        target = None if self.target is None else self.target / 100
        return (None, None, target) if self.against else (*self._values, target)

    @property
    def against(self) -> bool:
        """Whether the figures fell where the count rose or stayed, or the other way: by what is vacant or not
        reported."""
        before, now = self._values
        moved = 0.0 if before is None or now is None else now - before
        return moved != 0 and moved * self.comparison.direction <= 0

    @property
    def _values(self) -> tuple[float | None, float | None]:
        return _value(self.comparison.before), _value(self.comparison.now)


@dataclass(frozen=True)
class Heads:
    """The words around the lines: the `head` of their names, the key of the words that count them (`unit`),
    the head of what they say besides (`more`), what the target lines stand for, and what the two ends are
    called where they are no dates (`labels`)."""

    head: str
    unit: str
    more: str = ""
    targets: tuple[str, ...] = ()
    labels: tuple[str, str] | None = None


def dumbbells(
    selection: Selection, lines: Sequence[Line], heads: Heads, whole: Line | None = None
) -> Dumbbells | None:
    """One row per line that changed or may have; None where no line has figures at both dates."""
    text = selection.text
    if not any(line.comparison.comparable for line in lines):
        return None
    folded = [line for line in lines if _unchanged(line)]
    rows = [line for line in lines if not _unchanged(line)]
    shown = _bounded(rows)
    values = [value for line in shown for value in line.ends if value is not None]
    low, high = bounds(values)
    drawn = [line.comparison for line in lines if line.drawn]
    shares = any(comparison.before.denominator or comparison.now.denominator for comparison in drawn)
    ends = [text.percent(round(100 * end)) if shares else text.number(end) for end in (low, high)]
    counts = [count for line in shown for count in (line.comparison.before, line.comparison.now)]
    dates = heads.labels or (text.date(selection.since), text.date(selection.as_of))
    key = (
        text("changes.drawn.key", since=dates[0], date=dates[1]) if shown else "",
        text("changes.drawn.target", targets="; ".join(heads.targets)) if heads.targets and shown else "",
        text("changes.drawn.axis") if values and low > 0 else "",
        text("changes.drawn.over_both") if any(line.comparison.unknown for line in shown) else "",
        text("changes.drawn.against") if any(line.drawn and line.against for line in shown) else "",
        text("changes.drawn.unreported") if any(map(_unreported, counts)) else "",
        text("changes.drawn.first", n=len(shown), all=len(rows)) if len(shown) < len(rows) else "",
    )
    return Dumbbells(
        low,
        high,
        (ends[0], ends[1]) if values else ("", ""),
        dates,
        heads.head,
        text("changes.drawn.change"),
        tuple(_row(line, text) for line in shown),
        _folded_label(folded, heads.unit, text),
        " ".join(filter(None, key)),
        _row(whole, text) if whole is not None else None,
        heads.more,
        shares,
        peers.orders(text, "official", gained=[_lost(line) for line in shown]) if whole is not None else None,
    )


def _lost(line: Line) -> float:
    """By how much it fell, below 0 where it rose; what cannot be compared comes last."""
    before, now, _ = line.ends
    return math.inf if before is None or now is None else before - now


def of_posts(
    dataset: Dataset, selection: Selection, family: str, comparisons: Mapping[str, Comparison]
) -> Dumbbells | None:
    """One row per post ("member_share") or pair ("overlap_share"), with the target of a goal on just it."""
    text, lines, targets = selection.text, [], []
    unit, key = ("posts", "chart.position") if family == "member_share" else ("pairs", "changes.pair")
    goals = [goal for goal in dataset.goal.values() if goal.measure.family == family]
    for posts, comparison in comparisons.items():
        parts = set(posts.split("+"))
        matching = (goal for goal in goals if set(goal.measure.parts) == parts and goal.target is not None)
        goal = next(matching, None)
        lines.append(Line(text(f"{key}.{posts}"), comparison, goal.target if goal else None))
        targets += [target_label(goal, text)] if goal else []
    heads = Heads(text(f"changes.drawn.head.{unit}"), unit, targets=tuple(dict.fromkeys(targets)))
    return dumbbells(selection, lines, heads)


def _bounded(lines: list[Line]) -> list[Line]:
    """Those that changed most where there are too many, and what is chosen; in their order."""
    if len(lines) <= _MOST_ROWS:
        return lines
    order = sorted(lines, key=lambda line: (not line.chosen, -abs(line.comparison.gained)))
    shown = set(map(id, order[:_MOST_ROWS]))
    return [line for line in lines if id(line) in shown]


def _unchanged(line: Line) -> bool:
    """Whether both dates are the same, all is reported, and nothing marks the row."""
    comparison = line.comparison
    same = (comparison.before.numerator, comparison.before.denominator) == (
        comparison.now.numerator,
        comparison.now.denominator,
    )
    return comparison.comparable and comparison.plain and same and not (line.chosen or line.more)


def _folded_label(folded: Sequence[Line], unit: str, text: Text) -> str:
    if not folded:
        return ""
    counted = text(f"changes.drawn.unchanged.{unit}", n=len(folded))
    if len(folded) > _FOLDED_BY_NAME:
        return f"{counted}."
    names = "; ".join(f"{line.name} {count_label(line.comparison.now, text)}" for line in folded)
    return text("changes.drawn.folded", text=counted, names=names)


def _row(line: Line, text: Text) -> DumbbellRow:
    before, now, target = line.ends
    return DumbbellRow(
        line.name,
        before,
        now,
        count_label(line.comparison.before, text),
        count_label(line.comparison.now, text),
        _change(line.comparison, text),
        target,
        line.link,
        line.chosen,
        line.more,
    )


def _change(comparison: Comparison, text: Text) -> Label:
    """What came in between, over what both dates report."""
    if not comparison.comparable:
        return Label("–", status="no_data", unreported=text("changes.not_comparable"))
    status: dict[int, Status] = {1: "rising", -1: "falling", 0: "none"}
    return Label(
        text.change(comparison.gained),
        status=status[comparison.direction],
        unreported=text.some("changes.unknown", comparison.unknown),
    )


def count_label(count: Count, text: Text) -> str:
    """ "133/176 ?1": the sign comes before how many are not reported."""
    if not count.known:
        return "–"
    figure = text.number(count.numerator)
    if count.denominator is not None:
        figure = text.fraction(count.numerator, count.denominator)
    return f"{figure} ?{_JOINED}{text.number(_unreported(count))}" if _unreported(count) else figure


def _unreported(count: Count) -> int:
    return count.unreported + count.unreported_areas if count.known else 0


def _value(count: Count) -> float | None:
    """A share, or the count where it is none of a whole; None where there is nothing to draw."""
    if not count.known or count.denominator == 0:
        return None
    return float(count.numerator if count.denominator is None else count.numerator / count.denominator)


def bounds(values: Sequence[float]) -> tuple[float, float]:
    """The ends of an axis that is as wide as the values need, at round numbers."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    step = 10 ** math.floor(math.log10(high)) / 10 if high > 1 else 0.1
    first = math.floor(round(low / step, 6)) * step
    last = math.ceil(round(high / step, 6)) * step
    if last <= first:  # all are alike: no share is above the whole
        first, last = (1 - step, 1) if high == 1 else (first, first + step)
    return round(first, 6), round(last, 6)
