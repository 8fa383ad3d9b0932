"""The figures on top of the page of changes: what was gained and lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dashboard import measures, schema
from dashboard.charts.model import Tile, Tiles
from dashboard.dataset import Dataset, Selection, remembered
from dashboard.exhibits import empty, goals, reported, structure
from dashboard.exhibits.goals import wording
from dashboard.exhibits.tiles import known, stock, way
from dashboard.measures.goals import WHOLE_ONLY, Count
from dashboard.text import Text

# More goals than these are not named in a tile.
_MOST_NAMED = 2


@remembered(size=256)
def tiles(dataset: Dataset, selection: Selection) -> Tiles | None:
    """What was gained and lost since the earlier date: posts, overlap, members, goals; None without one."""
    since = selection.compared_with(dataset)
    if since is None:
        return None
    members = _members_gained(dataset, selection, since)
    if empty.outside_only(selection):
        return Tiles((members,))
    text = selection.text
    posts, _ = measures.changes.measured(
        dataset, selection, schema.Measure("member_share", schema.POSITIONS), since, selection.as_of
    )
    now, then = (_ratio(count, text) for count in (posts.now, posts.before))
    notes = [text("chart.than", now=now, then=then)]
    notes += [text("goals.unreported.posts", n=posts.now.unreported)] if posts.now.unreported else []
    held = measures.changes.held_posts(dataset, selection, "member")
    joined = [measures.overlap.counts(dataset, selection, date) for date in (selection.as_of, since)]
    now, then = (known(count["any"], f"/{text.number(count['villages'])}", count, text) for count in joined)
    overlaps = measures.changes.villages(dataset, selection, "any")
    found = [
        _gained_lost("posts_held", held, notes, text),
        _gained_lost("any_overlap", overlaps, [text("chart.than", now=now, then=then)], text),
        members,
    ]
    return Tiles((*found, *_goals_gained(dataset, selection, since)))


def _ratio(count: Count, text: Text) -> str:
    """ "335/413" """
    if not count.known:
        return "–"
    return f"{text.number(count.numerator)}/{text.number(count.denominator)}"


def _gained_lost(name: str, found: measures.changes.Changes | None, notes: Sequence[str], text: Text) -> Tile:
    """What came and what went over what both dates report, and how many do not."""
    if found is None:
        return Tile(text(f"chart.{name}"), "–", (text("changes.not_comparable"),), "no_data")
    silent = [text("chart.over_both", n=found.unknown)] if found.unknown else []
    return Tile(
        text(f"chart.{name}"),
        text("chart.gained_lost", gained=found.gained, lost=found.lost),
        (*notes, *silent),
        way(found.gained - found.lost),
    )


def _members_gained(dataset: Dataset, selection: Selection, since: str) -> Tile:
    """By how many members there are more, where both dates are complete; what is known of each date."""
    tile = stock(dataset, selection, "members", since)
    text = selection.text
    counts = [structure.total(dataset, selection, "members", date) for date in (selection.as_of, since)]
    now, then = (reported.count_says(count, "members", text, short=True) for count in counts)
    complete = all(count.known and count.complete for count in counts)
    notes = [text("chart.than", now=now, then=then)]
    if not complete:
        notes.append(text("chart.not_comparable", date=text.date(since)))
    value = text.change(counts[0].numerator - counts[1].numerator) if complete else "–"
    return replace(tile, value=value, notes=tuple(notes))


def _goals_gained(dataset: Dataset, selection: Selection, since: str) -> Iterator[Tile]:
    """The goals with a target that are newly met and those no longer, of those of which both dates are sure;
    none where no goal has a target."""
    text = selection.text
    names = wording.short_names(dataset, text)
    gained, lost, unknown, judged = [], 0, 0, 0
    for goal in wording.records(goals.stated(dataset, selection)):
        if goal["target"] is None or goal["status"] == WHOLE_ONLY:
            continue
        judged += 1
        sides, _ = measures.changes.goal_sides(dataset, selection, goal["goal_id"])
        then, now = (_met(dataset, goal, count) for count in (sides.before, sides.now))
        if then is None or now is None:
            unknown += 1
        elif now and not then:
            counts = (sides.now, sides.before)
            said = [reported.count_says(count, goal["unit"], text, short=True) for count in counts]
            gained.append(f"{names[goal['goal_id']]}: {text('chart.than', now=said[0], then=said[1])}")
        elif then and not now:
            lost += 1
    if not judged:
        return
    notes = [*gained[:_MOST_NAMED], *([text("chart.goals_unsure", n=unknown)] if unknown else [])]
    value = text("chart.gained_lost", gained=len(gained), lost=lost) if unknown < judged else "–"
    yield Tile(text("chart.more_met"), value, tuple(notes), way(len(gained) - lost))


def _met(dataset: Dataset, goal: wording.Record, count: Count) -> bool | None:
    """Whether a goal was met; None where that is not known, or what is not reported could change it."""
    measure = dataset.goal[goal["goal_id"]].measure
    if not count.known or not measures.goals.certain(count, measure, goal["operator"], goal["target"]):
        return None
    return measures.goals.status(count, goal["operator"], goal["target"]) == "met"
