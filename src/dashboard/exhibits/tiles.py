"""The figures on top of a page: each with its trend, what changed, and what it leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dashboard import measures, schema
from dashboard.charts.model import Status, Tile, Tiles, Trend
from dashboard.dataset import Dataset, Selection, memoize
from dashboard.exhibits import deadlines, empty, peers, published, reported
from dashboard.exhibits.goals import dates, wording
from dashboard.exhibits.rows import Record, records
from dashboard.exhibits.structure.wording import at_least, persons
from dashboard.measures.changes import Changes
from dashboard.measures.families import Count
from dashboard.measures.goals import WHOLE_ONLY
from dashboard.text import Text

HEAD, _FRONT = "secretary+village_head", "secretary+front_head"
# More goals than these are a chart, not tiles; more are not named in one.
_MOST_GOALS, _MOST_NAMED = 6, 2


@memoize(size=256)
def overview(dataset: Dataset, selection: Selection) -> Tiles:
    """Members, admissions, grassroots organisations, goals met, secretary = village head."""
    tiles = [stock(dataset, selection, "members"), stock(dataset, selection, "admitted")]
    tiles.append(grassroots(dataset, selection))
    if not empty.outside_only(selection):
        tiles += [*goals_met(dataset, selection), pair_of_posts(dataset, selection, HEAD)]
    return Tiles(tuple(tiles))


@memoize(size=256)
def structure_counts(dataset: Dataset, selection: Selection) -> Tiles:
    """Grassroots organisations, subordinate cells, members, admissions."""
    return Tiles(
        (
            grassroots(dataset, selection, with_subcells=False),
            _counted(dataset, selection, "subcells", selection.text("chart.not_grassroots")),
            stock(dataset, selection, "members"),
            stock(dataset, selection, "admitted"),
        )
    )


@memoize(size=256)
def targets(dataset: Dataset, selection: Selection) -> Tiles | None:
    """One tile per goal with a target, beside it the figure of the whole, and how many more goals there are;
    None where there is none."""
    rows = [row for row in records(wording.stated(dataset, selection)) if row["target"] is not None]
    if not rows:
        return None
    names = wording.short_names(dataset, selection.text)
    tiles = [_goal(dataset, selection, row, names[row["goal_id"]]) for row in rows[:_MOST_GOALS]]
    text, more = selection.text, len(rows) - len(tiles)
    if more:
        tiles.append(Tile(text("chart.more_goals"), text.number(more), (text("chart.more_goals_where"),)))
    return Tiles(tuple(tiles))


@memoize(size=256)
def overlap(dataset: Dataset, selection: Selection) -> Tiles | None:
    """The pairs of the policy, all three posts in one hand, no overlap; None where no village is chosen."""
    text = selection.text
    counts = measures.overlap.counts(dataset, selection)
    if not counts["villages"]:
        return None
    ready = int(measures.overlap.merge_states(dataset, selection)["ready"].sum())
    return Tiles(
        (
            pair_of_posts(dataset, selection, HEAD, text.some("chart.ready_now", ready)),
            pair_of_posts(dataset, selection, _FRONT),
            *(
                Tile(
                    text(f"chart.{name}"),
                    _known(n, unreported, counts["villages"], text),
                    (text("goals.unreported.villages", n=unreported),) if unreported else (),
                )
                for name, n, unreported in (
                    ("all_three", counts["all_three"], counts["all_three:unreported"]),
                    ("no_overlap", counts["none:reported"], counts["unreported"]),
                )
            ),
        )
    )


def _known(n: int, unreported: int, villages: int, text: Text) -> str:
    """A count of villages, of all; "–" where it is known of none."""
    return text.fraction(n, villages) if unreported < villages else "–"


def _way(change: int | None) -> Status:
    """Which sign a change has; none for no change, or an unknown one."""
    return "none" if not change else "rising" if change > 0 else "falling"


def stock(dataset: Dataset, selection: Selection, name: str, since: str | None = None) -> Tile:
    """Members or admissions: the sum, its change where both dates are complete, the dates that are."""
    text = selection.text
    before = since or dataset.date_before(selection.as_of)
    both = measures.structure.since(dataset, selection, name, before)
    change = None if both is None else both[1] - both[0]
    moved = ""
    if before and change is not None:
        moved = text("chart.since", change=text.change(change), date=text.date(before))
        moved = published.beside(dataset, selection, moved)
    tile = _counted(dataset, selection, name, moved)
    counts = measures.structure.over_time(dataset, selection, name)
    if before and not moved and counts[selection.as_of].known:
        lost = text("chart.not_comparable", date=text.date(before))
        tile = replace(tile, notes=(*tile.notes, lost))
    # At each date that all report.
    values = tuple(None if count.stated is None else float(count.stated) for count in counts.values())
    several = sum(value is not None for value in values) > 1
    return replace(tile, status=_way(change), trend=Trend(values) if several else None)


def _counted(dataset: Dataset, selection: Selection, name: str, *notes: str) -> Tile:
    """A count of the structure, and what it leaves out behind its notes."""
    text, count = selection.text, measures.structure.count(dataset, selection, name)
    return Tile(
        published.marked(dataset, selection, f"count:{name}", text(f"count.{name}")),
        persons(count.value, count.complete, text),
        tuple(filter(None, (*notes, reported.left_out(count, name, text)))),
    )


def grassroots(dataset: Dataset, selection: Selection, *, with_subcells: bool = True) -> Tile:
    """Grassroots organisations, of them committees and cells; with the cells under the committees."""
    text = selection.text
    counts = measures.structure.counts(dataset, selection)
    notes = []
    if counts["grassroots"] is not None:
        notes.append(
            text(
                "chart.grassroots",
                committees=text("structure.committees_count", n=counts["committees"]),
                cells=text("structure.cells_count", n=counts["cells"]),
            )
        )
        if with_subcells:
            notes.append(text("chart.subcells", n=counts["subcells"]))
    notes = [at_least(dataset, selection, note) for note in notes]
    return _counted(dataset, selection, "grassroots", *notes)


def goals_met(dataset: Dataset, selection: Selection) -> Iterator[Tile]:
    """How many targets are met, how many posts the others lack, how many have no data; nothing where all have
    none."""
    text = selection.text
    targets = [
        row for row in records(measures.goals.progress(dataset, selection)) if row["target"] is not None
    ]
    rows = [row for row in targets if row["status"] in ("met", "not_met")]
    if not rows:
        return
    without = sum(row["status"] == "no_data" for row in targets)
    missed = [row for row in rows if row["status"] == "not_met"]
    notes = [] if missed else [text("goals.status.met")]
    # What cannot be reached is missing whatever is added.
    reachable = all(row["unit"] == "posts" and row["needed"] is not None for row in missed)
    if reachable and wording.summable(dataset.goal[row["goal_id"]] for row in missed):
        notes.append(text("chart.still_missing", n=sum(row["needed"] for row in missed)))
    if not all(row["certain"] for row in rows):
        notes.append(text("chart.may_change"))
    notes.append(text.some("chart.goals_no_data", without))
    if passed := deadlines.passed(dataset, selection, (dataset.goal[row["goal_id"]] for row in rows)):
        notes.append(passed)
    ratio = f"{len(rows) - len(missed)}/{len(rows)}"
    yield Tile(text("chart.goals_met"), ratio, tuple(filter(None, notes)), "not_met" if missed else "met")


def pair_of_posts(dataset: Dataset, selection: Selection, pair: str, others: str = "") -> Tile:
    """Villages where one person holds both posts, of all villages; what is said of the `others`."""
    text = selection.text
    counts = measures.overlap.counts(dataset, selection)
    name = wording.pair_name(pair.split("+"), text)
    villages, unreported = counts["villages"], counts[f"{pair}:unreported"]
    if not villages or unreported == villages:
        return Tile(name, "–", (text("common.no_data"),), "no_data")
    first, notes = text.share(counts[pair], villages), [others]
    status: Status = "none"
    before = dataset.date_before(selection.as_of)
    changes = measures.changes.villages(dataset, selection, pair)
    if before is not None and changes is not None and not selection.since:
        change = changes.gained - changes.lost
        status = _way(change)
        since = text("chart.since", change=text.change(change), date=text.date(before))
        first += " · " + published.beside(dataset, selection, since)
        notes.append(text.some("chart.over_both", changes.unknown))
    if not selection.everything and dataset.scope is None:
        whole = measures.overlap.counts(dataset, peers.everything(dataset, selection))
        of_whole = Count(whole[pair], whole["villages"], unreported=whole[f"{pair}:unreported"])
        notes.append(text("chart.of_whole", ratio=reported.fraction(of_whole, text)))
    notes.append(text.some("goals.unreported.villages", unreported))
    name = published.marked(dataset, selection, f"overlap_share:{pair}", name)
    return Tile(name, text.fraction(counts[pair], villages), (first, *filter(None, notes)), status)


def _goal(dataset: Dataset, selection: Selection, row: Record, name: str) -> Tile:
    """A goal, beside it the figure of the whole."""
    text = selection.text
    label = wording.label(row, text)
    notes = [
        " · ".join(filter(None, (label.count if label.share else "", label.status_label))),
        ", ".join(filter(None, (label.vacant, label.unreported))),
    ]
    if not selection.everything and dataset.scope is None:
        whole = wording.state_of(dataset, peers.everything(dataset, selection), row["goal_id"])
        if wording.known(whole):
            of_whole = " · ".join(filter(None, (_figure(whole, text), wording.label(whole, text).unreported)))
            notes.append(text("chart.of_whole", ratio=of_whole))
    trend = dates.trend(dataset, selection, row["goal_id"])
    return Tile(name, _figure(row, text), tuple(filter(None, notes)), label.status, trend)


def _figure(row: Record, text: Text) -> str:
    """A share, or the count where there is none: "at least" so many where not all is reported."""
    label = wording.label(row, text)
    if label.share or not wording.known(row):
        return label.share or label.count
    return persons(row["numerator"], row["complete"], text)


@memoize(size=256)
def changes(dataset: Dataset, selection: Selection) -> Tiles | None:
    """What was gained and lost since the earlier date: posts, overlap, members, goals; None without one."""
    since = selection.compared_with(dataset)
    if since is None:
        return None
    members = _members_gained(dataset, selection, since)
    if empty.outside_only(selection):
        return Tiles((members,))
    text = selection.text
    every = schema.Measure("member_share", dataset.position_ids)
    posts, _ = measures.comparison.measured(dataset, selection, every, since, selection.as_of)
    held = measures.changes.held_posts(dataset, selection, "member")
    joined = [
        _any_overlap(measures.overlap.counts(dataset, selection, date)) for date in (since, selection.as_of)
    ]
    overlaps = measures.changes.villages(dataset, selection, "any")
    both = measures.two_dates.villages(dataset, selection)
    apart = text.some("chart.apart", 0 if both is None else len(both.came) + len(both.went))
    return Tiles(
        (
            _gained_lost("posts_held", held, (posts.before, posts.now), apart, text),
            _gained_lost("any_overlap", overlaps, joined, apart, text),
            members,
            *_goals_gained(dataset, selection, since),
        )
    )


def _any_overlap(counts: dict[str, int]) -> Count:
    """Villages with overlap, of all; nothing to count where it is known of none."""
    villages, unreported = counts["villages"], counts["unreported"]
    return Count(counts["any"], villages if unreported < villages else 0, unreported=unreported)


def _gained_lost(name: str, changes: Changes | None, counts: Sequence[Count], apart: str, text: Text) -> Tile:
    """What came and what went over what both dates report, the `counts` of each date (the earlier first), and
    how many are not compared."""
    then, now = (reported.fraction(count, text) for count in counts)
    told = any(count.known or count.unreported for count in counts)
    than = text("chart.than", now=now, then=then) if told else ""
    if changes is None:
        lines = filter(None, (than, text("changes.not_comparable"), apart))
        return Tile(text(f"chart.{name}"), "–", tuple(lines), "no_data")
    value = text("chart.gained_lost", gained=changes.gained, lost=changes.lost)
    lines = filter(None, (than, text.some("chart.over_both", changes.unknown), apart))
    return Tile(text(f"chart.{name}"), value, tuple(lines), _way(changes.gained - changes.lost))


def _members_gained(dataset: Dataset, selection: Selection, since: str) -> Tile:
    """By how many members there are more, where both dates are complete; what is known of each date."""
    tile = stock(dataset, selection, "members", since)
    text = selection.text
    counts = [
        measures.structure.count(dataset, selection, "members", date) for date in (selection.as_of, since)
    ]
    now, then = (reported.count_label(count, "members", text, short=True) for count in counts)
    both = measures.structure.since(dataset, selection, "members", since)
    notes = [text("chart.than", now=now, then=then)]
    if both is None:
        notes.append(text("chart.not_comparable", date=text.date(since)))
    value = "–" if both is None else text.change(both[1] - both[0])
    name = published.beside(dataset, selection, text("count.members"))
    return replace(tile, name=name, value=value, notes=tuple(notes))


def _goals_gained(dataset: Dataset, selection: Selection, since: str) -> Iterator[Tile]:
    """The goals with a target newly met and no longer, of those of which both dates are sure."""
    text = selection.text
    names = wording.short_names(dataset, text)
    gained, lost, unknown, judged = [], 0, 0, 0
    for goal in records(wording.stated(dataset, selection)):
        if goal["target"] is None or goal["status"] == WHOLE_ONLY:
            continue
        judged += 1
        comparison, _ = measures.comparison.goal_comparison(dataset, selection, goal["goal_id"])
        counts = (comparison.now, comparison.before)
        now, then = (measures.goals.met(count, dataset.goal[goal["goal_id"]]) for count in counts)
        if then is None or now is None:
            unknown += 1
        elif now and not then:
            after, before = (reported.count_label(count, goal["unit"], text, short=True) for count in counts)
            gained.append(f"{names[goal['goal_id']]}: {text('chart.than', now=after, then=before)}")
        elif then and not now:
            lost += 1
    if not judged:
        return
    notes = filter(None, (*gained[:_MOST_NAMED], text.some("chart.goals_unsure", unknown)))
    value = text("chart.gained_lost", gained=len(gained), lost=lost) if unknown < judged else "–"
    yield Tile(text("chart.more_met"), value, tuple(notes), _way(len(gained) - lost))
