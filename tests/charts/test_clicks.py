"""A chart whose rows open a page: the same picture, and a click picks the key of its row."""

from __future__ import annotations

import altair as alt
import pytest

from dashboard import charts, exhibits
from dashboard.dataset import select


@pytest.fixture(
    params=["structure.by_commune", "overlap.by_commune", "overlap.pool", "overlap.matrix", "goals.gap"]
)
def plot(bundled, request):
    (found,) = exhibits.build(bundled, select(bundled), [request.param])
    return found.plot


def test_a_click_picks_the_key_and_draws_nothing_otherwise(plot):
    spec = plot.clickable_spec
    picking = [param for layer in spec["layer"] for param in layer.get("params", [])]
    assert [param["name"] for param in picking] == [charts.PICK]
    assert picking[0]["select"]["fields"] == [charts.KEY]
    without = [{key: part for key, part in layer.items() if key != "params"} for layer in spec["layer"]]
    assert {**spec, "layer": without} == plot.spec
    assert charts.PICK not in str(plot.spec)


def test_it_is_valid_and_the_same_object_whatever_the_rows(plot):
    spec = plot.clickable_spec
    alt.LayerChart.from_dict({**spec, "data": {"values": []}})
    assert charts.Plot(plot.draw, plot.frame.head(1), plot.text).clickable_spec is spec


def test_what_a_click_opens_the_list_below_opens_too(bundled):
    for one in exhibits.every(bundled, select(bundled)):
        if one.plot is not None and one.plot.clickable:
            keys = {key for key in one.plot.frame[charts.KEY].dropna() if key}
            listed = {key for key, _ in one.opens}
            if one.id == "overlap.matrix":  # its lists of communes stand on other cards
                keys = {key for key in keys if key.startswith("village:")}
            assert listed == keys
            assert "commune:outside" not in keys
