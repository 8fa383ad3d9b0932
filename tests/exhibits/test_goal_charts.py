"""The charts of the goals: their rows counted again from the tables of the bundled data set."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard import text
from dashboard.charts.model import Bars, Bullets, Choices, Dumbbells, HeatTable, Lines
from dashboard.dataset import Change, Dataset, areas, default_folder, load, sample, scoped, select
from dashboard.exhibits import goals, places, tiles
from dashboard.exhibits.goals import wording

CASES = Path(__file__).parents[1] / "cases"
POSTS = {
    "village_head_member": ("village_head",),
    "front_head_member": ("front_head",),
    "association_heads_member": ("farmers_head", "women_head", "veterans_head"),
    "youth_head_member": ("youth_head",),
}


@pytest.fixture(scope="module")
def data() -> Dataset:
    return load(default_folder())


def counted(data: Dataset, positions: tuple[str, ...], commune: str | None) -> tuple[int, int, int]:
    """Members, filled posts and posts without a row at the last date, counted row by row."""
    villages = data.villages
    if commune is not None:
        villages = villages[villages["commune_id"] == commune]
    officers = data.officers[data.officers["as_of"] == "2024-12-31"]
    held = officers[
        officers["village_id"].isin(villages["village_id"]) & officers["position"].isin(positions)
    ]
    filled = held[held["holder"] != ""]
    members = int((filled["party_member"] == True).sum())  # noqa: E712 a column of three states
    return members, len(filled), len(villages) * len(positions) - len(held)


def fewest(members: int, filled: int) -> int:
    """How many more make it more than four fifths."""
    return next(n for n in range(filled + 1) if 5 * (members + n) > 4 * filled)


def heat(data: Dataset, *communes: str) -> HeatTable:
    chart = goals.attention(data, select(data, communes)).chart
    assert isinstance(chart, HeatTable)
    return chart


def test_every_cell_of_the_heat_table_is_what_the_tables_say(data):
    for row in heat(data).rows:
        commune = row.link.removeprefix("area:")
        for positions, cell in zip(POSTS.values(), row.cells, strict=True):
            members, filled, unreported = counted(data, positions, commune)
            assert cell.label.count == f"{members}/{filled}", row.name
            assert (cell.needed or 0) == fewest(members, filled), row.name
            assert cell.unreported == unreported, row.name


def test_the_heat_table_begins_where_most_is_missing_and_ends_with_all_together(data):
    chart = heat(data)
    totals = [sum(cell.needed or 0 for cell in row.cells) for row in chart.rows]
    assert totals == sorted(totals, reverse=True)
    assert [row.total for row in chart.rows] == [str(total) for total in totals]
    assert [cell.label.count for cell in chart.whole.cells] == ["50/60", "44/58", "139/177", "42/58"]
    assert chart.whole.total == "11"


def test_a_chosen_commune_is_marked_among_all_of_them(data):
    chart = heat(data, "huong-son", "khe-tre")
    assert len(chart.rows) == 10
    assert {row.name for row in chart.rows if row.chosen} == {"Xã Hương Sơn", "Thị trấn Khe Tre"}
    assert [row.name for row in chart.rows] == [row.name for row in heat(data).rows]


def test_a_reader_of_one_commune_sees_no_other_and_nothing_called_the_whole(data):
    mine = scoped(data, ("huong-son",))
    chart = heat(mine)
    assert [row.name for row in chart.rows] == ["Xã Hương Sơn"]
    assert "đảng bộ" not in chart.whole.name


def test_a_bullet_says_what_is_missing_and_what_is_not_reported(data):
    rows = {row.name: row for row in goals.progress(data, select(data)).chart.rows}
    branches = rows["Chi hội trưởng Nông dân, Phụ nữ, CCB"]
    assert (branches.label.count, branches.label.share, branches.label.status_label) == (
        "139/177",
        "78,5%",
        "thiếu 3",
    )
    assert (branches.label.vacant, branches.label.unreported) == ("2 khuyết", "1 chưa báo cáo")
    assert branches.share == pytest.approx(139 / 177)
    assert branches.target == 0.8


def choices(data: Dataset, *communes: str, **state) -> Choices:
    chart = goals.gap(data, select(data, communes, **state)).chart
    assert isinstance(chart, Choices)
    return chart


def test_the_list_has_every_post_that_is_not_held_by_a_member(data):
    officers = data.officers
    of_commune = officers["village_id"].isin(
        data.villages.loc[data.villages["commune_id"] == "huong-son", "village_id"]
    )
    held = officers[(officers["as_of"] == "2024-12-31") & of_commune]
    persons = held[(held["holder"] != "") & (held["party_member"] == False)]  # noqa: E712
    vacant = held[held["holder"] == ""]
    open_changes = len(persons.drop_duplicates(["village_id", "holder"])) + len(vacant)
    keys = [row.key for row in choices(data, "huong-son").rows]
    assert len(keys) == len(set(keys))
    assert sum(".member." in key or ".fill." in key for key in keys) == open_changes


def test_a_change_of_the_what_if_is_ticked_and_stays_in_the_list(data):
    change = Change("huong-son-2", "member", "village_head")
    rows = choices(data, "huong-son", scenario=[change]).rows
    assert [row.key for row in rows if row.ticked] == [change.written]
    assert {row.key for row in choices(data, "huong-son").rows} <= {row.key for row in rows}


def test_the_lines_are_all_communes_the_whole_and_what_is_chosen(data):
    chart = goals.over_time(data, select(data, ["huong-son"])).chart
    for panel, positions in zip(chart.panels, POSTS.values(), strict=True):
        roles = [one.role for one in panel.series]
        assert (roles.count("other"), roles.count("whole"), roles.count("chosen")) == (9, 1, 1)
        mine = next(one for one in panel.series if one.role == "chosen")
        members, filled, _ = counted(data, positions, "huong-son")
        assert mine.values[-1] == pytest.approx(members / filled)


def test_no_line_goes_to_a_date_that_few_report():
    data = load(CASES / "half-reported")
    chart = goals.over_time(data, select(data)).chart
    for panel in chart.panels:
        whole = next(one for one in panel.series if one.role == "whole")
        assert whole.values[0] is not None
        assert whole.values[-1] is None


def test_the_tile_of_a_goal_has_the_figure_of_the_whole_beside_it(data):
    of_commune = tiles.targets(data, select(data, ["huong-son"])).rows
    assert [tile.value for tile in of_commune] == ["66,7%", "80,0%", "61,1%", "83,3%"]
    assert [tile.notes[-1] for tile in of_commune] == [
        f"toàn đảng bộ {share}" for share in ("83,3%", "75,9%", "78,5%", "72,4%")
    ]
    assert [tile.status for tile in of_commune] == ["not_met", "not_met", "not_met", "met"]


def test_what_nobody_compares_is_not_said_to_have_changed():
    data = load(CASES / "commune-without-organisations")
    members = tiles.overview(data, select(data)).rows[0]
    assert members.status == "none"
    assert members.value == "ít nhất 92"
    assert any("không so sánh được" in note for note in members.notes)


def test_no_line_rises_because_posts_fell_vacant():
    data = load(CASES / "posts-vacated")
    rows = {row.name: row for row in goals.progress(data, select(data)).chart.rows}
    assert rows["MT"].label.count == "1/1"
    assert rows["MT"].trend is None


def test_what_is_missing_may_be_more_where_posts_are_not_reported():
    data = load(CASES / "half-reported")
    assert [(row.name, row.total) for row in goals.attention(data, select(data)).chart.rows] == [
        ("Xã An", "1"),
        ("Xã Bình", "0?"),
    ]


def test_missing_posts_and_missing_villages_are_not_added_up():
    data = load(CASES / "posts-vacated")
    met = next(tile for tile in tiles.overview(data, select(data)).rows if tile.name == "Chỉ tiêu đạt")
    assert met.value == "1/3"
    assert met.notes == ()


def test_what_cannot_be_compared_is_not_doubted_too():
    data = load(CASES / "villages-merged")
    rows = goals.progress(data, select(data)).chart.rows
    said = next(row.label.status_label for row in rows if row.label.status == "no_data")
    assert not said.endswith("?")


@pytest.mark.parametrize("goal", POSTS)
def test_one_goal_stands_in_every_commune_and_on_the_whole(data, goal):
    chart = goals.by_commune(data, select(data, ["huong-son"]), goal).chart
    assert isinstance(chart, Bullets)
    assert [row.link.removeprefix("area:") for row in chart.rows] == list(data.communes["commune_id"])[:10]
    assert [row.link for row in chart.rows if row.chosen] == ["area:huong-son"]
    for row in (*chart.rows, chart.whole):
        members, filled, unreported = counted(data, POSTS[goal], row.link.removeprefix("area:") or None)
        assert row.label.count == f"{members}/{filled}"
        assert row.share == pytest.approx(members / filled)
        assert row.target == 0.8
        assert (row.label.unreported == "") == (unreported == 0)
        assert row.label.status == ("met" if 5 * members > 4 * filled else "not_met")


def test_a_goal_on_a_count_stands_in_bars(build):
    data = build(
        communes="commune_id\na\nb",
        organizations="""
        as_of | org_id | level | commune_id | members
        2023-12-31 | one | cell | a | 7
        2023-12-31 | two | cell | b | 8
        2024-12-31 | one | cell | a | 9
        2024-12-31 | two | cell | b |""",
        goals="goal_id | measure | operator | target\nmany | count:members | >= | 30",
    )
    selection = select(data)
    chart = goals.by_commune(data, selection, "many").chart
    assert isinstance(chart, Bars)
    assert [[one.value for one in row.segments] for row in chart.rows] == [[9], []]
    assert chart.rows[1].label.status == "no_data"
    dated = goals.path(data, selection, "many").chart
    assert isinstance(dated, Bars)
    assert dated.over_dates
    assert [row.label.count for row in dated.rows] == ["15", "9"]
    assert [bool(row.label.unreported) for row in dated.rows] == [False, True]


def test_the_path_of_one_goal_is_one_panel(data):
    chart = goals.path(data, select(data), "secretary_village_head").chart
    assert isinstance(chart, Lines)
    (panel,) = chart.panels
    assert panel.target is None
    assert panel.series[-1].labels[-1] == "26/60 (43,3%)"


def test_a_goal_on_villages_says_how_many_villages_report_nothing():
    data = load(CASES / "villages-merged")
    labels = [
        label
        for panel in goals.over_time(data, select(data)).chart.panels
        for one in panel.series
        for label in one.labels
    ]
    assert "4/6 (66,7%) · 2 thôn chưa báo cáo" in labels
    assert not any("vị trí" in label for label in labels)


def test_the_whole_is_everything_where_only_one_region_is_drawn(tmp_path):
    sample.write(tmp_path, 1_700)
    data = load(tmp_path)
    _, communes = next(iter(areas.regions(data, data.dates[-1], "then").items()))
    everything = wording.state_of(data, select(data), "village_head_member")
    selection = select(data, [communes[0]])
    chart = goals.by_commune(data, selection, "village_head_member").chart
    assert len(chart.rows) == len(communes)
    assert chart.whole.label.count == wording.label(everything, selection.text).count
    assert goals.attention(data, selection).chart.whole.cells[0].label.count == chart.whole.label.count
    lines = goals.over_time(data, selection).chart.panels[0].series
    whole = next(one for one in lines if one.role == "whole")
    assert whole.values[-1] == pytest.approx(everything["numerator"] / everything["denominator"])


def test_a_commune_stands_beside_all_together(data):
    chart = places.commune.peers(data, select(data, ["huong-son"])).chart
    assert isinstance(chart, Dumbbells)
    for row, positions in zip(chart.rows, POSTS.values(), strict=False):
        (own, filled, _), (every, whole, lacking) = (
            counted(data, positions, commune) for commune in ("huong-son", None)
        )
        assert (row.before, row.now) == (pytest.approx(every / whole), pytest.approx(own / filled))
        assert row.now_label == f"{own}/{filled}"
        assert row.before_label.partition(" ")[0] == f"{every}/{whole}"
        assert ("?" in row.before_label) == bool(lacking)
    assert chart.dates[1] == "Xã Hương Sơn"


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_a_commune_that_meets_all_says_nothing_of_the_others_beside_it(bundled, lang):
    chosen = goals.attention(bundled, select(bundled, ["thuong-lo"], lang=lang))
    others = [cell.needed or 0 for row in chosen.chart.rows for cell in row.cells if not row.chosen]
    assert sum(others) > 0
    # "Không xã, thị trấn nào …" would be false of the rows beside it.
    assert chosen.headline == text.get(lang)("goals.attention.none_chosen")
    assert ("đã chọn" if lang == "vi" else "chosen") in chosen.headline
