"""A commune and a village as charts: organisations by name, posts over the dates."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import measures, schema
from dashboard.charts.model import (
    DumbbellRow,
    Dumbbells,
    Label,
    NameColumn,
    NameGroup,
    Names,
    PostGroup,
    PostMatrix,
)
from dashboard.dataset import Dataset, Selection
from dashboard.exhibits import structure
from dashboard.exhibits.changes.drawn import bounds, count_says
from dashboard.exhibits.goals.wording import Record, records
from dashboard.exhibits.names import opening
from dashboard.exhibits.overlap import drawn
from dashboard.measures.goals import Count
from dashboard.measures.places import Village
from dashboard.text import Text

# More organisations, or dates, than these are not named.
MOST = 40
_LEVELS = ("committee", "cell", "section", "subcell")


def organizations(dataset: Dataset, selection: Selection, area: str) -> Names | None:
    """The organisations of what is chosen by level, each with its members, a village's own cell with the way
    to the village; `area` says what the commune is and was. None where none is reported."""
    text = selection.text
    rows = measures.structure.selected(dataset, selection)
    groups = []
    more = 0
    for level in _LEVELS:
        inside = records(rows[rows["level"] == level])
        if not inside:
            continue
        more += max(0, len(inside) - MOST)
        head = text("commune.portrait.level", level=text(f"code.level.{level}"), n=len(inside))
        groups.append(NameGroup(head, tuple(_organization(row, text) for row in inside[:MOST])))
    if not groups:
        return None
    left = text("commune.portrait.more", n=more) if more else ""
    return Names((NameColumn(text("commune.portrait.beside"), tuple(groups), more=left),), key=area)


def _organization(row: Record, text: Text) -> tuple[str, str, str]:
    link = opening("village", [row["village_id"]])[0] if row["village_id"] else ""
    return row["name"], text.number(structure.or_none(row["total_members"])), link


def beside_all(rows: Sequence[Record], said: Sequence[tuple[str, str]], place: str, text: Text) -> Dumbbells:
    """The shares of a commune beside those of all together. `rows`: of `measures.places.peers` with the
    `target`; `said` of each the name of its goal and its place among the peers."""
    drawn = []
    for row, (name, rank) in zip(rows, said, strict=True):
        own = Count(row["numerator"], row["denominator"])
        every = Count(row["parts"], row["wholes"], unreported=row["unreported"])
        drawn.append(
            DumbbellRow(
                name,
                row["parts"] / row["wholes"],
                row["numerator"] / row["denominator"] if own.denominator else None,
                count_says(every, text),
                count_says(own, text) if own.denominator else "–",
                Label(rank) if own.denominator else Label("–", status="no_data", unreported=rank),
                None if row["target"] is None else row["target"] / 100,
            )
        )
    ends = [end for row in drawn for end in (row.before, row.now, row.target) if end is not None]
    low, high = bounds(ends)
    return Dumbbells(
        low,
        high,
        (text.percent(round(100 * low)), text.percent(round(100 * high))),
        (text("commune.peers.together"), place),
        text("column_short.goal"),
        text("commune.peers.place"),
        tuple(drawn),
        key=text("commune.peers.key", place=place),
        shares=True,
    )


def over_time(dataset: Dataset, selection: Selection, village: Village, says: str = "") -> PostMatrix | None:
    """The posts of one village, a line per as-of date, the latest last; `says` stands below. None without a
    date."""
    text = selection.text
    rows = records(measures.places.posts_over_time(dataset, selection, village))[-MOST:]
    lines = tuple(drawn.post_row(row, text.date(row["as_of"]), schema.POSITIONS, text) for row in rows)
    groups = (PostGroup(text("column_short.as_of"), lines),)
    heads = tuple(text(f"code.position_head.{position}") for position in schema.POSITIONS)
    return PostMatrix(heads, drawn.states(groups, text), groups, says) if rows else None
