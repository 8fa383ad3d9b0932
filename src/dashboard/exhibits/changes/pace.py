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
        paces = [one for one in paces if one.now.known]
    names = goal_names(dataset, text)
    silent: Counter[str] = Counter()
    for one in paces:
        silent[unit_of(one.goal.measure.unit)] += (
            one.comparison.unreported if one.comparison is not None else 0
        )
    units = [text(f"goals.compared.left_out.{unit}", n=n) for unit, n in silent.items() if n]
    return Content(
        headline=_headline(paces, text),
        goals=[one.goal for one in paces],
        chart=_chart(dataset, selection, paces) if selection.since else None,
        sentences=[_sentence(names[one.goal.goal_id], one, text) for one in paces],
        table=_table(selection, paces, names),
        notes=[
            text.some("changes.pace.left_out", len(dataset.goals) - len(paces)),
            text("changes.silent_pace", units=text.series(units)) if units else "",
            two_dates.apart(dataset, selection)
            if any(one.comparison and one.comparison.apart for one in paces)
            else "",
            text("changes.pace.note") if paces else "",
        ],
        period=two_dates.dated(selection, "changes.period") if selection.since else "",
    )


def _chart(dataset: Dataset, selection: Selection, paces: list[Pace]) -> Dumbbells | None:
    text = selection.text
    names = short_names(dataset, text)
    pace_of = {one.goal.goal_id: one for one in paces}
    lines, targets = [], []
    for row in records(stated(dataset, selection)):
        goal, drawn = dataset.goal[row["goal_id"]], bool(row["percent"])
        if goal.target is None and goal.measure.family == "overlap_share":
            continue  # of the pairs the chart of overlap tells
        if drawn and goal.target is not None:
            targets.append(target_label(goal, text))
        sides, _ = measures.comparison.goal_comparison(dataset, selection, goal.goal_id)
        more = _cell(pace_of[goal.goal_id], text) if goal.goal_id in pace_of else ""
        target = goal.target if drawn else None
        lines.append(two_dates.Line(names[goal.goal_id], sides, target, more=more, drawn=drawn))
    more = text("changes.drawn.pace") if pace_of else ""
    heads = two_dates.Heads(text("column_short.goal"), "goals", more, tuple(dict.fromkeys(targets)))
    return two_dates.dumbbells(selection, lines, heads)


def _cell(one: Pace, text: Text) -> str:
    """ "+3 › +2", the gain per year so far and the one that is needed; or what there is to say instead."""
    past = "–" if one.past is None else _rate(one.past, text)
    if one.status == "open":
        if one.wanted_whole is not None:
            return text("changes.pace.cell.open", past=past, wanted=f"+{text.number(one.wanted_whole)}")
        needed = f"+{_units(one, one.needed, text)}"
        return text("changes.pace.cell.soon", past=past, needed=needed, date=text.date(one.goal.deadline))
    return text("changes.pace.cell.said", past=past, text=_status(one, "goals.brief.uncertain", text))


def _headline(paces: list[Pace], text: Text) -> str:
    if not paces:
        return text("changes.pace.none")
    still = [one for one in paces if one.status == "open"]
    counts = Counter(one.status for one in paces)
    if not still:
        states = [text(f"changes.pace.count.{status}", n=n) for status, n in counts.items()]
        headline = text("changes.pace.none_open", text="; ".join(states))
        return headline if all(one.certain for one in paces) else text("goals.may_change", text=headline)
    compared = [one.wanted > one.past for one in still if one.wanted is not None and one.past is not None]
    if not compared:
        return text("changes.pace.no_past", n=len(still))
    key = "faster" if len(compared) == len(still) else "faster_of_compared"
    return text(f"changes.pace.{key}", faster=sum(compared), n=len(compared), all=len(still))


def _sentence(goal: str, one: Pace, text: Text) -> str:
    sentence = text(
        f"changes.pace.{one.status}",
        goal=goal,
        now=reported.count_label(one.now, one.goal.measure.unit, text, one.target) if one.now.known else "",
        needed=_units(one, one.needed, text),
        deadline=text.date(one.goal.deadline),
        past=_past(one, text),
        wanted=_wanted(one, text),
    )
    return f"{sentence} {text('changes.pace.uncertain')}" if _unsure(one) else sentence


def _past(one: Pace, text: Text) -> str:
    """The pace so far, or why it is not known."""
    if one.comparison is None:
        return text("changes.pace.no_earlier")
    if one.past is None:
        return text("changes.pace.not_compared")
    gained, time = one.comparison.gained, _time(one.years_past, one.days_past, text)
    if not gained:
        key = "unchanged_known" if one.comparison.unknown else "unchanged"
        return text(f"changes.pace.{key}", time=time)
    change = text(f"changes.pace.{'gained' if gained > 0 else 'lost'}", units=_units(one, abs(gained), text))
    exact = (one.past * 10).denominator == 1  # one decimal says all of it
    each = text(f"changes.pace.{'each_year' if exact else 'about_each_year'}", rate=_rate(one.past, text))
    return text("changes.pace.so_far", text=change, time=time, each="" if one.years_past == 1 else each)


def _rate(rate: Fraction, text: Text) -> str:
    """Per year with its sign; whole, or to one decimal."""
    sign = "+" if rate > 0 else "−" if rate < 0 else ""
    return sign + text.number(float(abs(rate)), 0 if rate.denominator == 1 else 1)


def _wanted(one: Pace, text: Text) -> str:
    """The pace needed to the deadline; "" for a goal that is not open."""
    if one.status != "open":
        return ""
    return text(
        "changes.pace.wanted_years" if one.wanted_whole and one.years_left > 1 else "changes.pace.wanted",
        target=target_label(one.goal, text),
        needed=_units(one, one.needed, text),
        time=_time(one.years_left, one.days_left, text),
        deadline=text.date(one.goal.deadline),
        n=one.wanted_whole,
    )


def _units(one: Pace, n: int | None, text: Text) -> str:
    """ "3 vị trí", "2 thôn"."""
    return text.number(n) if n is None else text(f"goals.unit.{one.goal.measure.unit}", n=n)


def _time(years: Fraction, days: int, text: Text) -> str:
    """ "2 năm" where the years are whole, else days."""
    if years.denominator == 1:
        return text("changes.pace.years", n=int(years))
    return text("changes.pace.days", n=days)


def _table(selection: Selection, paces: list[Pace], names: dict[str, str]) -> Table:
    text = selection.text
    dash = "–"
    lacking = [reported.left_out(one.now, one.goal.measure.unit, text) for one in paces]
    columns = {
        text("column_short.goal"): [names[one.goal.goal_id] for one in paces],
        text("column_short.status"): [_status(one, "goals.may_change", text) for one in paces],
        text("column_short.numerator"): [one.now.numerator if one.now.known else None for one in paces],
        text("column_short.denominator"): [one.now.denominator or dash for one in paces],
        **({text("column_short.left_out"): lacking} if any(lacking) else {}),
        text("changes.column.past"): [
            text("changes.not_comparable") if one.past is None else _rate(one.past, text) for one in paces
        ],
        text("changes.column.needed"): [dash if one.needed is None else one.needed for one in paces],
        text("changes.column.deadline"): [text.date(one.goal.deadline) for one in paces],
        text("changes.column.days_left"): [max(one.days_left, 0) for one in paces],
        text("changes.column.wanted"): [
            dash if one.wanted_whole is None else one.wanted_whole for one in paces
        ],
    }
    return Table.of(columns)


def _status(one: Pace, unsure: str, text: Text) -> str:
    """The status in words; in the sentence `unsure` where what is not reported could change it."""
    status = text(f"changes.pace.status.{one.status}")
    return text(unsure, text=status) if _unsure(one) else status


def _unsure(one: Pace) -> bool:
    return one.now.known and not one.certain
