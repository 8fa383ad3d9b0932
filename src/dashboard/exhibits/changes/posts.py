"""Posts and pairs of posts at two dates."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard import measures, schema
from dashboard.dataset import Dataset, Selection
from dashboard.exhibits import reported, takeaways
from dashboard.exhibits.changes import drawn, wording
from dashboard.exhibits.model import Content, Table, exhibit
from dashboard.exhibits.takeaways import Change, Named
from dashboard.measures.changes import Sides
from dashboard.text import Text


@exhibit("changes.by_post")
def by_post(dataset: Dataset, selection: Selection) -> Content:
    """Per post how many members hold it at both dates; where there is no earlier date, what to do."""
    if not selection.since:
        return _nothing_before(dataset, selection)
    text = selection.text
    sides = measures.changes.positions(dataset, selection)
    silent = sum(side.silent for side in sides.values())
    vacant = _vacant(dataset, selection)
    return Content(
        headline=_headline(dataset, selection),
        takeaways=[
            _together(dataset, selection),
            # More sentences than three are not read: posts that came to be vacant are said first.
            _most_changed(sides, text) if len(vacant) < 2 else "",
            *vacant,
        ],
        chart=drawn.of_measures(
            dataset,
            selection,
            [
                (text(f"chart.position.{position}"), schema.Measure("member_share", (position,)), side)
                for position, side in sides.items()
            ],
            "posts",
        ),
        table=_posts_table(dataset, selection, sides),
        notes=[
            text("changes.silent_posts", n=silent) if silent else "",
            wording.apart(dataset, selection),
            *wording.merged(dataset, selection),
            text("changes.by_post.note"),
        ],
        period=wording.marked(selection),
    )


@exhibit("changes.overlap")
def overlap(dataset: Dataset, selection: Selection) -> Content | None:
    """Per pair of posts the villages where one person holds both, at both dates."""
    if not selection.since:
        return None
    text = selection.text
    pairs = measures.changes.pairs(dataset, selection)
    sides = list(pairs.values())
    names = [text(f"changes.pair.{pair}") for pair in pairs]
    changed = measures.changes.villages(dataset, selection, "any")
    silent = max((side.silent for side in sides), default=0)
    return Content(
        headline=text("changes.overlap.empty")
        if changed is None
        else wording.finding(_clauses("overlap", changed, text)),
        takeaways=takeaways.by_village(dataset, selection, "overlap", changed)
        if changed is not None and changed.gained + changed.lost
        else (),
        chart=drawn.of_measures(
            dataset,
            selection,
            [
                (text(f"changes.pair.{pair}"), schema.Measure("overlap_share", tuple(pair.split("+"))), side)
                for pair, side in pairs.items()
            ],
            "pairs",
        ),
        table=_pairs_table(selection, names, sides),
        notes=[
            text("changes.silent_pairs", n=silent) if silent else "",
            wording.apart(dataset, selection),
            *wording.merged(dataset, selection),
            text("changes.overlap.note"),
        ],
        period=wording.marked(selection),
    )


def _nothing_before(dataset: Dataset, selection: Selection) -> Content:
    text = selection.text
    later = len(dataset.dates) > 1
    key = ("first_date" if later else "only_date") if selection.as_of else "no_date"
    return Content(
        headline=text(f"changes.{key}", date=text.date(selection.as_of)),
        sentences=[text("changes.choose_later" if later else "changes.add_a_date")],
    )


def _headline(dataset: Dataset, selection: Selection) -> str:
    text = selection.text
    changed = measures.changes.held_posts(dataset, selection, "member")
    if changed is None:
        return wording.dated(selection, "changes.by_post.empty")
    return wording.finding(_clauses("member", changed, text))


def _together(dataset: Dataset, selection: Selection) -> str:
    """All posts at both dates, each as it is; "" where nothing is reported."""
    text = selection.text
    measure = schema.Measure("member_share", schema.POSITIONS)
    total, _ = measures.changes.measured(dataset, selection, measure, selection.since, selection.as_of)
    if not total.comparable:
        return ""
    then, now = (reported.count_says(count, "posts", text) for count in (total.before, total.now))
    return wording.dated(selection, "changes.by_post.together", then=then, now=now)


def _clauses(kind: str, found: measures.changes.Changes, text: Text) -> list[str]:
    """ "thêm 3 vị trí do đảng viên giữ", "giảm 1", what cannot be compared."""
    change = Change(kind, Named(found.gained, ()), Named(found.lost, ()), found.unknown)
    return [*takeaways.clauses(text, change), *takeaways.unknown(text, change)]


def _most_changed(sides: dict[str, Sides], text: Text) -> str:
    """The posts whose number of member holders changed most, up or down; "" where one cannot be compared
    throughout."""
    most = max(abs(side.gained) for side in sides.values())
    if not most or any(side.unknown for side in sides.values()):
        return ""
    group = {position: side for position, side in sides.items() if abs(side.gained) == most}
    named = text.series(
        [
            takeaways.moved(
                text, text(f"code.position_inside.{position}"), side.before.numerator, side.now.numerator
            )
            for position, side in group.items()
        ]
    )
    many = text("changes.by_post.each", posts=text("changes.posts", n=len(group)), n=most)
    sentences = [text("changes.by_post.most", names=names) for names in (named, many)]
    return takeaways.shortest(sentences[len(group) > takeaways.TIED :])


def _vacant(dataset: Dataset, selection: Selection) -> list[str]:
    """The posts that came to be vacant, or no longer are, by name; nothing where none did."""
    found = measures.changes.held_posts(dataset, selection, "vacant")
    if found is None or not found.gained + found.lost:
        return []
    return takeaways.by_village(dataset, selection, "vacant", found, posts=True)


def _posts_table(dataset: Dataset, selection: Selection, sides: dict[str, Sides]) -> Table:
    """The posts of each date as they are, what changed over those that both report, and how many do not."""
    text = selection.text
    columns: dict[str, list[object]] = {
        text("column_short.position"): [text(f"code.position.{position}") for position in sides]
    }
    dates = (selection.since, selection.as_of)
    states = [measures.overlap.post_states(dataset, selection, date).set_index("position") for date in dates]
    for state in ("member", "filled", "vacant"):
        for date, rows in zip(dates, states, strict=True):
            columns[text(f"changes.column.{state}", date=text.date(date))] = [
                int(rows.at[position, state]) for position in sides
            ]
    return Table(pd.DataFrame({**columns, **_compared(list(sides.values()), text)}, dtype=object))


def _compared(sides: Sequence[Sides], text: Text) -> dict[str, list[object]]:
    return {
        text("changes.column.change"): [side.gained if side.comparable else None for side in sides],
        text("changes.column.silent"): [side.unknown for side in sides],
    }


def _pairs_table(selection: Selection, names: list[str], sides: Sequence[Sides]) -> Table:
    text = selection.text
    columns: dict[str, list[object]] = {
        text("column_short.combination"): list(names),
        **{
            text("changes.column.villages", date=text.date(date)): [
                count.numerator if count.known else None for count in counts
            ]
            for date, counts in (
                (selection.since, [side.before for side in sides]),
                (selection.as_of, [side.now for side in sides]),
            )
        },
        text("changes.column.told"): [side.compared for side in sides],
        **_compared(sides, text),
    }
    return Table(pd.DataFrame(columns, dtype=object))
