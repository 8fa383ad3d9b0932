"""The charts of role overlap where not all is reported, or where villages are many."""

from __future__ import annotations

from dashboard import exhibits
from dashboard.charts.model import Bars
from dashboard.dataset import select
from dashboard.exhibits import tiles as overview_tiles
from dashboard.exhibits.places import tiles


def test_a_commune_that_does_not_report_all_stands_last_and_says_so(build):
    data = build(
        communes="commune_id\nnorth\nsouth\nwest",
        villages="village_id | commune_id\na | north\nb | north\nc | south\nd | south\ne | west",
        officers="""
        village_id | secretary | village_head | front_head
        a | A+ | A+ | B+
        b | A+ | A+ |
        c | A+ | B+ | C-
        d | A+ | B+ |""",
    )
    north, south, west = exhibits.overlap.by_commune(data, select(data)).chart.rows
    assert [row.units for row in (north, south, west)] == [
        ("head", "head"),
        ("none", "unreported"),
        ("unreported",),
    ]
    assert [row.label.count for row in (north, south)] == ["2/2", "0/2"]
    assert [row.label.unreported for row in (north, south, west)] == ["", "1 chưa báo cáo", "1 chưa báo cáo"]
    assert (west.label.status, west.label.share) == ("no_data", "")


def test_what_is_not_reported_and_what_is_vacant_have_their_signs(build):
    data = build(
        officers="village_id | secretary | village_head | front_head\na | A+ | vacant | A+\nb | | B- | "
    )
    chart = exhibits.overlap.three_posts(data, select(data)).chart
    first, second = chart.groups[0].rows
    assert (first.posts, first.joined) == (("member", "vacant", "member"), ((0, 2),))
    assert (second.posts, second.joined) == (("not_reported", "not_member", "not_reported"), ())
    assert [state for state, _ in chart.states] == [
        "joined",
        "member",
        "not_member",
        "vacant",
        "not_reported",
    ]


def test_communes_of_many_villages_are_bars_of_the_same_counts(build):
    villages = "\n".join(f"v{n:02} | north" for n in range(20))
    officers = "\n".join(f"v{n:02} | A+ | {'A' if n < 5 else 'B'}+ | C+" for n in range(20))
    data = build(
        communes="commune_id\nnorth\nsouth",
        villages=f"village_id | commune_id\n{villages}\nx | south",
        officers=f"village_id | secretary | village_head | front_head\n{officers}",
    )
    chart = exhibits.overlap.by_commune(data, select(data)).chart
    assert isinstance(chart, Bars)
    first, second = chart.rows
    assert {segment.kind: segment.value for segment in first.segments if segment.value} == {
        "head": 5,
        "none": 15,
    }
    assert {segment.kind: segment.value for segment in second.segments if segment.value} == {"unreported": 1}


def test_the_district_bodies_get_no_chart(bundled):
    selection = select(bundled, ["outside"])
    for build in (exhibits.overlap.by_commune, exhibits.overlap.three_posts, exhibits.overlap.pool):
        assert not build(bundled, selection).has_body


def test_no_place_is_told_of_a_commune_that_does_not_report_all(build):
    data = build(
        communes="commune_id\nnorth\nsouth\nwest",
        villages="village_id | commune_id\na | north\nb | south\nc | west",
        officers="""
        village_id | secretary | village_head | front_head
        a | A+ | A+ | B+
        b | A+ | B+ | C+
        c | A+ | A+ |""",
    )
    north, south, west = (
        " ".join(tiles.of_commune(data, select(data, [area])).rows[-1].notes)
        for area in ("north", "south", "west")
    )
    assert "cao thứ 1/2 nơi đủ số liệu" in north
    assert "cao thứ 2/2 nơi đủ số liệu" in south
    assert "thứ" not in west


def test_villages_ready_for_a_secretary_who_is_head_are_told_by_that_pair_alone(build):
    officers = """
        village_id | secretary | village_head | front_head
        a | A+ | A+ | B+
        b | A+ | B+ | C+
        c | A+ | B+ | A+
        d | A+ | B- | A+"""
    data = build(villages="village_id\na\nb\nc\nd", officers=officers)
    head, *_, none = overview_tiles.overlap(data, select(data)).rows
    assert head.notes[1] == "2 thôn khác có thể bố trí ngay"
    assert (none.value, none.notes) == ("1/4", ())
    pool = exhibits.overlap.pool(data, select(data))
    assert pool.headline == "2 trưởng thôn có thể kiêm bí thư ngay; 1 thôn cần đảng viên trước"
    front = "(bí thư kiêm trưởng ban CTMT)"
    behind = [[item[1] for item in column.groups[0].items] for column in pool.chart.columns]
    assert behind == [["", front], [front]]
    assert list(pool.table.frame["Thôn có thể bố trí ngay"]) == [f"b; c {front}"]
