"""What Altair draws of a chart: valid, on one scale, every value in its place, and no word of the data."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dashboard import exhibits
from dashboard.charts import vega
from dashboard.charts.model import (
    BarRow,
    Bars,
    BulletRow,
    Bullets,
    DumbbellRow,
    Dumbbells,
    Label,
    Lines,
    Panel,
    Segment,
    Series,
    UnitRow,
    Units,
)
from dashboard.charts.theme import COLOURS
from dashboard.charts.vega import Place
from dashboard.dataset import select

SAYS = Label("1")
NAME = "Tên <b>lạ</b> {datum.x}"
WIDE, HIGH = 300, 60
MIDDLES = (15.0, 45.0)


def place(rows: int) -> Place:
    return Place(WIDE, 30 * rows, MIDDLES[:rows])


def layers(drawn) -> list[tuple[str, dict[str, Any], list[dict[str, Any]]]]:
    """The type of the mark of each layer, its encoding, its records; the chart is held against its schema."""
    spec = json.loads(json.dumps(drawn.to_dict(validate=True), allow_nan=False))

    def records(layer):
        data = layer.get("data", spec.get("data"))
        return data["values"] if "values" in data else spec["datasets"][data["name"]]

    return [(layer["mark"]["type"], layer["encoding"], records(layer)) for layer in spec["layer"]]


def boxes(drawn) -> list[dict[str, Any]]:
    ((_, _, records),) = [layer for layer in layers(drawn) if layer[0] == "rect"]
    return records


def bar(*values: float, chosen: bool = False) -> BarRow:
    return BarRow(NAME, tuple(Segment("member", value) for value in values), SAYS, chosen=chosen)


def test_every_chart_of_the_data_is_valid(bundled):
    drawn = 0
    for communes in ((), ("huong-son",)):
        for exhibit in exhibits.every(bundled, select(bundled, communes)):
            chart = exhibit.chart
            match chart:
                case Bars():
                    found = vega.bars(chart, chart.rows[:2], place(len(chart.rows[:2])))
                case Bullets():
                    found = vega.bullets(chart, chart.rows[:2], place(len(chart.rows[:2])))
                case Dumbbells():
                    found = vega.dumbbells(chart, chart.rows[:2], place(len(chart.rows[:2])))
                case Units():
                    found = vega.units(chart, chart.rows[:2], place(len(chart.rows[:2])))
                case Lines():
                    found = vega.lines(chart, chart.panels, (WIDE, HIGH), 20)
                case _:
                    continue
            layers(found)
            drawn += 1
    assert drawn > 20


def test_parts_of_a_bar_stand_end_to_end_on_the_scale_of_all_rows():
    chart = Bars((bar(3, 4), bar(20)))
    drawn = vega.bars(chart, chart.rows[:1], place(1))
    assert [(one["x"], one["x2"]) for one in boxes(drawn)] == [(0, 3), (3, 7)]
    ((_, encoding, _),) = layers(drawn)
    assert encoding["x"]["scale"]["domain"] == [0, 20]


def test_a_second_measure_has_its_own_scale():
    row = BarRow(NAME, (Segment("value", 791),), SAYS, beside=Segment("value", 26))
    ((_, encoding, records),) = layers(vega.bars(Bars((row,)), (row,), place(1), beside=True))
    assert (encoding["x"]["scale"]["domain"], records[0]["x2"]) == ([0, 26], 26)


def test_a_row_stands_where_the_page_has_it():
    chart = Bars((bar(1), bar(2)))
    middles = [(one["y"] + one["y2"]) / 2 for one in boxes(vega.bars(chart, chart.rows, place(2)))]
    assert middles == list(MIDDLES)


def test_what_is_not_chosen_stands_back():
    chart = Bars((bar(1), bar(2, chosen=True)))
    pale, dark = (one["fill"] for one in boxes(vega.bars(chart, chart.rows, place(2))))
    assert (pale != COLOURS["value"], dark) == (True, COLOURS["value"])


@pytest.mark.parametrize(
    ("share", "target", "gap"),
    [(0.5, 0.8, (0.5, 0.8)), (0.9, 0.8, None), (0.5, None, None), (None, 0.8, None), (0, 0.8, (0, 0.8))],
)
def test_amber_is_what_is_missing_of_the_target(share, target, gap):
    row = BulletRow(NAME, SAYS, share, target)
    drawn = vega.bullets(Bullets((row,)), (row,), place(1))
    amber = [(one["x"], one["x2"]) for one in boxes(drawn) if one["fill"] == COLOURS["missing"]]
    navy = [(one["x"], one["x2"]) for one in boxes(drawn) if one["fill"] == COLOURS["value"]]
    assert amber == ([gap] if gap else [])
    assert navy == ([(0, share)] if share else [])
    marks = [records for kind, _, records in layers(drawn) if kind == "rule"]
    assert [len(records) for records in marks] == [
        1 if target else 0
    ] * 2  # the mark and what is white behind


def test_the_whole_never_stands_back():
    rows = BulletRow("a", SAYS, 0.5, chosen=True), BulletRow("b", SAYS, 0.5)
    whole = BulletRow("all", SAYS, 0.5)
    drawn = vega.bullets(Bullets(rows, whole=whole), (rows[1], whole), place(2))
    fills = [one["fill"] for one in boxes(drawn) if one["fill"] != COLOURS["track"]]
    assert fills == [vega.mixed(COLOURS["value"], 0.5), COLOURS["value"]]


def test_a_ring_is_the_earlier_and_a_dot_the_later_date():
    row = DumbbellRow(NAME, 0.5, 0.7, "5", "7", SAYS, target=0.8)
    chart = Dumbbells(0.4, 0.9, ("40%", "90%"), ("1", "2"), "", "", (row,))
    drawn = vega.dumbbells(chart, (row,), place(1))
    (ring,), (dot,) = [records for kind, _, records in layers(drawn) if kind == "point"]
    assert (ring["x"], ring["fill"], dot["x"], dot["fill"]) == (0.5, COLOURS["white"], 0.7, COLOURS["value"])
    assert [(one["x"], one["x2"]) for one in boxes(drawn)][1] == (0.5, 0.7)


def test_a_date_that_is_not_known_has_no_point():
    row = DumbbellRow(NAME, None, 0.7, "", "7", SAYS)
    chart = Dumbbells(0, 1, ("", ""), ("", ""), "", "", (row,))
    drawn = layers(vega.dumbbells(chart, (row,), place(1)))
    assert [len(records) for kind, _, records in drawn if kind == "point"] == [0, 1]


def test_every_unit_is_a_square_and_none_lies_on_another():
    row = UnitRow(NAME, ("head",) * 5 + ("none",) * 30 + ("silent",), SAYS)
    found = boxes(vega.units(Units((), (row,)), (row,), Place(WIDE, 100, (50,))))
    assert len(found) == 36
    assert len({(one["x"], one["y"]) for one in found}) == 36
    assert max(one["x2"] for one in found) <= WIDE
    assert [one["dashed"] for one in found].count(True) == 1
    assert vega.lines_of(row, WIDE) == len({one["y"] for one in found})


def lines_of(*panels: Panel) -> list[tuple[str, dict[str, Any], list[dict[str, Any]]]]:
    return layers(vega.lines(Lines(("1", "2", "3"), 0, 1, ("0%", "100%"), panels), panels, (100, 50), 20))


def test_a_line_goes_over_its_panel_and_has_a_gap_where_nothing_is_known():
    panel = Panel("", (Series(NAME, (0.0, None, 1.0), "chosen"),))
    drawn = lines_of(panel, panel)
    (records,) = [found for kind, _, found in drawn if kind == "line" and found]
    assert [one["x"] for one in records] == [0, 50, 100, 120, 170, 220]
    assert [one["y"] for one in records] == [50, None, 0] * 2
    (points,) = [found for kind, _, found in drawn if kind == "point" and found]
    assert len(points) == 4


def test_lines_are_told_apart_by_their_part():
    series = tuple(Series(NAME, (0.1, 0.2, 0.3), role) for role in ("other", "whole", "chosen"))
    spec = vega.lines(
        Lines(("1", "2", "3"), 0, 1, ("", ""), ()), (Panel("", series),), (100, 50), 20
    ).to_dict()
    colours = [layer["mark"]["color"] for layer in spec["layer"] if layer["mark"]["type"] == "line"]
    assert colours == [COLOURS["neutral-pale"], COLOURS["value"], COLOURS["chosen"]]


def test_no_name_is_handed_to_vega():
    charts = [
        vega.bars(Bars((bar(1),)), (bar(1),), place(1)),
        vega.units(Units((), ()), (UnitRow(NAME, ("head",), SAYS),), place(1)),
        vega.lines(Lines(("1",), 0, 1, ("", ""), ()), (Panel(NAME, (Series(NAME, (1,)),)),), (9, 9), 1),
    ]
    assert [chart for chart in charts if "datum.x" in json.dumps(chart.to_dict())] == []
