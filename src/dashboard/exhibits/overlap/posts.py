"""The posts: who holds what in each village, and how many are held by members."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np
import pandas as pd

from dashboard import measures, schema
from dashboard.charts import MOST_MARKS
from dashboard.charts.model import BarRow, Bars, Label, PostGroup, PostMatrix, PostRow, Segment
from dashboard.dataset import Dataset, Selection
from dashboard.dataset.posts import UNKNOWN, of_row
from dashboard.exhibits import peers, reported, takeaways
from dashboard.exhibits.model import Content, Table, exhibit
from dashboard.exhibits.names import AREA, area_names, link, named_villages
from dashboard.exhibits.peers import Part
from dashboard.exhibits.rows import Record, columns, records
from dashboard.measures.families import Count
from dashboard.text import Text

_THREE = schema.OVERLAP_POSITIONS
_STATES = ("member", "not_member", "vacant", "not_reported")
# More villages than these are drawn part by part where they have three posts.
_AT_ONCE = 100
# Of more villages the table behind the matrix has those of the part; a file has all.
_MOST_IN_TABLE = 2_000


@exhibit("overlap.three_posts")
def three_posts(dataset: Dataset, selection: Selection, part: int = 1) -> Content:
    """Who is secretary, village head and Front head in each village, one person's posts as one."""
    text = selection.text
    counts = measures.overlap.counts(dataset, selection)
    names = area_names(dataset, selection)
    if counts["villages"] <= _AT_ONCE:
        shown = Part(_villages(dataset, selection))
    else:
        shown = _part(dataset, selection, part, names)
    states = measures.overlap.post_states(dataset, selection)
    vacant = int(states.loc[states["position"].isin(_THREE), "vacant"].sum())
    return Content(
        headline=empty_headline(dataset, selection)
        or text("overlap.three_posts.headline", any=text.ratio(counts["any"], counts["villages"]))
        + lacking(vacant, 0, text)
        + unknown(counts["unreported"], text),
        chart=_matrix(selection, names, shown.rows, _THREE),
        table=_table(shown.rows, names, _THREE, text),
        notes=[text("overlap.three_posts.note"), reported.persons(dataset, selection)],
        part=shown,
    )


@exhibit("overlap.matrix")
def matrix(dataset: Dataset, selection: Selection, part: int | None = None) -> Content:
    """Who holds what in each village. Where they are too many for one chart a `part` of them is drawn, or for
    None (a file) none; the table has all that are chosen, of very many those of the part."""
    text = selection.text
    states = measures.overlap.post_states(dataset, selection)
    counts = measures.overlap.counts(dataset, selection)
    names = area_names(dataset, selection)
    shown: Part | None = None
    if counts["villages"] * (len(dataset.position_ids) + 1) <= MOST_MARKS:
        shown = Part(_villages(dataset, selection))
    elif part is not None:
        shown = _part(dataset, selection, part, names)
    every = shown is None or part is None or counts["villages"] <= _MOST_IN_TABLE
    villages = _villages(dataset, selection) if shown is None or every else shown.rows
    changes = measures.changes.held_posts(dataset, selection, "vacant")
    return Content(
        headline=empty_headline(dataset, selection)
        or text(
            "overlap.matrix.headline",
            counted=text("common.villages", n=counts["villages"]),
            any=counts["any"],
        )
        + lacking(int(states["vacant"].sum()), int(states["not_reported"].sum()), text)
        + (unknown(counts["unreported"], text) if states["unknown"].any() else ""),
        takeaways=takeaways.by_village(dataset, selection, "vacant", changes, posts=True)
        if counts["reported"]
        else (),
        chart=_matrix(selection, names, shown.rows, dataset.position_ids) if shown is not None else None,
        table=_table(villages, names, dataset.position_ids, text),
        notes=[
            text("overlap.matrix.too_many") if shown is None else "",
            "" if every else text("overlap.matrix.table_part"),
            reported.persons(dataset, selection),
            text("overlap.matrix.note"),
        ],
        part=shown,
    )


def _villages(dataset: Dataset, selection: Selection, part: slice = slice(None)) -> pd.DataFrame:
    """The rows of `measures.overlap.villages` by the names that tell them apart."""
    return named_villages(dataset, selection, measures.overlap.villages(dataset, selection, part))


def _part(dataset: Dataset, selection: Selection, number: int, names: dict[str, str]) -> Part:
    """The villages of one part, and of which communes they are."""
    total = measures.overlap.counts(dataset, selection)["villages"]
    place, number, of = peers.bounds(total, number)
    rows = _villages(dataset, selection, place)
    communes = list(dict.fromkeys(names[area] for area in rows["area"]))
    note = selection.text(
        "overlap.matrix.part",
        first=place.start + 1,
        last=place.stop,
        all=total,
        communes=communes[0] if len(communes) == 1 else f"{communes[0]} – {communes[-1]}",
    )
    return Part(rows, note, number, of)


def _matrix(
    selection: Selection, names: dict[str, str], villages: pd.DataFrame, positions: Sequence[str]
) -> PostMatrix | None:
    """The posts of each village (as of `_villages`); None of no village."""
    text = selection.text
    groups = [
        PostGroup(
            names[area],
            tuple(post_row(row, row["name"], positions, text) for row in inside),
            "" if area == selection.only else link(AREA, area),
        )
        for area, inside in groupby(records(villages), key=lambda row: str(row["area"]))
    ]
    alone = sum(len({*unclear(row)} & {*positions}) for row in records(villages))
    return post_matrix(groups, positions, text, text.some("overlap.unclear_key", alone)) if groups else None


def post_matrix(
    groups: Sequence[PostGroup], positions: Sequence[str], text: Text, key: str = ""
) -> PostMatrix:
    """Rows of `post_row` with the words of the posts, and of the signs that occur."""
    occurring = {state for group in groups for row in group.rows for state in row.posts}
    states = (
        [("joined", text("overlap.joined"))]
        if any(row.joined for group in groups for row in group.rows)
        else []
    )
    states += [(state, text(f"overlap.state.{state}")) for state in _STATES if state in occurring]
    heads = tuple(text(f"code.position_head.{position}") for position in positions)
    return PostMatrix(heads, tuple(states), tuple(groups), key)


def post_row(village: Record, name: str, positions: Sequence[str], text: Text) -> PostRow:
    """One line: the posts of a village, which of them one person holds, and the same in words."""
    held: dict[int, list[int]] = {}
    for place, position in enumerate(positions):
        if village[position] > 0:
            held.setdefault(village[position], []).append(place)
    posts = "; ".join(
        f"{text(f'code.position.{position}')}: {post_label(village, position, text)}"
        for position in positions
    )
    return PostRow(
        name,
        tuple(post_state(village, position) for position in positions),
        tuple(tuple(places) for places in held.values() if len(places) > 1),
        f"{name} · {posts}",
        link("village", village.get("village_id", "")),
    )


def _table(villages: pd.DataFrame, names: dict[str, str], positions: Sequence[str], text: Text) -> Table:
    """One row per village (as of `_villages`): its commune, its name, each post in words."""
    cells: dict[str, object] = {
        text("column_short.group"): villages["area"].map(names),
        text("column_short.village"): villages["name"],
    }
    # Of very many villages only as many rows are put into words as differ.
    held = [name for position in of_row(villages) for name in (position, f"{position}:member")]
    kinds, first = np.unique(villages[held].to_numpy(dtype="int8"), axis=0, return_inverse=True)
    alike = [dict(zip(held, kind, strict=True)) for kind in kinds.tolist()]
    for position in positions:
        states = np.array([post_label(kind, position, text) for kind in alike], dtype=object)
        cells[text(f"code.position.{position}")] = states[first] if len(states) else []
    return Table(pd.DataFrame(cells).reset_index(drop=True))


@exhibit("overlap.post_states")
def post_states(dataset: Dataset, selection: Selection) -> Content:
    """Per post: held by a member, by another, vacant, not reported."""
    text = selection.text
    rows = measures.overlap.post_states(dataset, selection)
    rows = rows.assign(
        not_member=rows["filled"] - rows["member"],
        name=[text(f"code.position.{position}") for position in rows["position"]],
    )
    # What is vacant has bars of its own beside it.
    rows["share"] = [
        " · ".join(
            filter(None, (text.ratio(member, filled), text.some("goals.brief.unreported", unreported)))
        )
        for member, filled, unreported in columns(rows, "member", "filled", "not_reported")
    ]
    states = {state: text(f"overlap.state.{state}") for state in _STATES}
    headings = {"name": text("column_short.position"), **states, "share": text("column_short.member_share")}
    filled, member, vacant, unreported = (
        int(rows[name].sum()) for name in ("filled", "member", "vacant", "not_reported")
    )
    sentence = empty_headline(dataset, selection)
    return Content(
        headline=sentence
        or text("overlap.post_states.headline", filled=filled, member=member)
        + lacking(vacant, unreported, text),
        takeaways=() if sentence else _states_takeaways(dataset, selection, rows),
        chart=None if sentence else _state_bars(records(rows), text),
        table=Table(rows[list(headings)].rename(columns=headings)),
        notes=[text("overlap.post_states.note")],
    )


def _states_takeaways(dataset: Dataset, selection: Selection, rows: pd.DataFrame) -> list[str]:
    """The posts with most and fewest members, but the secretary, always one; how many posts changed."""
    text, before_date = selection.text, dataset.date_before(selection.as_of)
    rows = rows[(rows["filled"] > 0) & (rows["position"] != "secretary")]
    rows = rows.assign(name=[text(f"code.position_inside.{position}") for position in rows["position"]])
    standings = takeaways.standings(rows, "member", "filled", complete=rows["not_reported"] == 0)
    clauses, unknown = [], 0
    for state in ("member", "vacant"):
        changes = measures.changes.held_posts(dataset, selection, state)
        if changes is not None and changes.gained + changes.lost:
            unknown = changes.unknown
            clauses.append(", ".join(takeaways.clauses(text, takeaways.change_of(state, changes))))
    changed = ""
    if clauses and before_date is not None:
        clauses.append(text.some("takeaway.posts.unknown", unknown))
        changed = takeaways.since(text, before_date, *filter(None, clauses))
    return [takeaways.leading(text, "overlap.post_states", standings, "overlap.post_kinds"), changed]


def _state_bars(rows: Sequence[Record], text: Text) -> Bars:
    """One bar per post."""
    bars = []
    for row in rows:
        member, filled = row["member"], row["filled"]
        label = Label(
            text.fraction(member, filled),
            text.share(member, filled) if filled else "",
            unreported=text.some("goals.brief.unreported", row["not_reported"]),
            vacant=text.some("goals.brief.vacant", row["vacant"]),
        )
        segments = tuple(Segment(state, row[state]) for state in _STATES)
        bars.append(BarRow(text(f"chart.position.{row['position']}"), segments, label))
    kinds = [state for state in _STATES if any(row[state] for row in rows)]
    return Bars(tuple(bars), tuple((kind, text(f"overlap.state.{kind}")) for kind in kinds))


def headline(dataset: Dataset, selection: Selection) -> str:
    """Both published ratios beside each other, never added, each with what is not reported for it."""
    text = selection.text
    if sentence := empty_headline(dataset, selection):
        return sentence
    counts = measures.overlap.counts(dataset, selection)
    total = counts["villages"]
    pairs = ("secretary+village_head", "secretary+front_head")
    unreported = {pair: counts[f"{pair}:unreported"] for pair in pairs}
    if min(unreported.values()) == total:
        return text("overlap.headline_none") + unknown(total, text)
    head, front = (
        reported.briefly(Count(counts[pair], total if n < total else 0, unreported=n), "villages", text)
        for pair, n in unreported.items()
    )
    return text("overlap.headline", head=head, front=front)


def lacking(vacant: int, not_reported: int, text: Text) -> str:
    """ "; 6 vị trí khuyết, 1 vị trí chưa báo cáo"; "" where every post is held."""
    clause = reported.left_out(Count(0, 0, vacant=vacant, unreported=not_reported), "posts", text)
    return f"; {clause}" if clause else ""


def unknown(n: int, text: Text) -> str:
    """ "; 2 thôn chưa báo cáo đủ chức danh"; "" for none."""
    return text.some("overlap.headline_unreported", n)


def empty_headline(dataset: Dataset, selection: Selection) -> str:
    """The sentence in place of a headline where there are no villages, or none reports a post; "" else."""
    counts = measures.overlap.counts(dataset, selection)
    if not counts["villages"]:
        return selection.text("overlap.empty", place=selection.place(dataset))
    if (measures.overlap.post_states(dataset, selection)["not_reported"] == counts["villages"]).all():
        return selection.text("overlap.unreported", n=counts["villages"], place=selection.place(dataset))
    return ""


def post_label(village: dict[str, object], position: str, text: Text) -> str:
    """The state of a post in words; which posts the same person holds beside it, never who that is."""
    state = text(f"overlap.state.{post_state(village, position)}")
    holder = int(village[position])  # type: ignore[call-overload]
    others = [
        text(f"code.position.{other}")
        for other in of_row(village)
        if holder > 0 and other != position and village[other] == holder
    ]
    if others:
        return f"{state} ({text('overlap.also', posts=text.series(others))})"
    return f"{state} ({text('overlap.unclear')})" if position in unclear(village) else state


def unclear(village: Record) -> list[str]:
    """The posts of which it is not known whether their holder has another one of the village."""
    filled = [position for position in of_row(village) if village[position] > 0]
    unknown = [position for position in filled if village[position] >= UNKNOWN]
    return unknown if len(filled) > 1 else []


def post_state(village: dict[str, object], position: str) -> str:
    """How a post is held: "member", "not_member", "vacant" or "not_reported"."""
    holder = int(village[position])  # type: ignore[call-overload]
    if holder > 0:
        return "member" if village[f"{position}:member"] else "not_member"
    return "vacant" if holder < 0 else "not_reported"
