"""The slow, obvious counting that the measures are compared with.

Written from the data contract alone: every figure by a loop over the rows of the files, every comparison
with whole fractions. It knows nothing of the package that it checks.
"""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from dataclasses import dataclass
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
THREE = ("secretary", "village_head", "front_head")
PAIRS = (THREE[:2], THREE[::2], THREE[1:])
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
    shown = [commune for commune in count.listed() if area is None or commune in area]
    before = max((date for date in dates if date < as_of), default=None)
    return {
        "as_of": as_of,
        "communes": communes,
        "boundaries": boundaries,
        "sample": about["sample"],
        "structure": {name: count.units(name, as_of, area) for name in COUNTS},
        "overlap": count.overlap(as_of, area, shown),
        "goals": [_goal(goal, count, area, shown, before) for goal in tables["goals"]],
        "reconciliation": [
            _reconciled(figure, count, dates, about.get("assumed_as_of")) for figure in tables["published"]
        ],
    }


def read(folder: Path) -> dict[str, list[Row]]:
    """The rows of every table, as they are written."""
    tables = {}
    for name in TABLES:
        with open(folder / f"{name}.csv", encoding="utf-8", newline="") as file:
            tables[name] = list(csv.DictReader(file))
    return tables


def _goal(goal: Row, count: Counting, area: Area, shown: list[str], before: str | None) -> dict[str, Any]:
    target = Fraction(goal["target"]) if goal["target"] else None

    def judged(area: Area) -> dict[str, Any]:
        numerator, denominator = count.measure(goal["measure"], count.as_of, area)
        if goal["operator"] == "up":
            earlier = count.measure(goal["measure"], before, area) if before else (None, None)
            status, needed = _trend(_value(numerator, denominator), _value(*earlier)), None
        else:
            status, needed = _against(goal["operator"], target, numerator, denominator)
        return {"numerator": numerator, "denominator": denominator, "status": status, "needed": needed}

    whole = judged(area)
    numerator, denominator = whole["numerator"], whole["denominator"]
    return {
        "goal_id": goal["goal_id"],
        "share": float(round(Fraction(numerator, denominator), 4)) if denominator else None,
        "operator": goal["operator"],
        "target": None if target is None else float(goal["target"]),
        "by_commune": [{"commune_id": commune, **judged(frozenset({commune}))} for commune in shown],
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


def _trend(now: Fraction | None, before: Fraction | None) -> str:
    if now is None or before is None:
        return "no_data"
    return "rising" if now > before else "falling" if now < before else "unchanged"


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
    stated = [int(cell) for cell in cells if cell]
    return sum(stated) if stated or not cells else None


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
        named = {row["commune_id"] for row in self.tables["villages"] + dated} - {""}
        used = {self._became(commune) for commune in named}
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
            villages = self._villages(area)
            return len(villages) if name == "villages" else _total([row[name] for row in villages])
        if not any(row["as_of"] == date for row in self.tables["organizations"]):
            return None
        everywhere = {row["org_id"]: row for row in self.tables["organizations"] if row["as_of"] == date}
        rows = [row for row in everywhere.values() if area is None or self._place(row, everywhere) in area]
        if COUNTS[name]:
            return sum(row["level"] in COUNTS[name] for row in rows)
        # What stands above another that states a number is a sum of it, and adds nothing.
        above = {up for row in everywhere.values() for up in _above(row, everywhere)}
        sums = {up for row in everywhere.values() if row[name] for up in _above(row, everywhere)}
        return _total([row[name] for row in rows if row["org_id"] not in (sums if row[name] else above)])

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
        if not any(position in village for village in villages for position in positions):
            return 0, 0  # nothing was reported: no data, not "no overlap"
        return sum(_one_person(village, positions) for village in villages), len(villages)

    def overlap(self, date: str, area: Area, shown: list[str]) -> dict[str, Any]:
        """Who holds two of the three posts, and which posts are vacant."""
        villages = self._posts(date, area).values()
        counted = self._overlap(date, area)
        vacant = Counter(
            position for village in villages for position, row in village.items() if not row["holder"]
        )
        by_commune = []
        for commune in shown:
            row = self._overlap(date, frozenset({commune}))
            del row["any"], row["village_head+front_head"]
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
        }

    def _posts(self, date: str, area: Area) -> dict[str, dict[str, Row]]:
        """For each village of the area its posts of that date, by position."""
        villages: dict[str, dict[str, Row]] = {row["village_id"]: {} for row in self._villages(area)}
        for row in self.tables["officers"]:
            if row["as_of"] == date and row["village_id"] in villages:
                villages[row["village_id"]][row["position"]] = row
        return villages

    def _villages(self, area: Area) -> list[Row]:
        rows = self.tables["villages"]
        return [row for row in rows if area is None or self._became(row["commune_id"]) in area]

    def _place(self, row: Row, everywhere: dict[str, Row]) -> str:
        """The commune that an organisation, or the nearest one above it that names one, lies in."""
        for place in (row["org_id"], *_above(row, everywhere)):
            if everywhere[place]["commune_id"]:
                return self._became(everywhere[place]["commune_id"])
        return "outside"

    def _became(self, commune: str) -> str:
        """The commune itself, or the one that it has been merged into by then (or by now)."""
        row = next(row for row in self.tables["communes"] if row["commune_id"] == commune)
        return self._became(row["merged_into"]) if self._ended(row) and row["merged_into"] else commune

    def _ended(self, row: Row) -> bool:
        return row["valid_to"] != "" and (self.boundaries == "now" or row["valid_to"] < self.as_of)


def _above(row: Row, everywhere: dict[str, Row]) -> list[str]:
    """All organisations that one stands under, the nearest first."""
    parent = row["parent_id"]
    return [parent, *_above(everywhere[parent], everywhere)] if parent else []


def _one_person(village: dict[str, Row], positions: tuple[str, ...] | list[str]) -> bool:
    holders = {village[position]["holder"] if position in village else "" for position in positions}
    return len(holders) == 1 and holders != {""}
