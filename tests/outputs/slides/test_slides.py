"""A briefing as slides, read back with python-pptx: what stands on them, and that it can be read."""

import io
import itertools
import zipfile
from collections import defaultdict
from dataclasses import replace

import openpyxl
import pytest
from PIL import Image
from pptx import Presentation
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from dashboard import charts, text
from dashboard.dataset import areas, select
from dashboard.outputs import briefing, slides
from dashboard.outputs.slides import measure

PICTURES = {
    *(charts.structure.committees, charts.structure.tree, charts.overlap.matrix),
    *(charts.changes.shares, charts.changes.counts),
}
PICTURED = ("structure.organizations", "overlap.matrix")
CHANGES = ("changes.by_post", "changes.overlap", "changes.members", "changes.by_commune")
EMU = 914400
VI = text.get("vi")


def blank():
    """A picture in place of a drawn one: drawing takes its time."""
    file = io.BytesIO()
    Image.new("RGB", (2100, 900), "white").save(file, "PNG")
    return (file.getvalue(),)


class Deck:
    """The slides of a selection, and the exhibits they are printed from."""

    def __init__(self, dataset, communes=(), lang="vi", ids=None, **options):
        self.briefing = briefing.brief(dataset, select(dataset, communes, lang=lang, **options), ids)
        drawn = {exhibit.id: blank() for exhibit in slides.pictured(self.briefing)}
        self.content = slides.pptx(self.briefing, drawn)
        self.slides = list(Presentation(io.BytesIO(self.content)).slides)
        self.by_owner = defaultdict(list)
        for slide in self.slides[1:]:
            self.by_owner[owner(slide)].append(slide)

    def exhibit(self, key):
        return next(exhibit for exhibit in self.briefing.exhibits if exhibit.id == key)

    def of(self, key):
        """The slides of an exhibit, in their order."""
        exhibit = self.exhibit(key)
        return self.by_owner[exhibit.headline, exhibit.subtitle]

    def charts(self, key):
        return [shape.chart for slide in self.of(key) for shape in slide.shapes if shape.has_chart]


def owner(slide):
    """Headline and subtitle: together no two exhibits that have something to show share them."""
    return slide.shapes.title.text, list(slide.shapes)[2].text_frame.text


def words(slide):
    """Everything that is read on a slide but what stands in charts."""
    found = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    for shape in slide.shapes:
        if shape.has_table:
            found += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(found)


def labels(chart):
    """The words at the points of a chart."""
    return ["".join(t.text for t in label.iter(qn("a:t"))) for label in chart._chartSpace.iter(qn("c:dLbl"))]


def known(values):
    return [value for value in values if value is not None]


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
    listed = list(areas.listed(bundled, bundled.dates[-1], "then"))
    return {
        "district": district,
        "commune": commune,
        "outside": Deck(bundled, ["outside"]),
        "ten communes": Deck(bundled, listed),
        "boundaries now": Deck(bundled, boundaries="now", lang="en"),
        "hostile": Deck(hostile),
        "hostile communes": Deck(hostile, ["huong-loc", "huong-xuan", "thuong-quang"], lang="en"),
        "nothing": Deck(build(organizations="org_id | level\na | committee\n")),
    }


KINDS = ("district", "commune", "outside", "ten communes", "boundaries now")
KINDS += ("hostile", "hostile communes", "nothing")


@pytest.fixture(params=KINDS)
def deck(request, every_deck):
    return every_deck[request.param]


# What there is


def test_every_shape_of_a_slide_has_an_id_of_its_own(deck):
    for slide in deck.slides:
        ids = [element.get("id") for element in slide.element.iter("{*}cNvPr")]
        assert len(ids) == len(set(ids)), ids


def test_each_exhibit_has_its_slides_in_order_under_its_headline(district):
    titles = [title for title, _ in itertools.groupby(slide.shapes.title.text for slide in district.slides)]
    headlines = [title for title, _ in itertools.groupby(e.headline for e in district.briefing.exhibits)]
    assert titles == [district.briefing.title, *headlines]


def test_only_the_exhibits_that_cannot_be_read_otherwise_take_several_slides(district):
    several = {e.id: len(district.of(e.id)) for e in district.briefing.exhibits if len(district.of(e.id)) > 1}
    assert several == {
        "structure.cells": 2,
        "overlap.post_states": 2,
        "overlap.three_posts": 3,
        "goals.plan": 2,
        "changes.pace": 2,
        "changes.villages": 4,
        "data.checks": 2,
    }


def test_a_part_of_several_says_which_it_is(district):
    kickers = [list(slide.shapes)[1].text_frame.text for slide in district.of("structure.cells")]
    assert [kicker.split(" · ")[-1] for kicker in kickers] == ["1/2", "2/2"]


def test_a_chosen_exhibit_alone_makes_two_slides(bundled):
    assert len(Deck(bundled, ids=["goals.progress"]).slides) == 2


def test_the_title_slide_has_the_key_figures_with_their_change(district):
    said = words(district.slides[0]).split("\n")
    for figure in district.briefing.opening.figures:
        assert figure.value in said
        assert figure.label in said
        assert not figure.change or VI("slide.change", change=figure.change) in said


def test_the_title_slide_says_who_where_and_which_filter(district):
    said = words(district.slides[0])
    about = district.briefing
    assert all(part in said for part in (about.author, about.title, about.place, about.chosen))


def test_takeaways_and_sentences_stand_on_the_slides(commune):
    for exhibit in commune.briefing.exhibits:
        said = "\n".join(words(slide) for slide in commune.of(exhibit.id))
        assert all(takeaway in said for takeaway in exhibit.takeaways)
        assert all(sentence in said for sentence in exhibit.sentences)


def test_every_slide_names_source_and_filter(district):
    for exhibit in district.briefing.exhibits:
        for slide in district.of(exhibit.id):
            assert exhibit.source in words(slide)
            assert exhibit.chosen in words(slide)


def test_every_slide_bears_the_mark_of_sample_data(district):
    marked = [VI("common.sample") in words(slide) for slide in district.slides]
    assert marked == [True] + [e.sample for e in district.briefing.exhibits for _ in district.of(e.id)]


def test_real_data_bear_no_mark(build):
    real = Deck(build(sample=False, officers="village_id | village_head\nv1 | A+\n"))
    assert not any(VI("common.sample") in words(slide) for slide in real.slides)


def test_every_slide_has_its_number_as_a_field(deck):
    for expected, slide in enumerate(deck.slides, 1):
        shape = next(
            shape
            for shape in slide.placeholders
            if shape.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER
        )
        field = shape._element.find(f".//{qn('a:fld')}")
        assert (field.get("type"), field.find(qn("a:t")).text) == ("slidenum", str(expected))


def test_the_notes_hold_notes_definitions_source_and_filter(district):
    for exhibit in district.briefing.exhibits:
        notes = district.of(exhibit.id)[0].notes_slide.notes_text_frame.text
        filters = [f"{label}: {value}" for label, value in exhibit.filters]
        wanted = [*exhibit.notes, *exhibit.definitions, exhibit.source, *filters]
        assert [line for line in wanted if line not in notes] == []


# Charts


def test_charts_are_native_but_for_those_that_powerpoint_lacks(district, commune):
    for found in (district, commune):
        for exhibit in found.briefing.exhibits:
            if exhibit.plot is None:
                continue
            kinds = {shape.shape_type for slide in found.of(exhibit.id) for shape in slide.shapes}
            drawn = exhibit.plot.draw in PICTURES
            assert (MSO_SHAPE_TYPE.PICTURE in kinds) == drawn
            assert (MSO_SHAPE_TYPE.CHART in kinds) != drawn


def test_a_bar_chart_holds_the_numbers_and_names_of_its_frame(district):
    frame = district.exhibit("structure.by_commune").plot.frame
    (chart,) = district.charts("structure.by_commune")
    (plot,) = chart.plots
    assert list(plot.categories) == list(frame["name"])
    assert list(plot.series[0].values) == list(frame["members"])


def test_rows_run_from_top_to_bottom(district):
    (chart,) = district.charts("structure.by_commune")
    assert chart.category_axis.reverse_order


def test_numbers_are_written_as_text_in_the_language_of_the_briefing(district):
    (chart,) = district.charts("goals.progress")
    assert "50/60 (83,3%) · đạt, mục tiêu trên 80%" in labels(chart)


def test_the_words_of_every_row_stand_in_the_chart(district):
    for exhibit in district.briefing.exhibits:
        if exhibit.plot is None or exhibit.plot.draw in PICTURES or "says" not in exhibit.plot.frame:
            continue
        found = [label for chart in district.charts(exhibit.id) for label in labels(chart)]
        assert [said for said in exhibit.plot.frame["says"] if said and said not in found] == []


def test_no_axis_and_no_label_leaves_a_number_to_windows(deck):
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_chart:
                space = shape.chart._chartSpace
                # Values are never shown as such, only the words written for them.
                for label in space.iter(qn("c:dLbl")):
                    assert label.find(f".//{qn('a:t')}") is not None
                shown = [
                    axis for axis in space.iter(qn("c:valAx")) if axis.find(qn("c:delete")).get("val") == "0"
                ]
                assert {axis.find(qn("c:numFmt")).get("formatCode") for axis in shown} <= {"0%"}


def test_a_stacked_chart_holds_every_segment_with_its_colour_and_a_key(district):
    frame = district.exhibit("overlap.by_commune").plot.frame
    (chart,) = district.charts("overlap.by_commune")
    stacked, total = chart.plots
    wanted = frame.groupby("part")["count"].sum().to_dict()
    assert {series.name: sum(known(series.values)) for series in stacked.series} == wanted
    assert list(total.series[0].values) == list(frame.groupby("row")["end"].max())
    names = {VI(f"overlap.combination.{part}"): part for part in charts.overlap.COMBINATION_COLOURS}
    for series in stacked.series:
        colour = charts.overlap.COMBINATION_COLOURS[names[series.name]]
        assert f"#{series.format.fill.fore_color.rgb}" == colour
    assert chart.has_legend


def test_the_number_of_a_segment_stands_in_it(district):
    frame = district.exhibit("overlap.pool").plot.frame
    written = [label for chart in district.charts("overlap.pool") for label in labels(chart)]
    assert written.count("2") == (frame["count"] == 2).sum()


def test_a_goal_has_its_share_its_target_and_a_colour_by_status(district):
    frame = district.exhibit("goals.progress").plot.frame
    (chart,) = district.charts("goals.progress")
    series = {one.name: one for one in chart.plots[0].series}
    share, target = series[VI("column_short.share")], series[VI("column_short.goal")]
    assert list(share.values) == pytest.approx(list(frame["share"]))
    assert known(target.values) == pytest.approx(list(frame["target"].dropna()))
    colours = [f"#{share.points[i].format.fill.fore_color.rgb}" for i in (1, 4)]
    assert colours == [charts.goals.STATUS_COLOURS[frame["status"][i]] for i in (1, 4)]


def test_colours_and_target_of_goals_are_explained(district):
    assert VI("slide.key.frame") in words(district.of("goals.progress")[0])


def test_dates_are_columns_and_the_way_to_a_goal_is_a_line_with_its_target(district):
    (columns,) = district.charts("structure.members_over_time")
    assert list(columns.plots[0].categories)[-1] == "31/12/2024"
    assert list(columns.plots[0].series[0].values)[-1] == 2198
    (line,) = district.charts("goals.path:village_head_member")
    target, share = line.plots[0].series
    assert set(target.values) == {0.8}
    assert share.values[-1] == pytest.approx(50 / 60)
    assert "50/60 (83,3%)" in labels(line)


def test_what_was_not_counted_is_said_and_has_no_number(build):
    rows = "2023-12-31 | a | cell | \n2024-12-31 | a | cell | 7\n"
    data = build(organizations=f"as_of | org_id | level | members\n{rows}")
    deck = Deck(data, ids=["structure.members_over_time"])
    (chart,) = deck.charts("structure.members_over_time")
    values = chart.plots[0].series[0].values
    assert list(values) == [None, 7]
    assert VI("common.no_data") in labels(chart)


def test_sixty_rows_are_shared_over_slides_with_one_scale_and_none_lost(build):
    rows = "\n".join(f"o{i:02} | cell | Chi bộ cơ sở số {i:02} của huyện | {i + 3}" for i in range(60))
    deck = Deck(build(organizations=f"org_id | level | name | members\n{rows}\n"), ids=["structure.cells"])
    found = deck.charts("structure.cells")
    values = [value for chart in found for value in chart.plots[0].series[0].values]
    assert values == list(range(3, 63))
    assert len({chart.value_axis.maximum_scale for chart in found}) == 1
    assert all(chart.font.size >= Pt(12) for chart in found)


def test_a_chart_that_does_not_draw_all_rows_says_so_beside_it(build):
    rows = "\n".join(f"o{i:02} | cell | {i + 3}" for i in range(70))
    deck = Deck(build(organizations=f"org_id | level | members\n{rows}\n"), ids=["structure.cells"])
    assert VI("card.bounded", n=60, all=70) in words(deck.of("structure.cells")[0])


def test_a_number_without_room_in_its_bar_stands_in_a_table(build):
    lines = "\n".join(f"v{i} | {'A-' if i == 0 else 'A+'}" for i in range(400))
    deck = Deck(build(officers=f"village_id | village_head\n{lines}\n"), ids=["overlap.post_states"])
    tables = [
        shape.table for slide in deck.of("overlap.post_states") for shape in slide.shapes if shape.has_table
    ]
    row = next(row for row in tables[0].rows if row.cells[0].text == VI("code.position.village_head"))
    assert [cell.text for cell in row.cells][1:3] == ["399", "1"]


# Pictures


def test_pictured_are_the_exhibits_whose_chart_powerpoint_lacks(district):
    drawn = [exhibit.id for exhibit in slides.pictured(district.briefing)]
    families = dict.fromkeys(key.partition(":")[0] for key in drawn)
    assert tuple(families) == (*PICTURED, *CHANGES)


def test_a_picture_that_would_be_too_small_goes_on_over_slides(bundled):
    three = select(bundled, ["huong-phu", "huong-xuan", "thuong-long"])
    about = briefing.brief(bundled, three, ["overlap.matrix"])
    (exhibit,) = slides.pictured(about)
    drawn = slides.picture_of(exhibit)
    assert len(drawn) == 2
    deck = Presentation(io.BytesIO(slides.pptx(about, {exhibit.id: drawn})))
    shown = [
        shape for slide in deck.slides for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE
    ]
    assert [shape.image.blob for shape in shown] == list(drawn)
    for shape in shown:
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


def test_a_table_too_long_for_three_slides_says_what_is_left_out(build):
    rows = "\n".join(f"f{i} | count:villages | {i}" for i in range(100))
    deck = Deck(build(published=f"figure_id | measure | value\n{rows}\n"), ids=["reconciliation.compare"])
    found = deck.of("reconciliation.compare")
    shown = sum(len(shape.table.rows) - 1 for slide in found for shape in slide.shapes if shape.has_table)
    assert len(found) == 3
    assert VI("slide.more_rows", n=100 - shown) in words(found[-1])


# The file


def test_the_properties_name_title_author_subject_and_language(commune):
    about = Presentation(io.BytesIO(commune.content)).core_properties
    assert (about.title, about.author) == (commune.briefing.marked_title, commune.briefing.author)
    assert (about.subject, about.language) == (commune.briefing.chosen, "en-US")
    assert about.created.year >= 2024


def test_no_part_is_written_twice(district):
    names = zipfile.ZipFile(io.BytesIO(district.content)).namelist()
    assert len(names) == len(set(names))


def test_every_chart_table_and_picture_is_described(deck):
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table or shape.shape_type == MSO_SHAPE_TYPE.PICTURE:
                assert shape._element._nvXxPr.cNvPr.get("descr")


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
                assert {look.get("lang") for look in space.iter(qn("a:rPr"), qn("a:defRPr"))} == {locale}


def test_words_are_large_enough_to_be_read(deck):
    for slide in deck.slides:
        sizes = [
            run.font.size.pt
            for shape in slide.shapes
            if shape.has_text_frame
            for paragraph in shape.text_frame.paragraphs
            for run in paragraph.runs
        ]
        assert min(sizes) >= 10
        assert all(shape.chart.font.size.pt >= 12 for shape in slide.shapes if shape.has_chart)


# Geometry


def boxes(slide):
    return [(s.name, s.left / EMU, s.top / EMU, s.width / EMU, s.height / EMU) for s in slide.shapes]


def test_nothing_stands_outside_its_slide(deck):
    for slide in deck.slides:
        for name, x, y, w, h in boxes(slide):
            assert x >= 0, name
            assert y >= 0, name
            assert x + w <= 13.34, name
            assert y + h <= 7.5, name


def test_nothing_overlaps(deck):
    for number, slide in enumerate(deck.slides, 1):
        for one, other in itertools.combinations(boxes(slide), 2):
            apart = any(
                one[axis] + one[axis + 2] <= other[axis] + 0.001
                or other[axis] + other[axis + 2] <= one[axis] + 0.001
                for axis in (1, 2)
            )
            assert apart, (number, one, other)


def test_words_fit_into_their_boxes(deck):
    for number, slide in enumerate(deck.slides, 1):
        for shape in slide.shapes:
            if (shape.has_text_frame and not shape.is_placeholder) or shape == slide.shapes.title:
                assert needed(shape) <= shape.height / EMU + 0.01, (number, shape.text_frame.text)


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
    assert measure.lines(words, 20, wide * 0.99, bold) > 1
    assert measure.width(words, 20, bold) >= wide * 0.99


def test_no_word_of_a_table_is_broken(commune, district):
    for deck in (commune, district):
        for shape in (shape for slide in deck.slides for shape in slide.shapes if shape.has_table):
            for row in shape.table.rows:
                for column, cell in zip(shape.table.columns, row.cells, strict=True):
                    run = cell.text_frame.paragraphs[0].runs[0]
                    room = (column.width - cell.margin_left - cell.margin_right) / EMU
                    for word in run.text.split():
                        assert measure.width(word, run.font.size.pt, run.font.bold) <= room, run.text


def needed(shape):
    """How high the words of a shape are, inches."""
    frame = shape.text_frame
    found = (frame.margin_top + frame.margin_bottom) / EMU
    for number, paragraph in enumerate(frame.paragraphs):
        indent = int(paragraph._p.pPr.get("marL", 0)) if paragraph._p.pPr is not None else 0
        room = (shape.width - frame.margin_left - frame.margin_right - indent) / EMU
        points = max(run.font.size.pt for run in paragraph.runs)
        bold = any(run.font.bold for run in paragraph.runs)
        lines = measure.lines("".join(run.text for run in paragraph.runs), points, room, bold)
        found += measure.height(lines, points)
        if number and paragraph.space_before:
            found += paragraph.space_before.pt / 72
    return found


def test_a_slide_is_16_by_9(district):
    deck = Presentation(io.BytesIO(district.content))
    assert (deck.slide_width, deck.slide_height) == (Inches(13.333), Inches(7.5))


# Names that look like something else


def test_names_stay_the_text_they_are(hostile, every_deck):
    deck = every_deck["hostile"]
    names = [str(name) for chart in deck.charts("structure.cells") for name in chart.plots[0].categories]
    assert any(name.startswith("=1+1 <b>") for name in names)


def test_a_name_that_looks_like_a_formula_is_text_in_the_workbook_of_a_chart(every_deck):
    for chart in every_deck["hostile"].charts("structure.by_commune"):
        book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        cells = [cell for row in book.active.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n"}
        assert not any(cell.data_type == "s" and cell.value == 2 for cell in cells)


def test_the_workbook_of_a_chart_holds_its_numbers(district):
    (chart,) = district.charts("structure.by_commune")
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    frame = district.exhibit("structure.by_commune").plot.frame
    assert [row[:2] for row in sheet.iter_rows(min_row=2, values_only=True)] == list(
        zip(frame["name"], frame["members"], strict=True)
    )


# Nothing there


def test_an_exhibit_that_is_only_a_headline_has_its_slide(bundled):
    made = briefing.brief(bundled, select(bundled), ["data.checks"])
    (section,) = made.sections
    alone = replace(section.exhibits[0], table=None, sentences=(), notes=())
    made = replace(made, sections=(replace(section, exhibits=(alone,)),))
    slide = list(Presentation(io.BytesIO(slides.pptx(made, {}))).slides)[-1]
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
    (chart,) = Deck(data, ids=["goals.progress"]).charts("goals.progress")
    assert labels(chart) == [f"{VI('common.no_data')} · {VI('goals.unreported.posts', n=2)}"] * 2
    share = next(one for one in chart.plots[0].series if one.name == VI("column_short.share"))
    assert known(share.values) == []


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_layouts_and_prompts_speak_the_readers_language(bundled, lang):
    made = Deck(bundled, ["huong-son"], lang=lang, ids=["goals.progress"])
    deck = Presentation(io.BytesIO(made.content))
    sheets = [deck.slide_masters[0], *deck.slide_layouts]
    words = text.get(lang)
    names = [sheet.name for sheet in sheets]
    assert names == [words(f"slide.sheet.{name}") for name in ("master", "opening", "exhibit")]
    prompts = {shape.text_frame.text for sheet in sheets for shape in sheet.placeholders}
    assert prompts <= {words("slide.prompt"), "‹#›"}
