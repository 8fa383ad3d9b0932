"""Every page with nothing chosen, with each commune, and with a link that names what does not exist."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from chart_words import words_of_charts
from dashboard import exhibits, registry
from dashboard.dataset import areas, default_folder, load, select

ROOT = Path(__file__).parents[2]
PAGES = ("overview", "structure", "overlap", "goals", "briefing", "data")
COMMUNES = areas.listed(load(default_folder()), "2024-12-31", "then")


def open_page(name: str, **state: object) -> AppTest:
    at = AppTest.from_file(ROOT / "src" / "dashboard" / "router.py", default_timeout=30)
    for key, value in state.items():
        if key == registry.COMMUNES.key:
            at.query_params[key] = value
        else:
            at.session_state[key] = value
    at.run()
    if name != "overview":
        at.switch_page(str(ROOT / "pages" / f"{name}.py")).run()
    assert not at.exception
    return at


def words(at: AppTest) -> str:
    """All text of the page, markdown escapes taken away."""
    parts = [
        element.value
        for kind in ("title", "markdown", "caption", "warning", "error")
        for element in at.get(kind)
    ]
    return re.sub(r"\\(.)", r"\1", "\n".join([*map(str, parts), *words_of_charts(at)]))


@pytest.mark.parametrize("name", PAGES)
def test_everything_holds_the_district_bodies(name):
    said = words(open_page(name))
    assert "Toàn Đảng bộ huyện Nam Đông · số liệu đến 31/12/2024" in said
    assert "Gồm cả khối cơ quan huyện" in said
    assert "SỐ LIỆU MẪU" in said


# Each page with a third of the communes, each commune on a third of the pages.
@pytest.mark.parametrize(
    ("name", "commune"),
    [
        (name, commune)
        for i, name in enumerate(PAGES)
        for j, commune in enumerate(COMMUNES)
        if (i + j) % 3 == 0
    ],
)
def test_each_commune_on_its_pages(name, commune):
    dataset = load(default_folder())
    place = select(dataset, [commune]).place(dataset)
    said = words(open_page(name, xa=[commune]))
    assert f"{place} · số liệu đến 31/12/2024" in said
    assert "Không gồm khối cơ quan huyện" in said


@pytest.mark.parametrize("name", ["overview", "overlap", "goals", "changes"])
def test_the_district_bodies_get_one_sentence_where_nothing_is_to_show(name):
    at = open_page(name, xa=["outside"])
    said = words(at)
    assert said.count("Khối cơ quan huyện không có thôn, tổ dân phố: hãy chọn xã, thị trấn ở thanh bên.") == 1
    assert "đã đạt" not in said
    assert "chưa có số liệu" not in said.lower()
    assert [metric.label for metric in at.metric if metric.value == "0"] == []
    assert len(at.get("dataframe") + at.get("table") + at.get("vega_lite_chart")) == 0
    assert [box for box in at.selectbox if box.key == registry.GOAL.key] == []


@pytest.mark.parametrize("name", PAGES)
def test_english(name):
    said = words(open_page(name, lang="en"))
    assert "Party organisation of Nam Đông district (whole) · data as of 31/12/2024" in said
    assert "SAMPLE DATA" in said
    assert "· số liệu đến" not in said


def test_the_published_figures_stand_on_the_overview():
    tiles = exhibits.tiles.overview(load(default_folder()), select(load(default_folder())))
    figures = {tile.name: (tile.value, *tile.notes) for tile in tiles.rows}
    assert figures["Tổ chức cơ sở đảng (công bố)"][0] == "42"
    assert "128 chi bộ trực thuộc" in figures["Tổ chức cơ sở đảng (công bố)"]
    assert figures["Đảng viên (công bố)"][0] == "2.198"
    assert figures["Bí thư chi bộ kiêm trưởng thôn (công bố)"][0] == "26/60"
    assert figures["Mới kết nạp (mẫu)"][0] == "72"
    said = set(words_of_charts(open_page("overview")))
    assert said >= {*figures, *(value for value, *_ in figures.values())}


@pytest.mark.parametrize(
    ("lang", "sample", "title"),
    [
        ("vi", True, "Tổng quan · SỐ LIỆU MẪU · Bảng theo dõi Đảng bộ"),
        ("en", True, "Overview · SAMPLE DATA · Party committee dashboard"),
        ("vi", False, "Tổng quan · Bảng theo dõi Đảng bộ"),
    ],
)
def test_the_title_of_the_browser_says_that_the_data_are_a_sample(tmp_path, monkeypatch, lang, sample, title):
    monkeypatch.setenv("DASHBOARD_DATA", str(copy_of_bundled(tmp_path) if sample else real_copy(tmp_path)))
    titles = []
    monkeypatch.setattr(st, "set_page_config", lambda **said: titles.append(said.get("page_title")))
    open_page("overview", lang=lang)
    assert titles[-1] == title


def test_real_data_bear_no_mark_on_any_page(tmp_path, monkeypatch):
    monkeypatch.setenv("DASHBOARD_DATA", str(real_copy(tmp_path)))
    for name in PAGES:
        at = open_page(name)
        assert "SỐ LIỆU MẪU" not in words(at), name
        assert not any("(công bố)" in one or "(mẫu)" in one for one in words_of_charts(at)), name


def real_copy(folder: Path) -> Path:
    """The bundled data set, said to be real."""
    copy = copy_of_bundled(folder)
    about = (copy / "dataset.toml").read_text("utf-8")
    (copy / "dataset.toml").write_text(about.replace("sample = true", "sample = false"), "utf-8")
    return copy


def test_a_commune_without_anything_says_so(tmp_path, monkeypatch):
    folder = copy_of_bundled(tmp_path)
    with (folder / "communes.csv").open("a", encoding="utf-8") as file:
        file.write("trong,Trống,xa,,,,,14\n")
    monkeypatch.setenv("DASHBOARD_DATA", str(folder))
    for name in PAGES:
        assert "Xã Trống" in words(open_page(name, xa=["trong"]))


def test_an_unknown_value_in_a_link_gives_a_notice():
    at = AppTest.from_file(ROOT / "src" / "dashboard" / "router.py", default_timeout=30)
    at.query_params["xa"] = ["Xã Không Có"]
    at.query_params["ngay"] = ["31/12/1999"]
    at.run()
    said = [warning.value for warning in at.warning]
    assert len(said) == 2
    assert "Xã Không Có" in said[0]
    assert "31/12/1999" in re.sub(r"\\(.)", r"\1", said[1])


def test_a_wrong_folder_names_file_row_and_value(tmp_path, monkeypatch):
    folder = copy_of_bundled(tmp_path)
    officers = folder / "officers.csv"
    officers.write_text(officers.read_text("utf-8").replace(",village_head,", ",truong_thon,", 1), "utf-8")
    monkeypatch.setenv("DASHBOARD_DATA", str(folder))
    said = words(open_first())
    assert "Chưa có bộ số liệu dùng được" in said
    assert "officers.csv, dòng 3, cột position, “truong_thon”:" in said


def test_a_missing_folder_gives_a_page_not_a_trace(tmp_path, monkeypatch):
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "nowhere"))
    assert "Chưa có bộ số liệu dùng được" in words(open_first())


def test_wrong_new_files_leave_the_last_good_data(tmp_path, monkeypatch):
    folder = copy_of_bundled(tmp_path)
    monkeypatch.setenv("DASHBOARD_DATA", str(folder))
    at = open_page("overview")
    (folder / "villages.csv").write_text("village_id\n", "utf-8")
    at.run()
    assert "Bộ số liệu mới chưa dùng được từ" in words(at)
    assert "2.198" in set(words_of_charts(at))


def test_replaced_files_show_at_the_next_click(tmp_path, monkeypatch):
    folder = copy_of_bundled(tmp_path)
    monkeypatch.setenv("DASHBOARD_DATA", str(folder))
    at = open_page("overview")
    villages = folder / "villages.csv"
    villages.write_text(villages.read_text("utf-8").replace("Tổ dân phố 1,", "Tổ mới,", 1), "utf-8")
    at.run()
    assert "Tổ mới" in set(words_of_charts(at))


def test_a_name_with_markdown_stays_a_name(tmp_path, monkeypatch):
    folder = copy_of_bundled(tmp_path)
    about = folder / "dataset.toml"
    hostile = 'root = "a*b*c [x](http://x.example) :smile: $y$"'
    about.write_text(about.read_text("utf-8").replace('root = "Đảng bộ huyện Nam Đông"', hostile), "utf-8")
    monkeypatch.setenv("DASHBOARD_DATA", str(folder))
    at = open_page("overview")
    assert any(
        r"a\*b\*c \[x\]\(http\://x\.example\) \:smile\: \$y\$" in element.value.replace("\u2060", "")
        for element in at.markdown
    )


def open_first() -> AppTest:
    """The router run once; without data every address shows the same page, and no figure on it."""
    at = AppTest.from_file(ROOT / "src" / "dashboard" / "router.py", default_timeout=30).run()
    assert not at.exception
    assert not at.metric
    return at


def copy_of_bundled(tmp_path: Path) -> Path:
    return Path(shutil.copytree(default_folder(), tmp_path / "data"))
