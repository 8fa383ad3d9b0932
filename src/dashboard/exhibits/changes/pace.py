"""The pace of the goals so far, and the pace that they need to their deadlines."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from dashboard import measures
from dashboard.charts.model import Dumbbells
from dashboard.dataset import Dataset, Selection
from dashboard.exhibits import empty, reported
from dashboard.exhibits.changes import two_dates
from dashboard.exhibits.goals.wording import goal_names, short_names, stated, target_label, unit_of
from dashboard.exhibits.model import Content, Table, exhibit
from dashboard.exhibits.rows import records
from dashboard.measures.pace import Pace
from dashboard.text import Text


@exhibit("changes.pace")
def pace(dataset: Dataset, selection: Selection) -> Content:
    """A sentence for every goal with a target and a deadline; the chart has every goal at both dates."""
    text = selection.text
    paces = measures.pace.paces(dataset, selection)
    if empty.outside_only(selection):
        paces = [pace for pace in paces if pace.now.known]
    names = goal_names(dataset, text)
    unreported: Counter[str] = Counter()
    for pace in paces:
        unreported[unit_of(pace.goal.measure.unit)] += (
            pace.comparison.unreported if pace.comparison is not None else 0
        )
    units = [text(f"goals.compared.left_out.{unit}", n=n) for unit, n in unreported.items() if n]
    return Content(
        headline=_headline(paces, text)
        if all(pace.certain for pace in paces)
        else text("goals.may_change", text=_headline(paces, text)),
        goals=[pace.goal for pace in paces],
        chart=_chart(dataset, selection, paces) if selection.since else None,
        sentences=[_sentence(names[pace.goal.goal_id], pace, text) for pace in paces],
        table=_table(selection, paces, names),
        notes=[
            text.some("changes.pace.left_out", len(dataset.goals) - len(paces)),
            text("changes.unreported_pace", units=text.series(units)) if units else "",
            two_dates.apart(dataset, selection)
            if any(pace.comparison and pace.comparison.apart for pace in paces)
            else "",
            text("changes.pace.note") if paces else "",
        ],
        period=two_dates.dated(selection, "changes.period") if selection.since else "",
    )


def _chart(dataset: Dataset, selection: Selection, paces: list[Pace]) -> Dumbbells | None:
    text = selection.text
    names = short_names(dataset, text)
    pace_of = {pace.goal.goal_id: pace for pace in paces}
    lines, targets = [], []
    for row in records(stated(dataset, selection)):
        goal, drawn = dataset.goal[row["goal_id"]], bool(row["percent"])
        if goal.target is None and goal.measure.family == "overlap_share":
            continue  # the chart of overlap has the pairs
        if drawn and goal.target is not None:
            targets.append(target_label(goal, text))
        comparison, _ = measures.comparison.goal_comparison(dataset, selection, goal.goal_id)
        more = _cell(pace_of[goal.goal_id], text) if goal.goal_id in pace_of else ""
        target = goal.target if drawn else None
        lines.append(two_dates.Line(names[goal.goal_id], comparison, target, more=more, drawn=drawn))
    more = text("changes.drawn.pace") if pace_of else ""
    heads = two_dates.Heads(text("column_short.goal"), "goals", more, tuple(dict.fromkeys(targets)))
    return two_dates.dumbbells(selection, lines, heads)


def _cell(pace: Pace, text: Text) -> str:
    """ "+3 › +2", the gain per year so far and the one that is needed; or what there is to say instead."""
    past = "–" if pace.past is None else _rate(pace.past, text)
    if pace.status == "open":
        if pace.needed_rate_whole is not None:
            return text("changes.pace.cell.open", past=past, wanted=f"+{text.number(pace.needed_rate_whole)}")
        needed = f"+{_units(pace, pace.needed, text)}"
        return text("changes.pace.cell.soon", past=past, needed=needed, date=text.date(pace.goal.deadline))
    return text("changes.pace.cell.said", past=past, text=_status(pace, "goals.brief.uncertain", text))


def _headline(paces: list[Pace], text: Text) -> str:
    if not paces:
        return text("changes.pace.none")
    open_paces = [pace for pace in paces if pace.status == "open"]
    counts = Counter(pace.status for pace in paces)
    if not open_paces:
        states = [text(f"changes.pace.count.{status}", n=n) for status, n in counts.items()]
        return text("changes.pace.none_open", text="; ".join(states))
    compared = [
        pace.needed_rate > pace.past
        for pace in open_paces
        if pace.needed_rate is not None and pace.past is not None
    ]
    if not compared:
        return text("changes.pace.no_past", n=len(open_paces))
    numbers = {"faster": sum(compared), "n": len(compared), "all": len(open_paces)}
    if len(compared) < len(open_paces):
        return text("changes.pace.faster_of_compared", **numbers)
    return text("changes.pace.faster" if any(compared) else "changes.pace.enough", **numbers)


def _sentence(goal: str, pace: Pace, text: Text) -> str:
    sentence = text(
        f"changes.pace.{pace.status}",
        goal=goal,
        now=reported.count_label(pace.now, pace.goal.measure.unit, text, pace.target)
        if pace.now.known
        else "",
        needed=_units(pace, pace.needed, text),
        deadline=text.date(pace.goal.deadline),
        past=_past(pace, text),
        wanted=_needed_rate(pace, text),
    )
    return f"{sentence} {text('changes.pace.uncertain')}" if _unsure(pace) else sentence


def _past(pace: Pace, text: Text) -> str:
    """The pace so far, or why it is not known."""
    if pace.comparison is None:
        return text("changes.pace.no_earlier")
    if pace.past is None:
        return text("changes.pace.not_compared")
    gained, time = pace.comparison.gained, _time(pace.years_past, pace.days_past, text)
    if not gained:
        key = "unchanged_known" if pace.comparison.unknown else "unchanged"
        return text(f"changes.pace.{key}", time=time)
    change = text(f"changes.pace.{'gained' if gained > 0 else 'lost'}", units=_units(pace, abs(gained), text))
    exact = (pace.past * 10).denominator == 1  # one decimal says all of it
    each = text(f"changes.pace.{'each_year' if exact else 'about_each_year'}", rate=_rate(pace.past, text))
    return text("changes.pace.so_far", text=change, time=time, each="" if pace.years_past == 1 else each)


def _rate(rate: Fraction, text: Text) -> str:
    """Per year with its sign; whole, or to one decimal."""
    sign = "+" if rate > 0 else "−" if rate < 0 else ""
    return sign + text.number(float(abs(rate)), 0 if rate.denominator == 1 else 1)


def _needed_rate(pace: Pace, text: Text) -> str:
    """The pace needed to the deadline; "" for a goal that is not open."""
    if pace.status != "open":
        return ""
    return text(
        "changes.pace.wanted_years"
        if pace.needed_rate_whole and pace.years_left > 1
        else "changes.pace.wanted",
        target=target_label(pace.goal, text),
        needed=_units(pace, pace.needed, text),
        time=_time(pace.years_left, pace.days_left, text),
        deadline=text.date(pace.goal.deadline),
        n=pace.needed_rate_whole,
    )


def _units(pace: Pace, n: int | None, text: Text) -> str:
    """ "3 vị trí", "2 thôn"."""
    return text.number(n) if n is None else text(f"goals.unit.{pace.goal.measure.unit}", n=n)


def _time(years: Fraction, days: int, text: Text) -> str:
    """ "2 năm" where the years are whole, else days."""
    if years.denominator == 1:
        return text("changes.pace.years", n=int(years))
    return text("changes.pace.days", n=days)


def _table(selection: Selection, paces: list[Pace], names: dict[str, str]) -> Table:
    text = selection.text
    dash = "–"
    lacking = [reported.left_out(pace.now, pace.goal.measure.unit, text) for pace in paces]
    columns = {
        text("column_short.goal"): [names[pace.goal.goal_id] for pace in paces],
        text("column_short.status"): [_status(pace, "goals.may_change", text) for pace in paces],
        text("column_short.numerator"): [pace.now.value for pace in paces],
        text("column_short.denominator"): [pace.now.denominator or dash for pace in paces],
        **({text("column_short.left_out"): lacking} if any(lacking) else {}),
        text("changes.column.past"): [
            text("changes.not_comparable") if pace.past is None else _rate(pace.past, text) for pace in paces
        ],
        text("changes.column.needed"): [dash if pace.needed is None else pace.needed for pace in paces],
        text("changes.column.deadline"): [text.date(pace.goal.deadline) for pace in paces],
        text("changes.column.days_left"): [max(pace.days_left, 0) for pace in paces],
        text("changes.column.wanted"): [
            dash if pace.needed_rate_whole is None else pace.needed_rate_whole for pace in paces
        ],
    }
    return Table.of(columns)


def _status(pace: Pace, unsure: str, text: Text) -> str:
    """The status in words; in the sentence `unsure` where what is not reported could change it."""
    status = text(f"changes.pace.status.{pace.status}")
    return text(unsure, text=status) if _unsure(pace) else status


def _unsure(pace: Pace) -> bool:
    return pace.now.known and not pace.certain
