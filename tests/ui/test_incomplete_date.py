"""A date that is being collected, on the pages: chosen it is shown as incomplete, else the date before."""

from __future__ import annotations

import io

import openpyxl
import pytest

from app_page import open_page, words
from dashboard import intake, store, text


@pytest.fixture
def begun(place, bundled):
    """The page on which the workbook of one commune was handed in."""
    book = openpyxl.load_workbook(io.BytesIO(intake.template(bundled, None, text.get(), ["huong-son"])))
    for sheet in ("Tổ chức", "Chức danh"):
        book[sheet]["B1"] = "30/06/2025"
    buffer = io.BytesIO()
    book.save(buffer)
    at = open_page("data")
    at.file_uploader[0].set_value([("huong-son.xlsx", buffer.getvalue(), "application/octet-stream")])
    return at.run()


def published(at, *, complete=False):
    for box in at.checkbox:
        if complete or box.key.startswith("caution-"):
            box.check()
    at.run()
    at.text_input(key="publish-who").input("Lan")
    at.text_input(key="publish-why").input("Số liệu sáu tháng")
    return next(button for button in at.button if button.label == "Công bố").click().run()


def test_who_is_missing_is_told_and_the_date_before_is_shown_on(begun):
    at = begun
    assert "1/10 xã, thị trấn đã gửi cho 30/06/2025; chưa gửi: Thị trấn Khe Tre," in words(at, "info")
    at = published(at)
    assert at.selectbox(key="ngay").value == "2024-12-31"
    status = words(at).replace("**", "")
    assert "số liệu đến 31/12/2024 · 1/10 xã, thị trấn đã gửi cho 30/06/2025; chưa gửi: " in status
    at = open_page("overview", ngay="30/06/2025")
    assert "số liệu đến 30/06/2025, đang nhận: 1/10 xã, thị trấn đã gửi" in words(at, "markdown")


def test_a_tick_says_that_it_is_complete(begun):
    assert published(begun, complete=True).selectbox(key="ngay").options[-1] == "30/06/2025"
    assert open_page("overview").selectbox(key="ngay").value == "2025-06-30"


def test_so_does_a_click_on_the_page_of_the_data(place, begun):
    published(begun)
    at = open_page("data")
    at.session_state["complete"] = True
    at.run()
    at.text_input(key="complete-who").input("Minh")
    at = at.button(key="complete-publish").click().run()
    assert "đã gửi cho" not in words(at)
    assert open_page("overview").selectbox(key="ngay").value == "2025-06-30"
    newest = store.versions(place)[0].entry
    assert (newest.who, newest.why) == ("Minh", "Đủ số liệu ngày 30/06/2025, không chờ nơi chưa gửi")


def test_a_workbook_for_each_commune_is_one_click_for_who_may_hand_in(begun, monkeypatch):
    def buttons(at):
        return [button.proto.label.replace("\\", "") for button in at.get("download_button")]

    assert "Tải biểu của từng xã (ZIP)" in buttons(begun)
    assert "Tải biểu nhập số liệu của Xã Hương Sơn" in buttons(open_page("commune", xa="huong-son"))
    monkeypatch.delenv("DASHBOARD_PUBLISH")
    assert "Tải biểu nhập số liệu của Xã Hương Sơn" not in buttons(open_page("commune", xa="huong-son"))
