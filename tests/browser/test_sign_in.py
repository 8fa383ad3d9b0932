"""Signing in and out in a real browser, mode accounts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import auditing
import pytest
from playwright.sync_api import Browser, Page, expect
from servers import free_port, running, until

from dashboard import settings, text
from dashboard.access import ACCOUNT, accounts
from settings_files import with_accounts

PASSWORD = "mot-mat-khau-dai"
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Settings of a server with an account that sees everything and one of one commune."""
    file = with_accounts(tmp_path_factory.mktemp("accounts"), free_port())
    here = settings.read(file)
    accounts.add(here, "Lan", PASSWORD, "viewer", None)
    accounts.add(here, "Bà Ba", PASSWORD, "viewer", ("huong-son",))
    return file


@pytest.fixture(scope="module")
def address(browser: Browser, file: Path) -> Iterator[str]:
    with running(settings=file, port=settings.read(file).port) as address:
        yield address


def sign_in(page: Page, name: str = "lan", password: str = PASSWORD) -> None:
    """Fill in the form and send it, as a reader at a keyboard does."""
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(password)
    page.keyboard.press("Enter")


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def way_back(page: Page) -> str:
    """The link to which the sign-in page leads back."""
    return parse_qs(urlsplit(page.url).query)["tiep"][0]


def test_signing_in_lands_on_the_page_and_filters_of_the_link(address: str, open_page: Open):
    page = open_page(f"{address}/kiem-nhiem?xa=huong-son")
    heading(page, "Đăng nhập")
    sign_in(page)
    heading(page, "Kiêm nhiệm")
    assert urlsplit(page.url).path == "/kiem-nhiem"
    assert parse_qs(urlsplit(page.url).query)["xa"] == ["Xã Hương Sơn"]
    expect(page.get_by_text("Người đang xem: Lan")).to_be_visible()


def test_a_wrong_password_says_so_and_the_right_one_still_leads_there(address: str, open_page: Open):
    page = open_page(f"{address}/muc-tieu")
    sign_in(page, password="không phải mật khẩu")
    expect(page.get_by_role("alert")).to_have_text("Tên đăng nhập hoặc mật khẩu không đúng.")
    expect(page.get_by_label("Mật khẩu")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    heading(page, "Mục tiêu")


def test_after_signing_out_the_next_click_in_another_tab_leads_to_sign_in(address: str, open_page: Open):
    page = open_page(address)
    sign_in(page)
    heading(page, "Tổng quan")
    other_tab = page.context.new_page()
    other_tab.goto(f"{address}/co-cau?xa=huong-son")
    heading(other_tab, "Tổ chức")

    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("status")).to_have_text("Đã đăng xuất.")
    other_tab.get_by_text("Theo xã sau sắp xếp", exact=True).click()
    heading(other_tab, "Đăng nhập")
    assert urlsplit(way_back(other_tab)).path == "/co-cau"
    assert parse_qs(urlsplit(way_back(other_tab)).query)["xa"] == ["Xã Hương Sơn"]

    page.go_back()
    heading(page, "Đăng nhập")


def test_a_removed_account_is_out_at_a_click_a_second_later(address: str, file: Path, open_page: Open):
    here = settings.read(file)
    accounts.add(here, "gone", PASSWORD, "viewer", None)
    page = open_page(f"{address}/kiem-nhiem")
    sign_in(page, "gone")
    heading(page, "Kiêm nhiệm")
    accounts.remove(here, "gone")
    # What the server has just asked the database holds for a second.
    until(lambda: _is_out(page, address), "still let in")
    page.get_by_role("link", name="Mục tiêu").click()
    heading(page, "Đăng nhập")


def _is_out(page: Page, address: str) -> bool:
    return page.request.get(f"{address}/xa", max_redirects=0).status == 303


def test_who_sees_some_communes_is_told_which(address: str, open_page: Open):
    page = open_page(f"{address}/kiem-nhiem")
    sign_in(page, "bà ba")
    expect(page.get_by_text("Người đang xem: Bà Ba")).to_be_visible()
    expect(page.get_by_text("Được xem: Xã Hương Sơn")).to_be_visible()


def test_signing_in_needs_no_script(address: str, browser: Browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/kiem-nhiem?lang=en")
    heading(page, "Sign in")
    page.get_by_label("User name").fill("lan")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_title("Party committee dashboard")
    assert urlsplit(page.url).path == "/kiem-nhiem"
    context.close()


def test_the_other_language_stays_after_signing_in(address: str, open_page: Open):
    page = open_page(f"{address}/kiem-nhiem?xa=huong-son")
    page.get_by_role("link", name="English").click()
    heading(page, "Sign in")
    page.get_by_label("User name").fill("lan")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    heading(page, "Role overlap")
    assert parse_qs(urlsplit(page.url).query)["xa"] == ["Hương Sơn commune"]
    page.get_by_role("button", name="Sign out").click()
    heading(page, "Sign in")


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_the_page_breaks_no_rule_of_wcag_before_and_after_a_wrong_password(
    address: str, open_page: Open, lang: str
):
    auditing.script()
    words = text.get(lang)
    for width in (390, 1440):
        page = open_page(f"{address}/kiem-nhiem?lang={lang}", width=width)
        heading(page, words("access.title"))
        assert page.evaluate("document.documentElement.lang") == lang
        assert auditing.violations(page) == []
        assert auditing.small_texts(page) == []
        assert auditing.small_targets(page) == []
        page.get_by_label(words("access.name")).fill("lan")
        page.get_by_label(words("access.password")).fill("không phải")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_be_visible()
        assert auditing.violations(page) == []


@pytest.mark.parametrize("width", [390, 1440])
def test_the_page_fits_and_every_field_can_be_reached_by_keyboard(address: str, open_page: Open, width: int):
    page = open_page(f"{address}/dang-nhap", width=width)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    expect(page.get_by_label("Tên đăng nhập")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Mật khẩu")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Đăng nhập")).to_be_focused()
    assert page.evaluate("document.scripts.length") == 0
    assert page.evaluate("document.fonts.check('16px \"Be Vietnam Pro\"')")


def test_a_first_password_is_changed_before_the_dashboard_opens(address: str, file: Path, open_page: Open):
    accounts.add(settings.read(file), "new", PASSWORD, "editor", None, must_change=True)
    page = open_page(f"{address}/muc-tieu")
    sign_in(page, "new")
    heading(page, "Tài khoản new")
    page.get_by_label("Mật khẩu đang dùng").fill(PASSWORD)
    page.get_by_label("Mật khẩu mới", exact=True).fill("thói quen tốt 88")
    page.get_by_label("Nhập lại mật khẩu mới").fill("thói quen tốt 88")
    page.get_by_role("button", name="Đổi mật khẩu").click()
    heading(page, "Mục tiêu")


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_the_page_of_the_account_breaks_no_rule_of_wcag(address: str, file: Path, open_page: Open, lang: str):
    auditing.script()
    words = text.get(lang)
    accounts.add(settings.read(file), f"editor {lang}", PASSWORD, "editor", None)
    for width in (390, 1440):
        page = open_page(f"{address}/?lang={lang}", width=width)
        page.get_by_label(words("access.name")).fill(f"editor {lang}")
        page.get_by_label(words("access.password")).fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}/?lang={lang}")
        page.goto(f"{address}{ACCOUNT}?tiep=%2F%3Flang%3D{lang}")
        heading(page, words("access.account.title", name=f"editor {lang}"))
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert auditing.violations(page) == []
        assert auditing.small_texts(page) == []
        assert auditing.small_targets(page) == []
