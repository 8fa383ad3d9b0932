"""Every figure of small random data sets, against counting them row by row."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date as day_of
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import plain_figures
import pytest

from dashboard import dataset, measures, schema

DATES = ("2021-12-31", "2022-12-31", "2023-06-30", "2024-12-31")
# The days on which communes are merged: before, between and after the dates, one of them a date itself.
ENDS = ("2021-06-30", "2022-06-30", "2022-12-31", "2024-01-31", "2025-06-30")
TARGETS = ("0", "12.5", "33.3", "50", "66.67", "75", "80", "100")


@pytest.mark.parametrize("seed", range(24))
def test_every_figure_is_counted(seed, tmp_path):
    random = Random(seed)
    Maker(random, periods=seed % 2 == 1).write(tmp_path)
    data = dataset.load(tmp_path)
    choices = list(_choices(random, data, tmp_path))
    for communes, as_of, boundaries in random.sample(choices, min(len(choices), 6)):
        selection = dataset.select(data, communes, as_of, boundaries)
        figures = measures.figures(data, selection)
        assert figures.pop("version") == data.about.version
        assert figures == plain_figures.figures(tmp_path, communes, as_of or "", boundaries)


def _choices(
    random: Random, data: dataset.Dataset, folder: Path
) -> Iterator[tuple[tuple[str, ...], str | None, str]]:
    """Everything, each commune, the district bodies, and several, for every date and both boundaries."""
    tables = plain_figures.read(folder)
    for as_of, boundaries in itertools.product((*data.dates, None), ("then", "now")):
        date = as_of or (data.dates[-1] if data.dates else "")
        known = [*plain_figures.Counting(tables, date, boundaries).listed(), schema.OUTSIDE]
        assert known == [*dataset.areas.listed(data, date, boundaries), schema.OUTSIDE]
        yield (), as_of, boundaries
        yield tuple(known), as_of, boundaries
        for commune in known:
            yield (commune,), as_of, boundaries
        for _ in range(3):
            yield tuple(random.sample(known, random.randint(1, len(known)))), as_of, boundaries


@dataclass
class Maker:
    """Draws a small data set that obeys every rule of the contract; with `periods` communes are divided, and
    villages end and begin."""

    random: Random
    periods: bool = False
    tables: dict[str, list[dict[str, Any]]] = field(init=False)

    def __post_init__(self) -> None:
        self.tables = {table.name: [] for table in schema.TABLES}
        self.dates = sorted(self.random.sample(DATES, self.random.choice((1, 2, 2, 3, 4))))
        self.blank = self.random.choice((0, 0, 0.2, 0.5, 0.9, 1))  # how many counts are not stated
        self._communes()
        self._villages()
        if self.periods:
            self._divisions()
            self._periods()
        for date in self.dates:
            # A date may have only organisations, or only officers.
            has = self.random.choice(("both", "both", "both", "both", "organizations", "officers"))
            if has != "officers" or not self.tables["villages"]:
                self._organizations(date)
            if has != "organizations":
                self._officers(date)
        self._goals()
        self._published()

    def write(self, folder: Path) -> None:
        """As files; the rows in any order."""
        assumed = self.random.choice(("", f'assumed_as_of = "{self.random.choice(DATES)}"\n'))
        (folder / "dataset.toml").write_text(
            f'title = "Thử"\npublisher = "Thử"\nsample = {self._flag()}\nroot = "Thử"\n{assumed}', "utf-8"
        )
        for table in (table for table in schema.TABLES if not table.optional):
            rows = self.tables[table.name]
            self.random.shuffle(rows)
            with open(folder / table.file, "w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, table.column_names, extrasaction="ignore")
                writer.writeheader()
                writer.writerows(rows)

    def _maybe(self, chance: float) -> bool:
        return self.random.random() < chance

    def _flag(self) -> str:
        return self.random.choice(("true", "false"))

    def _count(self, most: int) -> str:
        return "" if self._maybe(self.blank) else str(self.random.randint(0, most))

    def _communes(self) -> None:
        """Old communes, of which some are merged on a few days, into a new one or one that stays; others
        begin, or end, without any that they came from or went into."""
        self.living = [self._commune("") for _ in range(self.random.randint(1, 5))]
        if self._maybe(0.5):
            self._commune(self.random.choice(self.dates))
            self._commune("")["valid_to"] = self.random.choice(self.dates)
        for end in sorted(self.random.sample(ENDS, self.random.randint(0, 3))):
            ending = self.random.sample(self.living, self.random.randint(1, min(3, len(self.living))))
            staying = [commune for commune in self.living if commune not in ending]
            day_after = {"2022-12-31": "2023-01-01", "2024-01-31": "2024-02-01"}.get(end, f"{end[:5]}07-01")
            into = self.random.choice(staying) if staying and self._maybe(0.3) else self._commune(day_after)
            for commune in ending:
                commune |= {"valid_to": end, "merged_into": into["commune_id"]}
            self.living = staying if into in staying else [*staying, into]

    def _commune(self, valid_from: str) -> dict[str, Any]:
        number = len(self.tables["communes"]) + 1
        rank = self.random.choice((number, 10 - number, 3, ""))
        row = {"commune_id": f"c{number}", "name": f"Xã {number}", "kind": "xa", "rank": rank}
        self.tables["communes"].append(row | {"valid_from": valid_from, "valid_to": "", "merged_into": ""})
        return self.tables["communes"][-1]

    def _villages(self) -> None:
        for commune in self.tables["communes"]:
            few = commune["valid_from"] and self._maybe(0.8)
            for _ in range(0 if few else self.random.choice((0, 0, 1, 2, 4))):
                number = len(self.tables["villages"]) + 1
                self.tables["villages"].append(
                    {
                        "village_id": f"v{number}",
                        "commune_id": commune["commune_id"],
                        "name": f"Thôn {number}",
                    }
                    | {"kind": "thon", "households": self._count(90), "population": self._count(400)}
                    | {"valid_from": "", "valid_to": "", "merged_into": ""}
                )

    def _divisions(self) -> None:
        """Some communes that end are divided among others, with or without one that follows the whole."""
        for commune in [row for row in self.tables["communes"] if row["valid_to"] and self._maybe(0.5)]:
            day = (day_of.fromisoformat(commune["valid_to"]) + timedelta(days=1)).isoformat()
            commune["merged_into"] = self.random.choice(("", commune["merged_into"]))
            for row in [row for row in self.tables["villages"] if row["commune_id"] == commune["commune_id"]]:
                if not row["valid_to"] and row["valid_from"] < day:
                    row["valid_to"] = commune["valid_to"]
                    self._village_from(row, day, row["village_id"], moved=self._maybe(0.8))

    def _periods(self) -> None:
        """On a few days villages are merged, divided, moved, renamed, or end; as time goes on."""
        for end in sorted(self.random.sample((*ENDS, *DATES), 4)):
            day = (day_of.fromisoformat(end) + timedelta(days=1)).isoformat()
            open_rows = [row for row in self.tables["villages"] if not row["valid_to"]]
            ending = [row for row in open_rows if row["valid_from"] <= end and self._maybe(0.3)]
            for row in ending:
                row["valid_to"] = end
                fate = self.random.choice(("moved", "renamed", "merged", "divided", "ended"))
                if fate in ("moved", "renamed"):
                    self._village_from(row, day, row["village_id"], moved=fate == "moved")
                elif fate == "divided":
                    self._village_from(row, day)
                    self._village_from(row, day)
                elif fate == "merged":
                    staying = [
                        other for other in open_rows if other not in ending and other["valid_from"] <= day
                    ]
                    into = self.random.choice(staying) if staying and self._maybe(0.5) else None
                    into = into or self._village_from(row, day, moved=self._maybe(0.3))
                    row["merged_into"] = into["village_id"]

    def _village_from(
        self, row: dict[str, Any], day: str, village_id: str = "", *, moved: bool = False
    ) -> dict[str, Any]:
        """A row that begins: a further period of a village, or a new one beside it."""
        number = len(self.tables["villages"]) + 1
        commune = self.random.choice(self.tables["communes"])["commune_id"] if moved else row["commune_id"]
        new = row | {
            "village_id": village_id or f"v{number}",
            "name": f"Thôn {number}",
            "commune_id": commune,
            "households": self._count(90),
            "population": self._count(400),
            "valid_from": day,
            "valid_to": "",
            "merged_into": "",
        }
        self.tables["villages"].append(new)
        return new

    def _there(self, day: str) -> list[dict[str, Any]]:
        return [
            row
            for row in self.tables["villages"]
            if row["valid_from"] <= day and (not row["valid_to"] or day <= row["valid_to"])
        ]

    def _organizations(self, date: str) -> None:
        """The root, and under it whatever may stand there, in the communes of that date and outside them."""
        root = self._organization(date, None, "district", "")
        homes = ["", ""]
        for commune in self.tables["communes"]:
            if commune["valid_from"] <= date or self._maybe(0.1):
                homes.append(commune["commune_id"])
        for home in homes:
            for level in self.random.choices(("committee", "cell"), k=self.random.randint(0, 2)):
                grassroots = self._organization(date, root, level, home)
                for _ in range(self.random.choice((0, 0, 1, 2, 4)) if level == "committee" else 0):
                    # Under a committee of district bodies an organisation may still lie in a commune.
                    inner = home if home or self._maybe(0.7) else self.random.choice(homes)
                    if self._maybe(0.2):
                        section = self._organization(date, grassroots, "section", inner)
                        self._organization(date, section, "subcell", inner)
                    else:
                        self._organization(date, grassroots, "subcell", inner)
        self._totals(date)

    def _organization(self, date: str, above: dict[str, Any] | None, level: str, home: str) -> dict[str, Any]:
        number = len(self.tables["organizations"]) + 1
        inherits = above is not None and above["home"] == home
        villages = [row for row in self._there(date) if row["commune_id"] == home != ""]
        row = {
            "as_of": date,
            "org_id": f"o{number}",
            "parent_id": above["org_id"] if above else "",
            "name": f"Chi bộ {number}",
            "level": level,
            "commune_id": "" if inherits and self._maybe(0.5) else home,
            "village_id": self.random.choice(villages)["village_id"]
            if villages and level == "subcell"
            else "",
            "members": self._count(40),
            "admitted": self._count(3),
            "home": home,
        }
        self.tables["organizations"].append(row)
        return row

    def _totals(self, date: str) -> None:
        """What is stated above others agrees with them, or is left blank."""
        rows = [row for row in self.tables["organizations"] if row["as_of"] == date]
        for row in reversed(rows):  # what is under an organisation comes after it
            under = _under(row, rows)
            for name in ("members", "admitted") if under else ():
                ends = [inner[name] for inner in under if not _under(inner, rows)]
                total = ""
                if "" not in ends:
                    total = str(sum(map(int, ends)))
                elif not any(inner[name] for inner in under):
                    total = self._count(90)  # known of the whole, of no part
                row[name] = total if self._maybe(0.5) else ""

    def _officers(self, date: str) -> None:
        """Posts that are filled, vacant or not reported; some persons hold two of them, some all seven."""
        for village in self._there(date):
            members = {letter: self._flag() for letter in "ABCDEFG"} | {"A": "true"}
            persons = self.random.choice(("A", "AB", "AC", "ABCD", "ABCDEFG", "A?", "ABC??", "??"))
            for position in schema.POSITIONS:
                if self._maybe(0.15):
                    continue
                members["?"] = "true" if position == "secretary" else self._flag()
                allowed = [
                    letter for letter in persons if position != "secretary" or members[letter] == "true"
                ]
                holder = "" if self._maybe(0.15) else self.random.choice(allowed)
                self.tables["officers"].append(
                    {"as_of": date, "village_id": village["village_id"], "position": position}
                    | {"holder": holder, "party_member": members[holder] if holder else ""}
                )

    def _measure(self) -> str:
        family = self.random.choice(("member_share", "member_share", "overlap_share", "count"))
        if family == "count":
            return f"count:{self.random.choice(schema.COUNTS)}"
        posts = 2 if family == "overlap_share" else self.random.choice((1, 1, 2, 3, 7))
        return f"{family}:{'+'.join(self.random.sample(schema.POSITIONS, posts))}"

    def _goals(self) -> None:
        for number in range(self.random.choice((0, 4, 8))):
            measure = self._measure()
            operator = "up" if measure.startswith("count") else self.random.choice(schema.OPERATORS)
            self.tables["goals"].append(
                {"goal_id": f"g{number}", "name_vi": "Đích", "name_en": "Goal", "measure": measure}
                | {"operator": operator, "target": "" if operator == "up" else self.random.choice(TARGETS)}
            )

    def _published(self) -> None:
        for number in range(self.random.choice((0, 8))):
            measure = "share:ethnic_minority" if self._maybe(0.1) else self._measure()
            as_of = self.random.choice(("", *DATES))
            value, denominator = "43.31", ""
            if not measure.startswith("share"):
                value, denominator = self._nearly(measure, as_of or self.dates[-1])
            self.tables["published"].append(
                {"figure_id": f"f{number}", "measure": measure, "source": "Bài viết", "as_of": as_of}
                | {"value": value, "denominator": denominator}
            )

    def _nearly(self, measure: str, date: str) -> tuple[int, int | str]:
        """What there is to count, or one more."""
        count = plain_figures.Counting(self.tables, date, "then")
        value, denominator = count.measure(measure, date, None)
        more = self.random.choice((0, 0, 1))
        if measure.startswith("count"):
            return (value or 0) + more, ""
        return value, max(denominator, 1) + more


def _under(row: dict[str, Any], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """All rows under one."""
    near = [inner for inner in rows if inner["parent_id"] == row["org_id"]]
    return near + [deep for inner in near for deep in _under(inner, rows)]
