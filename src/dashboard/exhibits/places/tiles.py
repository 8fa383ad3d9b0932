"""The figures on top of the page of one commune or of one village."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from dashboard import measures, schema
from dashboard.charts.model import Tile, Tiles
from dashboard.dataset import Dataset, Selection, remembered
from dashboard.exhibits import peers, structure, tiles
from dashboard.exhibits.goals import wording
from dashboard.exhibits.overlap.wording import post_state
from dashboard.exhibits.takeaways import Standing
from dashboard.text import Text

Record = dict[str, Any]


@remembered(size=256)
def of_commune(dataset: Dataset, selection: Selection) -> Tiles | None:
    """Members, admissions, organisations, goals met, secretary = village head of the one commune that is
    chosen, with its place among the others; None unless one is."""
    commune = selection.only
    if commune is None:
        return None
    every = peers.everything(dataset, selection)

    def ranked(tile: Tile, way: str, standings: Callable[[Dataset, Selection], list[Standing]]) -> Tile:
        # Who may not see the others is told no place among them.
        place = (
            ""
            if dataset.scope is not None
            else _place(standings(dataset, every), commune, way, selection.text)
        )
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


def _place(standings: Sequence[Standing], commune: str, way: str, text: Text) -> str:
    """ "cao thứ 3/10", "cao thứ 3/8 nơi đủ số liệu (đồng hạng)": only those that report all are ranked; ""
    where the commune is none of them, or nothing tells them apart."""
    known = [one for one in standings if one.complete]
    own = next((one for one in known if one.name == commune), None)
    if own is None or len({one.value for one in known}) < 2:
        return ""
    first = 1 + sum(one.value > own.value for one in known)
    alike = sum(one.value == own.value for one in known) > 1
    key = "place" if len(known) == len(standings) else "known"
    place = text(f"commune.rank.{key}", first=first, all=len(known))
    place = text("commune.rank.tied", place=place) if alike else place
    return text(f"commune.rank.{way}", place=place)


@remembered(size=32)
def _by_members(dataset: Dataset, every: Selection) -> list[Standing]:
    rows = wording.records(measures.structure.by_commune(dataset, every))
    return [
        Standing(row["area"], members or 0, complete=members is not None and not row["members_missing"])
        for row, members in zip(rows, [structure.or_none(row["members"]) for row in rows], strict=True)
        if row["area"] != schema.OUTSIDE
    ]


@remembered(size=32)
def _by_missing(dataset: Dataset, every: Selection) -> list[Standing]:
    """What each commune lacks in all goals on posts that have a target: the fewest first."""
    lacks: dict[str, list[int | None]] = {}
    states = wording.records(measures.goals.progress(dataset, every))
    for goal in states:
        if goal["target"] is None or goal["unit"] != "posts" or not goal["percent"]:
            continue
        for row in wording.records(measures.goals.by_commune(dataset, every, goal["goal_id"])):
            needed = 0 if row["status"] == "met" else row["needed"]
            lacks.setdefault(row["area"], []).append(needed if row["complete"] else None)
    return [
        Standing(area, -sum(one or 0 for one in each), complete=None not in each)
        for area, each in lacks.items()
    ]


@remembered(size=32)
def _by_overlap(dataset: Dataset, every: Selection) -> list[Standing]:
    rows = wording.records(measures.overlap.by_commune(dataset, every))
    return [
        Standing(row["area"], row[tiles.HEAD], row["villages"], complete=not row["silent"])
        for row in rows
        if row["villages"]
    ]


@remembered(size=256)
def of_village(dataset: Dataset, selection: Selection, village_id: str) -> Tiles:
    """Households, population, members of its own cells, and its posts that members hold."""
    text = selection.text
    village = measures.places.village(dataset, selection, village_id)
    cells = wording.records(measures.places.cells(dataset, selection, village))
    dated = measures.places.posts_over_time(dataset, selection, village)
    held: Record = wording.records(dated)[-1] if len(dated) else dict.fromkeys(schema.POSITIONS, 0)
    states = [post_state(held, position) for position in schema.POSITIONS]
    filled = states.count("member") + states.count("not_member")
    lacking = [
        text(f"goals.brief.{name}", n=states.count(state))
        for name, state in (("vacant", "vacant"), ("unreported", "not_reported"))
        if states.count(state)
    ]
    return Tiles(
        (
            Tile(text("count.households"), text.number(village.households)),
            Tile(text("count.population"), text.number(village.population)),
            *(
                Tile(
                    text("village.portrait.cell_members"),
                    text.number(structure.or_none(cell["total_members"])),
                    (cell["name"],),
                )
                for cell in cells
            ),
            Tile(
                text("chart.posts_held"),
                f"{states.count('member')}/{filled}" if filled else "–",
                tuple(lacking),
                "none" if filled else "no_data",
            ),
        )
    )
