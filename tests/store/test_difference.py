"""What differs between two data sets: rows by key, cells with before and after."""

import csv
import random
import shutil

import pytest

from dashboard import store
from dashboard.dataset import load
from dashboard.schema import POSITIONS, TABLES
from dashboard.store import Entry

VILLAGES = """village_id | name | kind | households
v1 | Một | thon | 10
v2 | Hai | thon |
v3 | Ba | thon | 30"""


def part_of(difference, name):
    return next(part for part in difference.tables if part.table.name == name)


def changes(difference, name):
    """The changed cells of a table as tuples."""
    return [*part_of(difference, name).changed.itertuples(index=False, name=None)]


def keys(difference, name, kind):
    part = part_of(difference, name)
    return [*getattr(part, kind)[list(part.table.key)].itertuples(index=False, name=None)]


def test_the_same_data_do_not_differ(build):
    data = build(villages=VILLAGES)
    difference = store.difference(data, data)
    assert not difference
    assert [part.table for part in difference.tables] == list(TABLES)


def test_rows_are_told_apart_by_key(build):
    before = build(villages=VILLAGES)
    after = build(villages=VILLAGES.replace("v1 | Một", "v4 | Bốn").replace("| 30", "| 31"))
    difference = store.difference(before, after)
    assert keys(difference, "villages", "new") == [("v4", "")]
    assert keys(difference, "villages", "missing") == [("v1", "")]
    assert changes(difference, "villages") == [("v3", "", "households", "30", "31")]
    assert [part.table.name for part in difference.tables if part] == ["villages"]


def test_several_cells_of_a_row_are_one_changed_row_and_a_blank_one_is_told_from_0(build):
    before = build(villages=VILLAGES)
    after = build(villages=VILLAGES.replace("v2 | Hai | thon |", "v2 | Tổ 2 | to_dan_pho | 0"))
    difference = store.difference(before, after)
    assert changes(difference, "villages") == [
        ("v2", "", "name", "Hai", "Tổ 2"),
        ("v2", "", "kind", "thon", "to_dan_pho"),
        ("v2", "", "households", "", "0"),
    ]
    assert part_of(difference, "villages").changed_rows == 1


def test_entries_of_the_description_are_compared_but_its_version_is_none(build):
    difference = store.difference(build(), build(sample=False))
    assert difference.about == (("sample", "true", "false"),)


def test_targets_are_written_as_in_the_file_and_tables_without_rows_are_compared(build):
    goal = "goal_id | measure | target\ng | member_share:village_head | 80"
    full, after = build(goals=goal), build(goals=goal.replace("80", "82.5"))
    assert changes(store.difference(full, after), "goals") == [("g", "target", "80", "82.5")]
    assert keys(store.difference(build(), full), "goals", "new") == [("g",)]
    assert keys(store.difference(full, build()), "goals", "missing") == [("g",)]


def plain_rows(folder, table):
    with open(folder / table.file, encoding="utf-8", newline="") as file:
        return {tuple(row.get(name, "") for name in table.key): row for row in csv.DictReader(file)}


def scramble(folder, chance):
    """Drop, change and shuffle rows of posts and villages."""
    path = folder / "officers.csv"
    with open(path, encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    rows = [row for row in rows if chance.random() > 0.1]
    for row in rows:
        if row[3] and row[2] != "secretary" and chance.random() < 0.2:
            row[3] = "TUVWXYZ"[POSITIONS.index(row[2])]
    chance.shuffle(rows)
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])


def test_the_difference_is_that_of_a_plain_count(tmp_path, data):
    folders = data(0), shutil.copytree(data(0), tmp_path / "after")
    scramble(folders[1], random.Random(0))
    difference = store.difference(load(folders[0]), load(folders[1]))
    for part in (part for part in difference.tables if not part.table.optional):
        before, after = (plain_rows(folder, part.table) for folder in folders)
        name = part.table.name
        assert keys(difference, name, "new") == sorted(set(after) - set(before))
        assert keys(difference, name, "missing") == sorted(set(before) - set(after))
        assert set(changes(difference, name)) == {
            (*key, column, before[key][column], after[key][column])
            for key in set(before) & set(after)
            for column in before[key]
            if before[key][column] != after[key][column]
        }
    assert difference


def test_two_versions_of_a_store_are_compared(new_store, data):
    store.publish(new_store, data(1), Entry("lan", "x"), store.base(new_store))
    difference = store.compare(new_store, 1, 2)
    assert difference
    assert store.compare(new_store, 2, 1).tables[4].changed_rows == difference.tables[4].changed_rows
    with pytest.raises(store.StoreError, match="unknown"):
        store.compare(new_store, 1, 3)
