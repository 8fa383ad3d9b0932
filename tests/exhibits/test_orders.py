"""The rows of charts by commune can be sorted: each order is counted again from the rows."""

from __future__ import annotations

import pytest

from dashboard import exhibits
from dashboard.dataset import areas, select


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
