"""The numbers of the screen, of every picture and of every file are the same, whatever is selected."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pandas as pd
import pytest
from PIL import Image
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from chart_words import cards_of, shown_words
from dashboard import text
from dashboard.charts.model import (
    Bars,
    Bullets,
    Chart,
    Choices,
    Dumbbells,
    HeatTable,
    Lines,
    Names,
    Tiles,
    Units,
    as_data,
)
from dashboard.dataset import Dataset, Selection, select
from dashboard.exhibits import Exhibit, every, page_of
from dashboard.outputs import briefing, pictures, report, slides, workbook
from file_words import bare, pages_of, words_of_document, words_of_slides

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Choice:
    """A page with a selection."""

    page: str
    communes: tuple[str, ...]
    as_of: str
    boundaries: str
    lang: str
    of_posts: bool = True  # else of a data set whose goals are on other measures

    def __str__(self) -> str:
        return "-".join((self.page, "+".join(self.communes) or "all", self.as_of, self.boundaries, self.lang))


# None, one, several communes and the district bodies; both dates, boundaries and languages.
CHOICES = (
    Choice("overview", (), "2024-12-31", "then", "vi"),
    Choice("structure", ("huong-son", "khe-tre"), "2023-12-31", "then", "en"),
    Choice("structure", ("outside",), "2024-12-31", "now", "vi"),
    Choice("overlap", ("nam-dong",), "2024-12-31", "now", "en"),
    Choice("goals", ("thuong-lo",), "2023-12-31", "then", "vi"),
    Choice("goals", (), "2024-12-31", "now", "en"),
)


class Printed:
    """One selection on the screen and in every file, as text without spaces."""

    def __init__(self, dataset: Dataset, choice: Choice) -> None:
        self.choice, self.dataset = choice, dataset
        self.selection: Selection = select(
            dataset, choice.communes, choice.as_of, choice.boundaries, choice.lang
        )
        self.words = self.selection.text
        whole = briefing.brief(dataset, self.selection, full=True)
        ids = [exhibit.id for exhibit in whole.exhibits if page_of(exhibit.id) == choice.page]
        # Of the exhibits of one goal the first goal's, as the page shows it; "attention" is on the overview.
        first = dataset.goals["goal_id"].iloc[0]
        ids = [key for key in ids if ":" not in key or key.endswith(f":{first}")]
        ids = [key for key in ids if key != "goals.attention"]
        self.briefing = briefing.brief(dataset, self.selection, ids)

    @property
    def exhibits(self) -> tuple[Exhibit, ...]:
        return self.briefing.exhibits

    @cached_property
    def cards(self) -> list[dict[str, Any]]:
        """The exhibits that go to the browser: their words and `chart` (its rows)."""
        at = AppTest.from_file(ROOT / "src" / "dashboard" / "router.py", default_timeout=60)
        at.query_params["xa"] = list(self.choice.communes)
        at.session_state["ngay"] = self.choice.as_of
        at.session_state["diagioi"] = self.choice.boundaries
        at.session_state["lang"] = self.choice.lang
        at.run()
        if self.choice.page != "overview":
            at.switch_page(str(ROOT / "pages" / f"{self.choice.page}.py")).run()
        assert not at.exception
        return [card for card in cards_of(at) if "foot" in card]

    @cached_property
    def deck(self) -> bytes:
        drawn = {exhibit.id: slides.picture_of(exhibit) for exhibit in slides.pictured(self.briefing)}
        return slides.pptx(self.briefing, drawn)

    @cached_property
    def slide_text(self) -> str:
        return bare("".join(words_of_slides(self.deck)))

    @cached_property
    def chart_numbers(self) -> set[float]:
        """Every value of the native charts."""
        shapes = [shape for slide in Presentation(io.BytesIO(self.deck)).slides for shape in slide.shapes]
        plots = [plot for shape in shapes if shape.has_chart for plot in shape.chart.plots]
        values = [value for plot in plots for series in plot.series for value in series.values]
        return {round(value, 6) for value in values if value is not None}

    @cached_property
    def document_text(self) -> str:
        white = io.BytesIO()
        Image.new("RGB", (8, 8), "white").save(white, "PNG")
        drawn = {exhibit.id: white.getvalue() for exhibit in report.pictured(self.briefing)}
        return bare(words_of_document(report.docx(self.briefing, drawn)))

    @cached_property
    def pdf_text(self) -> str:
        drawn = {exhibit.id: report.svg_of(exhibit) for exhibit in report.pictured(self.briefing)}
        return bare(" ".join(pages_of(report.pdf(self.briefing, drawn))))

    @cached_property
    def sheets(self) -> dict[str, list[list[object]]]:
        book = openpyxl.load_workbook(io.BytesIO(workbook.xlsx(self.briefing)))
        names = book.sheetnames[1:-3]
        return {
            exhibit.id: [[cell.value for cell in row] for row in book[name].iter_rows()]
            for exhibit, name in zip(self.exhibits, names, strict=True)
        }


OTHER_GOALS = {
    "communes": "commune_id | name\nnorth | Bắc",
    "villages": "village_id | commune_id\nv1 | north\nv2 | north",
    "organizations": """
        as_of      | org_id | parent_id | level     | commune_id | village_id | members | admitted
        2023-12-31 | c      | root      | committee | north      |            |         |
        2023-12-31 | v1c    | c         | subcell   |            | v1         | 40      | 2
        2024-12-31 | c      | root      | committee | north      |            |         |
        2024-12-31 | v1c    | c         | subcell   |            | v1         | 43      | 3
        2024-12-31 | agency | root      | cell      |            |            | 20      | 0""",
    "goals": """
        goal_id   | name_vi          | name_en              | measure                    | operator | target
        own_cell  | Thôn có chi bộ   | Villages with a cell | cell_share:villages        | >=       | 95
        yearly    | Kết nạp năm      | Admitted this year   | count:admitted             | >=       | 9
        rate      | Tỷ lệ kết nạp    | Admission rate       | admission_rate:members     | >        | 3
        admitting | TCCSĐ có kết nạp | Admitting            | admitting_share:grassroots | >        | 50""",
}
OF_OTHER_GOALS = (
    Choice("goals", (), "2024-12-31", "then", "vi", of_posts=False),
    Choice("goals", ("north",), "2024-12-31", "then", "en", of_posts=False),
)


@pytest.fixture(scope="module", params=CHOICES + OF_OTHER_GOALS, ids=str)
def printed(request, bundled, build) -> Printed:
    return Printed(bundled if request.param.of_posts else build(**OTHER_GOALS), request.param)


def pictured(exhibit: Exhibit) -> list[str]:
    """The words of a chart in its picture; of a list only the first rows have room."""
    return [] if isinstance(exhibit.chart, Choices) else list(shown_words(exhibit.chart))


def rows(exhibit: Exhibit, words: text.Text) -> list[list[str]]:
    return exhibit.table.written(words).to_numpy().tolist() if exhibit.table is not None else []


@pytest.mark.parametrize("printed", CHOICES, indirect=True, ids=str)
def test_the_screen_shows_the_exhibits(printed):
    exhibits = {exhibit.headline: exhibit for exhibit in every(printed.dataset, printed.selection)}
    assert printed.cards
    for sent in printed.cards:
        exhibit = exhibits[sent["headline"]]
        assert sent["foot"] == exhibit.foot, exhibit.id
        assert sent["mark"] == exhibit.mark, exhibit.id
        chart = exhibit.chart and json.loads(json.dumps(as_data(exhibit.chart)))
        assert sent["chart"] == chart, exhibit.id


def test_the_source_of_a_picture_has_its_numbers(printed):
    for exhibit in printed.exhibits:
        source = pictures.picture_svg(exhibit, "16x9")
        picture_text = bare("".join(ElementTree.fromstring(source).itertext()))
        for expected in (exhibit.headline, exhibit.chosen, *pictured(exhibit)):
            assert bare(expected) in picture_text, (exhibit.id, expected)


def words_of(chart: Chart | None) -> Iterator[str]:  # noqa: C901 - a case for each class
    """The names and figures in words of a chart that is native on a slide."""
    match chart:
        case Bars() | Bullets() | Units():
            for row in chart.every:
                label = row.label
                yield from (row.name, label.count, label.share, label.status_label, label.unreported)
        case Dumbbells():
            for row in chart.rows:
                yield from (row.name, row.before_label, row.now_label, row.change.count)
            yield chart.folded
        case HeatTable():
            for row in chart.every:
                yield from (row.name, row.total, *(cell.label.count for cell in row.cells))
        case Lines():
            for panel in chart.panels:
                yield panel.name
                yield from (series.labels[-1] for series in panel.series if series.role == "chosen")
        case Names():
            for column in chart.columns:
                yield from (column.head, *(item[0] for group in column.groups for item in group.items))
        case Tiles():
            yield from (words for row in chart.rows for words in (row.name, row.value, *row.notes))


def drawn(chart: Chart | None) -> Iterator[float]:
    """The numbers that native bars are as long as."""
    match chart:
        case Bars():
            yield from (sum(segment.value for segment in row.segments) for row in chart.rows)
        case Bullets():
            yield from (row.share for row in chart.rows if row.share is not None)
        case Units():
            yield from (len(row.units) for row in chart.rows)
        case Dumbbells():
            yield from (value for row in chart.rows for value in (row.before, row.now) if value is not None)


def test_the_slides_have_the_numbers(printed):
    for exhibit in printed.exhibits:
        assert bare(exhibit.headline) in printed.slide_text, exhibit.id
        for words in filter(None, words_of(exhibit.chart)):
            assert bare(words) in printed.slide_text, (exhibit.id, words)
        assert {round(value, 6) for value in drawn(exhibit.chart)} <= printed.chart_numbers, exhibit.id


def test_the_slides_of_a_meeting_have_the_numbers(printed):
    brief = briefing.brief(printed.dataset, printed.selection)
    deck_text = bare("".join(words_of_slides(slides.pptx(brief, {}))))
    pages = {exhibit.id: exhibit for exhibit in brief.exhibits}
    assert all(bare(finding) in deck_text for finding in brief.findings)
    assert all(bare(words) in deck_text for words in filter(None, words_of(brief.tiles)))
    for key in ("goals.progress", "overlap.by_commune"):
        if key in pages:
            for words in filter(None, words_of(pages[key].chart)):
                assert bare(words) in deck_text, (key, words)


def test_the_workbook_has_the_numbers(printed):
    for exhibit in printed.exhibits:
        sheet = printed.sheets[exhibit.id]
        assert sheet[0][0] == exhibit.headline
        if exhibit.table is None:
            continue
        start = next(i for i, row in enumerate(sheet) if row[0] == exhibit.table.frame.columns[0])
        frame = exhibit.table.frame
        for row, values in zip(sheet[start + 1 :], frame.itertuples(index=False), strict=True):
            for cell, value in zip(row, values, strict=False):
                if isinstance(value, str) or pd.isna(value):
                    assert cell == (value if isinstance(value, str) else printed.words("common.no_data"))
                else:
                    assert cell == pytest.approx(float(value))


@pytest.mark.parametrize("kind", ["document", "pdf"])
def test_the_report_has_the_numbers(printed, kind):
    report_text = printed.document_text if kind == "document" else printed.pdf_text
    for exhibit in printed.exhibits:
        assert bare(exhibit.headline) in report_text, exhibit.id
        for sentence in (*exhibit.takeaways, *exhibit.sentences, *exhibit.notes, exhibit.source):
            assert bare(sentence) in report_text, exhibit.id
        for row in rows(exhibit, printed.words)[:60]:
            for cell in row:
                assert bare(cell) in report_text, (exhibit.id, row)
