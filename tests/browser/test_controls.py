"""Streamlit's own words and names of controls, put in the language of the page (localize.js)."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from reading import open_tables, settled

from dashboard import text

Open = Callable[..., Page]


def test_a_switch_of_language_changes_that_of_the_page_and_the_names_of_controls(
    server: str, open_page: Open
):
    page = open_page(server)
    sidebar = page.get_by_test_id("stSidebar")
    html = page.locator("html")
    expect(html).to_have_attribute("lang", "vi")
    for lang, other_lang in (("vi", "en"), ("en", "vi")):
        expect(sidebar).to_have_attribute("aria-label", text.get(lang)("control.sidebar"))
        expect(page.get_by_test_id("stSkipToContent")).to_have_text(text.get(lang)("control.skip"))
        settled(page)
        page.get_by_role("radiogroup", name=re.compile("Language")).get_by_text(
            other_lang, exact=True
        ).click()
        expect(html).to_have_attribute("lang", other_lang)


def test_each_choice_of_the_sidebar_has_a_frame_of_its_own(server: str, open_page: Open):
    """Where two do not fit beside each other, they are below each other."""
    choices = open_page(server).get_by_test_id("stSidebar").get_by_role("radio")
    expect(choices).to_have_count(4)
    for choice in choices.all():
        for side in ("top", "right", "bottom", "left"):
            expect(choice).not_to_have_css(f"border-{side}-color", "rgba(0, 0, 0, 0)")


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_the_way_in_for_files_is_in_the_language_of_the_page(
    publishing: str, open_page: Open, lang: str, tmp_path: Path
):
    words = text.get(lang)
    wrong = tmp_path / "ghi-chu.txt"
    wrong.write_text("Thôn 1", encoding="utf-8")
    page = open_page(f"{publishing}/du-lieu?lang={lang}")
    way_in = page.get_by_test_id("stFileUploader")
    expect(way_in.get_by_role("button", name=words("control.upload"))).to_be_visible()
    # What may be handed in is said by the label alone.
    expect(way_in.get_by_text(re.compile("per file"))).to_be_hidden()
    way_in.locator("input[type=file]").set_input_files(wrong)
    message = words("control.error") + words("control.wrong_kind")
    expect(way_in.get_by_role("alert")).to_have_text(message)
    remove = words("control.remove").replace("*", wrong.name)
    expect(way_in.get_by_role("button", name=remove)).to_be_visible()


def test_the_name_of_a_handed_in_file_stays_as_it_is(publishing: str, open_page: Open, tmp_path: Path):
    file = tmp_path / "Trang 1.txt"
    file.write_text("Thôn 1", encoding="utf-8")
    page = open_page(f"{publishing}/du-lieu?lang=en")
    way_in = page.get_by_test_id("stFileUploader")
    way_in.locator("input[type=file]").set_input_files(file)
    # Once Streamlit's words are put in the language of the page, so is all that will be.
    expect(way_in.get_by_role("alert")).to_contain_text(text.get("en")("control.wrong_kind"))
    expect(page.get_by_test_id("stFileChipName")).to_have_text(file.name)


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_the_pages_of_a_table_are_turned_in_the_language_of_the_page(server: str, open_page: Open, lang: str):
    words = text.get(lang)
    page = open_page(f"{server}/kiem-nhiem?lang={lang}")
    settled(page)
    open_tables(page)
    pages = page.get_by_role("navigation", name=words("card.turn.label"))
    after = pages.get_by_role("button", name=words("card.turn.after"))
    after.click()
    expect(pages).to_contain_text("2/2")
    # The keyboard is where it was, at the end of the list.
    expect(after).to_be_disabled()
