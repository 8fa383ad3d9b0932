"""The charts of the goals where data have gaps, and where a reader or a chart has a part of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard import text
from dashboard.dataset import areas, load, sample, scoped, select, texts
from dashboard.exhibits import goals, tiles
from dashboard.exhibits.goals import wording

CASES = Path(__file__).parents[1] / "cases"


def test_a_reader_of_one_commune_sees_no_other_and_nothing_called_the_whole(bundled):
    mine = scoped(bundled, ("huong-son",))
    chart = goals.attention(mine, select(mine)).chart
    assert [row.name for row in chart.rows] == ["Xã Hương Sơn"]
    assert "đảng bộ" not in chart.whole.name


def test_no_line_rises_because_posts_fell_vacant():
    data = load(CASES / "posts-vacated")
    rows = {row.name: row for row in goals.progress(data, select(data)).chart.rows}
    assert rows["MT"].label.count == "1/1"
    assert rows["MT"].trend is None


def test_the_tile_of_a_goal_says_how_many_posts_are_vacant():
    data = load(CASES / "posts-vacated")
    front = next(tile for tile in tiles.targets(data, select(data)).rows if tile.notes[0].startswith("1/1"))
    assert front.notes == ("1/1 · đạt", "9 khuyết")


@pytest.mark.parametrize(("held", "left_out"), [("vacant", "1 khuyết"), ("", "1 chưa báo cáo")])
def test_a_vacant_post_is_not_called_no_data(build, held, left_out):
    data = build(
        communes="commune_id\nnorth\nsouth",
        villages="village_id | commune_id\na | north\nb | south",
        officers=f"village_id | village_head | front_head\na | A+ | {held}\nb | A+ | B-",
        goals="goal_id | measure | target\nfront | member_share:front_head | 80",
    )
    [label] = [
        row.cells[0].label for row in goals.attention(data, select(data)).chart.rows if "north" in row.name
    ]
    assert (label.count, label.status_label, label.left_out) == ("–", "", left_out)


def test_goals_beyond_the_tiles_are_counted(build):
    goals = "\n".join(f"g{n} | count:members | >= | {n}" for n in range(1, 8))
    data = build(
        organizations="org_id | level | members\na | cell | 5",
        goals=f"goal_id | measure | operator | target\n{goals}",
    )
    *_, more = tiles.targets(data, select(data)).rows
    assert (more.name, more.value) == ("Chỉ tiêu khác", "1")


def test_a_goal_on_villages_says_how_many_villages_report_nothing():
    data = load(CASES / "villages-merged")
    labels = [
        label
        for panel in goals.over_time(data, select(data)).chart.panels
        for series in panel.series
        for label in series.labels
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
    whole = next(line for line in lines if line.role == "whole")
    assert whole.values[-1] == pytest.approx(everything["numerator"] / everything["denominator"])


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_a_commune_that_meets_all_says_nothing_of_the_others_beside_it(bundled, lang):
    chosen = goals.attention(bundled, select(bundled, ["thuong-lo"], lang=lang))
    assert any(cell.needed for row in chosen.chart.rows for cell in row.cells if not row.chosen)
    # "Không xã, thị trấn nào …" would be false of the rows beside it.
    assert chosen.headline == texts(bundled)[lang]("goals.attention.none_chosen")
    assert ("đã chọn" if lang == "vi" else "chosen") in chosen.headline


@pytest.mark.parametrize(
    ("lang", "needed", "unreported"), [("vi", "1.201", "?1.000"), ("en", "1,201", "?1,000")]
)
def test_counts_of_thousands_are_written_as_everywhere(build, lang, needed, unreported):
    held = [f"v{n} | B-" for n in range(1500)] + [f"v{n} |" for n in range(1500, 2500)]
    data = build(
        officers="\n".join(["village_id | village_head", *held]),
        villages="\n".join(["village_id", *(f"v{n}" for n in range(2500))]),
        goals="""
        goal_id | measure | target
        heads | member_share:village_head | 80""",
    )
    [cell] = goals.attention(data, select(data, lang=lang)).chart.rows[0].cells
    assert (cell.needed, cell.unreported) == (needed, unreported)
