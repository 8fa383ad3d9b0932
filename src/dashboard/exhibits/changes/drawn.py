"""Two dates as charts: a ring and a dot per measure, and the villages of the changes by name."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard import schema
from dashboard.charts.model import (
    DumbbellRow,
    Dumbbells,
    Label,
    NameColumn,
    NameGroup,
    Names,
    Status,
)
from dashboard.dataset import Dataset, Selection
from dashboard.exhibits import orders
from dashboard.exhibits.goals import wording as goal_wording
from dashboard.exhibits.names import AREA, opening
from dashboard.measures.changes import Sides
from dashboard.measures.goals import Count
from dashboard.text import Text

# Unchanged rows are told in a sentence, by name up to so many.
_FOLDED_BY_NAME = 4
# Rows of one chart: of more those that changed most.
_MOST_ROWS = 30
# No line breaks between a sign and its number.
_JOINED = "\u2060"
# Villages named in one column; the table behind it has more.
_NAMED = 25


@dataclass(frozen=True)
class Line:
    """One measure at both dates; `target` in percent of its goal, None without one; not `drawn` where its
    unit is not that of the axis."""

    name: str
    sides: Sides
    target: float | None = None
    link: str = ""
    chosen: bool = False
    more: str = ""
    drawn: bool = True

    @property
    def ends(self) -> tuple[float | None, float | None, float | None]:
        """Before, now and the target on the axis."""
        if not self.drawn:
            return None, None, None
        target = None if self.target is None else self.target / 100
        return _value(self.sides.before), _value(self.sides.now), target


@dataclass(frozen=True)
class Heads:
    """What stands around the lines: the `head` of their names, the key of the words that count them (`unit`),
    the head of what they say besides (`more`), what the target lines stand for, and what the two `sides` are
    called where they are no dates."""

    head: str
    unit: str
    more: str = ""
    targets: tuple[str, ...] = ()
    sides: tuple[str, str] | None = None


def dumbbells(
    selection: Selection, lines: Sequence[Line], heads: Heads, whole: Line | None = None
) -> Dumbbells | None:
    """One row per line that changed or may have; None where no line has figures at both dates."""
    text = selection.text
    if not any(one.sides.comparable for one in lines):
        return None
    folded = [one for one in lines if _unchanged(one)]
    rows = [one for one in lines if not _unchanged(one)]
    shown = _bounded(rows)
    values = [value for one in shown for value in one.ends if value is not None]
    low, high = bounds(values)
    shares = any(one.drawn and one.sides.now.denominator is not None for one in lines)
    ends = [text.percent(round(100 * end)) if shares else text.number(end) for end in (low, high)]
    counts = [count for one in shown for count in (one.sides.before, one.sides.now)]
    dates = heads.sides or (text.date(selection.since), text.date(selection.as_of))
    key = [text("changes.drawn.key", since=dates[0], date=dates[1])] if shown else []
    key += [text("changes.drawn.target", targets="; ".join(heads.targets))] if heads.targets and shown else []
    key += [text("changes.drawn.axis")] if values and low > 0 else []
    key += [text("changes.drawn.over_both")] if any(one.sides.unknown for one in shown) else []
    key += [text("changes.drawn.unreported")] if any(_unreported(count) for count in counts) else []
    key += [text("changes.drawn.first", n=len(shown), all=len(rows))] if len(shown) < len(rows) else []
    return Dumbbells(
        low,
        high,
        (ends[0], ends[1]) if values else ("", ""),
        dates,
        heads.head,
        text("changes.drawn.change"),
        tuple(_row(one, text) for one in shown),
        _folded_says(folded, heads.unit, text),
        " ".join(key),
        _row(whole, text) if whole is not None else None,
        heads.more,
        shares,
        orders.orders(text, "official", gained=[_lost(one) for one in shown]) if whole is not None else None,
    )


def _lost(line: Line) -> float:
    """By how much it fell, below 0 where it rose; what cannot be compared stands behind."""
    before, now, _ = line.ends
    return math.inf if before is None or now is None else before - now


def of_measures(
    dataset: Dataset, selection: Selection, found: Sequence[tuple[str, schema.Measure, Sides]], unit: str
) -> Dumbbells | None:
    """One row per measure (its name, itself, both dates), with the target of a goal on exactly it."""
    text = selection.text
    lines, said = [], []
    for name, measure, sides in found:
        target, words = _target_of(dataset, measure, text)
        lines.append(Line(name, sides, target))
        said += [words] if words else []
    targets = tuple(dict.fromkeys(said))
    return dumbbells(selection, lines, Heads(text(f"changes.drawn.head.{unit}"), unit, targets=targets))


def _target_of(dataset: Dataset, measure: schema.Measure, text: Text) -> tuple[float | None, str]:
    """The target (percent) of a goal on exactly this measure, and how it is said; (None, "") without one."""
    for goal in dataset.goal.values():
        of = goal.measure
        if of.family == measure.family and set(of.parts) == set(measure.parts) and goal.target is not None:
            return goal.target, goal_wording.target_says(goal, text)
    return None, ""


def _bounded(lines: list[Line]) -> list[Line]:
    """Those that changed most where there are too many, and what is chosen; in their order."""
    if len(lines) <= _MOST_ROWS:
        return lines
    order = sorted(lines, key=lambda one: (not one.chosen, -abs(one.sides.gained)))
    kept = set(map(id, order[:_MOST_ROWS]))
    return [one for one in lines if id(one) in kept]


def _unchanged(one: Line) -> bool:
    """Whether both sides are the same, all is reported, and nothing marks the row."""
    sides = one.sides
    same = (sides.before.numerator, sides.before.denominator) == (sides.now.numerator, sides.now.denominator)
    return sides.comparable and sides.plain and same and not (one.chosen or one.more)


def _folded_says(folded: Sequence[Line], unit: str, text: Text) -> str:
    if not folded:
        return ""
    said = text(f"changes.drawn.unchanged.{unit}", n=len(folded))
    if len(folded) > _FOLDED_BY_NAME:
        return f"{said}."
    names = "; ".join(f"{one.name} {count_says(one.sides.now, text)}" for one in folded)
    return text("changes.drawn.folded", said=said, names=names)


def _row(one: Line, text: Text) -> DumbbellRow:
    before, now, target = one.ends
    return DumbbellRow(
        one.name,
        before,
        now,
        count_says(one.sides.before, text),
        count_says(one.sides.now, text),
        _change(one.sides, text),
        target,
        one.link,
        one.chosen,
        one.more,
    )


def _change(sides: Sides, text: Text) -> Label:
    """What came in between, over what both dates report."""
    if not sides.comparable:
        return Label("–", status="no_data", unreported=text("changes.not_comparable"))
    status: dict[int, Status] = {1: "rising", -1: "falling", 0: "none"}
    return Label(
        text.change(sides.gained),
        status=status[sides.direction],
        unreported=text("changes.unknown", n=sides.unknown) if sides.unknown else "",
    )


def count_says(count: Count, text: Text) -> str:
    """ "133/176 ?1": the sign stands before how many are not reported."""
    if not count.known:
        return "–"
    said = text.number(count.numerator)
    said += f"/{text.number(count.denominator)}" if count.denominator is not None else ""
    return f"{said} ?{_JOINED}{text.number(_unreported(count))}" if _unreported(count) else said


def _unreported(count: Count) -> int:
    return count.unreported + count.silent if count.known else 0


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
    return round(first, 6), round(last if last > first else first + step, 6)


def names(
    selection: Selection,
    rows: pd.DataFrame,
    counts: Mapping[tuple[bool, bool], int],
    communes: Mapping[str, str],
    became: str,
) -> Names | None:
    """Up to four columns of villages by commune: posts gained and lost, pairs of posts gained and lost.

    `rows`: `commune`, `area`, `village_id`, `name`, `kind`, `what` (a position, or a pair "A+B"), `gained`,
    `now`; `counts` of all changes by (whether of pairs, whether gained); `communes` by name; what villages
    `became` between the dates.
    """
    text = selection.text
    columns = []
    for (pairs, gained), n in counts.items():
        of_way = rows[(rows["gained"] == gained) & (rows["what"].str.contains("+", regex=False) == pairs)]
        if n:
            groups, named = _groups(selection, goal_wording.records(of_way), communes)
            columns.append(
                NameColumn(
                    text(f"changes.names.{'pair_' if pairs else ''}{'gained' if gained else 'lost'}", n=n),
                    groups,
                    "rising" if gained else "falling",
                    text("changes.names.more", n=n - named) if n > named else "",
                )
            )
    return Names(tuple(columns), key=became) if columns else None


def _groups(
    selection: Selection, rows: Sequence[dict[str, Any]], communes: Mapping[str, str]
) -> tuple[tuple[NameGroup, ...], int]:
    """The first villages by commune, and how many changes these have."""
    text = selection.text
    villages: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        villages.setdefault(row["village_id"], []).append(row)
    shown = list(villages.values())[:_NAMED]
    groups: dict[str, list[list[dict[str, Any]]]] = {}
    for changed in shown:
        groups.setdefault(changed[0]["commune"], []).append(changed)
    found = tuple(
        NameGroup(
            "" if commune == selection.only else communes[commune],
            tuple(_village(changed, text) for changed in inside),
            opening(AREA, [inside[0][0]["area"]])[0],
        )
        for commune, inside in groups.items()
    )
    return found, sum(map(len, shown))


def _village(rows: Sequence[dict[str, Any]], text: Text) -> tuple[str, str, str]:
    """The name, its posts that changed, and where it leads."""
    posts = ", ".join(_post(row, text) for row in rows)
    return rows[0]["name"], posts, opening("village", [rows[0]["village_id"]])[0]


def _post(row: dict[str, Any], text: Text) -> str:
    head = row["what"] == "village_head" and row["kind"] == "to_dan_pho"
    said = text(f"changes.names.post.{'group_head' if head else row['what']}")
    vacant = "+" not in row["what"] and not row["gained"] and row["now"] == "vacant"
    return text("changes.names.vacant", said=said) if vacant else said
