"""The words and figures of every exhibit for chosen selections, as approved: `approved/NAME.txt`.

`ACCEPT=1 pytest tests/exhibits/test_approved.py` writes what is there now: read the difference.
"""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from zlib import crc32

import pytest

from changing_villages import TABLES
from dashboard import exhibits, measures
from dashboard.dataset import Dataset, Selection, default_folder, load, scenario, select
from dashboard.exhibits import places

LONG = 150  # letters of a row
TODAY = "2026-07-01"
APPROVED = Path(__file__).with_name("approved")
CASES = Path(__file__).parents[1] / "cases"
# The bundled data set without these posts: a commune of which a date reports nothing, single posts.
SILENT = {("2024-12-31", "huong-phu"), ("2023-12-31", "huong-loc")}
GAPS = {
    ("2021-12-31", "huong-son-2", "front_head"),
    ("2022-12-31", "thuong-nhat-1", "secretary"),
    ("2023-12-31", "khe-tre-2", "village_head"),
    ("2024-12-31", "huong-son-1", "secretary"),
    ("2024-12-31", "thuong-nhat-2", "youth_head"),
}
COUNTS = {
    "communes": "commune_id | name\na | Một\nb | Hai\nc | Ba",
    "villages": "village_id | commune_id\nv1 | a\nv2 | b\nv3 | c",
    "officers": """
        village_id | secretary | village_head | front_head
        v1         | A+        | A+           | B-
        v2         | A+        | B-           | vacant""",
    "organizations": """
        as_of      | org_id | level | commune_id | members | admitted
        2023-12-31 | one    | cell  | a          | 5       | 1
        2023-12-31 | two    | cell  | b          | 3       | 0
        2024-12-31 | one    | cell  | a          | 7       | 1
        2024-12-31 | two    | cell  | b          | 3       |
        2024-12-31 | three  | cell  | c          | 7       | 2""",
    "goals": """
        goal_id  | measure                              | operator | target | deadline   | source
        members  | count:members                        | >=       | 20     | 2026-06-30 | S
        admitted | count:admitted                       | up       |        |            |
        villages | count:villages                       | >=       | 3      | 2024-12-31 | T
        heads    | member_share:village_head            | >        | 80     | 2025-12-31 |
        both     | overlap_share:secretary+village_head | >=       | 30     | 2024-06-30 | T""",
    "published": """
        figure_id | measure                   | value | denominator | as_of      | quote
        villages  | count:villages            | 3     |             |            |
        members   | count:members             | 20    |             | 2024-12-31 | q
        ethnic    | share:ethnic_minority     | 40.5  |             |            | q
        heads     | member_share:village_head | 2     | 4           | 2024-12-31 | q""",
}
# Name: data set, communes, and the further choices of a selection.
SELECTIONS = {
    "everything": ("bundled", (), {}),
    "since-2021": ("bundled", (), {"as_of": "2023-12-31", "since": "2021-12-31", "lang": "en"}),
    "one-of-today": ("bundled", ("nam-dong",), {"boundaries": "now"}),
    "three": ("bundled", ("khe-tre", "huong-son", "outside"), {"as_of": "2022-12-31", "lang": "en"}),
    "what-if": ("bundled", ("huong-son", "khe-tre"), {"scenario": True}),
    "gaps": ("with_gaps", (), {}),
    "gaps-of-one": ("with_gaps", ("huong-phu",), {"lang": "en"}),
    "counts": (COUNTS, (), {}),
    "half-reported": ("half-reported", (), {"lang": "en"}),
    "villages-change": (TABLES, (), {}),
}


@pytest.fixture(scope="session")
def with_gaps(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder = tmp_path_factory.mktemp("gaps")
    shutil.copytree(default_folder(), folder, dirs_exist_ok=True)
    with open(folder / "officers.csv", encoding="utf-8", newline="") as file:
        heads, *rows = csv.reader(file)
    where = [heads.index(name) for name in ("as_of", "village_id", "position")]
    posts = [(row, tuple(row[i] for i in where)) for row in rows]
    with open(folder / "officers.csv", "w", encoding="utf-8", newline="") as file:
        kept_rows = [
            row
            for row, (date, village, post) in posts
            if (date, village.rpartition("-")[0]) not in SILENT and (date, village, post) not in GAPS
        ]
        csv.writer(file).writerows([heads, *kept_rows])
    return load(folder).on(TODAY)


@pytest.mark.parametrize("name", SELECTIONS)
def test_every_exhibit_is_as_approved(request: pytest.FixtureRequest, name: str):
    of, communes, choices = SELECTIONS[name]
    if isinstance(of, dict):
        data = request.getfixturevalue("build")(**of)
    else:
        data = load(CASES / of).on(TODAY) if (CASES / of).exists() else request.getfixturevalue(of)
    selection = select(data, communes, **{**choices, "scenario": ()})
    if "scenario" in choices:
        offers = measures.what_if.offers(data, select(data), 40).changes[::7]
        changes = scenario.check(data, selection.as_of, tuple(offers)).scenario
        selection = replace(selection, scenario=changes)
    text = "\n".join(page(data, selection)) + "\n"
    file = APPROVED / f"{name}.txt"
    if os.environ.get("ACCEPT"):
        file.write_text(text, "utf-8")
    assert text == file.read_text("utf-8")


def page(data: Dataset, selection: Selection) -> Iterator[str]:
    """Everything that the exhibits and tiles of a selection say, a line each; new notes in full."""
    first, *_, last = data.goal
    goals = ("", first, last)  # the others say the same of other posts
    ids = [id_ for id_ in exhibits.known(data) if len(data.goal) < 6 or id_.partition(":")[2] in goals]
    ids += ["commune.portrait", "commune.peers", "commune.goals_over_time"]
    ids += places.of_village(data.villages["village_id"].iloc[1])
    notes: dict[str, str] = {}
    for exhibit in exhibits.build(data, selection, ids):
        yield f"\n== {exhibit.id} ({exhibit.stem})"
        yield from (exhibit.headline, exhibit.subtitle)
        yield from (f"- {sentence}" for sentence in (*exhibit.takeaways, *exhibit.sentences))
        yield from (
            f"- {figure.name}: {figure.value} {'; '.join(figure.notes)}".rstrip()
            for figure in exhibit.figures
        )
        for note in exhibit.notes:
            yield notes.get(note, f"[{len(notes) + 1}] {note}")
            notes.setdefault(note, f"[{len(notes) + 1}]")
        yield from lines(exhibit.chart) if exhibit.chart is not None else ()
        if exhibit.table is not None:
            table = exhibit.table.written(exhibit.text)
            yield from cut([" | ".join(row) for row in (table, *table.itertuples(index=False))])
    tiles = exhibits.tiles
    for kind in (tiles.overview, tiles.targets, tiles.overlap, tiles.changes, places.tiles.of_commune):
        if (tile_chart := kind(data, selection)) is not None:
            yield f"\n== tiles.{kind.__name__}"
            yield from lines(tile_chart)


def lines(value: object) -> Iterator[str]:
    """A chart, its rows one a line."""
    lists = {
        field.name: inside
        for field in fields(value)
        if isinstance(inside := getattr(value, field.name), tuple) and inside and is_dataclass(inside[0])
    }
    single = [
        leaf
        for field in fields(value)
        if field.name not in lists
        for leaf in leaves(getattr(value, field.name))
    ]
    yield from cut([f"{type(value).__name__}: {' · '.join(single)}"])
    for field, rows in lists.items():
        yield from cut([f"{field}: {' · '.join(leaves(row))}" for row in rows])


def leaves(value: object) -> Iterator[str]:
    """What is in a value, blanks left out."""
    if is_dataclass(value):
        value = [getattr(value, field.name) for field in fields(value)]
    if isinstance(value, tuple | list):
        for item in value:
            yield from leaves(item)
    elif value not in (None, "", False, "none"):
        yield f"{value:.4g}" if isinstance(value, float) else str(value)


def cut(rows: list[str], most: int = 3) -> Iterator[str]:
    """The beginning of the first rows; of what is left out, here and there, a checksum."""
    for row in [" ".join(row.split()) for row in rows[:most]]:
        yield row if len(row) < LONG else f"{row[:LONG]}… {crc32(row.encode()):08x}"
    if len(rows) > most:
        yield f"… {len(rows) - most} more, {crc32(repr(rows[most:]).encode()):08x}"
