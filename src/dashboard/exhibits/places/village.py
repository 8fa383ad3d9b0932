"""One village on a page: its posts, and the goals that they count for."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard import measures
from dashboard.charts.model import Choice, Choices, PostGroup, PostMatrix, Tile
from dashboard.dataset import Dataset, Goal, Selection, areas, posts
from dashboard.exhibits import reported, takeaways
from dashboard.exhibits.goals import wording
from dashboard.exhibits.model import Content, Table, exhibit
from dashboard.exhibits.names import area_names, became, then, then_names, village_of_then, when, with_commune
from dashboard.exhibits.names import village as village_name
from dashboard.exhibits.overlap.posts import (
    lacking,
    post_label,
    post_matrix,
    post_row,
    post_state,
    unclear,
)
from dashboard.exhibits.places import tiles
from dashboard.exhibits.rows import Record, or_none, records
from dashboard.exhibits.structure.wording import members
from dashboard.measures.families import Count
from dashboard.measures.places import Village
from dashboard.text import Text

# More dates than these are not drawn.
_MOST_DATES = 40


@exhibit("village.portrait")
def portrait(dataset: Dataset, selection: Selection, village_id: str) -> Content:
    """Who holds what in the village at the date: posts, never persons."""
    text = selection.text
    village = measures.places.village(dataset, selection, village_id)
    life = became(dataset, measures.periods.of_village(dataset, village_id), selection)
    if not village.in_force:
        return _not_in_force(dataset, selection, village, life)
    held, states, filled = tiles.held_posts(dataset, selection, village)
    cells = records(measures.places.cells(dataset, selection, village))
    counts = [("count.households", village.households), ("count.population", village.population)]
    counts += [("village.portrait.cell_members", or_none(cell["total_members"])) for cell in cells]
    every = dataset.position_ids
    table = {
        text("column_short.position"): [text(f"code.position.{position}") for position in every],
        text("village.portrait.state"): [post_label(held, position, text) for position in every],
    }
    no_cell = "no_cell" if measures.places.cells_known(dataset, selection, village) else "cell_unknown"
    place = place_of(dataset, selection, village)
    reported = len(states) - states.count("not_reported")
    sentences = [
        *_several(held, text),
        *([_cell_label(cell, text) for cell in cells] or [text(f"village.portrait.{no_cell}")]),
        *life,
    ]
    return Content(
        place=place,
        headline=text(
            f"village.portrait.{('headline' if filled else 'vacant') if reported else 'unreported'}",
            place=place,
            filled=filled,
            member=states.count("member"),
        )
        + (lacking(states.count("vacant"), states.count("not_reported"), text) if reported else ""),
        figures=[Tile(text(key), text.number(n)) for key, n in counts],
        sentences=sentences,
        chart=_matrix(dataset, selection, village, " ".join(sentences)),
        table=Table.of(table),
        notes=[text("village.portrait.note")],
    )


@exhibit("village.goals")
def goals(dataset: Dataset, selection: Selection, village_id: str) -> Content:
    """What the village counts for in each goal, and what one change there would move in its commune."""
    text = selection.text
    village = measures.places.village(dataset, selection, village_id)
    if not village.in_force:
        return _not_in_force(dataset, selection, village)
    rows = records(measures.places.own_goals(dataset, selection, village))
    names = wording.goal_names(dataset, text)
    commune = area_names(dataset, selection)[village.area]
    if dataset.by_village:
        commune = dataset.about.localized("root", selection.lang)
    changes = measures.places.changes(dataset, selection, village)
    sentences = [
        _change_label(dataset, records(group), commune, text)
        for _, group in changes.groupby("change", sort=False)
    ]
    headings = (
        text("column_short.goal"),
        text("village.goals.own"),
        text("village.goals.commune", name=commune),
    )
    held = tiles.held_posts(dataset, selection, village)[0]
    own = [
        text.fraction(row["own"], row["of"])
        if row["of"]
        else _vacant(held, dataset.goal[row["goal_id"]], text)
        for row in rows
    ]
    together = [
        f"{wording.count_label(row, text)} · {wording.status_label(row, text)}"
        if wording.known(row)
        else wording.count_label(row, text)
        for row in rows
    ]
    cells = ([names[row["goal_id"]] for row in rows], own, together)
    # Line by line; below is what each change would move.
    lines = [
        Choice((goal, own_label or text("common.no_data"), commune_label))
        for goal, own_label, commune_label in zip(*cells, strict=True)
    ]
    return Content(
        place=place_of(dataset, selection, village),
        goals=[dataset.goal[row["goal_id"]] for row in rows],
        headline=_goals_headline(rows, changes, called(dataset, selection, village), commune, text),
        sentences=sentences,
        chart=Choices(headings, tuple(lines), key=" ".join(sentences)) if lines else None,
        table=Table.of(dict(zip(headings, cells, strict=True))),
        notes=[
            text("village.goals.note"),
            text("goals.needed_note"),
            reported.persons(dataset, selection),
        ],
    )


def _vacant(held: Record, goal: Goal, text: Text) -> str | None:
    """That no one holds the posts of a goal, where they are reported; None where nothing is known."""
    states = [post_state(held, position) for position in goal.measure.parts]
    vacant, unreported = states.count("vacant"), states.count("not_reported")
    return (
        reported.left_out(Count(0, 0, unreported=unreported, vacant=vacant), "posts", text)
        if vacant
        else None
    )


def name(dataset: Dataset, selection: Selection, village_id: str) -> str:
    """The village with its commune: "Thôn 1 (Xã Hương Sơn)"."""
    return place_of(dataset, selection, measures.places.village(dataset, selection, village_id))


def called(dataset: Dataset, selection: Selection, village: Village) -> str:
    """The village without its commune, told apart from others of its name there."""
    row = village.row
    return village_name(dataset, selection if village.in_force else when(dataset, selection, row), row)


def place_of(dataset: Dataset, selection: Selection, village: Village) -> str:
    """By the commune of the chosen boundaries; where that is not what it was then, by both. A village that is
    not in force by the commune that it last was in, or first will be."""
    if not village.in_force:
        return village_of_then(dataset, selection, village.row)
    commune = area_names(dataset, selection)[village.area]
    own = str(areas.of_villages(dataset, selection.as_of, areas.BOUNDARIES[0])[village.row])
    if own == village.area:
        return with_commune(dataset, selection, village.row, commune)
    was = then_names(dataset, selection)[own]
    commune = selection.text("village.formerly", now=commune, then=was)
    return with_commune(dataset, then(selection), village.row, commune)


def _not_in_force(
    dataset: Dataset, selection: Selection, village: Village, life: Sequence[str] = ()
) -> Content:
    """A village that is not there at the date: that it is not, and what became of it."""
    text, place = selection.text, place_of(dataset, selection, village)
    return Content(
        place=place,
        headline=text("village.not_in_force", place=place, date=text.date(selection.as_of)),
        sentences=life,
    )


def _several(held: Record, text: Text) -> list[str]:
    """The posts that one person holds together, or that none holds two; those of which that is not known."""
    held_by: dict[int, list[str]] = {}
    for position in posts.of_row(held):
        held_by.setdefault(held[position], []).append(text(f"code.position_inside.{position}"))
    unknown = held_by.pop(posts.NOT_REPORTED, [])
    persons = [names for holder, names in held_by.items() if holder > 0]
    sentences = [
        text("village.portrait.several", posts=text.series(names)) for names in persons if len(names) > 1
    ]
    if open_posts := unclear(held):
        unclear_names = text.series([text(f"code.position_inside.{position}") for position in open_posts])
        sentences.append(text("village.portrait.unclear", posts=unclear_names))
    if persons and unknown:
        sentences.append(text("village.portrait.unknown", posts=text.series(unknown)))
    return sentences or ([text("village.portrait.none_several")] if persons else [])


def _cell_label(cell: Record, text: Text) -> str:
    return text(
        "village.portrait.cell",
        name=cell["name"],
        level=text(f"code.level.{cell['level']}"),
        members=members(or_none(cell["total_members"]), True, text),
    )


def _goals_headline(
    rows: Sequence[Record], changes: pd.DataFrame, village: str, commune: str, text: Text
) -> str:
    targets = [row for row in rows if row["target"] is not None]
    judged = [row for row in targets if wording.known(row)]
    if not judged:
        return text("village.goals.no_data" if targets else "village.goals.no_targets", commune=commune)
    if not any(row["status"] == "not_met" for row in judged):
        if len(judged) < len(targets):
            return text("village.goals.none_judged", n=len(targets) - len(judged), commune=commune)
        sure = all(row["certain"] and row["complete"] for row in targets)
        return text(f"village.goals.{'none_missed' if sure else 'none_known'}", commune=commune)
    if changes.empty:
        return text("village.goals.nothing", place=village, commune=commune)
    reached = changes.loc[[needed == 0 for needed in changes["needed"]], "change"].nunique()
    ways = changes["change"].nunique()
    headline = text("village.goals.headline", n=ways, place=village, commune=commune)
    return headline + text.some("village.goals.reached", reached)


def _change_label(dataset: Dataset, rows: Sequence[Record], commune: str, text: Text) -> str:
    """ "Nếu người giữ … trở thành đảng viên: … 5/6 (83,3%), đạt"."""
    posts = text.series([text(f"code.position_inside.{position}") for position in rows[0]["positions"]])
    effects = []
    for row in rows:
        goal, needed = dataset.goal[row["goal_id"]], row["needed"]
        count = text.ratio(row["numerator"], row["denominator"], goal.target)
        met = text("goals.status.met")
        status = met if needed == 0 else wording.needed_label("posts", needed, text)
        effects.append(
            text(
                "village.goals.effect",
                goal=goal.name(text.lang),
                commune=commune,
                count=count,
                status=status,
            )
        )
    return text(f"village.goals.{rows[0]['reason']}", posts=posts, effects="; ".join(effects))


@exhibit("village.history")
def history(dataset: Dataset, selection: Selection, village_id: str) -> Content:
    """The posts of the village at each as-of date."""
    text = selection.text
    village = measures.places.village(dataset, selection, village_id)
    rows = records(measures.places.posts_over_time(dataset, selection, village))
    dates = [as_of for as_of in dataset.dates if as_of <= selection.as_of]
    table = {text("column_short.as_of"): [text.date(row["as_of"]) for row in rows]} | {
        text(f"code.position.{position}"): [post_label(row, position, text) for row in rows]
        for position in dataset.position_ids
    }
    return Content(
        place=place_of(dataset, selection, village),
        headline=_history_headline(rows, called(dataset, selection, village), text),
        takeaways=[_changed(rows, text) if village.in_force else ""],
        chart=_matrix(dataset, selection, village),
        table=Table.of(table),
        notes=[
            text("card.bounded", n=_MOST_DATES, all=len(rows)) if len(rows) > _MOST_DATES else "",
            text("village.history.note"),
            text("village.history.in_force") if len(rows) < len(dates) else "",
            text("overlap.matrix.note"),
        ],
    )


def _matrix(dataset: Dataset, selection: Selection, village: Village, key: str = "") -> PostMatrix | None:
    """The posts, a line per as-of date, the latest last; None without a date."""
    text = selection.text
    rows = records(measures.places.posts_over_time(dataset, selection, village))[-_MOST_DATES:]
    lines = tuple(post_row(row, text.date(row["as_of"]), dataset.position_ids, text) for row in rows)
    group = PostGroup(text("column_short.as_of"), lines)
    return post_matrix([group], dataset.position_ids, text, key) if rows else None


def _history_headline(rows: Sequence[Record], village: str, text: Text) -> str:
    reporting = [row for row in rows if _reports(row)]
    if not reporting:
        return text("village.history.unreported", place=village)
    first, last = reporting[0], reporting[-1]
    now = {"now": _members(last), "of": _filled(last, text), "date": text.date(last["as_of"])}
    if first is last:
        return text("village.history.at", place=village, **now)
    then = {"then": _members(first), "then_of": _filled(first, text), "then_date": text.date(first["as_of"])}
    return text("village.history.from_to", place=village, **then, **now)


def _reports(row: Record) -> bool:
    return any(row[position] for position in posts.of_row(row))


def _members(row: Record) -> int:
    return sum(post_state(row, position) == "member" for position in posts.of_row(row))


def _filled(row: Record, text: Text) -> str:
    """The posts with a holder: "5", "5 (1 chưa báo cáo)"."""
    filled = text.number(sum(row[position] > 0 for position in posts.of_row(row)))
    unreported = sum(row[position] == posts.NOT_REPORTED for position in posts.of_row(row))
    return f"{filled} ({text('goals.brief.unreported', n=unreported)})" if unreported else filled


def _changed(rows: Sequence[Record], text: Text) -> str:
    """The posts whose state differs from that at the date before; "" where there is none."""
    if len(rows) < 2 or not _reports(rows[-2]):
        return ""
    before, now = rows[-2:]
    moves = []
    for position in posts.of_row(now):
        states = [post_state(row, position) for row in (before, now)]
        if states[0] != states[1]:
            then, after = (text(f"village.history.state.{state}") for state in states)
            post = text(f"code.position_inside.{position}")
            moves.append(text("village.history.moved", post=post, then=then, now=after))
    return takeaways.since(text, before["as_of"], *(moves or [text("village.history.same")]))
