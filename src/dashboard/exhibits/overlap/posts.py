"""The posts: who holds what in each village, and how many are held by members."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from dashboard import measures, schema
from dashboard.charts import MOST_MARKS
from dashboard.dataset import Dataset, Selection
from dashboard.exhibits import reported
from dashboard.exhibits.model import Content, Table, exhibit
from dashboard.exhibits.names import area_names
from dashboard.exhibits.overlap import drawn, takeaways, wording
from dashboard.exhibits.overlap.wording import post_says
from dashboard.exhibits.parts import Part
from dashboard.measures.goals import Count
from dashboard.text import Text


@exhibit("overlap.matrix")
def matrix(dataset: Dataset, selection: Selection, part: int | None = None) -> Content:
    """Who holds what in each village. Where they are too many for one chart a `part` of them is drawn, or for
    None (a file) none; the table has all that are chosen, of very many those of the part."""
    text = selection.text
    states = measures.overlap.post_states(dataset, selection)
    counts = measures.overlap.counts(dataset, selection)
    names = area_names(dataset, selection)
    found = _part(dataset, selection, part, names)
    every = found is None or part is None or counts["villages"] <= _MOST_IN_TABLE
    villages = measures.overlap.villages(dataset, selection) if found is None or every else found.rows
    return Content(
        headline=wording.nothing(dataset, selection)
        or text(
            "overlap.matrix.headline",
            villages=text("common.villages", n=counts["villages"]),
            any=counts["any"],
        )
        + wording.lacking(int(states["vacant"].sum()), int(states["not_reported"].sum()), text),
        takeaways=takeaways.matrix(dataset, selection) if counts["reported"] else (),
        chart=drawn.posts(dataset, selection, found.rows, schema.POSITIONS) if found is not None else None,
        table=posts_table(villages, names, schema.POSITIONS, text),
        notes=[
            text("overlap.matrix.too_many") if found is None else "",
            "" if every else text("overlap.matrix.table_part"),
            text("overlap.matrix.note"),
        ],
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
    if many * (len(schema.POSITIONS) + 1) <= MOST_MARKS:
        return Part(measures.overlap.villages(dataset, selection))
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


@exhibit("overlap.post_states")
def post_states(dataset: Dataset, selection: Selection) -> Content:
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
    states = {state: text(f"overlap.state.{state}") for state in drawn.STATES}
    headings = {"name": text("column_short.position"), **states, "says": text("column_short.member_share")}
    vacant, not_reported = int(rows["vacant"].sum()), int(rows["not_reported"].sum())
    silence = wording.nothing(dataset, selection)
    return Content(
        headline=silence
        or text(
            "overlap.post_states.headline",
            filled=int(rows["filled"].sum()),
            member=int(rows["member"].sum()),
        )
        + wording.lacking(vacant, not_reported, text),
        takeaways=() if silence else takeaways.post_states(dataset, selection, rows),
        chart=None if silence else drawn.post_states(rows, text),
        table=Table(rows[list(headings)].rename(columns=headings)),
        notes=[text("overlap.post_states.note")],
    )


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


def _held(count: Count, text: Text) -> str:
    """ "50/60 (83,3%) · 1 chưa báo cáo": what is vacant has bars of its own beside it."""
    lacking = reported.briefly_left_out(count, text)
    said = text.ratio(count.numerator, count.denominator or 0)
    return f"{said} · {lacking}" if lacking else said
