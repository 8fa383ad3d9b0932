"""Goals on other measures than posts say the same in every output, in their own units."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape

import docx
import openpyxl
import pytest

from dashboard import exhibits
from dashboard.dataset import select
from dashboard.outputs import briefing, pictures, report, slides, workbook

GOALS = """
    goal_id   | name_vi           | name_en              | measure                    | operator | target
    own_cell  | Thôn có chi bộ    | Villages with a cell | cell_share:villages        | >=       | 95
    yearly    | Kết nạp năm       | Admitted this year   | count:admitted             | >=       | 9
    rate      | Tỷ lệ kết nạp     | Admission rate       | admission_rate:members     | >        | 3
    admitting | TCCSĐ có kết nạp  | Admitting            | admitting_share:grassroots | >        | 50"""
ORGANIZATIONS = """
    as_of      | org_id | parent_id | level     | commune_id | village_id | members | admitted
    2023-12-31 | c      | root      | committee | north      |            |         |
    2023-12-31 | v1c    | c         | subcell   |            | v1         | 40      | 2
    2024-12-31 | c      | root      | committee | north      |            |         |
    2024-12-31 | v1c    | c         | subcell   |            | v1         | 43      | 3
    2024-12-31 | agency | root      | cell      |            |            | 20      | 0"""


@pytest.fixture(scope="module")
def data(build):
    return build(
        communes="commune_id | name\nnorth | Bắc",
        villages="village_id | commune_id\nv1 | north\nv2 | north",
        organizations=ORGANIZATIONS,
        goals=GOALS,
    )


@pytest.mark.parametrize(("communes", "lang"), [((), "vi"), (("north",), "en")])
def test_a_goal_reads_the_same_in_every_output(data, communes, lang):
    selection = select(data, communes, lang=lang)
    (exhibit,) = exhibits.build(data, selection, ["goals.progress"])
    said = [
        bare(part)
        for row in exhibit.chart.rows
        for part in (row.name, row.label.share, row.label.count, row.label.status_label)
    ]
    made = briefing.brief(data, selection, ["goals.progress"])
    drawn = {one.id: report.svg_of(one) for one in report.pictured(made)}
    png = {key: pictures.png(svg, 1) for key, svg in drawn.items()}
    cells = bare(" ".join(map(str, cells_of(workbook.xlsx(made)))))
    for name, found in {
        "picture": svg_words(pictures.picture_svg(exhibit, selection.text, "16x9")),
        "slides": slide_words(slides.pptx(made, {})),
    }.items():
        assert [one for one in said if one not in found] == [], name
    numbers = exhibit.table.written(selection.text).iloc[:, 1].tolist()
    document = bare(" ".join(words_of(docx.Document(io.BytesIO(report.docx(made, png))))))
    assert [one for one in numbers if bare(one) not in document] == []
    assert bare(exhibit.headline) in cells


def bare(said: str) -> str:
    return re.sub(r"\s+", "", said)


def svg_words(svg: str) -> str:
    return bare(unescape(re.sub(r"<[^>]+>", "", svg)))


def slide_words(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        names = [name for name in file.namelist() if re.search(r"(slide|chart)\d+\.xml$", name)]
        parts = [file.read(name).decode() for name in names]
    return bare(unescape(re.sub(r"<[^>]+>", "", " ".join(parts))))


def cells_of(content: bytes):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]


def words_of(document):
    return [node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t")]
