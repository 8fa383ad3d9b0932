"""A chart alone: everything in it is shown once, in its place, at its value, whatever the place is."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree as ET

import pytest

import dashboard.ui
from chart_words import shown_words
from dashboard import exhibits
from dashboard.charts import model, theme
from dashboard.charts.model import (
    BarRow,
    Bars,
    BulletRow,
    Bullets,
    Choice,
    Choices,
    DumbbellRow,
    Dumbbells,
    Icicle,
    Label,
    Lines,
    NameColumn,
    NameGroup,
    Names,
    Node,
    Panel,
    PostGroup,
    PostMatrix,
    PostRow,
    Segment,
    Series,
    Tile,
    Tiles,
    Trend,
    UnitRow,
    Units,
)
from dashboard.charts.theme import COLOURS
from dashboard.dataset import select
from dashboard.outputs import pictures
from dashboard.outputs.pictures import text_blocks
from dashboard.text import get
from file_words import bare

# One chart of each class that is neither tiles nor a list.
OF_CLASS = {
    "HeatTable": "goals.attention",
    "Bars": "overlap.post_states",
    "Bullets": "goals.progress",
    "Units": "overlap.by_commune",
    "Dumbbells": "changes.by_post",
    "PostMatrix": "overlap.three_posts",
    "Names": "changes.villages",
    "Lines": "goals.over_time",
    "Icicle": "structure.organizations",
}
SVG = "{http://www.w3.org/2000/svg}"
LABEL = Label("1")


def chart_of(dataset, name, communes=(), lang="vi"):
    [exhibit] = exhibits.build(dataset, select(dataset, list(communes), lang=lang), [name])
    return exhibit.chart


def svg_of(chart, width, height):
    return pictures.chart_svg(chart, get(), width, height)


def words(lines):
    return [line.words for line in lines]


def tops(lines, words):
    return [line.top for line in lines if line.words == words]


def marks(chart, tag="rect", width=800, height=300):
    """The shapes of a chart by their colour: x, width and the other attributes."""
    return [shape.attrib for shape in ET.fromstring(svg_of(chart, width, height)).iter(SVG + tag)]


def filled(shapes, colour):
    return [shape for shape in shapes if shape.get("fill") == COLOURS[colour]]


def test_there_is_an_example_of_every_class(bundled):
    classes = [type(chart_of(bundled, name)).__name__ for name in OF_CLASS.values()]
    assert list(OF_CLASS) == classes
    assert {*classes, "Tiles", "Choices"} == {kind.__name__ for kind in get_args(model.Chart)}


@pytest.mark.parametrize("name", OF_CLASS.values())
def test_a_chart_has_the_words_of_the_screen_and_stays_in_its_place(bundled, written, name):
    for communes, lang, place in (((), "vi", (1500, 600)), (("huong-son",), "en", (360, 700))):
        chart = chart_of(bundled, name, communes, lang)
        svg = svg_of(chart, *place)
        root = ET.fromstring(svg)
        width, height = float(root.get("width")), float(root.get("height"))
        assert width <= place[0] + 0.01
        assert height <= place[1] + 0.01
        for line in written(svg):
            assert min(line.left, line.top) > -1, line
            assert line.right < width + 1, line
            assert line.bottom < height + 1, line
        text = bare("".join(root.itertext()))
        expected = [*shown_words(chart)]
        assert len(expected) >= 5
        assert [phrase for phrase in expected if bare(phrase) not in text] == []
        assert not re.search(r'\b(id|role|class|aria-\w+)="', svg)


@pytest.mark.parametrize("place", [(1500, 600), (640, 860), (1200, 160)])
def test_every_row_is_there_once_however_many_columns(bundled, written, place):
    chart = chart_of(bundled, "overlap.by_commune")
    lines = written(svg_of(chart, *place))
    text = bare(" ".join(words(lines)))
    assert {row.name: text.count(bare(row.name)) for row in chart.rows} == {row.name: 1 for row in chart.rows}
    [legend] = (line for line in lines if line.words == "Cả ba chức danh")
    assert legend.bottom <= min(line.top for line in lines if line.words.startswith("Xã"))


@pytest.mark.parametrize(("place", "columns"), [((600, 900), 1), ((1200, 260), 2)])
def test_rows_stand_beside_each_other_where_they_do_not_fit_below(bundled, written, place, columns):
    lines = written(svg_of(chart_of(bundled, "structure.by_commune"), *place))
    assert len({round(line.left) for line in lines if line.words.startswith(("Xã", "Thị trấn"))}) == columns


def test_a_chart_is_not_drawn_larger_than_on_a_page(bundled, written):
    lines = written(svg_of(chart_of(bundled, "structure.by_commune"), 1500, 900))
    assert max(line.size for line in lines) == 13


def test_each_column_of_the_matrix_begins_with_its_commune(bundled, written):
    lines = written(svg_of(chart_of(bundled, "overlap.matrix"), 1500, 500))
    columns = {round(line.left) for line in lines if line.words.startswith("Thôn")}
    assert len(columns) > 2
    for left in columns:
        first = min((line for line in lines if abs(line.left - left) < 3), key=lambda line: line.top)
        assert first.words.startswith(("Xã", "Thị trấn"))
    lines = written(svg_of(chart_of(bundled, "overlap.matrix", ["huong-phu"]), 1100, 150))
    assert len(tops(lines, "Xã Hương Phú")) == len(tops(lines, "đoàn")) > 1


def test_letters_that_xml_cannot_hold_are_left_out():
    chart = Bars((BarRow("\x01Xã\x0b<b>&", (Segment("value", 1),), LABEL),))
    assert "Xã<b>&" in "".join(ET.fromstring(svg_of(chart, 800, 700)).itertext())


def bars(count):
    return Bars(
        tuple(BarRow(f"Thôn {n}", (Segment("value", n),), Label(str(n))) for n in range(1, count + 1))
    )


def test_bars_have_one_scale_over_all_screens():
    screens = pictures.chart_svgs(bars(60), get(), 800, 300, (1, 1))
    assert len(screens) > 1
    shapes = [shape.attrib for screen in screens for shape in ET.fromstring(screen).iter(f"{SVG}rect")]
    widths = sorted(float(shape["width"]) for shape in filled(shapes, "value"))
    assert [round(width / widths[-1] * 60) for width in widths] == list(range(1, 61))


def test_rows_for_which_there_is_no_room_are_drawn_small_not_left_out(written):
    lines = written(svg_of(bars(400), 700, 400))
    assert len([line for line in lines if line.words.startswith("Thôn")]) == 400


def test_segments_stand_one_behind_the_other_in_the_look_of_their_kind():
    row = BarRow("Xã", (Segment("member", 3), Segment("not_member", 0), Segment("unreported", 1)), LABEL)
    [member] = filled(marks(Bars((row,))), "value")
    [unknown] = [shape for shape in marks(Bars((row,))) if shape.get("stroke-dasharray")]
    assert float(unknown["x"]) == pytest.approx(float(member["width"]), abs=0.02)
    assert float(member["width"]) == pytest.approx(3 * float(unknown["width"]), abs=0.03)
    assert [unknown["fill"], unknown["stroke"]] == [COLOURS["track"], COLOURS["soft"]]


def test_a_second_measure_has_its_own_scale():
    rows = [
        BarRow("Xã", (Segment("value", n),), LABEL, beside=Segment("member_first", 10 * n)) for n in (1, 2)
    ]
    shapes = marks(Bars(tuple(rows), heads=("a", "b")))
    for colour in ("value", "missing"):
        first, second = (float(shape["width"]) for shape in filled(shapes, colour))
        assert second == pytest.approx(2 * first, abs=0.03)


def test_what_is_not_chosen_stands_back_and_the_whole_does_not():
    rows = tuple(BulletRow(name, LABEL, 0.5, chosen=name == "b") for name in "abc")
    shapes = marks(Bullets(rows, whole=BulletRow("d", LABEL, 0.5)))
    pale = [shape for shape in shapes if shape["fill"] == theme.mixed(COLOURS["value"], 0.5)]
    assert (len(pale), len(filled(shapes, "value")), len(filled(shapes, "chosen"))) == (2, 2, 1)


@pytest.mark.parametrize(("share", "missing"), [(0.5, 0.3), (0.9, 0), (None, 0)])
def test_what_is_missing_reaches_from_the_share_to_the_mark_of_the_target(share, missing):
    chart = Bullets((BulletRow("Xã", LABEL, share, 0.8),))
    shapes, lines = marks(chart), marks(chart, "line")
    [track] = filled(shapes, "track")
    width = float(track["width"])
    assert sum(float(shape["width"]) for shape in filled(shapes, "missing")) == pytest.approx(
        missing * width, abs=0.02
    )
    assert sum(float(shape["width"]) for shape in filled(shapes, "value")) == pytest.approx(
        (share or 0) * width, abs=0.02
    )
    assert [float(line["x1"]) for line in lines] == pytest.approx([0.8 * width] * 2, abs=0.02)


def test_two_dates_stand_at_their_values_and_the_whole_has_no_marks():
    row = DumbbellRow("Xã", 0.2, 0.6, "", "", LABEL, 0.8)
    chart = Dumbbells(0, 1, ("0%", "100%"), ("a", "b"), "", "", (row,), whole=replace(row, name="Tất cả"))
    ring, dot = marks(chart, "circle")
    [axis] = filled(marks(chart), "track")
    start, width = float(axis["x"]), float(axis["width"])
    assert [ring["fill"], dot["fill"]] == [theme.WHITE, COLOURS["value"]]
    [target] = marks(chart, "line")
    places = [float(ring["cx"]), float(dot["cx"]), float(target["x1"])]
    assert places == pytest.approx([start + part * width for part in (0.2, 0.6, 0.8)], abs=0.02)


def test_there_is_a_square_for_each_unit_in_lines_that_do_not_touch():
    chart = Units((), (UnitRow("Xã", ("member",) * 70 + ("unreported",) * 5, LABEL),))
    shapes = [shape for shape in marks(chart, width=400, height=400) if shape["height"] == "15"]
    places = {(float(shape["x"]), float(shape["y"])) for shape in shapes}
    assert len(places) == 75
    lines = sorted({y for _, y in places})
    assert {round(b - a) for a, b in pairwise(lines)} == {18}


def test_lines_break_where_a_value_is_not_known_and_have_points_in_colour():
    series = (Series("a", (0, None, 0.5, 1), "chosen"), Series("b", (1, 1, 1, 1)))
    chart = Lines(("1", "2", "3", "4"), 0, 1, ("0%", "100%"), (Panel("x", series, 0.5),))
    other, chosen = marks(chart, "polyline")
    assert [len(line["points"].split()) for line in (other, chosen)] == [4, 2]
    points = [shape for shape in filled(marks(chart), "chosen") if shape.get("x")]
    assert len(points) == 3
    floor, target = marks(chart, "line")
    (_, middle), (_, top) = (map(float, point.split(",")) for point in chosen["points"].split())
    assert top == 0
    assert float(target["y1"]) == pytest.approx(middle, abs=0.1)
    assert float(floor["y1"]) == pytest.approx(2 * middle, abs=0.6)


def matrix(*joined, posts=("member",) * 4):
    row = PostRow("Thôn 1", posts, joined, "")
    return PostMatrix(("a",) * len(posts), (), (PostGroup("Xã", (row,)),))


def capsules(chart):
    """From where to where each capsule reaches, and the ways round."""
    ends = [
        (float(shape["x"]), float(shape["x"]) + float(shape["width"]))
        for shape in filled(marks(chart), "overlap")
    ]
    return sorted(ends), [
        shape for shape in marks(chart, "path") if shape.get("stroke") == COLOURS["overlap"]
    ]


def test_the_posts_of_one_person_are_one_capsule_that_passes_round_what_is_not_theirs():
    ends, ways = capsules(matrix((0, 1, 2)))
    assert (len(ends), len(ways)) == (1, 0)
    ends, ways = capsules(matrix((0, 2)))
    assert (len(ends), len(ways)) == (2, 1)
    middle = (ends[0][0] + ends[-1][1]) / 2  # of the post between
    assert [end for end in ends if end[0] <= middle <= end[1]] == []
    _, ways = capsules(matrix((0, 2), (1, 3)))
    first, second = (float(re.search(r"C[-\d.]+ ([-\d.]+)", way["d"])[1]) for way in ways)
    assert first * second < 0


def test_six_persons_in_twelve_posts_are_told_apart():
    joined = tuple((place, place + 6) for place in range(6))
    _, ways = capsules(matrix(*joined, posts=("member",) * 12))
    above = [float(re.search(r"C[-\d.]+ ([-\d.]+)", way["d"])[1]) > 0 for way in ways]
    assert len(set(zip(above, [way.get("stroke-dasharray") for way in ways], strict=True))) == 6


@pytest.mark.parametrize(
    ("state", "tag", "more"),
    [
        ("member", "circle", 4),
        ("not_member", "circle", 0),
        ("vacant", "rect", 4),
        ("not_reported", "text", 4),
    ],
)
def test_every_state_of_a_post_has_its_sign(state, tag, more):
    other = "vacant" if state == "member" else "member"
    drawn, without = (len(marks(matrix(posts=(post,) * 4), tag)) for post in (state, other))
    assert drawn - without == more


def test_a_cell_is_as_wide_as_its_members():
    cells = tuple(Node(f"Chi bộ {n}", n, str(n)) for n in (10, 20, 30))
    root = Node("Đảng bộ huyện", 60, "60", children=(Node("Đảng bộ xã", 60, "60", children=cells),))
    svg = ET.fromstring(svg_of(Icicle(Node("Tất cả", 60, "60", children=(root,))), 900, 400))
    titled = [shape for shape in svg.iter(f"{SVG}rect") if shape.find(f"{SVG}title") is not None]
    widths = [float(shape.get("width")) + 2 for shape in titled]
    assert [round(width / widths[0]) for width in widths] == [1, 2, 3]


def test_names_are_all_there_and_the_heading_stands_above_every_column(written):
    items = tuple((f"Thôn {k}", "(khuyết)", "") for k in range(6))
    groups = tuple(NameGroup(f"Xã {n}", items) for n in range(12))
    lines = written(svg_of(Names((NameColumn("Mới", groups, "rising", "Còn 3 nơi khác."),)), 1000, 200))
    text = " ".join(words(lines))
    assert text.count("(khuyết)") == 72
    assert "Còn 3 nơi khác." in text
    lefts = {round(line.left) for line in lines if re.match(r"Xã \d+:", line.words)}
    assert len(tops(lines, "Mới")) == len(lefts) > 1
    assert words(written(svg_of(Names((), "Không còn thôn nào."), 600, 200))) == ["Không còn thôn nào."]


def test_a_list_says_how_many_rows_it_shows(written):
    chart = Choices(("Xã", "Thôn"), tuple(Choice((f"Xã {n}", "Thôn")) for n in range(200)))
    lines = written(svg_of(chart, 800, 400))
    shown = sum(line.words.startswith("Xã ") for line in lines)
    assert 5 < shown < 200
    assert f"Trên hình là {shown} trong 200 dòng" in " ".join(words(lines))


@pytest.mark.parametrize("place", [(700, 300), (360, 500), (1500, 200)])
def test_a_figure_is_never_broken(written, place):
    tiles = tuple(
        Tile(f"Số {n}", value, ("+3",), "rising", Trend((1.0, 2.0, None, 4.0), 3.0) if n % 2 else None)
        for n, value in enumerate(("28.336", "2.198", "12.345.678", "60"))
    )
    lines = written(svg_of(Tiles(tiles), *place))
    assert [tile.value for tile in tiles if tile.value not in words(lines)] == []


def test_a_trend_ends_in_its_dot_and_has_the_mark_of_its_target():
    chart = Tiles((Tile("Số", "4", (), "none", Trend((1.0, 4.0), 3.0)),))
    [line], [dot], [target] = (marks(chart, tag) for tag in ("polyline", "circle", "line"))
    x, y = line["points"].split()[-1].split(",")
    assert (float(x), float(y)) == pytest.approx((float(dot["cx"]), float(dot["cy"])), abs=0.1)
    assert target["y1"] == target["y2"]


def test_a_trend_whose_last_date_is_not_reported_has_no_dot():
    chart = Tiles((Tile("Số", "4", (), "none", Trend((1.0, 4.0, None), 3.0)),))
    assert [len(list(marks(chart, tag))) for tag in ("polyline", "circle")] == [1, 0]


def test_a_status_has_the_sign_of_the_screen():
    script = (Path(dashboard.ui.__file__).parent / "components" / "chart.js").read_text("utf-8")
    for status in set(get_args(model.Status)) - {"none", "no_data"}:
        [shape] = re.findall(rf'^  {status}: "([^"]+)"', script, re.MULTILINE)
        [sign] = text_blocks.line([text_blocks.Piece("", status=status)]).elements
        assert sign[0].get("d") == shape
