"""Every page with nothing chosen, with each commune, and with a link or data that do not fit."""

from __future__ import annotations

import re

import pandas as pd
import pytest
import streamlit as st

from app_page import NAMES, needed, open_page, words
from chart_words import cards_of, places_of, words_of_charts
from dashboard import exhibits, registry
from dashboard.dataset import areas, default_folder, load, select
from dashboard.streamlit_host import index_html

COMMUNES = areas.listed(load(default_folder()), "2024-12-31", "then")
# Those that are about every commune where none is chosen.
OF_ALL = [name for name in NAMES if not needed(name)]


@pytest.mark.parametrize("name", OF_ALL)
def test_everything_holds_the_district_bodies(name):
    page = words(open_page(name))
    assert "Toàn Đảng bộ huyện Nam Đông · số liệu đến 31/12/2024" in page
    assert "Gồm cả khối cơ quan huyện" in page
    assert "SỐ LIỆU MẪU" in page
    english = words(open_page(name, lang="en"))
    assert "Party organisation of Nam Đông district (whole) · data as of 31/12/2024" in english
    assert "SAMPLE DATA" in english
    assert "· số liệu đến" not in english


@pytest.mark.parametrize(("n", "commune"), list(enumerate(COMMUNES)))
def test_each_commune_on_one_page_and_on_its_own(n, commune, bundled):
    place = select(bundled, [commune]).place(bundled)
    for name in (OF_ALL[n % len(OF_ALL)], "commune"):
        page = words(open_page(name, xa=place))
        assert f"{place} · số liệu đến 31/12/2024" in page
        assert "Không gồm khối cơ quan huyện" in page


@pytest.mark.parametrize("name", ["overview", "overlap", "goals", "changes"])
def test_the_district_bodies_get_one_sentence_where_nothing_is_to_show(name):
    page = words(open_page(name, xa="Khối cơ quan huyện (không thuộc xã)"))
    nothing = "Khối cơ quan huyện không có thôn, tổ dân phố: hãy chọn xã, thị trấn ở thanh bên."
    assert page.count(nothing) == 1
    assert "đã đạt" not in page
    assert "chưa có số liệu" not in page.lower()


@pytest.mark.parametrize("name", [name for name in OF_ALL if name != "briefing"])
def test_every_card_says_place_date_source_and_sample(name):
    # What an administrator is told is not a finding.
    cards = [card for card in cards_of(open_page(name, xa="Xã Hương Sơn")) if "foot" in card]
    assert len(cards) >= 3
    for card in cards:
        assert card["headline"]
        assert "Nguồn:" in card["foot"]
        if card["key"] == "reconciliation-quotes":
            assert "nguồn không ghi ngày chốt" in card["foot"]
        else:
            assert "31/12/2024" in card["foot"]
            assert card["mark"] == "SỐ LIỆU MẪU"


@pytest.mark.parametrize("name", ["overview", "goals"])
def test_what_a_browser_is_told_to_load_at_once_is_on_the_page(name):
    at = open_page(name)
    kinds = {chunk: re.sub(r"(?<=[a-z])(?=[A-Z])", "_", chunk).lower() for chunk in index_html.CHUNKS}
    assert [chunk for chunk, kind in kinds.items() if not at.get(kind)] == []


def test_the_published_figures_stand_on_the_overview(bundled):
    tiles = exhibits.tiles.overview(bundled, select(bundled))
    figures = {tile.name: (tile.value, *tile.notes) for tile in tiles.rows}
    assert figures["Tổ chức cơ sở đảng (công bố)"][0] == "42"
    assert "128 chi bộ trực thuộc" in figures["Tổ chức cơ sở đảng (công bố)"]
    assert figures["Đảng viên (công bố)"][0] == "2.198"
    assert figures["Bí thư chi bộ kiêm trưởng thôn (công bố)"][0] == "26/60"
    assert figures["Mới kết nạp (mẫu)"][0] == "72"
    page = set(words_of_charts(open_page("overview")))
    assert page >= {*figures, *(value for value, *_ in figures.values())}


@pytest.mark.parametrize(
    ("lang", "real", "title"),
    [
        ("en", False, "Overview · SAMPLE DATA · Party committee dashboard"),
        ("vi", True, "Tổng quan · Bảng theo dõi Đảng bộ"),
    ],
)
def test_the_title_of_the_browser_says_that_the_data_are_a_sample(own_data, monkeypatch, lang, real, title):
    if real:
        make_real(own_data)
    titles = []
    monkeypatch.setattr(st, "set_page_config", lambda **options: titles.append(options.get("page_title")))
    open_page("overview", lang=lang)
    assert titles[-1] == title


def test_boundaries_are_a_choice_only_where_they_have_changed(own_data):
    def choices() -> list[str]:
        return [control.key for control in open_page("overview").get("button_group")]

    assert "diagioi" in choices()
    file = own_data / "communes.csv"
    rows = pd.read_csv(file, dtype=str, keep_default_na=False)
    never_merged = rows[rows["valid_from"] < "2025"].assign(valid_to="", merged_into="")
    never_merged.to_csv(file, index=False)
    assert "diagioi" not in choices()


def test_real_data_bear_no_mark_on_any_page(own_data):
    make_real(own_data)
    for name in NAMES:
        page = words(open_page(name, **needed(name)))
        assert [mark for mark in ("SỐ LIỆU MẪU", "(công bố)", "(mẫu)") if mark in page] == [], name


def make_real(folder):
    about = folder / "dataset.toml"
    about.write_text(about.read_text("utf-8").replace("sample = true", "sample = false"), "utf-8")


def test_a_commune_without_anything_says_so(own_data):
    with (own_data / "communes.csv").open("a", encoding="utf-8") as file:
        file.write("trong,Trống,xa,,,,,14\n")
    for name in OF_ALL:
        assert "Xã Trống" in words(open_page(name, xa="Xã Trống"))


def test_each_unknown_value_in_a_link_gives_a_notice():
    unknown = {
        parameter.key: f"không có {parameter.key}" for parameter in registry.PARAMETERS if parameter.unknown
    }
    notices = words(open_page(**unknown), "warning").splitlines()
    for notice, value in zip(notices, unknown.values(), strict=True):
        assert value in notice


def test_data_that_cannot_be_read_give_a_page_that_says_what_is_wrong(own_data, show_data):
    officers = own_data / "officers.csv"
    officers.write_text(officers.read_text("utf-8").replace(",village_head,", ",truong_thon,", 1), "utf-8")
    page = words(open_page())
    assert "Chưa có bộ số liệu dùng được" in page
    assert "officers.csv, dòng 3, cột position, “truong_thon”:" in page
    show_data(own_data / "nowhere")
    assert "Chưa có bộ số liệu dùng được" in words(open_page())


def test_replaced_files_show_at_the_next_click(own_data):
    at = open_page()
    villages = own_data / "villages.csv"
    villages.write_text(villages.read_text("utf-8").replace("Tổ dân phố 1,", "Tổ mới,", 1), "utf-8")
    assert "Tổ mới" in words(at.run())


@pytest.mark.parametrize(
    ("boundaries", "label"),
    [({}, "Xã, thị trấn"), ({"diagioi": "Theo xã sau sắp xếp"}, "Xã"), ({"lang": "en"}, "Communes")],
)
def test_the_list_of_communes_is_called_by_the_kinds_of_those_in_it(boundaries, label):
    assert places_of(open_page(**boundaries))["label"] == [label]
