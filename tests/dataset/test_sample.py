"""The bundled data set, and the invented ones that `sample.write` leaves."""

import tomllib
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from dashboard import exhibits, schema, text
from dashboard.dataset import by_village, check, sample, select
from dashboard.dataset.source import BUNDLED

DATES = ["2021-12-31", "2022-12-31", "2023-12-31", "2024-12-31"]
# What is read of an exhibit beside its table.
PARTS = ("headline", "subtitle", "alt", "chosen", "source", "foot", "takeaways")
PARTS += ("notes", "sentences", "figures", "definitions")


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in schema.REQUIRED_FILES}


def tables_of(folder: Path) -> dict[str, pd.DataFrame]:
    return {
        table.name: pd.read_csv(folder / table.file, dtype=str, keep_default_na=False)
        for table in schema.TABLES
        if not table.optional
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
    assert set(about) == {*schema.ABOUT_REQUIRED, *schema.ABOUT_OPTIONAL, *schema.ABOUT_IN_ENGLISH} - {
        "unit",
        "collecting",
    }
    assert (about["sample"], about["assumed_as_of"]) == (True, DATES[-1])
    tables = tables_of(BUNDLED)
    (source,) = tables["published"]["source"].unique()
    for note in (about["note"], source):
        assert "chữ và ảnh: Phong Anh" in note
        assert "không ghi tên bài, tên báo và ngày đăng" in note
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


@pytest.fixture(scope="module", params=[(1, 0), (37, 5), (300, 2)], ids=str)
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
    for table in (table for table in schema.TABLES if not table.optional):
        content = (folder / table.file).read_bytes()
        assert b"\r" not in content
        columns = table.written({"name_en"})
        assert content.decode("utf-8").splitlines()[0] == ",".join(columns)


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

    communes = tables["communes"].set_index("commune_id")
    merging = communes[communes["merged_into"] != ""]
    assert (len(merging) > 0) == (villages == 300)
    assert len(merging) < len(communes) / 5
    assert (communes.loc[merging["merged_into"], "valid_to"] == "").all()


SHAPES = {
    # The level of the root, the as-of dates, the villages at the first and at the last of them, the communes.
    "commune": ("superior", 20, 19, {"xa": 1}),
    "province": ("province", 400, 400, {"phuong": 21, "xa": 19}),
}


@pytest.fixture(scope="module", params=SHAPES)
def shaped(request, tmp_path_factory):
    """A shape and the report of its sample."""
    folder = tmp_path_factory.mktemp(request.param)
    sample.write(folder, shape=request.param)
    return request.param, check(folder)


def test_every_shape_passes_the_check(shaped):
    shape, report = shaped
    level, first, last, kinds = SHAPES[shape]
    assert report.errors == ()
    assert {warning.rule for warning in report.warnings} <= {"fewer_posts"}
    data = report.dataset
    assert data.about.sample
    assert all(date > "2025-07-01" for date in data.dates)
    roots = data.organizations[data.organizations["parent_id"] == ""]
    assert set(roots["level"]) == {level}
    assert set(roots["name"]) == {data.about.root}
    in_force = data.communes[data.communes["valid_to"] == ""]
    assert in_force["kind"].value_counts().to_dict() == kinds
    assert in_force["code"].is_unique
    for date, villages in ((data.dates[0], first), (data.dates[-1], last)):
        assert data.officers.loc[data.officers["as_of"] == date, "village_id"].nunique() == villages


def test_a_province_has_a_superior_committee_of_each_unit_over_grassroots_ones(shaped):
    shape, report = shaped
    data = report.dataset
    rows = data.organizations[data.organizations["as_of"] == data.dates[-1]]
    levels = rows["level"].value_counts()
    assert levels.get("superior", 0) == {"commune": 1, "province": 40}[shape]
    above = rows.set_index("org_id")["level"].reindex(rows["parent_id"]).to_numpy()
    assert set(above[rows["level"] == "cell"]) == {"superior"}


def test_a_commune_tells_of_its_former_ones_and_of_a_merger_of_villages(shaped):
    shape, report = shaped
    communes, villages = report.dataset.communes, report.dataset.villages
    if shape != "commune":
        assert (villages["valid_from"] == "").all()
        return
    former = communes[communes["valid_to"] != ""]
    assert set(former["name"]) == {"Khe Tre", "Hương Phú", "Hương Lộc", "Thượng Lộ"}
    assert set(former["merged_into"]) == {"khe-tre"}
    merged = villages[villages["merged_into"] != ""]
    assert len(merged) == 2
    dates = report.dataset.dates
    assert dates[1] == merged["valid_to"].iloc[0] < dates[2]
    # The members of both cells go on in that of the new village.
    rows = report.dataset.organizations
    members_of = {
        date: int(rows.loc[(rows["as_of"] == date) & rows["village_id"].isin(ids), "members"].sum())
        for date, ids in ((dates[1], merged["village_id"]), (dates[2], merged["merged_into"]))
    }
    new = rows[(rows["as_of"] == dates[2]) & rows["village_id"].isin(merged["merged_into"])]
    assert members_of[dates[2]] == members_of[dates[1]] + int(new["admitted"].sum())


def test_every_exhibit_of_a_shape_is_drawn_and_says_no_district(shaped):
    shape, report = shaped
    data = by_village(report.dataset)
    for lang, word in (("vi", "huyện"), ("en", "district")):
        selection = select(data, lang=lang)
        drawn = exhibits.every(data, selection)
        assert len(drawn) > 30
        for exhibit in drawn:
            words = [str(getattr(exhibit, part)) for part in PARTS]
            words += [exhibit.table.written(text.get(lang)).to_csv()] if exhibit.table is not None else []
            assert word not in "\n".join(words).casefold(), (shape, exhibit.id)


@pytest.mark.parametrize(
    ("villages", "seed", "shape"), [(0, 1, "district"), (60, -1, "district"), (39, 1, "province")]
)
def test_impossible_sizes_are_refused(tmp_path, villages, seed, shape):
    with pytest.raises(ValueError, match=r"or more|at least (1|40) village"):
        sample.write(tmp_path / "none", villages, seed, shape)
    assert not (tmp_path / "none").exists()
