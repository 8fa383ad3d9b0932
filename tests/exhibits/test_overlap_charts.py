"""The charts of role overlap where not all is reported, or where villages are many."""

from __future__ import annotations

from dashboard import exhibits
from dashboard.dataset import select
from dashboard.exhibits import tiles as overview_tiles


def test_the_district_bodies_get_no_chart(bundled):
    selection = select(bundled, ["outside"])
    for build in (exhibits.overlap.by_commune, exhibits.overlap.three_posts, exhibits.overlap.pool):
        assert not build(bundled, selection).has_body


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
