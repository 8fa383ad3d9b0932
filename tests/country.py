"""The whole country as a data set: the 10,035 communes until 30/06/2025, the 3,321 since, and what came to
what, by their real names and codes, with invented villages.

`country.tsv.gz` is made by `tools/units.py` of a list on PyPI (vietnamadminunits 1.0.4, MIT, Tran Ngoc Minh
Hieu): its mergers are that author's, and may err; of 471 old communes that came to several new ones it names
one for the whole.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dashboard import schema

DATES = ("2024-12-31", "2025-12-31")
LAST, FIRST = "2025-06-30", "2025-07-01"
# Villages of each old commune; of a divided one they go to its parts in turn.
VILLAGES = 3
POSTS = schema.POSITIONS[:3]
Row = dict[str, Any]


@dataclass
class Unit:
    """A commune: its kind, name and code, and of an old one the new ones that it came to, that of the whole
    first."""

    kind: str
    name: str
    code: str
    region: str
    into: list[str] = field(default_factory=list)


def units() -> tuple[dict[str, Unit], dict[str, Unit]]:
    """The old and the new communes by their commune_id."""
    old: dict[str, Unit] = {}
    new: dict[str, Unit] = {}
    written = gzip.decompress((Path(__file__).parent / "country.tsv.gz").read_bytes()).decode("utf-8")
    for line in written.splitlines():
        region, kind, name, code, came = line.split("\t")
        new[f"m{code}"] = Unit(kind, name, code, region)
        for part in filter(None, came.split(";")):
            kind, _, rest = part.lstrip("!").partition(" ")
            name, _, own = rest.rpartition(" ")
            unit = old.setdefault(f"x{own}", Unit(kind, name, own, region))
            unit.into.insert(0 if part.startswith("!") else len(unit.into), f"m{code}")
    return old, new


def write(folder: Path) -> None:
    """Write the data set. Of every second divided commune nothing is said of the whole."""
    old, new = units()
    divided = [commune_id for commune_id, unit in old.items() if len(unit.into) > 1]
    unstated = {*divided[::2]}
    tables: dict[str, list[Row]] = {table.name: [] for table in schema.TABLES}
    for rank, (commune_id, unit) in enumerate([*new.items(), *old.items()]):
        row = {
            "commune_id": commune_id,
            "kind": unit.kind,
            "name": unit.name,
            "code": unit.code,
            "rank": rank,
        }
        dates = {"valid_from": FIRST} if commune_id in new else {"valid_to": LAST}
        into = unit.into[0] if unit.into and commune_id not in unstated else ""
        tables["communes"].append({**row, **dates, "merged_into": into, "region": unit.region})
    for commune_id, unit in old.items():
        for n in range(VILLAGES):
            row = {
                "village_id": f"{commune_id}-{n}",
                "kind": "thon",
                "name": f"Thôn {n + 1}",
                "households": 100,
            }
            there = unit.into[n % len(unit.into)]
            tables["villages"].append({**row, "commune_id": commune_id, "valid_to": LAST})
            tables["villages"].append({**row, "commune_id": there, "valid_from": FIRST})
    for date in DATES:
        tables["organizations"] += _organizations(date, tables["communes"], tables["villages"])
        for number, village_id in enumerate(f"{commune}-{n}" for commune in old for n in range(VILLAGES)):
            same = number % 7 < DATES.index(date) + 2
            tables["officers"] += [
                {
                    "as_of": date,
                    "village_id": village_id,
                    "position": post,
                    "holder": holder,
                    "party_member": "true",
                }
                for post, holder in zip(POSTS, ("A", "A" if same else "B", "C"), strict=True)
            ]
    tables["goals"].append(
        {
            "goal_id": "heads",
            "name_vi": "Trưởng thôn",
            "measure": "member_share:village_head",
            "operator": ">",
        }
        | {"name_en": "Heads", "target": "80"}
    )
    folder.mkdir(parents=True, exist_ok=True)
    about = 'title = "Cả nước"\npublisher = "Thử"\nsample = true\nroot = "Cả nước"\n'
    (folder / schema.ABOUT_FILE).write_text(about, "utf-8")
    for table in (table for table in schema.TABLES if tables[table.name] or not table.optional):
        with open(folder / table.file, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, table.column_names)
            writer.writeheader()
            writer.writerows(tables[table.name])


def _organizations(date: str, communes: list[Row], villages: list[Row]) -> Iterator[Row]:
    """At the first date a committee of each old commune with a cell for each village and for its offices; at
    the second a superior one of each new commune that has villages, with the cells of these under it."""
    old = date == DATES[0]
    yield {"as_of": date, "org_id": "root", "name": "Cả nước", "level": "province"}
    there = [row for row in villages if ("valid_to" in row) == old]
    housed = {row["commune_id"] for row in there}
    top, cell = ("committee", "subcell") if old else ("superior", "cell")
    for commune in communes:
        if (commune_id := commune["commune_id"]) in housed:
            ids = {"as_of": date, "commune_id": commune_id}
            yield {**ids, "org_id": commune_id, "parent_id": "root", "name": commune["name"], "level": top}
            office = {
                "org_id": f"{commune_id}-office",
                "parent_id": commune_id,
                "name": "Chi bộ cơ quan",
                "level": cell,
            }
            yield {**ids, **office, "members": 9, "admitted": 1}
    for row in there:
        place = {"as_of": date, "parent_id": row["commune_id"], "village_id": row["village_id"]}
        org = {"org_id": f"c-{row['village_id']}", "name": f"Chi bộ {row['name']}", "level": cell}
        yield {**place, **org, "members": 12, "admitted": 1}
