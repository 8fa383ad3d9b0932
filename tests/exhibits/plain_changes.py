"""Counting by loops over the rows, for what the takeaways say; it knows nothing of the measures.

Three states are kept apart throughout: a post is held, vacant (a row without a holder) or not reported (no
row); and two dates are compared over what both of them report.
"""

from __future__ import annotations

import csv
import shutil
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import count
from pathlib import Path

import pandas as pd

from dashboard import text
from dashboard.dataset import Dataset, load

THREE = ("secretary", "village_head", "front_head")
KINDS = {
    "vi": {"xa": "Xã {}", "thi_tran": "Thị trấn {}"},
    "en": {"xa": "{} commune", "thi_tran": "{} township"},
}
Entry = tuple[str, int, int | None]  # name, part, whole
# What the data set with gaps leaves out: communes of which a date reports nothing, and single posts.
SILENT = [("2024-12-31", "huong-phu"), ("2023-12-31", "huong-loc")]
GAPS = [
    ("2021-12-31", "huong-son-2", "front_head"),
    ("2022-12-31", "huong-huu-3", "farmers_head"),
    ("2022-12-31", "thuong-nhat-1", "secretary"),
    ("2023-12-31", "khe-tre-2", "village_head"),
    ("2023-12-31", "huong-son-3", "youth_head"),
    ("2024-12-31", "huong-son-1", "secretary"),
    ("2024-12-31", "thuong-lo-1", "front_head"),
    ("2024-12-31", "thuong-nhat-2", "youth_head"),
]


def load_with_gaps(bundled: Path, folder: Path) -> Dataset:
    """The bundled data set without the posts of `SILENT` and `GAPS`, written into a folder of its own."""
    shutil.copytree(bundled, folder, dirs_exist_ok=True)
    with open(folder / "officers.csv", encoding="utf-8", newline="") as file:
        heading, *rows = csv.reader(file)
    where = [heading.index(name) for name in ("as_of", "village_id", "position")]
    with open(folder / "officers.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heading, *(row for row in rows if not _is_gap(*(row[i] for i in where)))])
    return load(folder)


def _is_gap(as_of: str, village: str, position: str) -> bool:
    return (as_of, village.rpartition("-")[0]) in SILENT or (as_of, village, position) in GAPS


@dataclass(frozen=True)
class Village:
    village_id: str
    name: str
    kind: str
    commune: str
    area: str


@dataclass(frozen=True)
class Compared:
    """A measure at two dates: `gained` over the `compared` units (posts, villages) that both report.

    The other units are `unknown`, `single` those of them that just one date reports; `ends` (part, whole) is
    each date as it is.
    """

    ends: tuple[tuple[int, int], tuple[int, int]]
    gained: int
    compared: int
    unknown: int
    single: int

    @property
    def way(self):
        """1 where the count rose, -1 where it fell, else 0."""
        return (self.gained > 0) - (self.gained < 0)

    @property
    def ways(self):
        """All ways it may have gone: each unit that just one date reports may have gained or lost one."""
        found = range(self.gained - self.single, self.gained + self.single + 1)
        return {(gained > 0) - (gained < 0) for gained in found}


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
        if not self.all_told(date, village, THREE[:2]):
            return None
        return self.member(date, village, "village_head") and not self.same(date, village, THREE[:2])

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

    # Goals and other measures on posts ("member_share:…") or on pairs of them ("overlap_share:…")
    def units(self, measure, area=None):
        """What a measure counts, each a village with positions: every post, or every village with a pair."""
        family, _, parts = measure.partition(":")
        positions = tuple(parts.split("+"))
        each = [(one,) for one in positions] if family == "member_share" else [positions]
        return [(v, those) for v in self.villages if area in (None, v.area) for those in each]

    def counts(self, date, village, positions):
        """Whether a unit is in the numerator: a member holds the post, or one person holds both."""
        if len(positions) > 1:
            return self.same(date, village, positions)
        return bool(self.member(date, village, positions[0]))

    def count(self, measure, date, area=None):
        """Numerator and denominator of a date as it is; (0, 0) where there is no data."""
        units = self.units(measure, area)
        part = sum(self.counts(date, *unit) for unit in units)
        if measure.startswith("member_share"):
            return part, sum(self.holder(date, village, position) != "" for village, (position,) in units)
        return (part, len(units)) if any(self.all_told(date, *unit) for unit in units) else (0, 0)

    def unreported(self, measure, date, area=None):
        """The units that lack a row: posts, or villages where one of the two posts does."""
        return sum(not self.all_told(date, *unit) for unit in self.units(measure, area))

    def vacancies(self, measure, date, area=None):
        """The vacant posts, which are in neither number; none of a pair, as every village is in the whole."""
        if not measure.startswith("member_share"):
            return 0
        return sum(bool(self.vacant(date, village, one)) for village, (one,) in self.units(measure, area))

    def compare(self, measure, area=None, dates=()):
        """A measure at the date before and at the chosen one, or at two dates."""
        then, now = dates or (self.before, self.as_of)
        gained, told = 0, []
        for unit in self.units(measure, area):
            told.append((self.all_told(then, *unit), self.all_told(now, *unit)))
            if all(told[-1]):
                gained += self.counts(now, *unit) - self.counts(then, *unit)
        compared, single = told.count((True, True)), sum(one != other for one, other in told)
        ends = (self.count(measure, then, area), self.count(measure, now, area))
        return Compared(ends, gained, compared, len(told) - compared, single)

    def goal(self, goal, date, area=None):
        """Numerator and denominator of a goal's measure; (0, 0) where there is no data."""
        return self.count(goal["measure"], date, area)

    def needed(self, goal, date, area=None):
        """Posts lacking; None without data or target."""
        return lacks(goal, *self.goal(goal, date, area))

    def certain(self, goal, date, area=None):
        """Whether the status is the same whatever is not reported: held by members, by others, or vacant."""
        part, whole = self.goal(goal, date, area)
        more = range(self.unreported(goal["measure"], date, area) + 1)
        reached = {
            None if lack is None else lack == 0
            for filled in more
            for lack in (lacks(goal, part + members, whole + filled) for members in range(filled + 1))
        }
        return len(reached) == 1

    # The words for a figure and what stands beside it
    @property
    def words(self):
        return text.get(self.lang)

    def beside(self, measure, date, area=None):
        """What is in neither number: "3 vị trí khuyết, 8 vị trí chưa báo cáo"; "" for nothing."""
        unit = "posts" if measure.startswith("member_share") else "villages"
        vacant, silent = self.vacancies(measure, date, area), self.unreported(measure, date, area)
        said = [self.words("overlap.vacant", n=vacant)] if vacant else []
        said += [self.words(f"goals.unreported.{unit}", n=silent)] if silent else []
        return ", ".join(said)

    def says(self, measure, date, area=None):
        """ "43/52 (82,7%) · 8 vị trí chưa báo cáo"."""
        return self.stated(measure, date, area, self.beside(measure, date, area))

    def says_briefly(self, measure, date, area=None):
        """ "43/52 (82,7%) · 3 khuyết, 8 chưa báo cáo"."""
        vacant, silent = self.vacancies(measure, date, area), self.unreported(measure, date, area)
        counted = (("vacant", vacant), ("unreported", silent))
        beside = ", ".join(self.words(f"goals.brief.{state}", n=n) for state, n in counted if n)
        return self.stated(measure, date, area, beside)

    def stated(self, measure, date, area, beside):
        """The count of a measure with what stands `beside` it."""
        part, whole = self.count(measure, date, area)
        said = self.words.ratio(part, whole) if whole else self.words("common.no_data")
        return f"{said} · {beside}" if beside else said

    def like_for_like(self, measure, compared):
        """ "tăng 5 ở các vị trí báo cáo cả hai ngày, 2 vị trí không so sánh được"."""
        unit = "posts" if measure.startswith("member_share") else "villages"
        return self.words(
            "goals.compared.of",
            moved=self.moved_by(compared.gained),
            units=self.words(f"goals.compared.units.{unit}"),
            unknown=self.words(f"goals.compared.left_out.{unit}", n=compared.unknown),
        )

    def moved_by(self, gained):
        """ "tăng 5", "giảm 4", "không đổi"."""
        way = "up" if gained > 0 else "down" if gained < 0 else "same"
        return self.words(f"goals.compared.{way}", n=abs(gained))

    def apart(self, measure, compared):
        """What stands behind two figures where their difference does not tell what changed: the change over
        what both dates report, or that of the count where the share went another way."""
        if compared.unknown:
            return f"; {self.like_for_like(measure, compared)}"
        (then, of_then), (now, of_now) = compared.ends
        share = (now * of_then > then * of_now) - (now * of_then < then * of_now)
        return "" if share == compared.way else f"; {self.moved_by(compared.gained)}"

    def not_ranked(self, names):
        """Who is in no ranking, since not all is reported there."""
        if len(names) > 3:
            return self.words("takeaway.not_ranked_many", n=len(names))
        return self.words("takeaway.not_ranked", names=self.words.series(names)) if names else ""

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


def lacks(goal, part, whole):
    """How many more reach the target over the same whole; None without data or target."""
    if not whole or pd.isna(goal["target"]):
        return None
    target = Fraction(goal["target"]) * whole / 100
    return next(n for n in count() if (part + n > target if goal["operator"] == ">" else part + n >= target))
