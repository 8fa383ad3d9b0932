"""The slow, obvious counting that the measures are compared with.

Written from the data contract alone: every figure by a loop over the rows of the files, every comparison
with whole fractions. It knows nothing of the package that it checks.
"""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from dataclasses import dataclass
from datetime import date as day_of
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

Row = dict[str, str]
Area = frozenset[str] | None  # ids of communes and "outside"; None = everything

COUNTS = {
    "grassroots": ("committee", "cell"),
    "committees": ("committee",),
    "cells": ("cell",),
    "subcells": ("subcell",),
    "members": (),
    "admitted": (),
    "villages": (),
    "households": (),
    "population": (),
}
STATED = ("members", "admitted", "households", "population")
THREE = ("secretary", "village_head", "front_head")
PAIRS = (THREE[:2], THREE[::2], THREE[1:])
_PERIOD = {"valid_from": "", "valid_to": "", "merged_into": ""}
TABLES = ("communes", "villages", "organizations", "officers", "goals", "published")


def figures(
    folder: Path, chosen: tuple[str, ...] = (), as_of: str = "", boundaries: str = "then"
) -> dict[str, Any]:
    """All that `python -m dashboard figures --json` prints, but the version."""
    tables = read(folder)
    about = tomllib.loads((folder / "dataset.toml").read_text("utf-8"))
    dates = sorted({row["as_of"] for row in tables["organizations"] + tables["officers"]})
    as_of = as_of or (dates[-1] if dates else "")
    count = Counting(tables, as_of, boundaries)
    known = [*count.listed(), "outside"]
    communes = [commune for commune in known if commune in chosen]
    if communes == known:
        communes = []
    area = frozenset(communes) or None
    shown_communes = [commune for commune in count.listed() if area is None or commune in area]
    before = max((date for date in dates if date < as_of), default=None)
    return {
        "as_of": as_of,
        "communes": communes,
        "boundaries": boundaries,
        "sample": about["sample"],
        "structure": {
            **{name: count.units(name, as_of, area) for name in COUNTS},
            "incomplete": {name: count.blanks(name, as_of, area) for name in STATED},
        },
        "overlap": count.overlap(as_of, area, shown_communes),
        "goals": [_goal(goal, count, area, shown_communes, before) for goal in tables["goals"]],
        "reconciliation": [
            _reconciled(figure, count, dates, about.get("assumed_as_of")) for figure in tables["published"]
        ],
    }


def read(folder: Path) -> dict[str, list[Row]]:
    """The rows of every table, as they are written; columns of periods, which may be left out, blank."""
    tables = {}
    for name in TABLES:
        with open(folder / f"{name}.csv", encoding="utf-8", newline="") as file:
            tables[name] = [_PERIOD | row for row in csv.DictReader(file)]
    return tables


def _goal(goal: Row, count: Counting, area: Area, communes: list[str], before: str | None) -> dict[str, Any]:
    target = Fraction(goal["target"]) if goal["target"] else None

    def judged(area: Area) -> dict[str, Any]:
        numerator, denominator = count.measure(goal["measure"], count.as_of, area)
        unreported = count.unreported(goal["measure"], count.as_of, area)
        row: dict[str, Any] = {"numerator": numerator, "denominator": denominator, "unreported": unreported}
        if goal["operator"] == "up":
            gained, compared, single = count.gained(goal["measure"], before, area)
            row["status"] = _trend(gained) if compared else "no_data"
            # What just one date reports may have gained or lost one each; figures any number.
            most = single * (10**6 if goal["measure"].startswith("count") else 1)
            ways = {_trend(gained + more) for more in (-most, *range(-single, single + 1), most)}
            return {**row, "needed": None, "certain": len(ways) == 1, "compared": compared}
        status, needed = _against(goal["operator"], target, numerator, denominator)
        whole = denominator or 0
        if goal["measure"].startswith("overlap") and not denominator:
            whole = unreported  # every village: each stays in the denominator, whatever it reports
        fixed = goal["measure"].startswith("overlap")
        ways = {status} | {
            _against(goal["operator"], target, (numerator or 0) + more, whole + (0 if fixed else unreported))[
                0
            ]
            for more in range(unreported + 1)
        }
        return {**row, "status": status, "needed": needed, "certain": len(ways) == 1}

    whole = judged(area)
    numerator, denominator = whole["numerator"], whole["denominator"]
    return {
        "goal_id": goal["goal_id"],
        "share": float(round(Fraction(numerator, denominator), 4)) if denominator else None,
        "operator": goal["operator"],
        "target": None if target is None else float(goal["target"]),
        "by_commune": [{"commune_id": commune, **judged(frozenset({commune}))} for commune in communes],
        **whole,
    }


def _against(
    operator: str, target: Fraction | None, numerator: int | None, denominator: int | None
) -> tuple[str, int | None]:
    """Status, and the fewest more in the numerator that would meet the target."""
    assert target is not None
    if not denominator or numerator is None:
        return "no_data", None
    for more in range(denominator - numerator + 1):
        share = Fraction(100 * (numerator + more), denominator)
        if share > target or (share == target and operator == ">="):
            return ("not_met" if more else "met"), more
    return "not_met", None


def _value(numerator: int | None, denominator: int | None) -> Fraction | None:
    """A count (no denominator) or a ratio; None where there are no data."""
    if numerator is None or denominator == 0:
        return None
    return Fraction(numerator, 1 if denominator is None else denominator)


def _trend(gained: int) -> str:
    return "rising" if gained > 0 else "falling" if gained < 0 else "unchanged"


def _reconciled(figure: Row, count: Counting, dates: list[str], assumed: str | None) -> dict[str, Any]:
    date = figure["as_of"] or assumed or (dates[-1] if dates else "")
    published = Fraction(figure["value"])
    denominator = int(figure["denominator"]) if figure["denominator"] else None
    computed: tuple[int | None, int | None] = (None, None)
    if date in dates and not figure["measure"].startswith("share:"):
        computed = count.measure(figure["measure"], date, None)
    if _value(*computed) is None:
        status, computed = "not_computable", (None, None)
    else:
        status = "agrees" if computed == (published, denominator) else "differs"
    return {
        "figure_id": figure["figure_id"],
        "published": float(published),
        "denominator": denominator,
        "computed": computed[0],
        "computed_denominator": computed[1],
        "status": status,
    }


def _total(cells: list[str]) -> int | None:
    """The sum of the cells that say something; None where there are cells and none does."""
    numbers = [int(cell) for cell in cells if cell]
    return sum(numbers) if numbers or not cells else None


@dataclass
class Counting:
    """The tables, and the date and boundaries by which villages and organisations belong to communes."""

    tables: dict[str, list[Row]]
    as_of: str
    boundaries: str

    def listed(self) -> list[str]:
        """The communes in force at the date, or still today, and any other that data of the date fall
        under; by rank, those without one last."""
        dated = [row for row in self.tables["organizations"] if row["as_of"] == self.as_of]
        everywhere = {row["org_id"]: row for row in dated}
        used = {self._place(row, everywhere) for row in dated}
        used |= {self._home(row) for row in self._in_force(self.as_of)}
        rows = [
            row
            for row in self.tables["communes"]
            if row["commune_id"] in used
            or (not self._ended(row) and (self.boundaries == "now" or row["valid_from"] <= self.as_of))
        ]
        rows.sort(key=lambda row: int(row["rank"]) if row["rank"] else 10**9)
        return [row["commune_id"] for row in rows]

    def units(self, name: str, date: str, area: Area) -> int | None:
        """One figure of the structure."""
        if name in ("villages", "households", "population"):
            villages = self._villages(date, area)
            return len(villages) if name == "villages" else _total([row[name] for row in villages])
        everywhere, rows = self._organizations(date, area)
        if not rows:
            return None
        if COUNTS[name]:
            return sum(row["level"] in COUNTS[name] for row in rows)
        # What stands above another that states a number is a sum of it, and adds nothing.
        above = {up for row in everywhere.values() for up in _above(row, everywhere)}
        sums = {up for row in everywhere.values() if row[name] for up in _above(row, everywhere)}
        return _total([row[name] for row in rows if row["org_id"] not in (sums if row[name] else above)])

    def blanks(self, name: str, date: str, area: Area) -> int:
        """The units that should state a figure and do not: villages, or organisations with nothing under them
        where nothing above them states it either."""
        if name in ("households", "population"):
            return sum(not row[name] for row in self._villages(date, area))
        everywhere, rows = self._organizations(date, area)
        above = {up for row in everywhere.values() for up in _above(row, everywhere)}
        return sum(
            row["org_id"] not in above
            and not any(everywhere[place][name] for place in (row["org_id"], *_above(row, everywhere)))
            for row in rows
        )

    def unreported(self, measure: str, date: str, area: Area) -> int:
        """The posts, or of an overlap the villages, that lack a row; of a count the units that lack its
        figure."""
        family, rest = measure.split(":")
        if family == "count":
            return self.blanks(rest, date, area) if rest in STATED else 0
        posts = self._posts(date, area).values()
        positions = rest.split("+")
        if family == "overlap_share":
            return sum(not _reported(village, positions) for village in posts)
        return sum(position not in village for village in posts for position in positions)

    def gained(self, measure: str, before: str | None, area: Area) -> tuple[int, int, int]:
        """What the numerator gained over the units that both dates report, how many those are, and how many
        just one date reports."""
        family, rest = measure.split(":")
        if before is None:
            return 0, 0, 0
        if rest in ("villages", "households", "population"):
            return self._gained_by_villages(rest, before, area)
        if rest in STATED:
            return self._gained_persons(rest, before, area)
        if family == "count":
            return self._gained_organizations(rest, before, area)
        positions = rest.split("+")
        # A village that only one of the dates has is not compared; one that moved is where it is now.
        then, now = self._posts(before, None), self._posts(self.as_of, area)
        now = {village: posts for village, posts in now.items() if village in then}
        units = [positions] if family == "overlap_share" else [[position] for position in positions]
        gained = compared = single = 0
        for village in now:
            for unit in units:
                reported = [_reported(at[village], unit) for at in (then, now)]
                compared += all(reported)
                single += any(reported) and not all(reported)
                if all(reported):
                    gained += _holds(now[village], unit, family) - _holds(then[village], unit, family)
        return gained, compared, single

    def _gained_by_villages(self, name: str, before: str, area: Area) -> tuple[int, int, int]:
        """Over every village in every commune: where it is not at a date it adds 0, and that is known."""
        at = [
            {
                (row["village_id"], self._home(row)): "1" if name == "villages" else row[name]
                for row in self._villages(date, area)
            }
            for date in (before, self.as_of)
        ]
        pairs = [tuple(cells.get(unit, "0") for cells in at) for unit in at[0].keys() | at[1].keys()]
        known_pairs = [(int(then), int(now)) for then, now in pairs if then and now]
        single = sum(bool(then) != bool(now) for then, now in pairs)
        return sum(now - then for then, now in known_pairs), len(known_pairs), single

    def _gained_persons(self, name: str, before: str, area: Area) -> tuple[int, int, int]:
        """Over the organisations whose own figure both dates state."""
        figures, places = [], {}
        for date in (before, self.as_of):
            everywhere, _ = self._organizations(date, None)
            below = {up for row in everywhere.values() if row[name] for up in _above(row, everywhere)}
            figures.append(
                {org: int(row[name]) for org, row in everywhere.items() if row[name] and org not in below}
            )
            places |= {org: self._place(row, everywhere) for org, row in everywhere.items()}
        then, now = (
            {org: n for org, n in at.items() if area is None or places[org] in area} for at in figures
        )
        both = then.keys() & now.keys()
        return sum(now[org] - then[org] for org in both), len(both), len(then.keys() ^ now.keys())

    def _gained_organizations(self, name: str, before: str, area: Area) -> tuple[int, int, int]:
        """Over the areas of which both dates report organisations, of every commune in them."""
        gained = compared = single = 0
        for place in (*self.listed(), "outside"):
            if area is not None and place not in area:
                continue
            here = frozenset({place})
            rows = [self._organizations(date, here)[1] for date in (before, self.as_of)]
            reported = [
                bool(organizations) and not self._lacks_organizations(date, here)
                for organizations, date in zip(rows, (before, self.as_of), strict=True)
            ]
            single += any(map(bool, rows)) and not all(reported)
            if all(reported):
                compared += len(rows[1])
                then, now = (
                    sum(row["level"] in COUNTS[name] for row in organizations) for organizations in rows
                )
                gained += now - then
        return gained, compared, single

    def _lacks_organizations(self, date: str, area: Area) -> bool:
        """Whether a place of that date in the area has no organisation below the root then, though it has a
        village, or had such an organisation before."""
        then = Counting(self.tables, date, "then")
        counts_in: dict[str, set[str]] = {}
        for row in self._in_force(date):
            counts_in.setdefault(then._home(row), set()).add(self._home(row))
        places = {place for place, homes in counts_in.items() if area is None or homes & area}
        for earlier in {row["as_of"] for row in self.tables["organizations"] if row["as_of"] < date}:
            at = Counting(self.tables, earlier, "then")
            everywhere, _ = at._organizations(earlier, None)
            reporting = {at._named(row, everywhere) for row in everywhere.values() if row["parent_id"]}
            places |= {
                place
                for place in (reporting & {*then.listed(), "outside"}) - counts_in.keys()
                if area is None or (place if place == "outside" else self._became(place)) in area
            }
        return any(
            all(not row["parent_id"] for row in then._organizations(date, frozenset({place}))[1])
            for place in places
        )

    def _named(self, row: Row, everywhere: dict[str, Row]) -> str:
        """The commune_id that an organisation or the nearest one above it has."""
        for place in (row["org_id"], *_above(row, everywhere)):
            if everywhere[place]["commune_id"]:
                return everywhere[place]["commune_id"]
        return "outside"

    def _organizations(self, date: str, area: Area) -> tuple[dict[str, Row], list[Row]]:
        """Those of a date by id, and those of an area."""
        everywhere = {row["org_id"]: row for row in self.tables["organizations"] if row["as_of"] == date}
        return everywhere, [
            row for row in everywhere.values() if area is None or self._place(row, everywhere) in area
        ]

    def measure(self, measure: str, date: str, area: Area) -> tuple[int | None, int | None]:
        """Numerator and denominator of a measure; a count has no denominator."""
        family, rest = measure.split(":")
        if family == "count":
            return self.units(rest, date, area), None
        positions = rest.split("+")
        posts = [
            row
            for village in self._posts(date, area).values()
            for position, row in village.items()
            if position in positions and row["holder"]
        ]
        if family == "member_share":
            return sum(row["party_member"] == "true" for row in posts), len(posts)
        villages = self._posts(date, area).values()
        if not any(_reported(village, positions) for village in villages):
            return 0, 0  # nothing was reported: no data, not "no overlap"
        return sum(_one_person(village, positions) for village in villages), len(villages)

    def overlap(self, date: str, area: Area, communes: list[str]) -> dict[str, Any]:
        """Who holds two of the three posts, and which posts are vacant."""
        villages = self._posts(date, area).values()
        counted = self._overlap(date, area)
        vacant = Counter(
            position for village in villages for position, row in village.items() if not row["holder"]
        )
        by_commune = []
        for commune in communes:
            row = self._overlap(date, frozenset({commune}))
            del row["any"], row["village_head+front_head"], row["unreported"]
            by_commune.append({"commune_id": commune, **row})
        pairs = {"+".join(pair): counted.pop("+".join(pair)) for pair in PAIRS}
        return {**counted, "pairs": pairs, "vacant": dict(vacant), "by_commune": by_commune}

    def _overlap(self, date: str, area: Area) -> dict[str, Any]:
        villages = self._posts(date, area).values()
        some = sum(any(_one_person(village, pair) for pair in PAIRS) for village in villages)
        return {
            "villages": len(villages),
            **{"+".join(pair): sum(_one_person(village, pair) for village in villages) for pair in PAIRS},
            "all_three": sum(_one_person(village, THREE) for village in villages),
            "any": some,
            "none": len(villages) - some,
            "unreported": sum(
                not any(_one_person(village, pair) for pair in PAIRS)
                and not all(_reported(village, pair) for pair in PAIRS)
                for village in villages
            ),
        }

    def _posts(self, date: str, area: Area) -> dict[str, dict[str, Row]]:
        """For each village of the area its posts of that date, by position."""
        villages: dict[str, dict[str, Row]] = {row["village_id"]: {} for row in self._villages(date, area)}
        for row in self.tables["officers"]:
            if row["as_of"] == date and row["village_id"] in villages:
                villages[row["village_id"]][row["position"]] = row
        return villages

    def _villages(self, date: str, area: Area) -> list[Row]:
        return [row for row in self._in_force(date) if area is None or self._home(row) in area]

    def _in_force(self, date: str) -> list[Row]:
        """The rows of villages whose period holds a day."""
        return [
            row
            for row in self.tables["villages"]
            if row["valid_from"] <= date and (not row["valid_to"] or date <= row["valid_to"])
        ]

    def _home(self, row: Row, *, followed: bool = False) -> str:
        """The commune that a village counts under: that of its row, or where that has led by now; of a
        commune that has ended by the date, where it has led by then."""
        if followed or self.boundaries == "now" or self._ended(self._commune(row["commune_id"])):
            last = "9999" if self.boundaries == "now" else self.as_of
            later = [
                village
                for village in self.tables["villages"]
                if village["village_id"] == row["village_id"]
                and row["valid_from"] < village["valid_from"] <= last
            ]
            if row["merged_into"] and row["valid_to"] < last and not later:
                next_day = (day_of.fromisoformat(row["valid_to"]) + timedelta(days=1)).isoformat()
                later = [
                    village
                    for village in self._in_force(next_day)
                    if village["village_id"] == row["merged_into"]
                ]
            if later:
                return self._home(max(later, key=lambda village: village["valid_from"]), followed=True)
        return self._became(row["commune_id"])

    def _place(self, row: Row, everywhere: dict[str, Row]) -> str:
        """The commune that an organisation lies in: that of its village where boundaries have changed since,
        else the one that it, or the nearest one above it, names."""
        line = [everywhere[place] for place in (row["org_id"], *_above(row, everywhere))]
        commune = next(
            (organization["commune_id"] for organization in line if organization["commune_id"]), ""
        )
        village = next(
            (organization["village_id"] for organization in line if organization["village_id"]), ""
        )
        in_force = [
            village_row
            for village_row in self._in_force(row["as_of"])
            if village_row["village_id"] == village
        ]
        if in_force and (self.boundaries == "now" or self._ended(self._commune(commune))):
            return self._home(in_force[0])
        return self._became(commune) if commune else "outside"

    def _commune(self, commune: str) -> Row:
        return next(row for row in self.tables["communes"] if row["commune_id"] == commune)

    def _became(self, commune: str) -> str:
        """The commune itself, or the one that it has been merged into by then (or by now)."""
        row = self._commune(commune)
        return self._became(row["merged_into"]) if self._ended(row) and row["merged_into"] else commune

    def _ended(self, row: Row) -> bool:
        return row["valid_to"] != "" and (self.boundaries == "now" or row["valid_to"] < self.as_of)


def _above(row: Row, everywhere: dict[str, Row]) -> list[str]:
    """All organisations that one stands under, the nearest first."""
    parent = row["parent_id"]
    return [parent, *_above(everywhere[parent], everywhere)] if parent else []


def _holds(village: dict[str, Row], unit: list[str], family: str) -> bool:
    """Whether one person has both posts; whether a member has the post."""
    return (
        _one_person(village, unit)
        if family == "overlap_share"
        else village[unit[0]]["party_member"] == "true"
    )


def _one_person(village: dict[str, Row], positions: tuple[str, ...] | list[str]) -> bool:
    holders = {village[position]["holder"] if position in village else "" for position in positions}
    return len(holders) == 1 and holders.isdisjoint(("", "?"))


def _reported(village: dict[str, Row], positions: tuple[str, ...] | list[str]) -> bool:
    """Whether every one of the posts is reported, and no holder among several is unknown."""
    holders = [village[position]["holder"] for position in positions if position in village]
    filled = [holder for holder in holders if holder]
    return len(holders) == len(positions) and ("?" not in filled or len(filled) == 1)
