"""What closes the gap: the fewest changes that reach every goal, the posts in the way, and one plan."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from dashboard import measures
from dashboard.charts.model import Choice, Choices, NameColumn, NameGroup, Names
from dashboard.dataset import Change, Dataset, Selection, areas, scenario, villages
from dashboard.exhibits import assumption, reported, takeaways
from dashboard.exhibits.model import Content, Table, exhibit
from dashboard.exhibits.names import AREA, area_names, link, named_villages
from dashboard.exhibits.rows import Record, records
from dashboard.measures.gap import CHANGES
from dashboard.text import Text, capital

# Rows of a table: more is a list for a file, not for a reader.
_MOST_ROWS = 500
# Lines of the list: more is not searched.
_MOST_LINES = 300
# Communes of the plan by name.
_COMMUNES = 12


@exhibit("goals.gap")
def gap(dataset: Dataset, selection: Selection) -> Content:
    """The fewest changes for what is chosen and for each commune; the posts in the way by village."""
    text = selection.text
    fewest = measures.gap.fewest(dataset, selection)
    communes = measures.gap.by_commune(dataset, selection)
    obstacles = measures.gap.obstacles(dataset, selection, _MOST_ROWS)
    shown = records(obstacles.rows)
    # Of communes that cannot reach the goals there is no number; where no post is filled it says nothing.
    ranked = communes[(communes["not_judged"] == 0) | (communes["unreported"] > 0)]
    ranked = ranked.assign(name=ranked["area"].map(area_names(dataset, selection))).dropna(subset="changes")
    ranking = takeaways.standings(ranked, "changes", complete=~ranked["unreported"].astype(bool))
    return Content(
        headline=_headline(fewest, len(communes), text),
        goals=[dataset.goal[goal] for goal in fewest.goals],
        takeaways=[takeaways.leading(text, "goals.gap", ranking)]
        if any(standing.part for standing in ranking)
        else (),
        sentences=[_choice_label(choice, text) for choice in fewest.choices],
        chart=_choices(dataset, selection),
        table=Table.of(
            {
                **_where(dataset, selection, obstacles.rows),
                text("column_short.position"): [_posts_label(row, text) for row in shown],
                text("column_short.reason"): [text(f"goals.gap.reason.{row['reason']}") for row in shown],
                text("column_short.goals"): [row["goals"] for row in shown],
            }
        ),
        notes=[
            text.some("goals.gap.more_rows", obstacles.more),
            text("goals.gap.note"),
            reported.persons(dataset, selection),
            text("goals.gap.no_sum") if len(communes) > 1 else "",
        ],
    )


@exhibit("goals.plan")
def plan(dataset: Dataset, selection: Selection) -> Content:
    """The villages and posts of one plan with the fewest changes for what is chosen."""
    text = selection.text
    rows = measures.gap.steps(dataset, selection)
    shown = rows.head(_MOST_ROWS)
    steps = records(shown)
    fewest = measures.gap.fewest(dataset, selection)
    if len(rows):
        villages_label = text("goals.plan.villages", n=rows["village_id"].nunique())
        headline = text("goals.plan.headline", n=len(rows), counted=villages_label)
        headline += text.some("goals.gap.unreported", fewest.unreported)
    else:
        headline = _headline(fewest, len(measures.gap.by_commune(dataset, selection)), text)
    return Content(
        headline=headline,
        goals=[dataset.goal[goal] for goal in fewest.goals],
        chart=_steps_by_commune(dataset, selection, rows) if len(rows) else None,
        table=Table.of(
            {
                **_where(dataset, selection, shown),
                text("column_short.position"): [_posts_label(row, text) for row in steps],
                text("column_short.change"): [text(f"goals.plan.{row['change']}") for row in steps],
                text("column_short.goals"): [row["goals"] for row in steps],
                text("column_short.alternatives"): [_alternatives(row, text) for row in steps],
            }
        ),
        notes=[
            text.some("goals.plan.more_rows", len(rows) - len(shown), n_shown=len(shown)),
            text("goals.plan.order") if len(rows) else "",
            text("goals.gap.note"),
            reported.persons(dataset, selection),
        ],
    )


def _headline(fewest: measures.gap.Plan, communes: int, text: Text) -> str:
    """How many changes are needed, or why there is no number."""
    goals = text("goals.gap.goals", n=len(fewest.goals))
    if not communes:
        headline = text("goals.attention.empty")
    elif not fewest.goals:
        headline = none_missed(fewest, text)
    elif fewest.changes is None:
        headline = text("goals.gap.never", goals=goals)
    else:
        # A person who becomes a member may bring several posts.
        key = "headline" if all(choice.posts == 1 for choice in fewest.choices) else "changes"
        headline = text(f"goals.gap.{key}", n=fewest.changes, goals=goals)
    return headline + text.some("goals.gap.unreported", fewest.unreported)


def none_missed(fewest: measures.gap.Plan, text: Text) -> str:
    """That no target is missed: all are met, or those that can be judged, or there are none."""
    if not fewest.targets:
        return text("goals.gap.no_targets")
    if fewest.not_judged == fewest.targets:
        return text("goals.gap.not_judged")
    key = "goals.gap.none_judged" if fewest.not_judged else "goals.gap.none"
    return text(f"{key}_known" if fewest.unreported else key, n=fewest.not_judged)


def _choice_label(choice: measures.gap.Choice, text: Text) -> str:
    """ "3 trong 14 người giữ chức danh …": which of those alike is left to the reader."""
    posts = text.series([text(f"code.position_inside.{position}") for position in choice.positions])
    key = "member" if choice.posts == 1 else "members_of_several"
    key = "fill" if choice.change == scenario.FILL else key
    counts = {"n": choice.chosen, "available": choice.available, "several": choice.posts}
    return text(f"goals.gap.{key}", posts=posts, **counts)


def _alternatives(row: Record, text: Text) -> str:
    """Which others would do as well: any as many of those that move the same goals alike."""
    if row["chosen"] == row["available"]:
        return text("goals.plan.no_other")
    return text("goals.plan.any", n=row["chosen"], available=row["available"])


def _where(dataset: Dataset, selection: Selection, rows: pd.DataFrame) -> dict[str, list[str]]:
    """The columns that say where: the commune, unless it alone is chosen, and the village."""
    text, names = selection.text, area_names(dataset, selection)
    rows = named_villages(dataset, selection, rows)
    villages = {text("column_short.village"): list(rows["name"])}
    if selection.only:
        return villages
    return {text("column_short.group"): [names[area] for area in rows["area"]], **villages}


def _posts_label(row: Record, text: Text) -> str:
    """The posts of one holder; the head of a village is called by its kind."""
    return capital(_posts(row, text))


def _posts(row: Record, text: Text) -> str:
    """The same inside a sentence."""
    return text.series([assumption.post(position, row["kind"], text) for position in row["positions"]])


def _choices(dataset: Dataset, selection: Selection) -> Choices | None:
    """Every change that a what-if can make here, those that move most goals first; the posts to report."""
    text = selection.text
    obstacles = measures.gap.obstacles(dataset, measures.what_if.reported(selection), _MOST_LINES).rows
    lines: dict[str, Choice] = {}
    ticked = {change.written for change in selection.scenario}
    where = _where(dataset, selection, obstacles)
    heads = (*where, *(text(key) for key in ("column_short.position", "chart.now", "column_short.goals")))
    # A last column of nothing but ones would say nothing.
    shown = len(heads) if (obstacles["goals"] > 1).any() else -1
    for n, row in enumerate(records(obstacles)):
        change = Change(row["village_id"], CHANGES.get(row["reason"], ""), row["positions"][0])
        written = scenario.canonical(dataset, selection.as_of, change).written if change.kind else ""
        cells = (
            *(column[n] for column in where.values()),
            _posts_label(row, text),
            text(f"goals.gap.reason.{row['reason']}"),
            text.number(row["goals"]),
        )
        page_link = link("village", row["village_id"]) if selection.only else ""
        lines[written or f"-{n}"] = Choice(cells[:shown], written, written in ticked, page_link)
    for change in (*selection.scenario, *measures.what_if.offers(dataset, selection, _MOST_LINES).changes):
        if change.written not in lines and len(lines) < _MOST_LINES + len(ticked):
            cells = (*_change_cells(dataset, selection, change), "–")
            lines[change.written] = Choice(cells[:shown], change.written, change.written in ticked)
    if not lines:
        return None
    return Choices(
        heads[:shown],
        tuple(lines.values()),
        text("chart.search"),
        text("chart.nothing_found"),
        text("chart.what_if"),
        text("chart.what_if_how"),
    )


def _change_cells(dataset: Dataset, selection: Selection, change: Change) -> tuple[str, ...]:
    """The cells of a change that serves no goal that is missed on the whole, without the number of goals."""
    text = selection.text
    row = villages.by_id(dataset, selection.as_of)[change.village_id]
    kind = dataset.villages["kind"].array[row]
    area = areas.of_villages(dataset, selection.as_of, selection.boundaries)[row]
    where = _where(dataset, selection, pd.DataFrame({"area": [area], "village_id": [change.village_id]}))
    post = capital(assumption.post(change.position, kind, text))
    return (*(cells[0] for cells in where.values()), post, text(f"chart.kind.{change.kind}"))


def _steps_by_commune(dataset: Dataset, selection: Selection, rows: pd.DataFrame) -> Names:
    """The steps of one plan by commune and village."""
    names, rows = area_names(dataset, selection), named_villages(dataset, selection, rows)
    shown = list(dict.fromkeys(rows["area"]))[:_COMMUNES]
    groups = tuple(
        NameGroup(names[area], tuple(_steps(rows[rows["area"] == area], selection.text)), link(AREA, area))
        for area in shown
    )
    more = int((~rows["area"].isin(shown)).sum())
    return Names((NameColumn("", groups, more=selection.text.some("chart.more_changes", more)),))


def _steps(rows: pd.DataFrame, text: Text) -> Iterator[tuple[str, str, str]]:
    for village_id, steps in rows.groupby("village_id", sort=False):
        posts_label = ", ".join(_posts(step, text) for step in records(steps))
        yield steps["name"].iloc[0], f"({posts_label})", link("village", str(village_id))
