"""The full deck, read back with python-pptx: what is on it, and that it can be read."""

import io
import itertools
from dataclasses import replace

import openpyxl
import pytest
from pptx import Presentation
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.oxml.ns import qn

from dashboard import text
from dashboard.charts import theme
from dashboard.charts.model import (
    Bars,
    Bullets,
    Choices,
    Dumbbells,
    HeatTable,
    Icicle,
    Lines,
    Names,
    PostMatrix,
    Units,
)
from dashboard.dataset import select
from dashboard.outputs import briefing, slides
from dashboard.outputs.slides import page, tables, text_metrics
from slide_decks import EMU, Deck, boxes, chart_labels, overflowing, points, words

VI = text.get("vi")
# What each class of chart is on a slide.
NATIVE = {
    MSO_SHAPE_TYPE.CHART: (Bars, Bullets, Dumbbells, Lines, Units),
    MSO_SHAPE_TYPE.TABLE: (HeatTable, Names, Choices),
    MSO_SHAPE_TYPE.PICTURE: (PostMatrix, Icicle),
}


@pytest.fixture(scope="module")
def district(bundled):
    return Deck(bundled)


@pytest.fixture(scope="module")
def commune(bundled):
    return Deck(bundled, ["huong-son"], lang="en")


@pytest.fixture(scope="module")
def hostile(bundled):
    """Names that look like markup, formulas and fields, and names beyond all measure."""
    organizations, communes = bundled.organizations.copy(), bundled.communes.copy()
    long = "Chi bộ Ban Quản lý dự án đầu tư xây dựng và phát triển quỹ đất huyện " * 3
    organizations["name"] = [
        (f'=1+1 <b>{name}</b> & "$x$" @SUM \u202e' if i % 5 == 0 else long + name if i % 7 == 0 else name)
        for i, name in enumerate(organizations["name"])
    ]
    odd = {2: "X" * 180, 4: long, 5: "=1+1"}
    communes["name"] = [odd.get(i, name) for i, name in enumerate(communes["name"])]
    return replace(bundled, organizations=organizations, communes=communes)


@pytest.fixture(scope="module")
def every_deck(bundled, district, commune, hostile, build):
    """Decks of all kinds of selections, by what they show."""
    return {
        "district": district,
        "commune": commune,
        "outside": Deck(bundled, ["outside"]),
        "hostile communes": Deck(hostile, ["huong-loc", "huong-xuan", "thuong-quang"], lang="en"),
        "nothing": Deck(build(organizations="org_id | level\na | committee\n")),
    }


KINDS = ("district", "commune", "outside", "hostile communes", "nothing")


@pytest.fixture(params=KINDS)
def deck(request, every_deck):
    return every_deck[request.param]


# What there is


def test_each_exhibit_has_its_slides_in_order_under_its_headline(district):
    """A headline too long for a title is below the name of the exhibit."""
    numbers = [slide.slide_id for slide in district.slides]
    firsts = [numbers.index(district.of(exhibit.id)[0].slide_id) for exhibit in district.briefing.exhibits]
    assert firsts == sorted(set(firsts))
    for exhibit in district.briefing.exhibits:
        title = district.of(exhibit.id)[0].shapes.title.text
        assert (title == exhibit.headline) == (len(exhibit.headline) <= 90), title


def test_a_part_of_several_says_which_it_is(district):
    parts = district.of("structure.cells")
    assert len(parts) > 1
    for number, slide in enumerate(parts, 1):
        assert VI("slide.part", part=number, parts=len(parts)) in words(slide)


def test_no_chart_takes_more_slides_than_it_may(deck):
    for exhibit in deck.briefing.exhibits:
        drawn = [
            slide for slide in deck.of(exhibit.id) if any(s.has_chart or s.has_table for s in slide.shapes)
        ]
        assert len(drawn) <= 4, exhibit.id


def test_the_title_slide_says_who_what_where_when_and_the_findings(district):
    opening = words(district.slides[0])
    about = district.briefing
    assert all(part in opening for part in (about.author, about.title, about.place, about.as_of))
    assert len(about.findings) == 3
    assert all(finding in opening for finding in about.findings)


def test_every_slide_names_place_date_and_source(district):
    for exhibit in district.briefing.exhibits:
        for slide in district.of(exhibit.id):
            assert exhibit.foot in words(slide)


def test_every_slide_has_its_number_as_a_field(deck):
    for expected, slide in enumerate(deck.slides, 1):
        shape = next(
            shape
            for shape in slide.placeholders
            if shape.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER
        )
        field = shape._element.find(f".//{qn('a:fld')}")
        assert (field.get("type"), field.find(qn("a:t")).text) == ("slidenum", str(expected))


def test_the_notes_say_the_headline_and_two_sentences(deck):
    for exhibit in deck.briefing.exhibits:
        for slide in deck.of(exhibit.id):
            lines = slide.notes_slide.notes_text_frame.text.split("\n")
            assert lines[0] == page.shapes.one_line(exhibit.headline)[: page.LONGEST_NOTES]
            sentences = {
                page.shapes.one_line(sentence) for sentence in (*exhibit.takeaways, *exhibit.sentences)
            }
            assert set(lines[1:]) <= sentences
            assert len(lines) <= 3
    assert all(
        len(slide.notes_slide.notes_text_frame.text) <= 400 for slide in deck.slides if slide.has_notes_slide
    )


def test_what_the_terms_mean_and_the_version_are_properties_of_the_file(district):
    about = Presentation(io.BytesIO(district.content)).core_properties
    assert about.version == district.briefing.version
    for exhibit in district.briefing.exhibits:
        assert all(term in about.comments for term in exhibit.definitions)


# Charts


def test_every_class_is_drawn_natively_but_for_two(district, commune):
    for deck in (district, commune):
        for exhibit in deck.briefing.exhibits:
            # Where no row changed, a sentence says so.
            if exhibit.chart is not None and getattr(exhibit.chart, "rows", True):
                kinds = {shape.shape_type for shape in deck.shapes(exhibit.id)}
                expected = {kind for kind, classes in NATIVE.items() if isinstance(exhibit.chart, classes)}
                assert kinds & set(NATIVE) == expected, exhibit.id


def test_a_bar_chart_holds_the_numbers_and_names_of_its_rows(district):
    rows = district.exhibit("structure.cells").chart.rows
    charts = district.charts("structure.cells")
    assert [name for chart in charts for name in chart.plots[0].categories] == [row.name for row in rows]
    values = [value for chart in charts for value in chart.plots[0].series[0].values]
    assert values == [row.segments[0].value for row in rows]
    labels = [label for chart in charts for label in chart_labels(chart)]
    assert labels == [tables.label_text(row.label) for row in rows]


def test_two_measures_stand_beside_each_other_each_on_its_scale(district):
    rows = district.exhibit("structure.by_commune").chart.rows
    members, admitted = district.charts("structure.by_commune")
    assert list(members.plots[0].series[0].values)[: len(rows)] == [row.segments[0].value for row in rows]
    assert list(admitted.plots[0].series[0].values)[: len(rows)] == [row.beside.value for row in rows]
    assert members.value_axis.maximum_scale > admitted.value_axis.maximum_scale


def test_the_chosen_commune_is_marked_and_the_others_pale(commune):
    chart = commune.charts("structure.by_commune")[0]
    names = list(chart.plots[0].categories)
    [chosen] = [n for n, name in enumerate(names) if name.startswith("►")]
    assert names[chosen] == "► Hương Sơn commune"
    series = chart.plots[0].series[0]
    assert f"#{series.points[chosen].format.fill.fore_color.rgb}" == theme.BLUE
    assert f"#{series.format.fill.fore_color.rgb}" == theme.mixed(theme.BLUE, 0.45)


def test_no_axis_and_no_label_leaves_a_number_to_windows(deck):
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_chart:
                space = shape.chart._chartSpace
                # Values are never shown as such, only the words written for them.
                for label in space.iter(qn("c:dLbl")):
                    assert label.find(f".//{qn('a:t')}") is not None
                for axis in space.iter(qn("c:valAx")):
                    if axis.find(qn("c:delete")).get("val") == "0":
                        assert axis.find(qn("c:numFmt")).get("formatCode").count('"') == 4


def test_a_stacked_chart_holds_every_kind_with_its_colour_and_a_key(district):
    drawn = district.exhibit("overlap.by_commune").chart
    (chart,) = district.charts("overlap.by_commune")
    series = {entry.name: entry for entry in chart.plots[0].series}
    for kind, name in drawn.kinds:
        counted = [row.units.count(kind) for row in drawn.rows]
        assert [value or 0 for value in series[name].values][: len(counted)] == counted
        fill = theme.COLOURS[theme.KINDS[kind][0]]
        assert f"#{series[name].format.fill.fore_color.rgb}" == fill
        assert name in words(district.of("overlap.by_commune")[0])
    for row in (*drawn.rows, drawn.whole):
        assert tables.label_text(row.label) in chart_labels(chart)


def test_a_goal_has_its_share_its_target_and_what_is_missing(district):
    rows = district.exhibit("goals.progress").chart.rows
    (chart,) = district.charts("goals.progress")
    series = {entry.name: entry for entry in chart.plots[0].series}
    target = list(series[VI("column_short.goal")].values)
    assert target == [row.target for row in rows]
    reached, short = (list(series[VI(f"slide.{name}")].values) for name in ("reached", "short"))
    for row, met, missed in zip(rows, reached, short, strict=True):
        assert (missed if row.target and row.share < row.target else met) == pytest.approx(row.share)
    assert "50/60 (83,3%) · ● đạt" in chart_labels(chart)
    # Between the share and the line of the target the bar is amber.
    edge = series[VI("slide.edge")]
    assert f"#{edge.points[1].format.fill.fore_color.rgb}" == theme.AMBER


def test_two_dates_are_points_on_the_axis_of_the_exhibit(district):
    drawn = district.exhibit("changes.by_post").chart
    (chart,) = district.charts("changes.by_post")
    points_of = {entry.name: entry for entry in chart.plots[0].series}
    places = [
        float(node.text) for node in points_of[drawn.dates[1]]._element.find(qn("c:xVal")).iter(qn("c:v"))
    ]
    assert places == pytest.approx([row.now for row in drawn.rows if row.now is not None])
    assert (chart.category_axis.minimum_scale, chart.category_axis.maximum_scale) == (drawn.low, drawn.high)
    labels = chart_labels(chart)
    for row in drawn.rows:
        assert any(row.before_label in label and row.now_label in label for label in labels), row.name
        assert row.name in labels


def test_the_way_to_a_goal_is_a_line_with_its_target(district):
    (line,) = district.charts("goals.path:village_head_member")
    series = {entry.name: list(entry.values) for entry in line.plots[0].series}
    panel = district.exhibit("goals.path:village_head_member").chart.panels[0]
    [whole] = [entry for entry in panel.series if entry.role == "whole"]
    assert series[whole.name][-1] == pytest.approx(50 / 60)
    assert set(series[panel.target_label or VI("column_short.goal")]) == {0.8}
    assert any("50/60 (83,3%)" in name for name in line.plots[0].categories)


def test_sixty_rows_are_shared_over_slides_with_none_lost(build):
    rows = "\n".join(f"o{i:02} | cell | Chi bộ cơ sở số {i:02} của huyện | {i + 3}" for i in range(60))
    deck = Deck(build(organizations=f"org_id | level | name | members\n{rows}\n"), ids=["structure.cells"])
    charts = deck.charts("structure.cells")
    assert [v for chart in charts for v in chart.plots[0].series[0].values] == list(range(3, 63))
    assert len({chart.value_axis.maximum_scale for chart in charts}) == 1


# Pictures


def test_a_picture_that_would_be_too_small_goes_on_over_slides(bundled):
    brief = briefing.brief(bundled, select(bundled), ["overlap.matrix"])
    (exhibit,) = slides.pictured(brief)
    drawn = slides.picture_of(exhibit)
    assert len(drawn) > 1
    deck = Presentation(io.BytesIO(slides.pptx(brief, {exhibit.id: drawn})))
    pictures = [
        shape for slide in deck.slides for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE
    ]
    assert [shape.image.blob for shape in pictures] == list(drawn)
    for shape in pictures:
        wide, high = shape.image.size
        assert shape.width / shape.height == pytest.approx(wide / high, rel=0.01)
        assert wide / (shape.width / EMU) >= 200  # dots per inch


# Tables


def test_an_exhibit_of_figures_alone_is_a_native_table(district):
    exhibit = district.exhibit("reconciliation.compare")
    (slide,) = district.of(exhibit.id)
    (table,) = (shape.table for shape in slide.shapes if shape.has_table)
    written = exhibit.table.written(VI)
    assert [cell.text for cell in table.rows[0].cells] == list(written.columns)
    assert [[cell.text for cell in row.cells] for row in list(table.rows)[1:]] == written.values.tolist()


def test_places_and_goals_are_a_table_whose_tint_is_what_is_missing(district):
    chart = district.exhibit("goals.attention").chart
    table = next(shape.table for shape in district.shapes("goals.attention") if shape.has_table)
    for row, drawn in zip((*chart.rows, chart.whole), list(table.rows)[1:], strict=True):
        assert drawn.cells[0].text == row.name
        for cell, table_cell in zip(row.cells, list(drawn.cells)[1:-1], strict=True):
            parts = table_cell.text.split()
            assert cell.label.count in parts
            assert cell.needed in parts or not cell.needed
            assert (table_cell.fill.type is not None) == bool(cell.missing and row is not chart.whole)


def test_a_table_too_long_says_what_is_left_out(build):
    rows = "\n".join(f"f{i} | count:villages | {i}" for i in range(100))
    deck = Deck(build(published=f"figure_id | measure | value\n{rows}\n"), ids=["reconciliation.compare"])
    parts = deck.of("reconciliation.compare")
    shown = sum(len(shape.table.rows) - 1 for slide in parts for shape in slide.shapes if shape.has_table)
    assert len(parts) == 4
    assert VI("slide.more_rows", n=100 - shown) in words(parts[-1])


# The file


def test_the_properties_name_title_author_subject_and_language(commune):
    about = Presentation(io.BytesIO(commune.content)).core_properties
    assert (about.title, about.author) == (commune.briefing.marked_title, commune.briefing.author)
    assert (about.subject, about.language) == (commune.briefing.chosen, "en-US")
    assert about.created.year >= 2024


@pytest.mark.parametrize(
    ("kind", "language", "locale"),
    [("district", MSO_LANGUAGE_ID.VIETNAMESE, "vi-VN"), ("commune", MSO_LANGUAGE_ID.ENGLISH_US, "en-US")],
)
def test_all_words_are_in_arial_and_in_the_language(every_deck, kind, language, locale):
    for slide in every_deck[kind].slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                runs = [run for paragraph in shape.text_frame.paragraphs for run in paragraph.runs]
                assert {(run.font.name, run.font.language_id) for run in runs} <= {("Arial", language)}
            if shape.has_chart:
                space = shape.chart._chartSpace
                assert {look.get("typeface") for look in space.iter(qn("a:latin"))} == {"Arial"}
                assert {look.get("lang") for look in space.iter(qn("a:rPr"))} <= {locale}


def test_words_are_large_enough_to_be_read(deck):
    for slide in deck.slides:
        assert min(points(slide)) >= 11


# Geometry


def within(outer, inner):
    """Whether the second is inside the first, as words are in the frame of a tile."""
    return all(
        outer[axis] <= inner[axis] and inner[axis] + inner[axis + 2] <= outer[axis] + outer[axis + 2] + 0.001
        for axis in (1, 2)
    )


def test_nothing_overlaps_or_stands_outside_its_slide(deck):
    for number, slide in enumerate(deck.slides, 1):
        for name, x, y, w, h in boxes(slide):
            assert 0 <= x <= x + w <= 13.34, (number, name)
            assert 0 <= y <= y + h <= 7.5, (number, name)
        for first, second in itertools.combinations(boxes(slide), 2):
            apart = any(
                first[axis] + first[axis + 2] <= second[axis] + 0.001
                or second[axis] + second[axis + 2] <= first[axis] + 0.001
                for axis in (1, 2)
            )
            assert apart or within(first, second), (number, first, second)


def test_words_fit_into_their_boxes(deck):
    assert overflowing(deck) == []


@pytest.mark.parametrize(
    ("words", "bold", "wide"),
    [
        ("Trưởng thôn, tổ trưởng tổ dân phố là đảng viên: 50/60 (83,3%)", True, 9.77),
        ("All of Đảng bộ huyện Nam Đông: one plan with 11 changes, in 7 villages", True, 11.30),
        ("Chi hội trưởng phụ nữ: thêm 1 vị trí do đảng viên giữ: Tổ dân phố 1.", False, 9.43),
    ],
)
def test_there_is_room_for_the_widest_font_that_stands_in_for_arial(words, bold, wide):
    # `wide`: inches in DejaVu Sans of 20 points, which an office suite takes where Arial is not installed.
    assert text_metrics.lines(words, 20, wide * 0.99, bold) > 1
    assert text_metrics.width(words, 20, bold) >= wide * 0.99


# Names that look like something else


def test_a_name_that_looks_like_a_formula_is_text_in_the_workbook_of_a_chart(every_deck):
    for chart in every_deck["hostile communes"].charts("structure.by_commune"):
        book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        cells = [cell for row in book.active.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n"}
        assert not any(cell.data_type == "s" and cell.value == 2 for cell in cells)


# Nothing there


def test_an_exhibit_that_is_only_a_headline_has_its_slide(bundled):
    brief = briefing.brief(bundled, select(bundled), ["data.checks"])
    (section,) = brief.sections
    alone = replace(section.exhibits[0], table=None, sentences=(), notes=())
    brief = replace(brief, sections=(replace(section, exhibits=(alone,)),))
    slide = list(Presentation(io.BytesIO(slides.pptx(brief, {}))).slides)[-1]
    assert slide.shapes.title.text == alone.headline
    assert not any(shape.has_chart or shape.has_table for shape in slide.shapes)


def test_goals_without_data_say_so_in_words(build):
    data = build(
        villages="village_id\na\nb",
        officers="village_id | secretary\na | A+",
        goals="""
        goal_id | measure | target
        heads | member_share:village_head | 80
        fronts | member_share:front_head | 80""",
    )
    deck = Deck(data, ids=["goals.progress"])
    (chart,) = deck.charts("goals.progress")
    for row, label in zip(deck.exhibit("goals.progress").chart.rows, chart_labels(chart), strict=True):
        assert row.share is None
        assert label == tables.label_text(row.label)
        assert row.label.unreported
    assert not {VI("slide.reached"), VI("slide.short")} & {entry.name for entry in chart.plots[0].series}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_layouts_and_prompts_speak_the_readers_language(bundled, lang):
    deck = Deck(bundled, ["huong-son"], lang=lang, ids=["goals.progress"])
    presentation = Presentation(io.BytesIO(deck.content))
    sheets = [presentation.slide_masters[0], *presentation.slide_layouts]
    words = text.get(lang)
    names = [sheet.name for sheet in sheets]
    assert names == [words(f"slide.sheet.{name}") for name in ("master", "opening", "exhibit")]
    prompts = {shape.text_frame.text for sheet in sheets for shape in sheet.placeholders}
    assert prompts <= {words("slide.prompt"), "‹#›"}
