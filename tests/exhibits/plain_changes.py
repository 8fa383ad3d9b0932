"""Counting by loops over the rows, for what the takeaways say; it knows nothing of the measures."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import count

import pandas as pd

from dashboard.dataset import Dataset

THREE = ("secretary", "village_head", "front_head")
KINDS = {
    "vi": {"xa": "Xã {}", "thi_tran": "Thị trấn {}"},
    "en": {"xa": "{} commune", "thi_tran": "{} township"},
}
Entry = tuple[str, int, int | None]  # name, part, whole


@dataclass(frozen=True)
class Village:
    village_id: str
    name: str
    kind: str
    commune: str
    area: str


@dataclass
class Plain:
    """The villages and organisations of one selection; `communes` are ids, "outside" among them."""

    data: Dataset
    communes: tuple[str, ...]
    as_of: str
    boundaries: str
    lang: str

    @cached_property
    def dates(self):
        return sorted({*self.data.officers["as_of"], *self.data.organizations["as_of"]})

    @cached_property
    def before(self):
        return max((date for date in self.dates if date < self.as_of), default=None)

    @cached_property
    def rows_of_communes(self):
        return {row["commune_id"]: row for row in self.data.communes.to_dict("records")}

    def area(self, commune):
        """The commune that it counts under; no commune of the tests changes before the last date."""
        merged = self.rows_of_communes[commune]["merged_into"]
        return merged if self.boundaries == "now" and merged else commune

    def commune_name(self, commune):
        row = self.rows_of_communes[commune]
        return KINDS[self.lang][row["kind"]].format(row["name"])

    def chosen(self, area):
        return not self.communes or area in self.communes

    @cached_property
    def villages(self):
        """The chosen villages, by commune and rank."""
        rows = self.data.villages.to_dict("records")
        found = [
            Village(
                row["village_id"], row["name"], row["kind"], row["commune_id"], self.area(row["commune_id"])
            )
            for row in rows
        ]
        order = list(self.rows_of_communes)
        return sorted(
            (village for village in found if self.chosen(village.area)),
            key=lambda village: order.index(village.area),
        )

    @cached_property
    def areas(self):
        return list(dict.fromkeys(village.area for village in self.villages))

    @cached_property
    def posts(self):
        """(date, village, position) → (holder, member); "" for a vacant post."""
        rows = self.data.officers
        member = rows["party_member"].fillna(False)
        columns = (rows["as_of"], rows["village_id"], rows["position"], rows["holder"], member)
        return {
            key: (holder, bool(is_one))
            for *key, holder, is_one in zip(*columns, strict=True)
            for key in [tuple(key)]
        }

    def post(self, date, village, position):
        return self.posts.get((date, village.village_id, position))

    def holder(self, date, village, position):
        found = self.post(date, village, position)
        return found[0] if found else ""

    def same(self, date, village, positions):
        """Whether one person holds all these posts."""
        holders = {self.holder(date, village, position) for position in positions}
        return len(holders) == 1 and "" not in holders

    def pairs(self, date, village):
        return [pair for pair in (THREE[:2], THREE[::2], THREE[1:]) if self.same(date, village, pair)]

    def all_told(self, date, village, positions):
        return all(self.post(date, village, position) for position in positions)

    # What a village or post is, or None where that is not told.
    def overlap(self, date, village):
        return True if self.pairs(date, village) else False if self.all_told(date, village, THREE) else None

    def pair(self, date, village, positions):
        return self.same(date, village, positions) if self.all_told(date, village, positions) else None

    def ready(self, date, village):
        head = self.post(date, village, "village_head")
        if head is None:
            return None
        if not head[1]:
            return False
        secretary = self.post(date, village, "secretary")
        return None if secretary is None else not self.same(date, village, THREE[:2])

    def member(self, date, village, position):
        found = self.post(date, village, position)
        return None if found is None else found[1]

    def vacant(self, date, village, position):
        found = self.post(date, village, position)
        return None if found is None else found[0] == ""

    def kind_of_overlap(self, date, village):
        pairs = self.pairs(date, village)
        return "all_three" if len(pairs) == 3 else f"only:{'+'.join(pairs[0])}" if pairs else "none"

    def changes(self, tell, *positions):
        """Gained, lost (villages, or villages with a post) and the number that is not told at both dates."""
        gained, lost, unknown = [], [], 0
        for village in self.villages:
            for each in positions or (None,):
                arguments = (village,) if each is None else (village, each)
                was, now = tell(self.before, *arguments), tell(self.as_of, *arguments)
                if was is None or now is None:
                    unknown += 1
                elif was != now:
                    (gained if now else lost).append(arguments)
        compared = len(self.villages) * max(1, len(positions)) - unknown
        return gained, lost, unknown, compared

    # Goals
    def goal(self, goal, date, area=None):
        """Numerator and denominator of a goal's measure; (0, 0) where there is no data."""
        family, _, parts = goal["measure"].partition(":")
        positions = parts.split("+")
        villages = [village for village in self.villages if area in (None, village.area)]
        if family == "member_share":
            held = [self.post(date, village, position) for village in villages for position in positions]
            filled = [post for post in held if post and post[0]]
            return sum(member for _, member in filled), len(filled)
        told = any(self.post(date, village, position) for village in villages for position in positions)
        return (sum(self.same(date, v, positions) for v in villages), len(villages)) if told else (0, 0)

    def needed(self, goal, date, area=None):
        """Posts lacking; None without data or target."""
        part, whole = self.goal(goal, date, area)
        if not whole or pd.isna(goal["target"]):
            return None
        target = Fraction(goal["target"]) * whole / 100
        return next(
            n for n in count() if (part + n > target if goal["operator"] == ">" else part + n >= target)
        )

    # Organisations: in the bundled data every cell names its commune and reports its figures.
    def figure(self, name, date, area=None):
        rows = self.data.organizations
        found = [
            int(value)
            for as_of, commune, value in zip(rows["as_of"], rows["commune_id"], rows[name], strict=True)
            if as_of == date and not pd.isna(value)
            for place in [self.area(commune) if commune else "outside"]
            if self.chosen(place) and area in (None, place)
        ]
        return sum(found)

    def organizations(self, date, *levels):
        """Chosen organisations of these levels, (name, members)."""
        rows = self.data.organizations.to_dict("records")
        rows = [row for row in rows if row["as_of"] == date]
        below = {}
        for row in rows:
            if not pd.isna(row["members"]):
                below[row["parent_id"]] = below.get(row["parent_id"], 0) + int(row["members"])
        return [
            (row["name"], below.get(row["org_id"]) if pd.isna(row["members"]) else int(row["members"]))
            for row in rows
            if row["level"] in levels
            and self.chosen(self.area(row["commune_id"]) if row["commune_id"] else "outside")
        ]
