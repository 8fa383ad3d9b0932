"""The invented data sets, seen from outside: the files that `sample.write` leaves."""

import tomllib
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from dashboard import schema
from dashboard.dataset import sample

BUNDLED = Path(__file__).parents[2] / "data"
FILES = [schema.ABOUT_FILE, *(table.file for table in schema.TABLES)]
DATES = ["2021-12-31", "2022-12-31", "2023-12-31", "2024-12-31"]
Tables = dict[str, pd.DataFrame]


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in FILES}


def tables_of(folder: Path) -> Tables:
    return {
        table.name: pd.read_csv(folder / table.file, dtype=str, keep_default_na=False)
        for table in schema.TABLES
    }


def written(folder: Path, villages: int, seed: int = sample.SEED) -> Tables:
    sample.write(folder, villages, seed)
    return tables_of(folder)


def at_last_date(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["as_of"] == DATES[-1]]


def total(counts: pd.Series) -> int:
    return int(pd.to_numeric(counts).sum())


def same_holder(officers: pd.DataFrame, first: str, second: str) -> pd.Series:
    holders = officers.pivot(index="village_id", columns="position", values="holder")
    return holders[first].eq(holders[second]) & holders[first].ne("")


def meets_published(tables: Tables) -> None:
    organizations, officers = at_last_date(tables["organizations"]), at_last_date(tables["officers"])
    levels = organizations["level"].value_counts()
    assert levels.to_dict() == {"district": 1, "committee": 14, "cell": 28, "subcell": 128}
    assert total(organizations["members"]) == 2198

    villages = tables["villages"]
    assert (len(villages), total(villages["households"]), total(villages["population"])) == (60, 6873, 28336)

    heads = officers[officers["position"] == "village_head"]
    assert (heads["party_member"] == "true").sum() == 50
    also_head = same_holder(officers, "secretary", "village_head")
    also_front = same_holder(officers, "secretary", "front_head")
    assert (also_head.sum(), also_front.sum(), (also_head & also_front).sum()) == (26, 4, 1)


def meets_the_example(tables: Tables) -> None:
    villages = tables["villages"].query("commune_id == 'huong-son'")
    assert (len(villages), total(villages["households"]), total(villages["population"])) == (6, 640, 2600)

    organizations = at_last_date(tables["organizations"]).query("commune_id == 'huong-son'")
    assert organizations["level"].value_counts().to_dict() == {"subcell": 11, "committee": 1}
    assert (total(organizations["members"]), total(organizations["admitted"])) == (156, 6)

    officers = at_last_date(tables["officers"])
    officers = officers[officers["village_id"].isin(villages["village_id"])]
    assert len(officers) == 6 * 7
    assert officers.query("position == 'village_head'")["party_member"].eq("true").sum() == 4
    assert officers[officers["holder"] == ""]["position"].tolist() == ["front_head"]
    assert not officers[officers["holder"] != ""].duplicated(["village_id", "holder"]).any()


def test_same_number_and_seed_give_the_same_bytes(tmp_path):
    sample.write(tmp_path / "one", 37, seed=5)
    sample.write(tmp_path / "two", 37, seed=5)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_bundled_data_are_what_the_generator_writes(tmp_path):
    sample.write(tmp_path)
    assert contents(tmp_path) == contents(BUNDLED)


def test_files_are_in_the_form_of_the_contract(tmp_path):
    sample.write(tmp_path)
    for table in schema.TABLES:
        content = (tmp_path / table.file).read_bytes()
        assert not content.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in content
        assert content.decode("utf-8").splitlines()[0] == ",".join(table.required)


def test_bundled_data_meet_the_published_figures():
    tables = tables_of(BUNDLED)
    meets_published(tables)
    figures = tables["published"].set_index("figure_id")
    assert figures.loc["village_heads_members", ["value", "denominator"]].tolist() == ["50", "60"]
    assert figures.loc["members", "value"] == "2198"
    assert figures.loc["ethnic_minority", "value"] == "43.31"
    assert set(figures["as_of"]) == {""}


@pytest.mark.parametrize("seed", [0, 7, 2024])
def test_another_seed_differs_and_meets_the_published_figures(tmp_path, seed):
    tables = written(tmp_path, 60, seed)
    assert not tables["officers"].equals(tables_of(BUNDLED)["officers"])
    meets_published(tables)
    meets_the_example(tables)


def test_bundled_data_hold_the_documented_example():
    meets_the_example(tables_of(BUNDLED))


def test_bundled_data_raise_no_warning_about_sizes():
    organizations = tables_of(BUNDLED)["organizations"]
    cells = organizations[organizations["level"].isin(["cell", "subcell"])]
    assert pd.to_numeric(cells["members"]).between(3, 29).all()
    subcells = cells[cells["level"] == "subcell"].astype({"members": int})
    assert subcells.groupby(["as_of", "parent_id"])["members"].sum().min() >= 30


@pytest.mark.parametrize("villages", [1, 37, 60, 300])
def test_any_size_is_sound(tmp_path, villages):
    tables = written(tmp_path, villages)
    assert len(tables["villages"]) == villages
    for table in schema.TABLES:
        frame = tables[table.name]
        # Columns that a file need not have, the sample has not.
        assert not frame.duplicated([key for key in table.key if key in frame]).any()
        for column in (column for column in table.columns if column.name in frame or not column.optional):
            known = pd.Series(column.codes) if column.codes else None
            if column.refers_to:
                name, key = column.refers_to.split(".")
                known = tables[name][key]
            if known is not None:
                assert frame[column.name].isin([*known, *([""] if column.blank else [])]).all()
            if not column.blank:
                assert (frame[column.name] != "").all()


@pytest.mark.parametrize("villages", [1, 37, 60, 300])
def test_every_organization_stands_under_one_that_exists_at_its_date(tmp_path, villages):
    organizations = written(tmp_path, villages)["organizations"]
    assert organizations["as_of"].unique().tolist() == DATES
    levels = organizations.set_index(["as_of", "org_id"])["level"]
    below = organizations[organizations["parent_id"] != ""]
    above = levels.loc[list(zip(below["as_of"], below["parent_id"], strict=True))]
    assert all(
        parent in schema.PARENT_LEVELS[level] for parent, level in zip(above, below["level"], strict=True)
    )
    assert (organizations["parent_id"] == "").groupby(organizations["as_of"]).sum().eq(1).all()

    cells = organizations["level"].isin(["cell", "subcell"])
    assert (organizations.loc[~cells, ["members", "admitted"]] == "").all(axis=None)
    counts = organizations.loc[cells, ["members", "admitted"]].astype(int)
    assert (counts["admitted"] <= counts["members"]).all()
    own = at_last_date(organizations).query("village_id != ''")
    assert len(own) == own["village_id"].nunique() == villages


@pytest.mark.parametrize("villages", [1, 37, 60, 300])
def test_officers_are_consistent(tmp_path, villages):
    officers = written(tmp_path, villages)["officers"]
    assert ((officers["holder"] == "") == (officers["party_member"] == "")).all()
    held = officers[officers["holder"] != ""]
    assert held.groupby(["as_of", "village_id", "holder"])["party_member"].nunique().eq(1).all()
    assert held.query("position == 'secretary'")["party_member"].eq("true").all()
    for always_held in ("secretary", "village_head"):
        assert (held["position"] == always_held).sum() == villages * len(DATES)


def test_bundled_paths_rise_and_one_falls_back():
    officers = tables_of(BUNDLED)["officers"]
    members = officers[officers["party_member"] == "true"].groupby(["position", "as_of"]).size().unstack()
    assert members.loc["village_head"].tolist() == [44, 46, 47, 50]
    assert (members.diff(axis=1) < 0).any(axis=None)
    by_date = [same_holder(at, "secretary", "village_head") for _, at in officers.groupby("as_of")]
    assert [int(same.sum()) for same in by_date] == [17, 20, 23, 26]
    stayed = [(before & after).sum() / before.sum() for before, after in pairwise(by_date)]
    assert min(stayed) > 0.9


def test_members_are_those_before_and_admitted_less_some_who_left():
    organizations = tables_of(BUNDLED)["organizations"].query("members != ''")
    wide = organizations.astype({"members": int, "admitted": int}).pivot(
        index="org_id", columns="as_of", values=["members", "admitted"]
    )
    for before, after in pairwise(DATES):
        left = wide["members"][before] + wide["admitted"][after] - wide["members"][after]
        assert (left.dropna() >= 0).all()


@pytest.mark.parametrize(
    ("villages", "seed"), [(1, 0), (2, 3), (10, 1), (37, 2), (60, sample.SEED), (60, 7), (61, 4), (1000, 5)]
)
def test_more_members_are_admitted_every_year_as_the_article_says(tmp_path, villages, seed):
    organizations = written(tmp_path, villages, seed)["organizations"].query("admitted != ''")
    by_date = organizations.astype({"admitted": int}).groupby("as_of")["admitted"].sum()
    assert by_date.is_monotonic_increasing
    assert by_date.is_unique


def test_bundled_goals_say_what_is_the_dashboards_reading_of_the_article():
    goals = tables_of(BUNDLED)["goals"]
    assert not goals["source"].str.contains("06-NQ/HU").any()
    strict = goals[goals["operator"] == ">"]["source"].unique()
    assert len(strict) == 1
    for said in ("Bí thư Huyện uỷ", "một câu", "cuối năm 2025", "bốn mục tiêu", "31/12/2025", "cách đọc"):
        assert said in strict[0]
    overlap = goals[goals["operator"] == "up"]["source"].unique()
    assert len(overlap) == 1
    for said in ("một chủ trương", "trưởng thôn hoặc trưởng ban Mặt trận", "hai mục tiêu", "cách đọc"):
        assert said in overlap[0]


def test_bundled_data_name_the_article_and_what_its_copy_lacks():
    about = tomllib.loads((BUNDLED / schema.ABOUT_FILE).read_text(encoding="utf-8"))
    sources = tables_of(BUNDLED)["published"]["source"].unique()
    assert len(sources) == 1
    for said in (about["note"], sources[0]):
        assert "chữ và ảnh: Phong Anh" in said
        assert "không ghi tên bài, tên báo và ngày đăng" in said


@pytest.mark.parametrize(("villages", "sample_title"), [(37, "37 thôn"), (1000, "1.000 thôn")])
def test_an_invented_place_says_so_and_quotes_no_article(tmp_path, villages, sample_title):
    tables = written(tmp_path, villages)
    about = tomllib.loads((tmp_path / schema.ABOUT_FILE).read_text(encoding="utf-8"))
    assert about["sample"] is True
    assert sample_title in about["title"]
    assert tables["published"]["source"].str.contains("Số liệu mẫu").all()
    figures = tables["published"].set_index("figure_id")["value"]
    assert figures["villages"] == str(villages)
    also_head = same_holder(at_last_date(tables["officers"]), "secretary", "village_head")
    assert figures["secretary_village_head"] == str(also_head.sum())
    assert (tables["communes"]["code"] == "").all()


def test_bundled_about_is_complete():
    about = tomllib.loads((BUNDLED / schema.ABOUT_FILE).read_text(encoding="utf-8"))
    assert set(about) == {*schema.ABOUT_REQUIRED, *schema.ABOUT_OPTIONAL, *schema.ABOUT_IN_ENGLISH}
    assert about["sample"] is True
    assert about["assumed_as_of"] == DATES[-1]


def test_a_larger_place_has_communes_that_merge(tmp_path):
    communes = written(tmp_path, 300)["communes"].set_index("commune_id")
    merging = communes[communes["merged_into"] != ""]
    assert 0 < len(merging) < len(communes) / 5
    assert (communes.loc[merging["merged_into"], "valid_to"] == "").all()


@pytest.mark.parametrize(("villages", "seed"), [(0, 1), (-3, 1), (60, -1)])
def test_impossible_sizes_are_refused(tmp_path, villages, seed):
    with pytest.raises(ValueError, match=r"or more|at least 1 village"):
        sample.write(tmp_path / "none", villages, seed)
    assert not (tmp_path / "none").exists()
