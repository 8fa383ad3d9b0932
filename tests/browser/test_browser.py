"""The dashboard in a real browser: links, filter, pages, Back, reload, cards, width of a phone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from reading import choose, choose_commune, ended, heading_line, linked
from servers import running

from dashboard.dataset import default_folder

Open = Callable[..., Page]


def test_the_filter_stays_over_pages_back_and_reload(server: str, open_page: Open):
    page = open_page(server)
    expect(page.get_by_text("2.198", exact=True)).to_be_visible()
    choose_commune(page, "Xã Hương Sơn")
    expect(page.get_by_text("156", exact=True)).to_be_visible()
    expect(page.get_by_text("2.198", exact=True)).to_have_count(0)

    page.get_by_role("link", name="Mục tiêu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mục tiêu")
    expect(page.get_by_text("66,7%").first).to_be_visible()
    linked(page, xa="Xã Hương Sơn")

    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tổng quan")
    expect(page.get_by_text("156", exact=True)).to_be_visible()

    page.reload()
    expect(page.get_by_text("156", exact=True)).to_be_visible()
    linked(page, xa="Xã Hương Sơn")


def test_several_communes_and_a_date_in_a_shared_link(server: str, open_page: Open):
    page = open_page(server)
    choose_commune(page, "Xã Thượng Lộ")
    page.get_by_role("combobox", name="Xã, thị trấn").click()
    page.get_by_role("button", name="Chọn nhiều xã").click()
    page.get_by_role("option", name="Xã Hương Phú").click()
    expect(heading_line(page)).to_contain_text("Xã Hương Phú, Xã Thượng Lộ")
    page.keyboard.press("Escape")
    choose(page, "Ngày chốt số liệu", lambda options: options.filter(has_text="31/12/2023"))
    expect(heading_line(page)).to_contain_text("Xã Hương Phú, Xã Thượng Lộ · số liệu đến 31/12/2023.")

    shared = open_page(page.url)
    expect(heading_line(shared)).to_contain_text("Xã Hương Phú, Xã Thượng Lộ · số liệu đến 31/12/2023.")


def test_a_link_made_by_hand_may_name_ids(server: str, open_page: Open):
    page = open_page(f"{server}/co-cau?xa=huong-son&xa=outside&ngay=2023-12-31&lang=en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Organisation")
    expect(heading_line(page)).to_contain_text(
        "Hương Sơn commune, District bodies (outside every commune) · data as of 31/12/2023"
    )
    linked(page, ngay="31/12/2023")


def test_the_switch_of_language_keeps_the_communes(server: str, open_page: Open):
    page = open_page(f"{server}/kiem-nhiem?xa=huong-son&xa=outside")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kiêm nhiệm")
    page.get_by_role("radiogroup", name=re.compile("Language")).get_by_text("en", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Role overlap")
    expect(heading_line(page)).to_contain_text("Hương Sơn commune, District bodies (outside every commune)")
    linked(page, lang="en")


def test_a_link_to_the_former_page_of_what_if_opens_the_goals_with_its_changes(server: str, open_page: Open):
    page = open_page(f"{server}/gia-dinh?giadinh=khe-tre-1.member.front_head")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mục tiêu")
    assert urlsplit(page.url).path == "/muc-tieu"
    expect(page.get_by_text("45/58").first).to_be_visible()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(1)


def test_the_name_of_a_page_leads_to_it(server: str, open_page: Open):
    page = open_page(f"{server}/tong-quan?xa=huong-son")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tổng quan")
    expect(heading_line(page)).to_contain_text("Xã Hương Sơn")


@pytest.mark.parametrize(("lang", "said"), [("vi", "Không có trang này"), ("en", "There is no such page")])
def test_an_unknown_page_is_told_in_the_readers_language(server: str, open_page: Open, lang: str, said: str):
    page = open_page(f"{server}/khong-co?lang={lang}")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(said)
    expect(dialog).not_to_contain_text("requested")


def test_a_list_stays_where_it_stands_when_a_line_is_ticked(server: str, open_page: Open):
    page = open_page(f"{server}/muc-tieu")
    ended(page)
    middle = page.get_by_role("checkbox").nth(40)
    middle.scroll_into_view_if_needed()
    stands = "box => box.closest('.tall').scrollTop"
    before = middle.evaluate(stands)
    assert before > 0
    middle.click()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(1)
    expect(page.get_by_role("alert").filter(has_text="GIẢ ĐỊNH")).to_be_visible()
    ended(page)
    assert middle.evaluate(stands) == before


def test_a_ticked_line_is_a_what_if_and_back_undoes_nothing_else(server: str, open_page: Open):
    page = open_page(f"{server}/muc-tieu?xa=huong-son")
    ended(page)
    page.get_by_role("searchbox").fill("thon 2 truong thon")
    page.get_by_role("checkbox").first.check()
    expect(page.get_by_role("alert").filter(has_text="GIẢ ĐỊNH")).to_be_visible()
    expect(page.get_by_text("5/6").first).to_be_visible()
    linked(page, giadinh="huong-son-2.member.village_head")


def test_nothing_is_chosen_where_nothing_matches(server: str, open_page: Open):
    page = open_page(f"{server}/muc-tieu")
    choose_commune(page, "Xã Thượng Lộ")
    field = page.get_by_role("combobox", name="Xã, thị trấn")
    field.click()
    field.fill("khong co noi nao")
    expect(page.get_by_text("Không nơi nào có tên như vậy")).to_be_visible()
    field.press("Enter")
    field.press("Escape")
    ended(page)
    linked(page, xa="Xã Thượng Lộ")


def test_names_are_found_without_accents_and_back_undoes_the_choice(server: str, open_page: Open):
    page = open_page(f"{server}/kiem-nhiem")
    for typed, name in (("thuong lo", "Xã Thượng Lộ"), ("HUONG SON", "Xã Hương Sơn")):
        ended(page)
        field = page.get_by_role("combobox", name="Xã, thị trấn")
        field.click()
        field.fill(typed)
        field.press("Enter")
        expect(heading_line(page)).to_contain_text(name)
        linked(page, xa=name)
    page.go_back()
    expect(heading_line(page)).to_contain_text("Xã Thượng Lộ ·")
    page.go_back()
    expect(heading_line(page)).to_contain_text("Toàn Đảng bộ huyện Nam Đông")


def test_charts_are_drawn_with_the_bundled_font(server: str, open_page: Open):
    page = open_page(f"{server}/kiem-nhiem")
    name = page.locator("article.framed").get_by_text("Xã Hương Phú").first
    expect(name).to_be_visible()
    assert name.evaluate("e => getComputedStyle(e).fontFamily").startswith('"Be Vietnam Pro"')
    assert page.evaluate("document.fonts.check('16px \"Be Vietnam Pro\"')")


def test_the_rows_of_a_chart_are_sorted_by_choice_and_stay_so(server: str, open_page: Open):
    page = open_page(f"{server}/muc-tieu")
    table = page.get_by_role("table").first
    first = table.get_by_role("rowheader").first
    expect(first).to_have_text("Xã Hương Xuân")
    ended(page)
    table.get_by_role("combobox", name="Sắp xếp").select_option(label="Thứ tự chính thức")
    expect(first).to_have_text("Thị trấn Khe Tre")
    expect(table.get_by_role("rowheader").last).to_have_text("Toàn đảng bộ")
    # Another choice draws the chart again.
    choose_commune(page, "Xã Hương Sơn")
    expect(first).to_have_text("Thị trấn Khe Tre")


def test_a_deep_link_to_a_fresh_server_then_replaced_and_broken_files(
    browser: Browser, open_page: Open, tmp_path
):
    folder = shutil.copytree(default_folder(), tmp_path / "data")
    villages = folder / "villages.csv"
    with running(folder) as address:
        page = open_page(f"{address}/kiem-nhiem?xa={quote('Xã Hương Xuân')}")
        expect(page.get_by_role("heading", level=1)).to_have_text("Kiêm nhiệm")
        expect(page.get_by_text("Bí thư kiêm trưởng thôn: 6/8 (75,0%)").first).to_be_visible()
        expect(page.get_by_role("dialog")).to_have_count(0)
        linked(page, xa="Xã Hương Xuân")
        page.goto(address)
        expect(page.get_by_text("2.198", exact=True)).to_be_visible()

        villages.write_text(villages.read_text("utf-8").replace("Tổ dân phố 1,", "Tổ mới,", 1), "utf-8")
        choose_commune(page, "Thị trấn Khe Tre")
        expect(page.get_by_text("Tổ mới").first).to_be_visible()

        villages.write_text("village_id\n", "utf-8")
        choose_commune(page, "Xã Hương Phú")
        expect(page.get_by_role("alert").filter(has_text="Bộ số liệu mới chưa dùng được")).to_be_visible()
        expect(page.get_by_text("165", exact=True)).to_be_visible()
        expect(page.get_by_text("Traceback")).to_have_count(0)


def test_boundaries_there_and_back_give_the_same_commune(server: str, open_page: Open):
    page = open_page(f"{server}/kiem-nhiem?xa=huong-son&ngay=2023-12-31")
    expect(heading_line(page)).to_contain_text("Xã Hương Sơn · số liệu đến 31/12/2023.")
    page.get_by_text("Theo xã sau sắp xếp", exact=True).click()
    expect(heading_line(page)).to_contain_text("Xã Nam Đông · số liệu đến 31/12/2023 · theo xã sau sắp xếp")
    linked(page, xa="Xã Nam Đông")
    page.get_by_text("Theo xã cũ", exact=True).click()
    expect(heading_line(page)).to_contain_text("Xã Hương Sơn · số liệu đến 31/12/2023.")


def test_a_link_to_boundaries_of_an_earlier_version_opens_them_in_either_language(
    server: str, open_page: Open
):
    page = open_page(f"{server}/kiem-nhiem?xa={quote('Xã Nam Đông')}&diagioi={quote('Hiện nay')}")
    expect(heading_line(page)).to_contain_text("Xã Nam Đông · số liệu đến 31/12/2024 · theo xã sau sắp xếp")
    page.get_by_role("radiogroup", name="Language").get_by_text("en", exact=True).click()
    expect(heading_line(page)).to_contain_text(
        "Nam Đông commune · data as of 31/12/2024 · communes after the mergers"
    )
    page.get_by_text("Communes of that date", exact=True).click()
    expect(heading_line(page)).to_contain_text(
        "Hương Sơn commune, Hương Xuân commune, Thượng Nhật commune · data as of 31/12/2024"
    )


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_the_button_that_opens_the_sidebar_covers_no_letter_of_the_title(
    server: str, open_page: Open, width: int
):
    page = open_page(f"{server}/muc-tieu", width=width)
    ended(page)
    if width == 1440:  # there the sidebar is open until the reader closes it
        page.get_by_test_id("stSidebarHeader").hover()
        page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
    button = page.get_by_test_id("stExpandSidebarButton")
    expect(button).to_be_visible()
    # The box of the letters: that of the heading has its padding, too.
    left, top = page.get_by_role("heading", level=1).evaluate(
        "title => { const letters = document.createRange(); letters.selectNodeContents(title);"
        " const box = letters.getBoundingClientRect(); return [box.left, box.top] }"
    )
    box = button.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= left or box["y"] + box["height"] <= top


def test_no_word_of_an_opened_table_is_broken(server: str, open_page: Open):
    page = open_page(f"{server}/thay-doi")
    ended(page)
    page.get_by_role("button", name="Bảng số liệu").first.click()
    table = page.locator("table.behind").first
    expect(table).to_be_visible()
    broken = table.evaluate(
        """table => [...table.querySelectorAll("td, th")].flatMap(cell => {
          const text = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT).nextNode();
          return [...(text?.data ?? "").matchAll(/[^ ]+/g)].filter(word => {
            const range = document.createRange();
            range.setStart(text, word.index);
            range.setEnd(text, word.index + word[0].length);
            return new Set([...range.getClientRects()].map(box => box.top)).size > 1;
          }).map(word => word[0]);
        })"""
    )
    assert broken == []


@pytest.mark.parametrize("width", [768, 1440])
def test_a_short_line_below_the_title_is_clear_of_how_to_read(server: str, open_page: Open, width: int):
    page = open_page(f"{server}/thon?thon=huong-son-2", width=width)
    ended(page)
    line, label = (box.bounding_box() for box in page.locator(".st-key-heading p").all())
    assert line is not None
    assert label is not None
    beside = line["x"] + line["width"] <= label["x"]
    below = label["y"] + label["height"] <= line["y"]
    assert beside or below


@pytest.mark.parametrize("path", ["xa", "thay-doi", "bao-cao", "du-lieu"])
def test_a_change_of_the_filter_is_few_messages(server: str, open_page: Open, path: str):
    received: list[str] = []
    page = open_page(f"{server}/{path}")
    page.on("websocket", lambda socket: socket.on("framereceived", lambda _: received.append(socket.url)))
    page.reload()
    ended(page)
    received.clear()
    choose_commune(page, "Xã Hương Sơn")
    assert 0 < len(received) <= 25
