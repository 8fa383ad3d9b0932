"""A chart alone: everything in it is shown once, in its place, whatever the place is."""

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from dashboard import exhibits
from dashboard.dataset import select
from dashboard.outputs import pictures

# A slide, a page, a phone, a strip.
PLACES = [(1500, 600), (640, 860), (360, 700), (1200, 160)]


def plot(dataset, name, communes=(), lang="vi"):
    (found,) = exhibits.build(dataset, select(dataset, list(communes), lang=lang), [name])
    return found.plot


def size(svg):
    root = ET.fromstring(svg)
    return float(root.get("width")), float(root.get("height"))


def words(lines):
    return [line.words for line in lines]


def tops(lines, said):
    return [line.top for line in lines if line.words == said]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", ["overlap.matrix", "structure.cells", "overlap.pool", "goals.progress"])
def test_a_chart_stays_in_its_place(bundled, written, name, place):
    svg = pictures.plot_svg(plot(bundled, name), *place)
    wide, high = size(svg)
    assert (wide <= place[0], high <= place[1]) == (True, True)
    outside = [
        w for w in written(svg) if w.left < 0 or w.top < -1 or w.right > wide + 1 or w.bottom > high + 1
    ]
    assert outside == []


@pytest.mark.parametrize("place", PLACES)
def test_every_row_is_there_once_however_many_columns(bundled, written, place):
    chart = plot(bundled, "overlap.by_commune")
    said = sorted(name for name in chart.frame["name"] if name)
    shown = words(written(pictures.plot_svg(chart, *place)))
    assert sorted(word for word in shown if word in said) == said


def test_the_figures_in_words_are_in_the_source(bundled):
    for name in ("structure.by_commune", "overlap.by_commune", "goals.progress", "goals.gap"):
        chart = plot(bundled, name)
        svg = pictures.plot_svg(chart, 1500, 600)
        assert [said for said in chart.frame["says"] if said and said not in svg] == []


def test_rows_that_fit_stand_below_each_other(bundled, written):
    lines = written(pictures.plot_svg(plot(bundled, "structure.by_commune"), 600, 900))
    assert len({round(line.left) for line in lines if line.words.startswith(("Xã", "Thị trấn"))}) == 1


def test_rows_that_do_not_fit_stand_beside_each_other(bundled, written):
    lines = written(pictures.plot_svg(plot(bundled, "structure.by_commune"), 1200, 400))
    assert len({round(line.left) for line in lines if line.words.startswith(("Xã", "Thị trấn"))}) == 2


def test_a_chart_is_not_drawn_larger_than_on_a_page(bundled, written):
    lines = written(pictures.plot_svg(plot(bundled, "structure.by_commune", ["huong-son"]), 1500, 900))
    assert max(line.size for line in lines) == 13


def test_each_column_of_the_matrix_has_its_headings(bundled, written):
    lines = written(pictures.plot_svg(plot(bundled, "overlap.matrix"), 1500, 600))
    columns = len(tops(lines, "đoàn"))
    assert columns > 2
    assert len(set(tops(lines, "đoàn"))) == 1


def test_a_column_of_the_matrix_begins_with_a_commune(bundled, written):
    lines = written(pictures.plot_svg(plot(bundled, "overlap.matrix"), 1500, 600))
    heading = max(tops(lines, "đoàn"))
    first = [line.words for line in lines if heading < line.top < heading + 30]
    communes = [word for word in first if word.startswith(("Xã", "Thị trấn"))]
    assert len(communes) == len(tops(lines, "đoàn"))


def test_a_commune_longer_than_a_column_is_named_again(bundled, written):
    lines = written(pictures.plot_svg(plot(bundled, "overlap.matrix", ["huong-phu"]), 1100, 180))
    columns = len(tops(lines, "đoàn"))
    assert columns > 1
    assert len(tops(lines, "Xã Hương Phú")) == columns


def test_the_lines_of_a_tree_go_on_in_the_next_column(bundled):
    """The committee's cells hang on one upright line: cut between columns, both parts are drawn."""
    svg = ET.fromstring(pictures.plot_svg(plot(bundled, "structure.organizations", ["huong-son"]), 1000, 300))
    upright = [group for group in svg.iter() if any(float(line.get("y2", 0)) for line in group)]
    assert len(upright) == 2


def test_names_broken_for_a_phone_are_whole_where_there_is_room(bundled, written):
    chart = plot(bundled, "structure.cells")
    assert any("\n" in name for name in chart.frame["name_narrow"])
    shown = words(written(pictures.plot_svg(chart, 1500, 560)))
    assert [name for name in chart.frame["name"] if name not in shown] == []


def test_the_key_stands_once_above_all_columns(bundled, written):
    lines = written(pictures.plot_svg(plot(bundled, "overlap.pool"), 1300, 420))
    key = [line for line in lines if line.words.startswith("Bí thư đồng thời")]
    assert len(key) == 1
    assert key[0].bottom <= min(line.top for line in lines if line.words.startswith("Xã"))


def test_a_chart_of_dates_is_as_high_as_its_place_but_not_more_than_it_needs(bundled):
    chart = plot(bundled, "structure.members_over_time")
    low, high = size(pictures.plot_svg(chart, 700, 300)), size(pictures.plot_svg(chart, 700, 2000))
    assert 250 < low[1] <= 300
    assert 420 < high[1] < 560


def test_nothing_in_a_chart_has_an_id_or_a_word_for_a_page(bundled):
    svg = pictures.plot_svg(plot(bundled, "goals.path:village_head_member"), 800, 400)
    assert not re.search(r'\b(id|role|class|aria-\w+)="', svg)


def test_letters_that_xml_cannot_hold_are_left_out(bundled):
    chart = plot(bundled, "structure.by_commune")
    frame = chart.frame.assign(name=[f"\x01{name}\x0b<b>&" for name in chart.frame["name"]])
    svg = pictures.plot_svg(replace(chart, frame=frame), 800, 700)
    shown = {text.text for text in ET.fromstring(svg).iter() if text.text}
    assert "Xã Hương Sơn<b>&" in shown
