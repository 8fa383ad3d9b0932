"""New data through the browser: off by default; errors or a preview; every caution ticked; then published."""

from __future__ import annotations

import hashlib
import io
import re
from datetime import datetime

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from app_page import ROOT, open_page, words
from dashboard import intake, store, text, ui
from dashboard.store import Store

MEMBER = "P4"  # whether the youth-branch secretary of the first village is a party member: "không"
NEW_DATE = datetime(2025, 6, 30)


@pytest.fixture
def place(tmp_path, monkeypatch):
    """An empty store of a server that publishes, beside the bundled data."""
    kept = Store(tmp_path / "store", ROOT / "data")
    kept.folder.mkdir()
    monkeypatch.setenv("DASHBOARD_STORE", str(kept.folder))
    monkeypatch.setenv("DASHBOARD_PUBLISH", "1")
    ui.source.cache_clear()
    yield kept
    ui.source.cache_clear()


@pytest.fixture(scope="module")
def workbook(bundled):
    """The template with the bundled figures and some cells changed, by sheet and name of the cell."""
    template = intake.template(bundled, None, text.get())

    def changed(**sheets: dict[str, object]) -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(template))
        for name, cells in sheets.items():
            sheet = book[text.get()(f"template.sheet.{name}")]
            for cell, value in cells.items():
                sheet[cell] = value
        made = io.BytesIO()
        book.save(made)
        return made.getvalue()

    return changed


@pytest.fixture
def page(place) -> AppTest:
    return open_page("data")


def hand_in(at: AppTest, data: bytes) -> AppTest:
    at.file_uploader[0].set_value(("so-lieu.xlsx", data, "application/octet-stream"))
    return at.run()


def test_nothing_can_be_handed_in_unless_publishing_is_on(place, monkeypatch):
    monkeypatch.delenv("DASHBOARD_PUBLISH")
    at = open_page("data")
    assert len(at.file_uploader) == 0
    assert "không nhận số liệu qua trình duyệt" in words(at)


def test_every_mistake_is_named_and_nothing_changes(place, page, workbook):
    wrong = workbook(organizations={"B1": NEW_DATE, "G6": "-4"}, officers={"B1": NEW_DATE, "C5": "AB"})
    shown = words(hand_in(page, wrong))
    for part in ("Tệp có 2 chỗ sai", "Tổ chức!G6", "Chức danh!C5"):
        assert part in shown
    assert store.versions(place) == ()


def test_a_new_period_without_a_changed_row_can_be_published(place, page, workbook):
    at = hand_in(page, workbook(organizations={"B1": NEW_DATE}, officers={"B1": NEW_DATE}))
    assert "ngày chốt 30/06/2025" in words(at)
    assert "0 dòng mới, 0 dòng thay đổi, 0 dòng không còn" in words(at)
    assert at.button(key="publish").label == "Công bố"
    assert store.versions(place) == ()


def test_the_current_figures_are_nothing_to_publish(page, workbook, bundled):
    at = hand_in(page, workbook(officers={"B1": datetime.fromisoformat(bundled.dates[-1])}))
    assert "không có gì để công bố" in words(at)


def test_publishing_needs_every_tick(page, workbook, bundled):
    last = datetime.fromisoformat(bundled.dates[-1])
    at = hand_in(page, workbook(officers={"B1": last, MEMBER: "có"}))
    assert at.button(key="publish").disabled
    for box in at.checkbox:
        box.check()
    assert not at.run().button(key="publish").disabled


def test_what_was_published_is_shown_at_once(place, page, workbook):
    data = workbook(organizations={"B1": NEW_DATE}, officers={"B1": NEW_DATE, MEMBER: "có"})
    at = hand_in(page, data)
    for box in at.checkbox:
        box.check()
    at.text_input(key="publish-who").input("Ban Tổ chức")
    at.text_input(key="publish-why").input("Số liệu sáu tháng")
    at.button(key="publish").click().run()
    newest, first = store.versions(place)
    assert (newest.entry.who, newest.entry.file) == ("Ban Tổ chức", "so-lieu.xlsx")
    assert newest.entry.file_sha256 == hashlib.sha256(data).hexdigest()
    assert "Đã công bố phiên bản 0002" in words(at)
    assert "30/06/2025" in at.selectbox(key="ngay").options
    assert newest.based_on == first.number


def test_what_is_missing_is_told_by_the_sheet_and_needs_a_tick(place, page, workbook):
    gone = {f"{column}{row}": None for row in range(4, 9) for column in "CDEFGHIJKLMNOP"}
    at = hand_in(page, workbook(officers={"B1": NEW_DATE, **gone}, organizations={"B1": NEW_DATE}))
    labels = [re.sub(r"\\(.)", r"\1", box.label) for box in at.checkbox]
    (told,) = [label for label in labels if "ít hơn 35 ở ngày chốt trước (31/12/2024)" in label]
    assert told.startswith("Chức danh!B1: ")
    assert "Thị trấn Khe Tre: 0 chức danh ở ngày chốt 30/06/2025" in told
    assert not [label for label in labels if ".csv" in label]
