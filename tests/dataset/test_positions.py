"""The posts of a data set: positions.csv, or the seven of one without it."""

from __future__ import annotations

import shutil

import pytest

from dashboard import schema
from dashboard.dataset import default_folder, load
from posts_of_data import EIGHT, THREE

CORE = "secretary,,1\nvillage_head,,2\nfront_head,,3\n"
OWN = "elders_head,Chi hội trưởng người cao tuổi,4\n"
POSTS = "as_of,village_id,position,holder,party_member\n"


@pytest.fixture
def positions(files):
    """Writes the table and gives what is found wrong in it."""

    def put(rows, header="position_id,name_vi,rank"):
        files.put("positions.csv", f"{header}\n{rows}")
        return [(problem.rule, problem.row, problem.column) for problem in files.check().errors]

    return put


def test_a_file_of_the_seven_without_names_says_the_same_as_none(tmp_path, bundled):
    folder = shutil.copytree(default_folder(), tmp_path / "data")
    rows = "".join(f"{position},,{rank}\n" for rank, position in enumerate(schema.POSITIONS, 1))
    (folder / "positions.csv").write_text(f"position_id,name_vi,rank\n{rows}", "utf-8")
    assert bundled.position_ids == schema.POSITIONS
    assert load(folder).positions.equals(bundled.positions)


def test_posts_stand_by_rank(build):
    assert build(**EIGHT).position_ids[2:5] == ("front_head", "elders_head", "farmers_head")
    assert build(**THREE).position_ids == ("village_head", "secretary", "front_head")


def test_columns_of_names_may_be_left_out(files, positions):
    files.put("officers.csv", f"{POSTS}2024-12-31,hs-1,elders_head,C,x\n")
    assert positions(CORE + OWN) == []
    assert tuple(files.check().dataset.officers["position"]) == ("elders_head",)


@pytest.mark.parametrize("missing", schema.OVERLAP_POSITIONS)
def test_the_posts_of_the_policy_must_be_there(files, positions, missing):
    for table in ("officers", "goals", "published"):
        files.put(f"{table}.csv", ",".join(schema.table(table).column_names) + "\n")
    rows = "".join(line + "\n" for line in CORE.splitlines() if not line.startswith(missing))
    assert positions(rows) == [("position_missing", None, "position_id")]
    (problem,) = files.check().errors
    assert problem.values["position"] == missing


@pytest.mark.parametrize(
    ("row", "rule", "column"),
    [
        ("other_head,,5", "position_unnamed", "name_vi"),
        ("village_id,Tên,5", "position_reserved", "position_id"),
        ("elders_member,Tên,5", "position_reserved", "position_id"),
        ("Other,Tên,5", "id", "position_id"),
        ("other_head,chi hội trưởng Người Cao tuổi,5", "position_alike", "name_vi"),
        ("women_head,,5\nwomen_head,,6", "duplicate", "position_id"),
    ],
)
def test_what_is_wrong_with_a_post(positions, row, rule, column):
    women = "" if "women_head" in row else "women_head,,9\n"
    problems = positions(CORE + OWN + women + row + "\n")
    assert [(broken, where) for broken, _, where in problems] == [(rule, column)]


def test_more_posts_than_can_be_read_are_refused(positions):
    more = "".join(f"post_{n},Chức danh {n},{n}\n" for n in range(schema.MOST_POSITIONS - 4))
    assert positions(CORE + "women_head,,4\n" + more) == []
    assert positions(CORE + "women_head,,4\n" + OWN + more) == [("positions_many", None, "position_id")]


def test_other_tables_name_the_posts_of_the_data_set(files, positions):
    files.set("goals:2:measure", "member_share:youth_head")
    assert positions(CORE + OWN) == [("code", 9, "position"), ("measure", 2, "measure")]
    post, measure = files.check().errors
    assert post.values["known"] == "secretary, village_head, front_head, elders_head"
    assert measure.values["positions"] == post.values["known"]


def test_a_table_that_cannot_be_read_is_all_that_is_said(files, positions):
    files.set("officers:2:position", "elders_head")
    assert positions("x,y,z\n", "a,b,c") == [("header_unknown", 1, None)]


def test_posts_with_a_bad_id_are_not_called_unknown_too(files, positions):
    files.put("officers.csv", f"{POSTS}2024-12-31,hs-1,elders,C,x\n")
    assert positions(CORE + "Elders,Người cao tuổi,4\n") == [("id", 5, "position_id")]


def test_a_goal_without_an_english_name_has_its_vietnamese_one(build):
    goals = build(**EIGHT).goal
    assert goals["elders"].name("en") == goals["elders"].name("vi") == "Chi hội trưởng NCT là đảng viên"
    assert goals["heads"].name("en") == "Heads"
