"""The rows of charts by commune can be sorted: each order is counted again from the rows."""

from __future__ import annotations

import pytest

from dashboard import exhibits
from dashboard.dataset import areas, select
from dashboard.exhibits import peers


def sorted_names(exhibit, order: str) -> list[str]:
    """The names of the rows in an order."""
    (rows,) = (rows for name, rows in exhibit.chart.orders.by if name == order)
    return [exhibit.chart.rows[n].name for n in rows]


@pytest.mark.parametrize("chosen", [(), ("huong-son",)])
@pytest.mark.parametrize(
    "build",
    [
        exhibits.goals.attention,
        exhibits.overlap.by_commune,
        exhibits.structure.by_commune,
        exhibits.changes.members,
    ],
)
def test_the_official_order_and_the_one_that_is_shown(bundled, build, chosen):
    selection = select(bundled, chosen)
    exhibit = build(bundled, selection)
    official = areas.labels(bundled, selection.as_of, "then", selection.text)
    shown = {row.name for row in exhibit.chart.rows}
    names = [official[area] for area in areas.listed(bundled, selection.as_of, "then")]
    assert sorted_names(exhibit, "Thứ tự chính thức")[: len(names)] == [
        name for name in names if name in shown
    ]
    first, *_ = exhibit.chart.orders.by
    assert sorted_names(exhibit, first[0]) == [row.name for row in exhibit.chart.rows]


@pytest.mark.parametrize(
    ("order", "column"), [("Đông đảng viên trước", "members"), ("Kết nạp nhiều trước", "admitted")]
)
def test_communes_by_members_and_admissions(bundled, order, column):
    selection = select(bundled)
    exhibit = exhibits.structure.by_commune(bundled, selection)
    rows = {row.name: row for row in exhibit.chart.rows}
    values = [
        rows[name].segments[0].value if column == "members" else rows[name].beside.value
        for name in sorted_names(exhibit, order)
    ]
    assert values == sorted(values, reverse=True)
    assert len(values) == len(rows)


def test_two_rows_have_no_choice_of_an_order(bundled):
    now = select(bundled, (), None, "now")
    assert exhibits.goals.attention(bundled, now).chart.orders is not None
    assert peers.orders(now.text, "missing", official=[1, 0]) is None
