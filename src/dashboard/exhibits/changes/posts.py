"""Posts and pairs of posts at two dates."""

from __future__ import annotations

import pandas as pd

from dashboard import charts, measures
from dashboard.dataset import Dataset, Selection, remembered
from dashboard.exhibits import takeaways
from dashboard.exhibits.changes import wording
from dashboard.exhibits.model import Exhibit, Table, exhibit
from dashboard.exhibits.takeaways import Change, Named
from dashboard.measures.changes import Sides
from dashboard.measures.goals import Count
from dashboard.text import Text


@remembered(size=256)
def by_post(dataset: Dataset, selection: Selection) -> Exhibit:
    """Per post how many members hold it at both dates; where there is no earlier date, what to do."""
    selection = wording.since(dataset, selection)
    if not selection.since:
        return _nothing_before(dataset, selection)
    text = selection.text
    rows = measures.changes.post_sides(dataset, selection)
    sides = [
        Sides(Count(row["member_before"], row["filled_before"]), Count(row["member"], row["filled"]))
        for row in rows.to_dict("records")
    ]
    silent = int(rows["silent"].sum())
    return exhibit(
        dataset,
        selection,
        "changes.by_post",
        headline=_headline(dataset, selection, rows),
        takeaways=[_most_changed(rows, text), *_vacant(dataset, selection)],
        plot=_plot([text(f"code.position.{position}") for position in rows["position"]], sides, text)
        if any(side.comparable for side in sides)
        else None,
        table=_posts_table(selection, rows),
        notes=[
            text("changes.silent_posts", n=silent) if silent else "",
            *wording.merged(dataset, selection),
            text("changes.by_post.note"),
        ],
        period=wording.marked(selection),
    )


@remembered(size=256)
def overlap(dataset: Dataset, selection: Selection) -> Exhibit | None:
    """Per pair of posts the villages where one person holds both, at both dates."""
    selection = wording.since(dataset, selection)
    if not selection.since:
        return None
    text = selection.text
    rows = measures.changes.pairs(dataset, selection).to_dict("records")
    sides = [Sides(Count(row["before"], row["told"]), Count(row["now"], row["told"])) for row in rows]
    names = [text(f"changes.pair.{row['pair']}") for row in rows]
    changed = measures.changes.villages(dataset, selection, "any")
    silent = max((row["silent"] for row in rows), default=0)
    return exhibit(
        dataset,
        selection,
        "changes.overlap",
        headline=wording.dated(selection, "changes.overlap.empty", place=selection.place(dataset))
        if changed is None
        else wording.dated(selection, "changes.from_to", said=_clauses("overlap", changed, text)),
        takeaways=takeaways.by_village(dataset, selection, "overlap", changed)
        if changed is not None and changed.gained + changed.lost
        else (),
        plot=_plot(names, sides, text) if any(side.comparable for side in sides) else None,
        table=_pairs_table(selection, names, rows),
        notes=[
            text("changes.silent_pairs", n=silent) if silent else "",
            *wording.merged(dataset, selection),
            text("changes.overlap.note"),
        ],
        period=wording.marked(selection),
    )


def _nothing_before(dataset: Dataset, selection: Selection) -> Exhibit:
    text = selection.text
    later = len(dataset.dates) > 1
    key = ("first_date" if later else "only_date") if selection.as_of else "no_date"
    return exhibit(
        dataset,
        selection,
        "changes.by_post",
        headline=text(f"changes.{key}", date=text.date(selection.as_of)),
        sentences=[text("changes.choose_later" if later else "changes.add_a_date")],
    )


def _headline(dataset: Dataset, selection: Selection, rows: pd.DataFrame) -> str:
    text = selection.text
    changed = measures.changes.held_posts(dataset, selection, "member")
    if changed is None:
        return wording.dated(selection, "changes.by_post.empty", place=selection.place(dataset))
    sums = rows.sum(numeric_only=True)
    then, now = (
        wording.count_says(Count(int(sums[f"member{date}"]), int(sums[f"filled{date}"])), text)
        for date in ("_before", "")
    )
    said = _clauses("member", changed, text)
    return wording.dated(selection, "changes.by_post.headline", said=said, then=then, now=now)


def _clauses(kind: str, found: measures.changes.Changes, text: Text) -> str:
    """ "thêm 3 vị trí do đảng viên giữ; bớt 1"."""
    change = Change(kind, Named(found.gained, ()), Named(found.lost, ()))
    return "; ".join(takeaways.clauses(text, change))


def _most_changed(rows: pd.DataFrame, text: Text) -> str:
    """The posts whose number of member holders changed most, up or down."""
    changed = [
        (text(f"code.position_inside.{row['position']}"), row["member_before"], row["member"])
        for row in rows.to_dict("records")
    ]
    most = max(abs(now - before) for _, before, now in changed)
    if not most:
        return ""
    group = [one for one in changed if abs(one[2] - one[1]) == most]
    named = text.series([takeaways.moved(text, *one) for one in group])
    many = text("changes.by_post.each", posts=text("changes.posts", n=len(group)), n=most)
    sentences = [text("changes.by_post.most", names=names) for names in (named, many)]
    return takeaways.shortest(sentences[len(group) > takeaways.TIED :])


def _vacant(dataset: Dataset, selection: Selection) -> list[str]:
    """The posts that came to be vacant, or no longer are, by name; nothing where none did."""
    found = measures.changes.held_posts(dataset, selection, "vacant")
    if found is None or not found.gained + found.lost:
        return []
    return takeaways.by_village(dataset, selection, "vacant", found, posts=True)


def _plot(names: list[str], sides: list[Sides], text: Text) -> charts.Plot:
    """One row per post or pair of posts."""
    frame = pd.DataFrame(
        {
            "row": range(len(sides)),
            "name": names,
            "says": [wording.from_to(side, text) for side in sides],
            "before": wording.drawn(sides, "before"),
            "now": wording.drawn(sides, "now"),
            "full": 1,
        }
    )
    return charts.Plot(charts.changes.shares, frame, text)


def _posts_table(selection: Selection, rows: pd.DataFrame) -> Table:
    """Counts only; none of a post that tells at no village."""
    text = selection.text
    told = rows["told"] > 0
    columns: dict[str, list[object]] = {
        text("column_short.position"): [text(f"code.position.{position}") for position in rows["position"]]
    }
    for state in ("member", "filled", "vacant"):
        for date, suffix in ((selection.since, "_before"), (selection.as_of, "")):
            heading = text(f"changes.column.{state}", date=text.date(date))
            columns[heading] = [
                int(n) if known else None for n, known in zip(rows[f"{state}{suffix}"], told, strict=True)
            ]
    columns[text("changes.column.silent")] = [int(n) for n in rows["silent"]]
    return Table(pd.DataFrame(columns, dtype=object))


def _pairs_table(selection: Selection, names: list[str], rows: list[dict[str, int]]) -> Table:
    text = selection.text
    columns = {
        text("column_short.combination"): names,
        **{
            text("changes.column.villages", date=text.date(date)): [
                row[column] if row["told"] else None for row in rows
            ]
            for date, column in ((selection.since, "before"), (selection.as_of, "now"))
        },
        text("changes.column.told"): [row["told"] for row in rows],
        text("changes.column.silent"): [row["silent"] for row in rows],
    }
    return Table(pd.DataFrame(columns, dtype=object))
