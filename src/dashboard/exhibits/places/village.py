"""One village on a page: its posts, and the goals that they count for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard import measures, schema
from dashboard.charts.model import Choice, Choices
from dashboard.dataset import Dataset, Goal, Selection, areas
from dashboard.exhibits import periods, structure
from dashboard.exhibits.goals import wording
from dashboard.exhibits.model import Content, KeyFigure, Table, exhibit
from dashboard.exhibits.names import area_names
from dashboard.exhibits.overlap.wording import lacking, post_says, post_state
from dashboard.exhibits.places import drawn
from dashboard.measures import posts
from dashboard.measures.places import Village
from dashboard.text import Text

Record = dict[str, Any]


@exhibit("village.portrait")
def portrait(dataset: Dataset, selection: Selection, village_id: str) -> Content:
    """Who holds what in the village at the date: posts, never persons."""
    text = selection.text
    village = measures.places.village(dataset, selection, village_id)
    became = periods.says(dataset, measures.periods.of_village(dataset, village_id), text)
    if not village.in_force:
        return _not_in_force(dataset, selection, village, became)
    held = _at_date(dataset, selection, village)
    states = [post_state(held, position) for position in schema.POSITIONS]
    cells = wording.records(measures.places.cells(dataset, selection, village))
    figures = [
        KeyFigure(text("count.households"), text.number(village.households)),
        KeyFigure(text("count.population"), text.number(village.population)),
        *(
            KeyFigure(text("village.portrait.cell_members"), text.number(_count(cell["total_members"])))
            for cell in cells
        ),
    ]
    table = {
        text("column_short.position"): [text(f"code.position.{position}") for position in schema.POSITIONS],
        text("village.portrait.state"): [post_says(held, position, text) for position in schema.POSITIONS],
    }
    no_cell = "no_cell" if measures.places.cells_known(dataset, selection, village) else "cell_unknown"
    place = place_of(dataset, selection, village)
    reported = len(states) - states.count("not_reported")
    filled = states.count("member") + states.count("not_member")
    sentences = [
        *_several(held, text),
        *([_cell_says(cell, text) for cell in cells] or [text(f"village.portrait.{no_cell}")]),
        *became,
    ]
    return Content(
        place=place,
        headline=text(
            "village.portrait.headline" if reported else "village.portrait.silent",
            place=place,
            filled=filled,
            member=states.count("member"),
        )
        + (lacking(states.count("vacant"), states.count("not_reported"), text) if reported else ""),
        figures=figures,
        sentences=sentences,
        chart=drawn.over_time(dataset, selection, village, " ".join(sentences)),
        table=Table(pd.DataFrame(table)),
        notes=[text("village.portrait.note")],
    )


@exhibit("village.goals")
def goals(dataset: Dataset, selection: Selection, village_id: str) -> Content:
    """What the village counts for in each goal, and what one change there would move in its commune."""
    text = selection.text
    village = measures.places.village(dataset, selection, village_id)
    if not village.in_force:
        return _not_in_force(dataset, selection, village)
    rows = wording.records(measures.places.own_goals(dataset, selection, village))
    names = wording.goal_names(dataset, text)
    commune = area_names(dataset, selection)[village.area]
    changes = measures.places.changes(dataset, selection, village)
    sentences = [
        _change_says(wording.records(group), names, dataset.goal, commune, text)
        for _, group in changes.groupby("change", sort=False)
    ]
    headings = [
        text("column_short.goal"),
        text("village.goals.own"),
        text("village.goals.commune", name=commune),
    ]
    cells = [
        (
            names[row["goal_id"]],
            f"{text.number(row['own'])}/{text.number(row['of'])}" if row["of"] else None,
            wording.short_says(row, text),
        )
        for row in rows
    ]
    return Content(
        place=place_of(dataset, selection, village),
        headline=_goals_headline(rows, changes, village.name, commune, text),
        sentences=sentences,
        chart=_counted(headings, cells, " ".join(sentences), text) if cells else None,
        table=Table(pd.DataFrame(cells, columns=headings, dtype=object)),
        notes=[text("village.goals.note"), text("goals.needed_note")],
    )


def _counted(
    headings: Sequence[str], cells: Sequence[tuple[str, str | None, str]], says: str, text: Text
) -> Choices:
    """The goals line by line; `says` tells below what each change would move."""
    lines = tuple(Choice((goal, own or text("common.no_data"), all_)) for goal, own, all_ in cells)
    return Choices(tuple(headings), lines, key=says)


def name(dataset: Dataset, selection: Selection, village_id: str) -> str:
    """The village with its commune: "Thôn 1 (Xã Hương Sơn)"."""
    return place_of(dataset, selection, measures.places.village(dataset, selection, village_id))


def place_of(dataset: Dataset, selection: Selection, village: Village) -> str:
    """By the commune of the chosen boundaries; where that is not what it was then, by both. A village that is
    not in force by the commune that it last was in, or first will be."""
    text = selection.text
    if not village.in_force:
        commune = periods.commune(dataset, village.row, text)
        return text("takeaway.in_commune", name=village.name, commune=commune)
    commune = area_names(dataset, selection)[village.area]
    if selection.boundaries != areas.BOUNDARIES[0]:
        then = str(areas.of_villages(dataset, selection.as_of, areas.BOUNDARIES[0])[village.row])
        was = areas.labels(dataset, selection.as_of, areas.BOUNDARIES[0], text)[then]
        if then != village.area:
            commune = text("village.formerly", now=commune, then=was)
    return text("takeaway.in_commune", name=village.name, commune=commune)


def _not_in_force(
    dataset: Dataset, selection: Selection, village: Village, became: Sequence[str] = ()
) -> Content:
    """A village that is not there at the date: that it is not, and what became of it."""
    text, place = selection.text, place_of(dataset, selection, village)
    return Content(
        place=place,
        headline=text("village.not_in_force", place=place, date=text.date(selection.as_of)),
        sentences=became,
    )


def _at_date(dataset: Dataset, selection: Selection, village: Village) -> Record:
    rows = wording.records(measures.places.posts_over_time(dataset, selection, village))
    return rows[-1] if rows else dict.fromkeys(schema.POSITIONS, 0)


def _several(held: Record, text: Text) -> list[str]:
    """The posts that one person holds together, for each such person; where posts are held but none
    together, that nobody holds two; and the posts of which nothing is known."""
    mine: dict[int, list[str]] = {}
    for position in schema.POSITIONS:
        if held[position] > 0:
            mine.setdefault(held[position], []).append(text(f"code.position_inside.{position}"))
    said = [
        text("village.portrait.several", posts=text.series(several))
        for several in mine.values()
        if len(several) > 1
    ]
    unknown = [
        text(f"code.position_inside.{position}")
        for position in schema.POSITIONS
        if held[position] == posts.NOT_REPORTED
    ]
    if mine and unknown:
        return [*said, text("village.portrait.unknown", posts=text.series(unknown))]
    return said or ([text("village.portrait.none_several")] if mine else [])


def _cell_says(cell: Record, text: Text) -> str:
    return text(
        "village.portrait.cell",
        name=cell["name"],
        level=text(f"code.level.{cell['level']}"),
        members=structure.members(_count(cell["total_members"]), True, text),
    )


def _goals_headline(
    rows: Sequence[Record], changes: pd.DataFrame, village: str, commune: str, text: Text
) -> str:
    known = [row for row in rows if wording.known(row)]
    missed = [row for row in known if row["status"] == "not_met"]
    if not known:
        return text("village.goals.no_data", commune=commune)
    if not missed:
        sure = all(row["certain"] and row["complete"] for row in rows)
        return text(f"village.goals.{'none_missed' if sure else 'none_known'}", commune=commune)
    if changes.empty:
        return text("village.goals.nothing", village=village, commune=commune)
    reached = changes.loc[[needed == 0 for needed in changes["needed"]], "change"].nunique()
    said = text("village.goals.headline", n=changes["change"].nunique(), village=village, commune=commune)
    return said + (text("village.goals.reached", n=reached) if reached else "")


def _change_says(
    rows: Sequence[Record],
    names: dict[str, str],
    goals: Mapping[str, Goal],
    commune: str,
    text: Text,
) -> str:
    """ "Nếu người giữ … trở thành đảng viên: … 5/6 (83,3%), đạt"."""
    posts = text.series([text(f"code.position_inside.{position}") for position in rows[0]["positions"]])
    effects = [
        text(
            "village.goals.effect",
            goal=names[row["goal_id"]],
            commune=commune,
            count=text.ratio(row["numerator"], row["denominator"], goals[row["goal_id"]].target),
            status=_status(row["needed"], text),
        )
        for row in rows
    ]
    return text(f"village.goals.{rows[0]['reason']}", posts=posts, effects="; ".join(effects))


def _status(needed: int | None, text: Text) -> str:
    if needed is None:
        return text("goals.status.never")
    return wording.needed_says({"unit": "posts"}, needed, text) if needed else text("goals.status.met")


def _count(value: object) -> int | None:
    return None if pd.isna(value) else int(value)  # type: ignore[call-overload]
