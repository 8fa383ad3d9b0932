"""The whole journey of one commune: its pages, files and workbook, none of which speaks of a district."""

from __future__ import annotations

import re

import pytest

from app_page import NAMES, open_page, words
from chart_words import places_of
from dashboard import __main__ as command_line
from dashboard import intake, text
from dashboard.dataset import areas, by_village, load, sample, select, texts
from file_words import unzipped

DISTRICT = {"vi": re.compile("huyện", re.IGNORECASE), "en": re.compile(r"\bdistrict", re.IGNORECASE)}
# The village and the former commune of the pages of one place.
VILLAGE, FORMER = "huong-phu-cu-2", "region:Hương Phú cũ"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("commune")
    sample.write(folder, shape="commune")
    return folder


@pytest.mark.parametrize("lang", text.LANGUAGES)
@pytest.mark.parametrize(("n", "name"), list(enumerate(NAMES)))
def test_its_pages(folder, show_data, n, name, lang):
    show_data(folder)
    data = by_village(load(folder))
    # One choice a page and language: everything, a village, those of a former commune.
    chosen = ([], [VILLAGE], [FORMER])[(n + text.LANGUAGES.index(lang)) % 3]
    choices = areas.choice_names(data, data.dates[-1], "then", texts(data)[lang])
    at = open_page(name, lang=lang, thon=VILLAGE, **({"xa": choices[chosen[0]]} if chosen else {}))
    page = "\n".join([words(at), *(option for box in at.selectbox for option in box.options)])
    assert select(data, chosen, lang=lang).place(data) in page or name == "village"
    assert not DISTRICT[lang].search(page)
    assert choices[FORMER] in places_of(at)["options"]
    # In words that the field has room for, where a name of the committee had none.
    assert places_of(at)["everything"] == [{"vi": "Toàn xã", "en": "Whole commune"}[lang]]


def written(content: bytes) -> str:
    """All that an office file says."""
    return "\n".join(part.decode() for name, part in unzipped(content).items() if name.endswith(".xml"))


@pytest.mark.parametrize("form", ["pptx", "docx", "xlsx"])
def test_its_briefing(folder, tmp_path, form):
    file = tmp_path / f"bao-cao.{form}"
    command = ["briefing", "--data", str(folder), "--out", str(file), "--region", "Hương Phú cũ"]
    assert command_line.main(command) == 0
    content = written(file.read_bytes())
    assert "Hương Phú cũ" in content
    assert not DISTRICT["vi"].search(content)


def test_its_workbook(folder):
    data = load(folder)
    book = intake.template(data, data.dates[-1], texts(data)["vi"])
    content = written(book)
    assert "Khe Tre" in content
    assert not DISTRICT["vi"].search(content)
    _, result = intake.receive_all([("so-lieu.xlsx", book)], data)
    assert isinstance(result, intake.Preview)
    assert not result.changes
