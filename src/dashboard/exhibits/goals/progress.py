"""Where all goals stand, and which communes miss one."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard import measures
from dashboard.dataset import Dataset, Selection
from dashboard.exhibits import empty, published
from dashboard.exhibits.goals import drawn, takeaways, wording
from dashboard.exhibits.goals.rows import table_of
from dashboard.exhibits.model import Content, exhibit
from dashboard.exhibits.names import area_names
from dashboard.text import Text

# Communes listed on the overview; the goals page has them all.
_ATTENTION = 12
# More names than this in a headline say nothing.
_WORST = 3


def stated(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """The rows of `measures.goals.progress`; for the district bodies alone only those with data, since
    goals on villages and their posts do not apply to them."""
    rows = measures.goals.progress(dataset, selection)
    if not empty.outside_only(selection):
        return rows
    # Of no goals a plain list would choose no columns.
    known = pd.Series([wording.known(row) for row in wording.records(rows)], rows.index, dtype=bool)
    return rows[known].reset_index(drop=True)


@exhibit("goals.progress")
def progress(dataset: Dataset, selection: Selection) -> Content:
    """Every goal against its target."""
    text = selection.text
    rows = stated(dataset, selection)
    names = wording.goal_names(dataset, text)
    return Content(
        headline=text("goals.progress.outside")
        if rows.empty and not dataset.goals.empty
        else _headline(rows, names, text),
        takeaways=takeaways.progress(dataset, selection, rows, names),
        chart=drawn.bullets(dataset, selection, rows),
        table=table_of(text("column_short.goal"), [names[goal] for goal in rows["goal_id"]], rows, text),
        notes=[
            *wording.notes(rows, text),
            *_deadlines(dataset, selection),
            published.note(dataset, selection, *(str(goal.measure) for goal in dataset.goal.values())),
            wording.sources(dataset.goal.values(), text),
        ],
    )


@exhibit("goals.attention")
def attention(dataset: Dataset, selection: Selection) -> Content:
    """The communes that have not reached a goal, those with most such goals first."""
    text = selection.text
    names = area_names(dataset, selection)
    goals = wording.goal_names(dataset, text)
    missing: dict[str, list[wording.Record]] = {}
    silent: set[str] = set()
    vague: set[str] = set()
    surely: set[str] = set()
    states = measures.goals.progress(dataset, selection)
    # A count has its target for the whole: no commune is judged by it.
    judged = states[states["target"].notna() & states["percent"].astype(bool)]
    for goal_id in judged["goal_id"]:
        for row in wording.records(measures.goals.by_commune(dataset, selection, goal_id)):
            if not row["certain"]:
                vague.add(row["area"])
            elif row["status"] == "not_met":
                surely.add(row["area"])
            if row["status"] == "no_data":
                silent.add(row["area"])
                continue
            missed = missing.setdefault(row["area"], [])
            if row["status"] == "not_met":
                missed.append({**row, "goal": goals[goal_id]})
    silent -= missing.keys()
    behind = {area: missed for area, missed in missing.items() if missed}
    order = sorted(behind, key=lambda area: -len(behind[area]))
    shown = order[:_ATTENTION]
    more = text("goals.attention.more", n=len(order) - len(shown)) if len(order) > len(shown) else ""
    return Content(
        headline=_attention_headline(
            {names[area]: len(behind[area]) for area in order},
            len(missing),
            len(silent),
            text,
            bound="uncertain" if vague - surely else "unranked" if vague or silent else "",
        )
        if len(judged)
        else text("goals.attention.no_targets"),
        chart=None if empty.outside_only(selection) else drawn.heat(dataset, selection, judged),
        sentences=[
            f"{names[area]}: "
            + "; ".join(f"{row['goal']}: {wording.status_says(row, text)}" for row in behind[area])
            for area in shown
        ],
        notes=[
            more,
            text(
                "goals.attention.silent", names=text.series([names[area] for area in names if area in silent])
            )
            if 0 < len(silent) <= _ATTENTION
            else text("goals.attention.silent_many", n=len(silent))
            if silent
            else "",
            text("goals.needed_note") if (judged["unit"] == "posts").any() else "",
        ],
    )


def _headline(rows: pd.DataFrame, names: dict[str, str], text: Text) -> str:
    if rows.empty:
        return text("goals.progress.none")
    targets = [row for row in wording.records(rows) if row["target"] is not None]
    with_target = [row for row in targets if row["status"] != measures.goals.WHOLE_ONLY]
    if not with_target:
        return text("goals.progress.whole_only" if targets else "goals.progress.no_targets", n=len(rows))
    known = [row for row in with_target if row["status"] != "no_data"]
    if not known:
        return text("goals.progress.no_data", n=len(with_target))
    met = [names[row["goal_id"]] for row in known if row["status"] == "met"]
    key = "goals.progress.headline" if met else "goals.progress.none_met"
    said = text(key, met=len(met), all=len(known), names="; ".join(met))
    silent = len(with_target) - len(known)
    said += text("goals.progress.silent", n=silent) if silent else ""
    uncertain = sum(not row["certain"] for row in known)
    return said + (text("goals.progress.uncertain", n=uncertain) if uncertain else "")


def _attention_headline(behind: dict[str, int], communes: int, silent: int, text: Text, *, bound: str) -> str:
    """`behind`: per commune that misses a goal the number of goals missed, most first; `communes` have
    data on a goal with a target, `silent` further ones have none; `bound`: "uncertain" where what is
    unreported could change how many miss one, "unranked" where only how many goals each misses."""
    if not communes:
        return text("goals.attention.no_data" if silent else "goals.attention.empty", n=silent)
    if not behind:
        return text("goals.attention.none_known" if bound else "goals.attention.none")
    if bound:
        said = text("goals.attention.headline_plain", n=len(behind), all=communes)
        return said + (text("goals.attention.uncertain") if bound == "uncertain" else "")
    most = max(behind.values())
    if communes == 1:
        return text("goals.attention.one", name=next(iter(behind)), n=most)
    worst = [name for name, goals in behind.items() if goals == most]
    key = "headline_many" if len(worst) > _WORST else "headline_tied" if len(worst) > 1 else "headline"
    counts = {"n": len(behind), "all": communes, "most": most, "worst": len(worst)}
    return text(f"goals.attention.{key}", names=text.series(worst), **counts)


def _deadlines(dataset: Dataset, selection: Selection) -> list[str]:
    """The time left to each deadline, from the as-of date: never from today's clock."""
    text = selection.text
    found = []
    deadlines = {goal.deadline for goal in dataset.goal.values()} - {""}
    for deadline in sorted(deadlines) if selection.as_of else ():
        days = (date.fromisoformat(deadline) - date.fromisoformat(selection.as_of)).days
        key = "deadline" if days > 0 else "deadline_past" if days else "deadline_due"
        found.append(text(f"goals.{key}", date=text.date(deadline), n=abs(days)))
    return found
