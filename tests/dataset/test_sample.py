"""The bundled data set, and the invented ones that `sample.write` leaves."""

import tomllib
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from dashboard import schema
from dashboard.dataset import check, sample
from dashboard.dataset.source import BUNDLED

DATES = ["2021-12-31", "2022-12-31", "2023-12-31", "2024-12-31"]


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in schema.FILES}


def tables_of(folder: Path) -> dict[str, pd.DataFrame]:
    return {
        table.name: pd.read_csv(folder / table.file, dtype=str, keep_default_na=False)
        for table in schema.TABLES
    }


def at_last_date(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["as_of"] == DATES[-1]]


def total(counts: pd.Series) -> int:
    return int(pd.to_numeric(counts).sum())


def same_holder(officers: pd.DataFrame, first: str, second: str) -> pd.Series:
    holders = officers.pivot(index="village_id", columns="position", values="holder")
    return holders[first].eq(holders[second]) & holders[first].ne("")


def test_the_bundled_data_meet_the_published_figures():
    tables = tables_of(BUNDLED)
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


def test_the_bundled_data_hold_the_documented_example():
    tables = tables_of(BUNDLED)
    villages = tables["villages"].query("commune_id == 'huong-son'")
    assert (len(villages), total(villages["households"]), total(villages["population"])) == (6, 640, 2600)
    organizations = at_last_date(tables["organizations"]).query("commune_id == 'huong-son'")
    assert organizations["level"].value_counts().to_dict() == {"subcell": 11, "committee": 1}
    assert (total(organizations["members"]), total(organizations["admitted"])) == (156, 6)
    officers = at_last_date(tables["officers"])
    officers = officers[officers["village_id"].isin(villages["village_id"])]
    assert officers.query("position == 'village_head'")["party_member"].eq("true").sum() == 4
    assert officers[officers["holder"] == ""]["position"].tolist() == ["front_head"]


def test_the_bundled_data_say_what_is_the_dashboards_reading_of_the_article():
    about = tomllib.loads((BUNDLED / schema.ABOUT_FILE).read_text(encoding="utf-8"))
    assert set(about) == {*schema.ABOUT_REQUIRED, *schema.ABOUT_OPTIONAL, *schema.ABOUT_IN_ENGLISH}
    assert (about["sample"], about["assumed_as_of"]) == (True, DATES[-1])
    tables = tables_of(BUNDLED)
    (source,) = tables["published"]["source"].unique()
    for text in (about["note"], source):
        assert "chữ và ảnh: Phong Anh" in text
        assert "không ghi tên bài, tên báo và ngày đăng" in text
    goals = tables["goals"]
    for operator, words in (
        (">", ("Bí thư Huyện uỷ", "một câu", "cuối năm 2025", "bốn mục tiêu", "31/12/2025", "cách đọc")),
        ("up", ("một chủ trương", "trưởng thôn hoặc trưởng ban Mặt trận", "hai mục tiêu", "cách đọc")),
    ):
        (source,) = goals[goals["operator"] == operator]["source"].unique()
        assert [word for word in words if word not in source] == []


def test_the_defaults_write_the_bundled_data(tmp_path):
    sample.write(tmp_path)
    assert contents(tmp_path) == contents(BUNDLED)


@pytest.fixture(scope="module", params=[(1, 0), (37, 5), (60, 7), (300, 2)], ids=str)
def written(request, tmp_path_factory):
    """How many villages, the seed, and the folder of such a sample."""
    folder = tmp_path_factory.mktemp("sample")
    sample.write(folder, *request.param)
    return *request.param, folder


def test_any_size_passes_the_check(written):
    villages, _, folder = written
    report = check(folder)
    assert report.errors == ()
    assert report.dataset.about.sample
    assert f"{villages} thôn" in report.dataset.about.title
    assert len(report.dataset.villages) == villages
    assert list(report.dataset.dates) == DATES
    for table in schema.TABLES:
        content = (folder / table.file).read_bytes()
        assert b"\r" not in content
        assert content.decode("utf-8").splitlines()[0] == ",".join(table.required)


def test_same_number_and_seed_give_the_same_bytes(written, tmp_path):
    villages, seed, folder = written
    sample.write(tmp_path / "again", villages, seed)
    sample.write(tmp_path / "other", villages, seed + 1)
    assert contents(tmp_path / "again") == contents(folder)
    assert contents(tmp_path / "other") != contents(folder)


def test_figures_of_any_size(written):
    villages, _, folder = written
    tables = tables_of(folder)
    figures = tables["published"].set_index("figure_id")["value"]
    assert figures["villages"] == str(villages)
    also_head = same_holder(at_last_date(tables["officers"]), "secretary", "village_head")
    assert figures["secretary_village_head"] == str(also_head.sum())
    assert tables["published"]["source"].str.contains("Số liệu mẫu").all()

    cells = tables["organizations"].query("members != ''").astype({"members": int, "admitted": int})
    assert cells["level"].isin(["cell", "subcell"]).all()
    assert cells["members"].between(3, 29).all()
    # As the article says of its district: each year admits more than the one before.
    by_date = cells.groupby("as_of")["admitted"].sum()
    assert by_date.is_monotonic_increasing
    assert by_date.is_unique
    wide = cells.pivot(index="org_id", columns="as_of", values=["members", "admitted"])
    for before, after in pairwise(DATES):
        left = wide["members"][before] + wide["admitted"][after] - wide["members"][after]
        assert (left.dropna() >= 0).all()
    held = tables["officers"][tables["officers"]["holder"] != ""]
    for always_held in ("secretary", "village_head"):
        assert (held["position"] == always_held).sum() == villages * len(DATES)


def test_a_larger_place_has_communes_that_merge(tmp_path):
    sample.write(tmp_path, 300, 1)
    communes = tables_of(tmp_path)["communes"].set_index("commune_id")
    merging = communes[communes["merged_into"] != ""]
    assert 0 < len(merging) < len(communes) / 5
    assert (communes.loc[merging["merged_into"], "valid_to"] == "").all()


@pytest.mark.parametrize(("villages", "seed"), [(0, 1), (60, -1)])
def test_impossible_sizes_are_refused(tmp_path, villages, seed):
    with pytest.raises(ValueError, match=r"or more|at least 1 village"):
        sample.write(tmp_path / "none", villages, seed)
    assert not (tmp_path / "none").exists()
