"""A chart alone: everything in it is shown once, in its place, whatever the place is."""

import re
from dataclasses import replace
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree as ET

import pytest

import dashboard.ui
from chart_words import shown_words
from dashboard import exhibits
from dashboard.charts import model
from dashboard.charts.model import (
    BarRow,
    Bars,
    Choice,
    Choices,
    Icicle,
    Label,
    NameColumn,
    NameGroup,
    Names,
    Node,
    PostGroup,
    PostMatrix,
    PostRow,
    Segment,
    Tile,
    Tiles,
    Trend,
)
from dashboard.charts.theme import COLOURS
from dashboard.dataset import select
from dashboard.outputs import pictures
from dashboard.outputs.pictures import drawing, pieces
from dashboard.text import get

# A slide, a page, a phone, a strip.
PLACES = [(1500, 600), (640, 860), (360, 700), (1200, 160)]
# One chart of each class that is no list.
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


def chart(dataset, name, communes=(), lang="vi"):
    (found,) = exhibits.build(dataset, select(dataset, list(communes), lang=lang), [name])
    return found.chart


def size(svg):
    root = ET.fromstring(svg)
    return float(root.get("width")), float(root.get("height"))


def bare(said):
    return re.sub(r"\s+", "", said)


def words(lines):
    return [line.words for line in lines]


def tops(lines, said):
    return [line.top for line in lines if line.words == said]


def test_there_is_an_example_of_every_class(bundled):
    found = {name: type(chart(bundled, key)).__name__ for name, key in OF_CLASS.items()}
    assert list(found) == list(found.values())
    assert {*found, "Tiles", "Choices"} == {one.__name__ for one in get_args(model.Chart)}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", OF_CLASS.values())
def test_a_chart_stays_in_its_place(bundled, written, name, place):
    svg = pictures.chart_svg(chart(bundled, name), *place)
    wide, high = size(svg)
    assert wide <= place[0] + 0.01
    assert high <= place[1] + 0.01
    outside = [
        w for w in written(svg) if w.left < -1 or w.top < -1 or w.right > wide + 1 or w.bottom > high + 1
    ]
    assert outside == []


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("communes", [(), ("huong-son",)], ids=["whole", "commune"])
@pytest.mark.parametrize("name", OF_CLASS.values())
def test_the_words_of_a_chart_are_those_of_the_screen(bundled, name, communes, lang):
    found = chart(bundled, name, communes, lang)
    said = bare("".join(ET.fromstring(pictures.chart_svg(found, 1500, 700)).itertext()))
    expected = [*shown_words(found)]
    assert len(expected) >= 5
    assert [one for one in expected if bare(one) not in said] == []


@pytest.mark.parametrize("place", PLACES)
def test_every_row_is_there_once_however_many_columns(bundled, written, place):
    found = chart(bundled, "overlap.by_commune")
    said = sorted(row.name for row in found.rows)
    shown = bare(" ".join(words(written(pictures.chart_svg(found, *place)))))
    assert [(name, shown.count(bare(name))) for name in said] == [(name, 1) for name in said]


def test_rows_that_fit_stand_below_each_other(bundled, written):
    lines = written(pictures.chart_svg(chart(bundled, "structure.by_commune"), 600, 900))
    assert len({round(line.left) for line in lines if line.words.startswith(("Xã", "Thị trấn"))}) == 1


def test_rows_that_do_not_fit_stand_beside_each_other(bundled, written):
    lines = written(pictures.chart_svg(chart(bundled, "structure.by_commune"), 1200, 260))
    assert len({round(line.left) for line in lines if line.words.startswith(("Xã", "Thị trấn"))}) == 2


def test_a_chart_is_not_drawn_larger_than_on_a_page(bundled, written):
    lines = written(pictures.chart_svg(chart(bundled, "structure.by_commune"), 1500, 900))
    assert max(line.size for line in lines) == 13


def test_each_column_of_the_matrix_has_its_headings(bundled, written):
    lines = written(pictures.chart_svg(chart(bundled, "overlap.matrix"), 1500, 500))
    columns = {round(line.left) for line in lines if line.words.startswith("Thôn")}
    assert len(columns) > 2
    for left in columns:
        first = min((line for line in lines if abs(line.left - left) < 3), key=lambda line: line.top)
        assert first.words.startswith(("Xã", "Thị trấn"))


def test_a_commune_longer_than_a_column_is_named_again(bundled, written):
    lines = written(pictures.chart_svg(chart(bundled, "overlap.matrix", ["huong-phu"]), 1100, 150))
    assert len(tops(lines, "Xã Hương Phú")) == len(tops(lines, "đoàn")) > 1


def test_the_key_stands_once_above_all_columns(bundled, written):
    lines = written(pictures.chart_svg(chart(bundled, "overlap.by_commune"), 1300, 260))
    (key,) = (line for line in lines if line.words == "Cả ba chức danh")
    assert key.bottom <= min(line.top for line in lines if line.words.startswith("Xã"))


def test_nothing_in_a_chart_has_an_id_or_a_word_for_a_page(bundled):
    svg = pictures.chart_svg(chart(bundled, "goals.over_time"), 800, 400)
    assert not re.search(r'\b(id|role|class|aria-\w+)="', svg)


def test_letters_that_xml_cannot_hold_are_left_out(bundled):
    found = chart(bundled, "structure.by_commune")
    rows = tuple(replace(row, name=f"\x01{row.name}\x0b<b>&") for row in found.rows)
    svg = pictures.chart_svg(replace(found, rows=rows), 800, 700)
    shown = {text.text for text in ET.fromstring(svg).iter() if text.text}
    assert "Xã Hương Sơn<b>&" in shown


def bars(many):
    return Bars(tuple(BarRow(f"Thôn {n}", (Segment("value", n),), Label(str(n))) for n in range(1, many + 1)))


def test_bars_have_one_scale_over_all_screens():
    screens = pictures.chart_svgs(bars(60), 800, 300, (1, 1))
    assert len(screens) > 1
    widths = [
        float(found[1])
        for screen in screens
        for path in ET.fromstring(screen).iter(f"{SVG}path")
        if (found := re.match(r"M0,[-\d.]+h([\d.]+)v1[45]", path.get("d", "")))
    ]
    assert [round(wide / max(widths), 2) for wide in sorted(widths)] == [
        round(n / 60, 2) for n in range(1, 61)
    ]


def test_rows_that_are_no_picture_large_are_drawn_small_not_left_out(written):
    lines = written(pictures.chart_svg(bars(400), 700, 400))
    assert len([line for line in lines if line.words.startswith("Thôn")]) == 400


def matrix(*joined, posts=("member",) * 4):
    row = PostRow("Thôn 1", posts, joined, "")
    return PostMatrix(("a", "b", "c", "d"), (), (PostGroup("Xã", (row,)),))


def capsules(svg):
    """From where to where each capsule reaches, and the ways round."""
    root = ET.fromstring(svg)
    overlap = COLOURS["overlap"]
    filled = [one for one in root.iter(f"{SVG}rect") if one.get("fill") == overlap]
    ends = sorted((float(one.get("x")), float(one.get("x")) + float(one.get("width"))) for one in filled)
    return ends, [one for one in root.iter(f"{SVG}path") if one.get("stroke") == overlap]


def test_posts_of_one_person_beside_each_other_are_one_capsule():
    ends, ways = capsules(pictures.chart_svg(matrix((0, 1, 2)), 600, 200))
    assert (len(ends), len(ways)) == (1, 0)


def test_a_post_between_that_is_not_theirs_is_passed_round():
    ends, ways = capsules(pictures.chart_svg(matrix((0, 2)), 600, 200))
    assert (len(ends), len(ways)) == (2, 1)
    middle = (ends[0][0] + ends[-1][1]) / 2  # of the post between
    assert [one for one in ends if one[0] <= middle <= one[1]] == []


def test_two_persons_are_passed_round_on_two_sides():
    _, ways = capsules(pictures.chart_svg(matrix((0, 2), (1, 3)), 600, 200))
    first, second = (float(re.search(r"C[-\d.]+ ([-\d.]+)", one.get("d"))[1]) for one in ways)
    assert first * second < 0


@pytest.mark.parametrize(
    ("state", "drawn"),
    [("member", "circle"), ("not_member", "circle"), ("vacant", "rect"), ("not_reported", "text")],
)
def test_every_state_of_a_post_has_its_sign(state, drawn):
    def signs(posts):
        root = ET.fromstring(pictures.chart_svg(matrix(posts=posts), 600, 200))
        return len(list(root.iter(f"{SVG}{drawn}")))

    other = "vacant" if state == "member" else "member"
    assert signs((state,) * 4) - signs((other,) * 4) == (0 if state == "not_member" else 4)


def test_a_cell_is_as_wide_as_its_members():
    cells = tuple(Node(f"Chi bộ {n}", n, str(n)) for n in (10, 20, 30))
    root = Node("Đảng bộ huyện", 60, "60", children=(Node("Đảng bộ xã", 60, "60", children=cells),))
    whole = Node("Tất cả", 60, "60", children=(root,))
    svg = ET.fromstring(pictures.chart_svg(Icicle(whole), 900, 400))
    named = [one for one in svg.iter(f"{SVG}rect") if one.find(f"{SVG}title") is not None]
    widths = [float(one.get("width")) + 2 for one in named]
    assert [round(wide / widths[0]) for wide in widths] == [1, 2, 3]


def test_names_are_all_there_and_the_heading_stands_above_every_column(written):
    groups = tuple(
        NameGroup(f"Xã {n}", tuple((f"Thôn {k}", "(khuyết)", "") for k in range(6))) for n in range(12)
    )
    found = Names((NameColumn("Mới", groups, "rising", "Còn 3 nơi khác."),))
    lines = written(pictures.chart_svg(found, 1000, 200))
    said = " ".join(words(lines))
    assert said.count("(khuyết)") == 72
    assert "Còn 3 nơi khác." in said
    lefts = {round(line.left) for line in lines if re.match(r"Xã \d+:", line.words)}
    assert len(tops(lines, "Mới")) == len(lefts) > 1


def test_where_there_are_no_names_that_is_said(written):
    lines = written(pictures.chart_svg(Names((), "Không còn thôn nào."), 600, 200))
    assert words(lines) == ["Không còn thôn nào."]


def test_a_list_says_how_many_rows_it_shows(written):
    found = Choices(("Xã", "Thôn"), tuple(Choice((f"Xã {n}", "Thôn")) for n in range(200)))
    block = drawing.draw(found, get(), 800, 400, 1)
    svg = drawing._document(block)
    shown = sum(line.words.startswith("Xã ") for line in written(svg))
    assert 5 < shown < 200
    assert f"Trên hình là {shown} trong 200 dòng" in " ".join(words(written(svg)))


@pytest.mark.parametrize("place", [(700, 300), (360, 500), (1500, 200)])
def test_a_figure_is_never_broken(written, place):
    tiles = tuple(
        Tile(f"Số {n}", value, ("+3",), "rising", Trend((1.0, 2.0, None, 4.0), 3.0) if n % 2 else None)
        for n, value in enumerate(("28.336", "2.198", "12.345.678", "60"))
    )
    lines = written(pictures.chart_svg(Tiles(tiles), *place))
    assert [tile.value for tile in tiles if tile.value not in words(lines)] == []


def test_a_trend_ends_in_its_dot_and_has_the_mark_of_its_target():
    svg = ET.fromstring(
        pictures.chart_svg(Tiles((Tile("Số", "4", (), "none", Trend((1.0, 4.0), 3.0)),)), 400, 200)
    )
    (line,), (dot,), (target,) = (list(svg.iter(f"{SVG}{tag}")) for tag in ("polyline", "circle", "line"))
    x, y = line.get("points").split()[-1].split(",")
    assert (float(x), float(y)) == pytest.approx((float(dot.get("cx")), float(dot.get("cy"))), abs=0.1)
    assert target.get("y1") == target.get("y2")


def test_a_status_has_the_sign_of_the_screen():
    script = (Path(dashboard.ui.__file__).parent / "components" / "chart.js").read_text("utf-8")
    for status in set(get_args(model.Status)) - {"none"}:
        (shape,) = re.findall(rf'^  {status}: "([^"]+)"', script, re.MULTILINE)
        assert pieces.sign(status, 12)[0].get("d") == shape
