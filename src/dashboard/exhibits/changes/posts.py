"""Posts and pairs of posts at two dates."""

from __future__ import annotations

from dashboard import measures, schema
from dashboard.dataset import Dataset, Selection
from dashboard.exhibits import reported, takeaways
from dashboard.exhibits.changes import two_dates
from dashboard.exhibits.goals.wording import no_overlap_target
from dashboard.exhibits.model import Content, Table, exhibit
from dashboard.measures.comparison import Comparison
from dashboard.text import Text


@exhibit("changes.by_post")
def by_post(dataset: Dataset, selection: Selection) -> Content:
    """Per post how many members hold it at both dates; where there is no earlier date, what to do."""
    if not selection.since:
        return _nothing_before(dataset, selection)
    text = selection.text
    comparisons = measures.comparison.by_posts(dataset, selection, "member_share")
    posts = measures.changes.held_posts(dataset, selection, "member")
    changes = measures.changes.held_posts(dataset, selection, "vacant")
    vacant = takeaways.by_village(dataset, selection, "vacant", changes, posts=True)
    return Content(
        headline=two_dates.dated(selection, "changes.by_post.empty")
        if posts is None
        else two_dates.finding(two_dates.clauses("member", posts, text)),
        takeaways=[
            _together(dataset, selection),
            # More sentences than three are not read: posts that became vacant come first.
            _most_changed(comparisons, text) if len(vacant) < 2 else "",
            *vacant,
        ],
        chart=two_dates.of_posts(dataset, selection, "member_share", comparisons),
        table=_posts_table(dataset, selection, comparisons),
        notes=[
            text.some(
                "changes.unreported_posts", sum(comparison.unreported for comparison in comparisons.values())
            ),
            *two_dates.notes(dataset, selection),
            text("changes.by_post.note"),
        ],
        period=two_dates.marked(selection),
    )


@exhibit("changes.overlap")
def overlap(dataset: Dataset, selection: Selection) -> Content | None:
    """Per pair of posts the villages where one person holds both, at both dates."""
    if not selection.since:
        return None
    text = selection.text
    pairs = measures.comparison.by_posts(dataset, selection, "overlap_share")
    changes = measures.changes.villages(dataset, selection, "any")
    return Content(
        headline=text("changes.overlap.empty")
        if changes is None
        else two_dates.finding(two_dates.clauses("overlap", changes, text)),
        takeaways=takeaways.by_village(dataset, selection, "overlap", changes),
        chart=two_dates.of_posts(dataset, selection, "overlap_share", pairs),
        table=_pairs_table(selection, pairs),
        notes=[
            text.some(
                "changes.unreported_pairs",
                max((comparison.unreported for comparison in pairs.values()), default=0),
            ),
            *two_dates.notes(dataset, selection),
            text("changes.overlap.note"),
            no_overlap_target(dataset, text),
        ],
        period=two_dates.marked(selection),
    )


def _nothing_before(dataset: Dataset, selection: Selection) -> Content:
    text = selection.text
    later = len(dataset.dates) > 1
    key = ("first_date" if later else "only_date") if selection.as_of else "no_date"
    return Content(
        headline=text(f"changes.{key}", date=text.date(selection.as_of)),
        sentences=[text("changes.choose_later" if later else "changes.add_a_date")],
    )


def _together(dataset: Dataset, selection: Selection) -> str:
    """All posts at both dates, each as it is; "" where nothing is reported."""
    text = selection.text
    measure = schema.Measure("member_share", dataset.position_ids)
    total, _ = measures.comparison.measured(dataset, selection, measure, selection.since, selection.as_of)
    if not total.comparable:
        return ""
    then, now = (reported.count_label(count, "posts", text) for count in (total.before, total.now))
    return two_dates.dated(selection, "changes.by_post.together", then=then, now=now)


def _most_changed(comparisons: dict[str, Comparison], text: Text) -> str:
    """The posts whose number of member holders changed most; "" where one cannot be compared throughout."""
    most = max(abs(comparison.gained) for comparison in comparisons.values())
    if not most or any(comparison.unknown for comparison in comparisons.values()):
        return ""
    group = {
        position: comparison for position, comparison in comparisons.items() if abs(comparison.gained) == most
    }
    by_name = {text(f"code.position_inside.{position}"): comparison for position, comparison in group.items()}
    moves = [
        takeaways.moved(text, name, comparison.before.numerator, comparison.now.numerator)
        for name, comparison in by_name.items()
    ]
    many = text("changes.by_post.each", posts=text("changes.posts", n=len(group)), n=most)
    sentences = [text("changes.by_post.most", names=names) for names in (text.series(moves), many)]
    return takeaways.shortest(sentences[len(group) > takeaways.TIED :])


def _posts_table(dataset: Dataset, selection: Selection, comparisons: dict[str, Comparison]) -> Table:
    """The posts of each date as they are, what changed over those that both report, and how many do not."""
    text = selection.text
    columns: dict[str, list[object]] = {
        text("column_short.position"): [text(f"code.position.{position}") for position in comparisons]
    }
    dates = (selection.since, selection.as_of)
    states = [measures.overlap.post_states(dataset, selection, date).set_index("position") for date in dates]
    for state in ("member", "filled", "vacant"):
        for date, rows in zip(dates, states, strict=True):
            columns[text(f"changes.column.{state}", date=text.date(date))] = [
                int(rows.at[position, state]) for position in comparisons
            ]
    return Table.of({**columns, **two_dates.compared_columns(comparisons.values(), text)})


def _pairs_table(selection: Selection, pairs: dict[str, Comparison]) -> Table:
    text, both = selection.text, pairs.values()
    then, now = (
        text("changes.column.villages", date=text.date(date)) for date in (selection.since, selection.as_of)
    )
    return Table.of(
        {
            text("column_short.combination"): [text(f"changes.pair.{pair}") for pair in pairs],
            then: [comparison.before.value for comparison in both],
            now: [comparison.now.value for comparison in both],
            text("changes.column.compared"): [comparison.compared for comparison in both],
            **two_dates.compared_columns(both, text),
        }
    )
