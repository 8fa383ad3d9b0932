"""The figures on top of the page of one commune or of one village."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from dashboard import measures, schema
from dashboard.charts.model import Tile, Tiles
from dashboard.dataset import Dataset, Selection, memoize
from dashboard.exhibits import peers, tiles
from dashboard.exhibits.goals import wording
from dashboard.exhibits.overlap.posts import post_state
from dashboard.exhibits.rows import Record, or_none, records
from dashboard.exhibits.takeaways import Standing, standings
from dashboard.measures.places import Village
from dashboard.text import Text


@memoize(size=256)
def of_commune(dataset: Dataset, selection: Selection) -> Tiles | None:
    """The figures of the one commune that is chosen, with its place among the others; None unless one is."""
    commune = selection.only
    if commune is None:
        return None
    every = peers.everything(dataset, selection)

    def ranked(tile: Tile, way: str, ranking: Callable[[Dataset, Selection], list[Standing]]) -> Tile:
        # A reader who may not see the others sees no place among them.
        if dataset.scope is not None:
            return tile
        place = _place(ranking(dataset, every), commune, way, selection.text)
        return replace(tile, notes=(*tile.notes, place)) if place else tile

    return Tiles(
        (
            ranked(tiles.stock(dataset, selection, "members"), "high", _by_members),
            tiles.stock(dataset, selection, "admitted"),
            tiles.grassroots(dataset, selection),
            *(ranked(tile, "few", _by_missing) for tile in tiles.goals_met(dataset, selection)),
            ranked(tiles.pair_of_posts(dataset, selection, tiles.HEAD), "high", _by_overlap),
        )
    )


def _place(ranking: Sequence[Standing], commune: str, way: str, text: Text) -> str:
    """ "cao thứ 3/8 nơi đủ số liệu (đồng hạng)"; "" where it does not report all, or all are alike."""
    known = [standing for standing in ranking if standing.complete]
    own = next((standing for standing in known if standing.name == commune), None)
    if own is None or len({standing.value for standing in known}) < 2:
        return ""
    first = 1 + sum(standing.value > own.value for standing in known)
    alike = sum(standing.value == own.value for standing in known) > 1
    key = "place" if len(known) == len(ranking) else "known"
    place = text(f"commune.rank.{key}", first=first, all=len(known))
    place = text("commune.rank.tied", place=place) if alike else place
    return text(f"commune.rank.{way}", place=place)


@memoize(size=32)
def _by_members(dataset: Dataset, every: Selection) -> list[Standing]:
    rows = measures.structure.by_commune(dataset, every).rename(columns={"area": "name"})
    rows = rows[rows["name"] != schema.OUTSIDE]
    return standings(rows, "members", complete=rows["members_missing"] == 0)


@memoize(size=32)
def _by_missing(dataset: Dataset, every: Selection) -> list[Standing]:
    """What each commune lacks in all goals that it is judged by, the fewest first; none where that may not be
    added up."""
    goals = measures.goals.progress(dataset, every)
    goals = goals[goals["target"].notna() & goals["percent"].astype(bool)]
    if not wording.summable(dataset.goal[goal_id] for goal_id in goals["goal_id"]):
        return []
    lacks: dict[str, list[int | None]] = {}
    for goal_id in goals["goal_id"]:
        for row in records(measures.goals.by_commune(dataset, every, goal_id)):
            needed = 0 if row["status"] == "met" else row["needed"]
            lacks.setdefault(row["area"], []).append(needed if row["complete"] else None)
    return [
        Standing(area, -sum(n or 0 for n in needs), complete=None not in needs)
        for area, needs in lacks.items()
    ]


@memoize(size=32)
def _by_overlap(dataset: Dataset, every: Selection) -> list[Standing]:
    rows = measures.overlap.by_commune(dataset, every).rename(columns={"area": "name"})
    rows = rows[rows["villages"] > 0]
    return standings(rows, tiles.HEAD, "villages", complete=rows["reported"] == rows["villages"])


@memoize(size=256)
def of_village(dataset: Dataset, selection: Selection, village_id: str) -> Tiles:
    """Households, population, members of its own cells, and its posts that members hold."""
    text = selection.text
    village = measures.places.village(dataset, selection, village_id)
    _, states, filled = held_posts(dataset, selection, village)
    lacking = (
        text.some("goals.brief.vacant", states.count("vacant")),
        text.some("goals.brief.unreported", states.count("not_reported")),
    )
    members = text("village.portrait.cell_members")
    cells = records(measures.places.cells(dataset, selection, village))
    return Tiles(
        (
            Tile(text("count.households"), text.number(village.households)),
            Tile(text("count.population"), text.number(village.population)),
            *(Tile(members, text.number(or_none(cell["total_members"])), (cell["name"],)) for cell in cells),
            Tile(
                text("chart.posts_held"),
                f"{states.count('member')}/{filled}" if filled else "–",
                tuple(filter(None, lacking)),
                "none" if filled else "no_data",
            ),
        )
    )


def held_posts(dataset: Dataset, selection: Selection, village: Village) -> tuple[Record, list[str], int]:
    """The posts of a village at the date (a row of `measures.places.posts_over_time`), the state of each, and
    how many have a holder."""
    rows = records(measures.places.posts_over_time(dataset, selection, village))
    posts = [name for position in dataset.position_ids for name in (position, f"{position}:member")]
    held: Record = rows[-1] if rows else dict.fromkeys(posts, 0)
    states = [post_state(held, position) for position in dataset.position_ids]
    return held, states, states.count("member") + states.count("not_member")
