"""The villages and posts that close the gap, as lists by name."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from dashboard import measures
from dashboard.charts.model import Choice, Choices, NameColumn, NameGroup, Names
from dashboard.dataset import Change, Dataset, Selection, areas, scenario, villages
from dashboard.exhibits import assumption
from dashboard.exhibits.goals import posts, wording
from dashboard.exhibits.names import AREA, area_names, opening
from dashboard.measures.gap import CHANGES

# Lines of the list: more is a list that nobody searches.
MOST = 300
# Communes of the plan by name.
_COMMUNES = 12


def choices(dataset: Dataset, selection: Selection) -> Choices | None:
    """Every change that a what-if can make here, those that move most goals first, and the posts that have
    to be reported first; None where there is none."""
    text = selection.text
    real = measures.what_if.reported(selection)
    found = measures.gap.obstacles(dataset, real, MOST).rows
    rows: dict[str, Choice] = {}
    ticked = {change.written for change in selection.scenario}
    where = posts.where(dataset, selection, found)
    links = opening("village", found["village_id"])
    for n, row in enumerate(wording.records(found)):
        change = Change(row["village_id"], CHANGES.get(row["reason"], ""), row["positions"][0])
        written = scenario.canonical(dataset, selection.as_of, change).written if change.kind else ""
        cells = (
            *(column[n] for column in where.values()),
            posts.says(row, text),
            text(f"goals.gap.reason.{row['reason']}"),
            text.number(row["goals"]),
        )
        rows[written or f"-{n}"] = Choice(
            cells, written, written in ticked, links[n] if selection.only else ""
        )
    for change in (*selection.scenario, *measures.what_if.offers(dataset, selection, MOST).changes):
        if change.written not in rows and len(rows) < MOST + len(ticked):
            rows[change.written] = _other(dataset, selection, change, change.written in ticked)
    if not rows:
        return None
    return Choices(
        (*where, text("column_short.position"), text("chart.now"), text("column_short.goals")),
        tuple(rows.values()),
        text("chart.search"),
        text("chart.nothing_found"),
        text("chart.what_if"),
        text("chart.what_if_how"),
    )


def _other(dataset: Dataset, selection: Selection, change: Change, ticked: bool) -> Choice:
    """A change that serves no goal that is missed on the whole."""
    text = selection.text
    row = villages.by_id(dataset, selection.as_of)[change.village_id]
    village, kind = assumption.village(dataset, selection.as_of, change.village_id)
    area = areas.of_villages(dataset, selection.as_of, selection.boundaries)[row]
    commune = area_names(dataset, selection).get(area, "")
    post = assumption.post(change.position, kind, text)
    place = (village,) if selection.only else (commune, village)
    cells = (*place, post[:1].upper() + post[1:], text(f"chart.kind.{change.kind}"), "–")
    return Choice(cells, change.written, ticked)


def plan(dataset: Dataset, selection: Selection, rows: pd.DataFrame) -> Names | None:
    """The steps of one plan (`measures.gap.steps`) by commune and village; None without any."""
    if rows.empty:
        return None
    text, names = selection.text, area_names(dataset, selection)
    shown = list(dict.fromkeys(rows["area"]))[:_COMMUNES]
    groups = tuple(
        NameGroup(names[area], tuple(_steps(rows[rows["area"] == area], selection)), opening(AREA, [area])[0])
        for area in shown
    )
    more = int((~rows["area"].isin(shown)).sum())
    return Names((NameColumn("", groups, more=text("chart.more_posts", n=more) if more else ""),))


def _steps(rows: pd.DataFrame, selection: Selection) -> Iterator[tuple[str, str, str]]:
    text = selection.text
    for village in dict.fromkeys(rows["village_id"]):
        steps = wording.records(rows[rows["village_id"] == village])
        said = ", ".join(posts.says(step, text)[:1].lower() + posts.says(step, text)[1:] for step in steps)
        yield steps[0]["name"], f"({said})", opening("village", [village])[0]
