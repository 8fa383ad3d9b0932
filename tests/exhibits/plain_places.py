"""The slow, obvious counting that the exhibits of one commune and one village are compared with.

From the rows of the files alone, by loops; it knows nothing of the package that it checks.
"""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

POSITIONS = [
    "secretary",
    "village_head",
    "front_head",
    "farmers_head",
    "women_head",
    "veterans_head",
    "youth_head",
]
Row = dict[str, str]
Count = tuple[int, int]


class Plain:
    """The bundled tables."""

    def __init__(self, folder: Path) -> None:
        self.tables: dict[str, list[Row]] = {}
        for name in ("communes", "villages", "organizations", "officers", "goals"):
            with open(folder / f"{name}.csv", encoding="utf-8", newline="") as file:
                self.tables[name] = list(csv.DictReader(file))
        self.dates = sorted({row["as_of"] for row in self.tables["officers"]})
        self.posts: dict[tuple[str, str], dict[str, Row]] = {}
        for row in self.tables["officers"]:
            self.posts.setdefault((row["as_of"], row["village_id"]), {})[row["position"]] = row
        self.goals = {row["goal_id"]: row for row in self.tables["goals"]}

    def commune_of(self, village_id: str, boundaries: str) -> str:
        """Where a village counts: the bundled communes were merged after every date of the data."""
        row = next(row for row in self.tables["villages"] if row["village_id"] == village_id)
        into = {commune["commune_id"]: commune["merged_into"] for commune in self.tables["communes"]}
        return (into[row["commune_id"]] or row["commune_id"]) if boundaries == "now" else row["commune_id"]

    def communes(self, boundaries: str) -> list[str]:
        """The communes that have villages, as listed."""
        occurring = {self.commune_of(row["village_id"], boundaries) for row in self.tables["villages"]}
        return [row["commune_id"] for row in self.tables["communes"] if row["commune_id"] in occurring]

    def villages(self, commune: str, boundaries: str) -> list[str]:
        """The villages of a commune."""
        return [
            row["village_id"]
            for row in self.tables["villages"]
            if self.commune_of(row["village_id"], boundaries) == commune
        ]

    def states(self, as_of: str, village_id: str, positions: list[str]) -> list[str]:
        """Per position: held by a member, by another, vacant, not reported."""
        states = []
        for position in positions:
            row = self.posts.get((as_of, village_id), {}).get(position)
            if row is None:
                states.append("not_reported")
            elif not row["holder"]:
                states.append("vacant")
            else:
                states.append("member" if row["party_member"] == "true" else "not_member")
        return states

    def goal(self, goal_id: str, as_of: str, villages: list[str]) -> Count:
        """Part and whole of a goal over some villages."""
        family, _, rest = self.goals[goal_id]["measure"].partition(":")
        positions = rest.split("+")
        part = whole = 0
        for village in villages:
            rows = self.posts.get((as_of, village), {})
            if family == "overlap_share":
                holders = [rows[position]["holder"] if position in rows else "" for position in positions]
                part += bool(holders[0]) and holders[0] == holders[1]
                whole += 1
                continue
            for position in positions:
                if position in rows and rows[position]["holder"]:
                    whole += 1
                    part += rows[position]["party_member"] == "true"
        return part, whole

    def left_out(self, goal_id: str, as_of: str, villages: list[str]) -> Count:
        """What a goal on a share leaves out over some villages: vacant posts, and posts that no one reports;
        for one on two posts no vacant ones, and villages that lack one of the two."""
        family, _, rest = self.goals[goal_id]["measure"].partition(":")
        villages_states = [self.states(as_of, village, rest.split("+")) for village in villages]
        if family == "overlap_share":
            return 0, sum("not_reported" in states for states in villages_states)
        return sum(states.count("vacant") for states in villages_states), sum(
            states.count("not_reported") for states in villages_states
        )

    def missed(self, goal_id: str, count: Count) -> bool:
        """Whether a goal with a target is not met by a count that is known."""
        goal = self.goals[goal_id]
        if not goal["target"] or not count[1]:
            return False
        share, target = Fraction(100 * count[0], count[1]), Fraction(goal["target"])
        return share <= target if goal["operator"] == ">" else share < target

    def lacks(self, goal_id: str, count: Count) -> int:
        """The fewest more members over the same posts that reach the goal."""
        more = 0
        while self.missed(goal_id, (count[0] + more, count[1])):
            more += 1
        return more

    def changes(self, as_of: str, village_id: str, boundaries: str) -> list[list[tuple[str, Count]]]:
        """Per change in a village (a holder becomes a member, a member fills a vacant post) what the goals
        that its commune misses become; changes that move none are left out."""
        commune = self.villages(self.commune_of(village_id, boundaries), boundaries)
        persons: dict[str, list[str]] = {}
        vacant = []
        for position in POSITIONS:
            row = self.posts.get((as_of, village_id), {}).get(position)
            if row is not None and row["holder"] and row["party_member"] != "true":
                persons.setdefault(row["holder"], []).append(position)
            if row is not None and not row["holder"]:
                vacant.append([position])
        result = []
        for posts, filled in [
            *((positions, 0) for positions in persons.values()),
            *((positions, 1) for positions in vacant),
        ]:
            effects = []
            for goal_id, goal in self.goals.items():
                family, _, rest = goal["measure"].partition(":")
                part, whole = self.goal(goal_id, as_of, commune)
                moved = sum(position in rest.split("+") for position in posts)
                if family == "member_share" and moved and self.missed(goal_id, (part, whole)):
                    effects.append((goal_id, (part + moved, whole + moved * filled)))
            if effects:
                result.append(effects)
        return result
