"""How far all goals are, and which communes miss one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd

from dashboard import measures
from dashboard.charts.model import BulletRow, Bullets, HeatCell, HeatRow, HeatTable
from dashboard.dataset import Dataset, Goal, Selection
from dashboard.exhibits import deadlines, empty, peers, published, reported, takeaways
from dashboard.exhibits.goals import wording
from dashboard.exhibits.goals.dates import trend
from dashboard.exhibits.goals.wording import known
from dashboard.exhibits.model import Content, exhibit
from dashboard.exhibits.names import AREA, area_names, link
from dashboard.exhibits.rows import Record, records
from dashboard.measures.families import Count
from dashboard.text import Text

# Communes listed on the overview; the goals page has them all.
_ATTENTION = 12
# More names than this in a headline say nothing.
_WORST = 3


@exhibit("goals.progress")
def progress(dataset: Dataset, selection: Selection) -> Content:
    """Every goal against its target."""
    text = selection.text
    rows = wording.stated(dataset, selection)
    names, goals = wording.goal_names(dataset, text), dataset.goal
    if rows.empty and goals:
        headline = text("goals.progress.outside")
    else:
        headline = _headline(records(rows), names, text)
    short = wording.short_names(dataset, text)
    bullets = []
    for row in records(rows):
        bullet_row = bullet(row, short[row["goal_id"]], goals[row["goal_id"]], text)
        bullets.append(replace(bullet_row, trend=trend(dataset, selection, row["goal_id"])))
    key = targets_key([goals[goal_id] for goal_id in rows["goal_id"]], text)
    return Content(
        headline=headline,
        goals=[goals[goal_id] for goal_id in rows["goal_id"]],
        takeaways=_takeaways(dataset, selection, records(rows)),
        chart=Bullets(tuple(bullets), key) if bullets else None,
        table=wording.table(text("column_short.goal"), [names[goal] for goal in rows["goal_id"]], rows, text),
        notes=[
            *wording.notes(rows, text),
            *deadlines.notes(dataset, selection, goals.values()),
            published.note(dataset, selection, *(str(goal.measure) for goal in goals.values())),
            wording.sources(goals.values(), text),
        ],
    )


def bullet(row: Record, name: str, goal: Goal, text: Text) -> BulletRow:
    """A goal with its target: how far it is."""
    share = min(row["numerator"] / row["denominator"], 1.0) if row["denominator"] else None
    return BulletRow(name, wording.label(row, text), share, goal.line)


def targets_key(goals: Iterable[Goal], text: Text) -> str:
    """What the marks of the targets stand for; "" without any. A count has no mark."""
    targets = dict.fromkeys(wording.target_label(goal, text) for goal in goals if goal.line is not None)
    return text("chart.bullets", targets="; ".join(targets)) if targets else ""


def _headline(rows: Sequence[Record], names: dict[str, str], text: Text) -> str:
    if not rows:
        return text("goals.progress.none")
    targets = [row for row in rows if row["target"] is not None]
    judged = [row for row in targets if row["status"] != measures.goals.WHOLE_ONLY]
    if not judged:
        return text("goals.progress.whole_only" if targets else "goals.progress.no_targets", n=len(rows))
    reporting = [row for row in judged if row["status"] != "no_data"]
    if not reporting:
        return text("goals.progress.no_data", n=len(judged))
    met = [names[row["goal_id"]] for row in reporting if row["status"] == "met"]
    key = "goals.progress.headline" if met else "goals.progress.none_met"
    headline = text(key, met=len(met), all=len(reporting), names="; ".join(met))
    headline += text.some("goals.progress.unreported", len(judged) - len(reporting))
    return headline + text.some("goals.progress.uncertain", sum(not row["certain"] for row in reporting))


def _takeaways(dataset: Dataset, selection: Selection, rows: Sequence[Record]) -> list[str]:
    """The goals nearest to and farthest below their targets; those whose count changed most."""
    text = selection.text
    names = {
        goal_id: text("goals.quoted", name=name)
        for goal_id, name in wording.goal_names(dataset, text).items()
    }
    missed = [row for row in rows if row["status"] == "not_met" and row["needed"] is not None]
    if not all(row["certain"] for row in rows):
        missed = []  # which one is the nearest is not known
    only_known = "" if all(row["complete"] for row in missed) else "_known"
    distances = []
    # Posts and persons are not held against each other.
    for unit in dict.fromkeys(row["unit"] for row in missed):
        needs = {row["goal_id"]: row["needed"] for row in missed if row["unit"] == unit}
        least, most = min(needs.values()), max(needs.values())
        for way, n in (("missed", least),) if least == most else (("nearest", least), ("farthest", most)):
            group = [names[goal] for goal, needed in needs.items() if needed == n]
            each = wording.needed_label(unit, n, text)
            each = text("goals.each", text=each) if len(group) > 1 else each
            # By name, or how many they are where that gets too long.
            variants = (text.series(group), text("goals.gap.goals", n=len(group)))
            key = f"goals.progress.{way}{only_known}"
            distances.append(takeaways.shortest([text(key, goals=goals, needs=each) for goals in variants]))
    # Goals in further units are in the chart: more sentences are not read.
    return [*distances[:2], _most_changed(dataset, selection, rows, names)]


def _most_changed(
    dataset: Dataset, selection: Selection, rows: Sequence[Record], names: dict[str, str]
) -> str:
    """The goals on a share whose numerator changed most."""
    text, before_date = selection.text, dataset.date_before(selection.as_of)
    shares = [row for row in rows if row["denominator"] is not None]
    compared = [row for row in shares if row["change"] is not None]
    if before_date is None or not compared:
        return ""
    most = max(abs(row["change"]) for row in compared)
    sure = len(compared) == len(shares) and not any(row["incomparable"] for row in compared)
    part = "" if sure else "_known"
    if not most:
        return takeaways.since(text, before_date, text(f"goals.progress.unchanged{part}"))
    group = [row for row in compared if abs(row["change"]) == most]
    variants = (
        "; ".join(_moved(names[row["goal_id"]], row, text) for row in group),
        "; ".join(f"{names[row['goal_id']]} ({text.change(row['change'])})" for row in group),
        text("goals.each_changed", goals=text("goals.gap.goals", n=len(group)), n=most),
    )
    key = f"goals.progress.most_changed{part}"
    return takeaways.shortest(
        [takeaways.since(text, before_date, text(key, goals=goals)) for goals in variants]
    )


def _moved(name: str, row: Record, text: Text) -> str:
    """ "“…” từ 133/176 lên 139/177; tăng 5 ở …": each date as it is, and what both of them report."""
    before = Count(row["before"].numerator, row["before"].denominator)
    now = Count(row["numerator"], row["denominator"])
    then, after = (reported.count_label(count, row["unit"], text, short=True) for count in (before, now))
    if row["incomparable"] or row["change"] != now.numerator - before.numerator:
        change = wording.compared_label(row["change"], row["incomparable"], row["unit"], text)
    else:
        change = text.change(row["change"])
    return f"{text('goals.from_to', name=name, before=then, now=after)} ({change})"


@exhibit("goals.attention")
def attention(dataset: Dataset, selection: Selection) -> Content:
    """The communes that have not reached a goal, those with most such goals first."""
    text = selection.text
    names, goals = area_names(dataset, selection), wording.goal_names(dataset, text)
    states = measures.goals.progress(dataset, selection)
    # A count has its target for the whole: no commune is judged by it.
    judged = states[states["target"].notna() & states["percent"].astype(bool)]
    cells = [
        {**row, "goal": goals[goal_id]}
        for goal_id in judged["goal_id"]
        for row in records(measures.goals.by_commune(dataset, selection, goal_id))
    ]
    reporting: dict[str, list[Record]] = {row["area"]: [] for row in cells if row["status"] != "no_data"}
    for row in cells:
        if row["status"] == "not_met":
            reporting[row["area"]].append(row)
    unreported = {row["area"] for row in cells} - reporting.keys()
    behind = {area: missed for area, missed in reporting.items() if missed}
    order = sorted(behind, key=lambda area: -len(behind[area]))
    shown = order[:_ATTENTION]
    uncertain = {row["area"] for row in cells if not row["certain"]}
    surely_missed = {row["area"] for row in cells if row["certain"] and row["status"] == "not_met"}
    bound = "uncertain" if uncertain - surely_missed else "unranked" if uncertain or unreported else ""
    missed = {names[area]: len(behind[area]) for area in order}
    if len(judged) and not reporting and len(unreported) == 1:
        headline = text("goals.attention.no_data_of", name=names[next(iter(unreported))])
    elif len(judged):
        headline = _attention_headline(selection, missed, len(reporting), len(unreported), bound=bound)
    else:
        headline = text("goals.attention.no_targets")
    lacking = [names[area] for area in names if area in unreported]
    return Content(
        headline=headline,
        goals=[dataset.goal[goal_id] for goal_id in judged["goal_id"]],
        chart=None if empty.outside_only(selection) else _heat(dataset, selection, judged),
        sentences=[
            f"{names[area]}: "
            + "; ".join(f"{row['goal']}: {wording.status_label(row, text)}" for row in behind[area])
            for area in shown
        ],
        notes=[
            text.some("goals.attention.more", len(order) - len(shown)),
            reported.named("goals.attention.unreported", lacking, _ATTENTION, text),
            text("goals.needed_note") if (judged["unit"] == "posts").any() else "",
        ],
    )


def _attention_headline(
    selection: Selection, behind: dict[str, int], communes: int, unreported: int, *, bound: str
) -> str:
    """`behind`: per commune that misses a goal the number of goals missed, most first; `communes` have
    data on a goal with a target, `unreported` further ones have none; `bound`: "uncertain" where what is
    unreported could change how many miss one, "unranked" where only how many goals each misses."""
    text = selection.text
    if not communes:
        return text("goals.attention.no_data" if unreported else "goals.attention.empty", n=unreported)
    if not behind:
        if selection.everything:
            return text("goals.attention.none_known" if bound else "goals.attention.none")
        # The chart shows the others, too.
        return text("goals.attention.none_chosen_known" if bound else "goals.attention.none_chosen")
    most = max(behind.values())
    if communes == 1:
        one = text("goals.attention.one", name=next(iter(behind)), n=most)
        return one + (text("goals.attention.uncertain") if bound else "")
    if bound:
        headline = text("goals.attention.headline_plain", n=len(behind), all=communes)
        return headline + (text("goals.attention.uncertain") if bound == "uncertain" else "")
    worst = [name for name, goals in behind.items() if goals == most]
    key = "headline_many" if len(worst) > _WORST else "headline_tied" if len(worst) > 1 else "headline"
    counts = {"n": len(behind), "all": communes, "most": most, "worst": len(worst)}
    return text(f"goals.attention.{key}", names=text.series(worst), **counts)


def _heat(dataset: Dataset, selection: Selection, judged: pd.DataFrame) -> HeatTable | None:
    """Areas × goals with a target (`judged`, of `measures.goals.progress`), those that lack most first."""
    text = selection.text
    among = peers.among(dataset, selection)
    goals = list(judged["goal_id"])
    cells: dict[str, list[Record]] = {}
    for goal in goals:
        for row in records(measures.goals.by_commune(dataset, among, goal)):
            cells.setdefault(row["area"], []).append(row)
    if not cells:
        return None
    # Posts (or villages) are added up where no goal counts those of another, else goals.
    alike = wording.summable(dataset.goal[goal] for goal in goals)
    order = sorted(cells, key=lambda area: -_total(cells[area], alike))
    shown = order[: peers.LONGEST]
    most = max(row["needed"] or 0 for area in shown for row in cells[area])
    whole = judged
    if not selection.everything:
        every = measures.goals.progress(dataset, peers.everything(dataset, selection))
        whole = every[every["goal_id"].isin(goals)]
    names, short = area_names(dataset, among), wording.short_names(dataset, text)

    def heat_row(name: str, row: list[Record], most: int, area: str = "") -> HeatRow:
        total = "–"
        if any(known(cell) for cell in row):
            total = text.number(_total(row, alike))
            if not all(cell["certain"] for cell in row):
                total = text("goals.brief.uncertain", text=total)
        heat_cells = tuple(_cell(cell, most, text) for cell in row)
        return HeatRow(name, heat_cells, total, link(AREA, area), area in selection.communes)

    key = text("chart.heat" if set(judged["unit"]) == {"posts"} else "chart.heat_of_others")
    others = sum(goal.target is not None for goal in dataset.goal.values()) - len(judged)
    if others:
        key += " " + text("chart.heat_of_whole", n=others)
    if len(order) > len(shown):
        key += " " + text("chart.heat_first", n=len(shown), all=len(order))
    return HeatTable(
        text("chart.by_missing"),
        tuple(short[goal] for goal in goals),
        text("chart.missing_total" if alike else "chart.missed_total"),
        tuple(heat_row(names[area], cells[area], most, area) for area in shown),
        heat_row(peers.whole_name(dataset, selection), records(whole), 0),
        key,
        peers.orders(text, "missing", official=peers.ranks(dataset, among, shown)),
    )


def _total(rows: Sequence[Record], alike: bool) -> int:
    """What is missing in all goals."""
    if alike:
        return sum(row["needed"] or 0 for row in rows)
    return sum(row["status"] == "not_met" for row in rows)


def _cell(row: Record, most: int, text: Text) -> HeatCell:
    label = wording.label(row, text)
    unreported = f"?{text.number(row['unreported'])}" if row["unreported"] else ""
    if not known(row):
        # What is vacant, or not reported yet, is more than no data.
        label = replace(label, count="–", status_label="" if label.left_out else label.count)
        return HeatCell(label, unreported=unreported)
    needed = (row["needed"] or 0) if row["status"] == "not_met" else 0
    missing = needed / most if most else 0.0
    return HeatCell(label, text.number(needed) if needed else "", missing, unreported)
