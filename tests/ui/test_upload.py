"""New data through the browser: off by default; errors or a preview; every caution ticked; then published."""

from __future__ import annotations

import hashlib
import io
import re
from datetime import datetime

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from app_page import open_page, words
from dashboard import intake, store, text

MEMBER = "P4"  # whether the youth-branch secretary of the first village is a party member: "không"
OTHER = "P5"  # the same of the second village
NEW_DATE = datetime(2025, 6, 30)


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
        buffer = io.BytesIO()
        book.save(buffer)
        return buffer.getvalue()

    return changed


@pytest.fixture
def page(place) -> AppTest:
    return open_page("data")


def hand_in(at: AppTest, data: bytes) -> AppTest:
    at.file_uploader[0].set_value([("so-lieu.xlsx", data, "application/octet-stream")])
    return at.run()


def publish(at: AppTest):
    return next(button for button in at.button if button.label == "Công bố")


def filled_in(at: AppTest, who: str) -> AppTest:
    """All that publishing needs, but the click."""
    for box in at.checkbox:
        box.check()
    at.text_input(key="publish-who").input(who)
    at.text_input(key="publish-why").input("Số liệu sáu tháng")
    return at.run()


def test_nothing_can_be_handed_in_unless_publishing_is_on(place, monkeypatch):
    monkeypatch.delenv("DASHBOARD_PUBLISH")
    at = open_page("data")
    assert len(at.file_uploader) == 0
    assert "không nhận số liệu qua trình duyệt" in words(at)
    assert "DASHBOARD_DATA" not in words(at)  # the store is what is shown


def test_every_mistake_is_named_and_nothing_changes(place, page, workbook):
    wrong = workbook(organizations={"B1": NEW_DATE, "G6": "-4"}, officers={"B1": NEW_DATE, "C5": "AB"})
    page_words = words(hand_in(page, wrong))
    for part in ("Tệp có 2 chỗ sai", "Tổ chức!G6", "Chức danh!C5"):
        assert part in page_words
    assert store.versions(place) == ()


def test_a_new_period_without_a_changed_row_can_be_published(place, page, workbook):
    at = hand_in(page, workbook(organizations={"B1": NEW_DATE}, officers={"B1": NEW_DATE}))
    assert "ngày chốt 30/06/2025" in words(at)
    assert "0 dòng mới, 0 dòng thay đổi, 0 dòng không còn" in words(at)
    assert ["y nguyên như ngày chốt trước" in box.label for box in at.checkbox] == [True, True]
    assert not publish(filled_in(at, "Ban Tổ chức")).disabled
    assert store.versions(place) == ()


def test_the_current_figures_are_nothing_to_publish(page, workbook, bundled):
    at = hand_in(page, workbook(officers={"B1": datetime.fromisoformat(bundled.dates[-1])}))
    assert "không có gì để công bố" in words(at)


def test_publishing_needs_every_tick(page, workbook, bundled):
    last = datetime.fromisoformat(bundled.dates[-1])
    at = hand_in(page, workbook(officers={"B1": last, MEMBER: "có"}))
    assert publish(at).disabled
    for box in at.checkbox:
        box.check()
    assert not publish(at.run()).disabled


def test_what_was_published_is_shown_at_once(place, page, workbook):
    data = workbook(organizations={"B1": NEW_DATE}, officers={"B1": NEW_DATE, MEMBER: "có"})
    at = hand_in(page, data)
    publish(filled_in(at, "Ban Tổ chức")).click().run()
    newest, first = store.versions(place)
    assert (newest.entry.who, newest.entry.file) == ("Ban Tổ chức", "so-lieu.xlsx")
    assert newest.entry.file_sha256 == hashlib.sha256(data).hexdigest()
    assert "Đã công bố phiên bản 0002" in words(at)
    assert "30/06/2025" in at.selectbox(key="ngay").options
    assert newest.based_on == first.number


def test_what_is_missing_is_told_by_the_sheet_and_needs_a_tick(place, page, workbook):
    blank = {f"{column}{row}": None for row in range(4, 9) for column in "CDEFGHIJKLMNOP"}
    at = hand_in(page, workbook(officers={"B1": NEW_DATE, **blank}, organizations={"B1": NEW_DATE}))
    labels = [re.sub(r"\\(.)", r"\1", box.label) for box in at.checkbox]
    (label,) = [label for label in labels if "ít hơn 35 ở ngày chốt trước (31/12/2024)" in label]
    assert label.startswith("Chức danh!B1: ")
    assert "Thị trấn Khe Tre: 0 chức danh ở ngày chốt 30/06/2025" in label
    assert not [label for label in labels if ".csv" in label]


def test_a_click_on_what_others_have_changed_since_publishes_nothing(place, workbook, bundled):
    """Two people hand in at the same minute, each sees a preview of the same data."""
    last = datetime.fromisoformat(bundled.dates[-1])
    mine, theirs = (workbook(officers={"B1": last, cell: "có"}) for cell in (MEMBER, OTHER))
    first, second = (filled_in(hand_in(open_page("data"), data), "Hoa") for data in (mine, theirs))
    publish(second).click().run()
    publish(first).click().run()
    assert len(store.versions(place)) == 2
    assert "Số liệu đang dùng đã đổi từ khi so với tệp này" in words(first, "warning")
    assert "phiên bản 0002 của Hoa" in words(first, "warning")
    assert publish(first).disabled
    publish(filled_in(first, "Nam")).click().run()
    newest = store.versions(place)[0]
    assert (newest.id, newest.entry.who) == ("0003", "Nam")
    officers = store.read(place, newest.number).officers.set_index(["as_of", "village_id", "position"])
    for village in ("khe-tre-1", "khe-tre-2"):
        assert officers.at[(bundled.dates[-1], village, "youth_head"), "party_member"]


def test_what_both_have_changed_is_chosen_side_by_side(place, workbook, bundled):
    last = datetime.fromisoformat(bundled.dates[-1])
    first, second = (workbook(officers={"B1": last, "C4": letter, MEMBER: "có"}) for letter in "KL")
    publish(filled_in(hand_in(open_page("data"), first), "Hoa")).click().run()
    at = filled_in(hand_in(open_page("data"), second), "Nam")
    assert "1 dòng đã có người khác đổi" in words(at, "warning")
    assert publish(at).disabled
    (choice,) = [radio for radio in at.radio if radio.label.startswith("Chức danh, Tổ dân phố 1")]
    assert choice.options == ["Giữ số liệu đang dùng", "Lấy theo tệp"]
    at = filled_in(choice.set_value(True).run(), "Nam")
    publish(at).click().run()
    newest = store.versions(place)[0]
    officers = store.read(place, newest.number).officers.set_index(["as_of", "village_id", "position"])
    assert officers.at[(bundled.dates[-1], "khe-tre-1", "secretary"), "holder"] == "L"
