"""The posts: who holds what in each village, and how many are held by members."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from dashboard import charts, measures, schema
from dashboard.dataset import Dataset, Selection, remembered
from dashboard.exhibits import reported
from dashboard.exhibits.model import Exhibit, Table, area_names, exhibit, narrow, opening
from dashboard.exhibits.overlap import drawn, stacked, takeaways, wording
from dashboard.exhibits.overlap.wording import post_says, post_state
from dashboard.exhibits.parts import Part
from dashboard.measures.goals import Count
from dashboard.text import Text

# Letters of a village's name on a phone.
_NARROW = 13


@remembered(size=256)
def matrix(dataset: Dataset, selection: Selection, part: int | None = None) -> Exhibit:
    """Who holds what in each village. Where they are too many for one chart a `part` of them is drawn, or for
    None (a file) none; the table has all that are chosen, of very many those of the part."""
    text = selection.text
    states = measures.overlap.post_states(dataset, selection)
    counts = measures.overlap.counts(dataset, selection)
    names = area_names(dataset, selection)
    found = _part(dataset, selection, part, names)
    cells = None if found is None or found.rows.empty else _cells(found.rows, names, text)
    every = found is None or part is None or counts["villages"] <= _MOST_IN_TABLE
    villages = measures.overlap.villages(dataset, selection) if found is None or every else found.rows
    return exhibit(
        dataset,
        selection,
        "overlap.matrix",
        headline=wording.nothing(dataset, selection)
        or text(
            "overlap.matrix.headline",
            villages=text("common.villages", n=counts["villages"]),
            any=counts["any"],
        )
        + wording.lacking(int(states["vacant"].sum()), int(states["not_reported"].sum()), text),
        takeaways=takeaways.matrix(dataset, selection) if counts["reported"] else (),
        plot=charts.Plot(charts.overlap.matrix, cells, text) if cells is not None else None,
        chart=drawn.posts(dataset, selection, found.rows, schema.POSITIONS) if found is not None else None,
        table=posts_table(villages, names, schema.POSITIONS, text),
        notes=[
            text("overlap.matrix.too_many") if found is None else "",
            "" if every else text("overlap.matrix.table_part"),
            text("overlap.matrix.note"),
        ],
        opens=_opens(found.rows, names, text) if cells is not None and found is not None else (),
        part=found,
    )


# Villages in one part of the matrix: none of them has more marks than a chart of so many may have.
_IN_PART = 60
# Of more villages the table behind the card has those of the part; a file has all.
_MOST_IN_TABLE = 2_000


def _part(dataset: Dataset, selection: Selection, number: int | None, names: dict[str, str]) -> Part | None:
    """The villages of one part, which says of which communes they are; None where all are too many for one
    chart and no part is asked for."""
    many = measures.overlap.counts(dataset, selection)["villages"]
    # At least so many marks a village; the frame itself says how many they are.
    if many * (len(schema.POSITIONS) + 1) <= charts.MOST_MARKS:
        rows = measures.overlap.villages(dataset, selection)
        if many <= _IN_PART or len(_cells(rows, names, selection.text)) <= charts.MOST_MARKS:
            return Part(rows)
    return None if number is None else part_of_villages(dataset, selection, number, names)


def part_of_villages(dataset: Dataset, selection: Selection, number: int, names: dict[str, str]) -> Part:
    """The villages of one part, of as many as a reader looks through at once, and of which communes they
    are."""
    text, many = selection.text, measures.overlap.counts(dataset, selection)["villages"]
    of = max(1, -(-many // _IN_PART))
    number = min(max(number, 1), of)
    first = _IN_PART * (number - 1)
    rows = measures.overlap.villages(dataset, selection, slice(first, first + _IN_PART))
    communes = list(dict.fromkeys(names[area] for area in rows["area"]))
    note = text(
        "overlap.matrix.part",
        first=first + 1,
        last=first + len(rows),
        all=many,
        communes=communes[0] if len(communes) == 1 else f"{communes[0]} – {communes[-1]}",
    )
    return Part(rows, note, number, of)


@remembered(size=256)
def post_states(dataset: Dataset, selection: Selection) -> Exhibit:
    """Per post: held by a member, by another, vacant, not reported."""
    text = selection.text
    rows = measures.overlap.post_states(dataset, selection)
    rows = rows.assign(
        not_member=rows["filled"] - rows["member"],
        name=[text(f"code.position.{position}") for position in rows["position"]],
        says=[
            _held(
                Count(
                    int(row.member),
                    int(row.filled),
                    unreported=int(row.not_reported),
                ),
                text,
            )
            for row in rows.itertuples()
        ],
    )
    states = {state: text(f"overlap.state.{state}") for state in charts.overlap.STATE_COLOURS}
    headings = {"name": text("column_short.position"), **states, "says": text("column_short.member_share")}
    vacant, not_reported = int(rows["vacant"].sum()), int(rows["not_reported"].sum())
    silence = wording.nothing(dataset, selection)
    return exhibit(
        dataset,
        selection,
        "overlap.post_states",
        headline=silence
        or text(
            "overlap.post_states.headline",
            filled=int(rows["filled"].sum()),
            member=int(rows["member"].sum()),
        )
        + wording.lacking(vacant, not_reported, text),
        takeaways=() if silence else takeaways.post_states(dataset, selection, rows),
        plot=charts.Plot(charts.overlap.post_states, stacked.segments(rows, states), text),
        chart=None if silence else drawn.post_states(rows, text),
        table=Table(rows[list(headings)].rename(columns=headings)),
        notes=[text("overlap.post_states.note")],
    )


def _cells(villages: pd.DataFrame, names: dict[str, str], text: Text) -> pd.DataFrame:
    """The marks of the matrix, row by row: a heading, a line per commune, a line per village."""
    marks = heading_marks(text)
    row = 1
    area = None
    for village in villages.to_dict("records"):
        if village["area"] != area:
            area = village["area"]
            opens = opening("commune", [area])[0]
            marks.append({"kind": "commune", "row": row, "x": 0.05, "label": names[area], "key": opens})
            row += 1
        opens = opening("village", [village["village_id"]])[0]
        found = village_marks({str(key): value for key, value in village.items()}, row, text)
        marks.extend({**mark, "key": opens} for mark in found)
        row += 1
    return marks_frame(marks)


def _opens(villages: pd.DataFrame, names: dict[str, str], text: Text) -> list[tuple[str, str]]:
    """The pages of the villages by name, each with its commune where there are several."""
    said = list(villages["name"])
    if villages["area"].nunique() > 1:
        said = [
            text("takeaway.in_commune", name=name, commune=names[area])
            for name, area in zip(said, villages["area"], strict=True)
        ]
    return list(zip(opening("village", villages["village_id"]), said, strict=True))


def marks_frame(marks: list[dict[str, object]]) -> pd.DataFrame:
    """One row per mark of the matrix (see `charts.overlap.matrix`)."""
    columns = ["kind", "row", "x", "x_end", "label", "label_narrow", "state", "key"]
    return pd.DataFrame(marks, columns=columns).astype(
        {"label": "str", "label_narrow": "str", "state": "str", "key": "str"}
    )


def heading_marks(text: Text) -> list[dict[str, object]]:
    """The heads of the columns, on row 0."""
    return [
        {"kind": "heading", "row": 0, "x": _middle(i), "label": text(f"code.position_head.{position}")}
        for i, position in enumerate(schema.POSITIONS)
    ]


def village_marks(village: dict[str, object], row: int, text: Text) -> list[dict[str, object]]:
    """One line of the matrix. `village`: its `name` and the columns of `measures.overlap.villages`."""
    marks: list[dict[str, object]] = [
        {
            "kind": "village",
            "row": row,
            "x": charts.overlap.NAMES,
            "label": village["name"],
            "label_narrow": narrow([str(village["name"])], _NARROW)[0],
        }
    ]
    held: dict[int, list[int]] = {}
    for i, position in enumerate(schema.POSITIONS):
        code = post_state(village, position)
        left = charts.overlap.NAMES + i
        state = text(f"overlap.state.{code}")
        marks.append({"kind": "post", "row": row, "x": left, "x_end": left + 1, "state": state})
        if code == "not_member":
            marks.append({"kind": "ring", "row": row, "x": _middle(i)})
        elif code != "member":
            marks.append({"kind": "sign", "row": row, "x": _middle(i), "label": text(f"overlap.sign.{code}")})
        held.setdefault(int(village[position]), []).append(i)  # type: ignore[call-overload]
    several = [posts for holder, posts in sorted(held.items()) if holder > 0 and len(posts) > 1]
    for line, posts in enumerate(several):
        marks.append({"kind": f"join{line}", "row": row, "x": _middle(posts[0]), "x_end": _middle(posts[-1])})
        marks.extend({"kind": f"held{line}", "row": row, "x": _middle(post)} for post in posts)
    return marks


def posts_table(villages: pd.DataFrame, names: dict[str, str], positions: Sequence[str], text: Text) -> Table:
    """One row per village (as of `measures.overlap.villages`): its commune, its name, each post in words."""
    columns: dict[str, object] = {
        text("column_short.commune"): villages["area"].map(names),
        text("column_short.village"): villages["name"],
    }
    # Of very many villages only as many rows are put into words as differ.
    held = [name for position in schema.POSITIONS for name in (position, f"{position}:member")]
    kinds, first = np.unique(villages[held].to_numpy(dtype="int8"), axis=0, return_inverse=True)
    alike = [dict(zip(held, kind, strict=True)) for kind in kinds.tolist()]
    for position in positions:
        said = np.array([post_says(kind, position, text) for kind in alike], dtype=object)
        columns[text(f"code.position.{position}")] = said[first] if len(said) else []
    return Table(pd.DataFrame(columns).reset_index(drop=True))


def _middle(post: int) -> float:
    return charts.overlap.NAMES + post + 0.5


def _held(count: Count, text: Text) -> str:
    """ "50/60 (83,3%) · 1 chưa báo cáo": what is vacant has bars of its own beside it."""
    lacking = reported.briefly_left_out(count, text)
    said = text.ratio(count.numerator, count.denominator or 0)
    return f"{said} · {lacking}" if lacking else said
