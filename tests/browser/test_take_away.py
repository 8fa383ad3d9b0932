"""What a reader takes away: files from a card, a picture and a link on the clipboard, a briefing, a print."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from reading import card, ended, opened_files

Open = Callable[..., Page]
# A worker that starts and draws for the first time on a busy machine.
PATIENCE_MS = 180_000
A4 = (595, 842)


@pytest.fixture
def clipboard_page(browser: Browser, server: str) -> Iterator[Page]:
    """A page whose clipboard the test may read."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 1000}, permissions=["clipboard-read", "clipboard-write"]
    )
    yield context.new_page()
    context.close()


def downloaded(page: Page, button: str) -> tuple[str, bytes]:
    with page.expect_download(timeout=PATIENCE_MS) as waiting:
        page.get_by_role("button", name=button).click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_a_card_gives_pictures_and_figures_with_good_names(server: str, open_page: Open):
    page = open_page(f"{server}/?xa=huong-son")
    opened_files(page, "goals-progress")
    name, content = downloaded(page, "Ảnh PNG 16:9")
    assert name == "muc-tieu_xa-huong-son_2024-12-31_so-lieu-mau_16x9.png"
    assert Image.open(io.BytesIO(content)).size == (2560, 1440)
    name, content = downloaded(page, "Ảnh SVG")
    assert name == "muc-tieu_xa-huong-son_2024-12-31_so-lieu-mau.svg"
    assert "4/6 (66,7%)" in content.decode()
    name, content = downloaded(page, "Số liệu (Excel)")
    assert name == "muc-tieu_xa-huong-son_2024-12-31_so-lieu-mau.xlsx"
    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames[0] == "Số liệu"


def test_the_keyboard_is_where_it_was_once_the_files_are_closed(server: str, open_page: Open):
    page = open_page(server)
    opened_files(page, "goals-progress")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(card(page, "goals-progress").get_by_role("button", name="Tải về")).to_be_focused()
    # It stays closed, also where the page is drawn again.
    page.get_by_text("en", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Overview")
    ended(page)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_picture_goes_to_the_clipboard(server: str, clipboard_page: Page):
    page = clipboard_page
    page.goto(f"{server}/kiem-nhiem?xa=huong-son")
    opened_files(page, "overlap-pool")
    button = page.get_by_role("button", name="Sao chép ảnh")
    button.click(timeout=PATIENCE_MS)
    expect(page.get_by_role("status").filter(has_text="Đã sao chép")).to_be_visible()
    types = page.evaluate("navigator.clipboard.read().then(items => items.flatMap(item => item.types))")
    assert types == ["image/png"]


def test_the_copied_link_opens_the_same_view(server: str, clipboard_page: Page, open_page: Open):
    page = clipboard_page
    page.goto(f"{server}/muc-tieu?xa=huong-son&ngay=2023-12-31")
    headline = card(page, "goals-attention").get_by_role("heading", level=2)
    expect(headline).to_contain_text("Xã Hương Sơn")
    page.get_by_role("button", name="Sao chép liên kết").click()
    expect(page.get_by_role("status").filter(has_text="Đã sao chép")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    for part in ("xa=huong-son", "ngay=2023-12-31", "diagioi=then", "lang=vi"):
        assert part in copied
    other_page = open_page(copied)
    same_headline = card(other_page, "goals-attention").get_by_role("heading", level=2)
    expect(same_headline).to_have_text(headline.inner_text())
    expect(other_page.get_by_role("alert")).to_have_count(0)


def test_a_briefing_is_made_while_the_reader_goes_elsewhere(server: str, open_page: Open):
    page = open_page(f"{server}/bao-cao?xa=huong-son&xa=thuong-lo")
    ended(page)
    page.get_by_role("button", name="Tạo trọn bộ (ZIP)").click()
    expect(page.get_by_text(re.compile("Đang (chuẩn bị|tạo) bao-cao_"))).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_role("link", name="Mục tiêu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mục tiêu")
    page.get_by_role("link", name="Báo cáo").click()
    button = page.get_by_role("button", name="Tải về bao-cao_")
    expect(button).to_be_visible(timeout=2 * PATIENCE_MS)
    with page.expect_download() as waiting:
        button.click()
    name = "bao-cao_xa-huong-son-xa-thuong-lo_2024-12-31_so-lieu-mau_day-du.zip"
    assert waiting.value.suggested_filename == name
    with zipfile.ZipFile(waiting.value.path()) as pack:
        manifest = json.loads(pack.read("manifest.json"))
        assert {Path(name).suffix for name in pack.namelist()} >= {".pptx", ".docx", ".pdf", ".xlsx", ".png"}
    assert manifest["selection"]["communes"] == ["huong-son", "thuong-lo"]


def test_nothing_chosen_makes_nothing_and_all_can_be_chosen_again(server: str, open_page: Open):
    page = open_page(f"{server}/bao-cao")
    page.get_by_text("Tuỳ chọn nội dung, dạng tệp").click()
    expect(page.get_by_role("button", name="Tạo báo cáo")).to_be_enabled()
    ended(page)
    chosen = page.locator(".st-key-briefing-contents button[aria-pressed=true]")
    every = chosen.count()
    assert every > 0
    page.get_by_role("button", name="Bỏ chọn tất cả").click()
    expect(page.get_by_text("Hãy chọn ít nhất một nội dung.")).to_be_visible()
    expect(page.get_by_role("button", name="Tạo báo cáo")).to_be_disabled()
    expect(chosen).to_have_count(0)
    page.get_by_role("button", name="Chọn tất cả", exact=True).click()
    expect(chosen).to_have_count(every)
    expect(page.get_by_role("button", name="Tạo báo cáo")).to_be_enabled()


def test_a_file_that_is_being_made_can_be_cancelled(server: str, open_page: Open):
    page = open_page(f"{server}/bao-cao")
    ended(page)
    page.get_by_role("button", name="Tạo trọn bộ (ZIP)").click()
    page.get_by_role("button", name="Huỷ").click()
    expect(page.get_by_role("heading", name="Tệp đã tạo")).to_have_count(0)


def test_the_buttons_for_slides_and_report_are_in_the_first_screen(server: str, open_page: Open):
    page = open_page(f"{server}/bao-cao")
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 1000})
        ended(page)
        expect(page.get_by_role("button", name="Tạo tệp PPTX")).to_be_in_viewport()


@pytest.mark.parametrize("path", ["co-cau", "muc-tieu"])
def test_a_page_prints_as_a_plain_a4_document(server: str, open_page: Open, path: str):
    page = open_page(f"{server}/{path}?xa=huong-son")
    expect(page.get_by_role("heading", level=2).first).to_be_visible()
    ended(page)
    headlines = page.get_by_role("heading", level=2).all_inner_texts()
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    sizes = {tuple(round(float(side)) for side in sheet.mediabox[2:]) for sheet in printed.pages}
    assert sizes == {A4}, sizes
    sheets = ["".join(sheet.extract_text().split()) for sheet in printed.pages]
    bare = "".join(sheets)
    for headline in headlines:
        assert "".join(headline.split()) in bare
    for button in ("Tải về", "Sao chép liên kết", "Ngôn ngữ", "Xem một xã"):
        assert "".join(button.split()) not in bare


def test_a_list_of_sheets_begins_below_the_card_before_it_without_what_is_clicked(
    server: str, open_page: Open
):
    page = open_page(f"{server}/muc-tieu")
    ended(page)
    headline = page.get_by_role("heading", level=2).nth(1).inner_text()
    first, *_ = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    words = "".join(first.extract_text().split())
    assert "".join(headline.split()) in words
    assert "ThịtrấnKheTre" in words.partition("".join(headline.split()))[2]
    assert "Giảđịnh" not in words


def test_buttons_for_a_file_of_the_page_are_not_printed(server: str, open_page: Open):
    page = open_page(f"{server}/xa?xa=huong-son")
    ended(page)
    expect(page.get_by_role("heading", name="Tải cả trang này")).to_be_visible()
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert "Tải cả trang này" not in "".join(sheet.extract_text() for sheet in sheets)


@pytest.mark.parametrize("path", ["co-cau", "thay-doi"])
def test_the_first_card_is_printed_on_the_sheet_of_the_heading(server: str, open_page: Open, path: str):
    page = open_page(f"{server}/{path}")
    ended(page)
    first = page.get_by_role("heading", level=2).first.inner_text()
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert "".join(first.split()) in "".join(printed.pages[0].extract_text().split())


def test_no_card_that_fits_a_sheet_is_printed_on_two(server: str, open_page: Open):
    page = open_page(f"{server}/muc-tieu?xa=huong-son")
    ended(page)
    headlines = page.get_by_role("heading", level=2).all_inner_texts()
    sources = [card.get_by_text("Nguồn:").count() for card in page.locator("article.framed").all()]
    assert sources == [1] * len(headlines)
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    sheets = ["".join(sheet.extract_text().split()) for sheet in printed.pages]
    for sheet in sheets:
        begun = sum("".join(headline.split()) in sheet for headline in headlines)
        assert sheet.count("Nguồn:") == begun
