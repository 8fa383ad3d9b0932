"""The page of the data: versions listed, compared, brought back; an old one shown where a link names it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from chart_words import tables_of, words_of_charts
from dashboard import store
from dashboard.dataset import load
from dashboard.store import Entry, Store
from dashboard.ui import data_source

ROOT = Path(__file__).parents[2]
ROUTER = ROOT / "src" / "dashboard" / "router.py"


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A store in use, with the bundled data as version 1 and a changed copy as version 2."""
    kept = Store(tmp_path / "store", ROOT / "data")
    kept.folder.mkdir()
    changed = tmp_path / "changed"
    shutil.copytree(kept.plain, changed)
    officers = changed / "officers.csv"
    first = "2024-12-31,khe-tre-1,front_head,"
    written = officers.read_text("utf-8-sig")
    (line,) = (line for line in written.splitlines() if line.startswith(first))
    officers.write_text(written.replace(line, f"{first},"), "utf-8")
    store.publish(kept, changed, Entry("Ban Tổ chức", "Sửa số liệu"), base=load(kept.plain).about.version)
    monkeypatch.setenv("DASHBOARD_STORE", str(kept.folder))
    monkeypatch.delenv("DASHBOARD_PUBLISH", raising=False)
    data_source.source.cache_clear()
    yield kept
    data_source.source.cache_clear()


@pytest.fixture
def page():
    """The page of the data, opened with a query."""

    def opened(**query: str) -> AppTest:
        at = AppTest.from_file(ROUTER, default_timeout=60)
        for key, value in query.items():
            at.query_params[key] = value
        at.run()
        return at.switch_page(str(ROOT / "pages" / "data.py")).run()

    return opened


def said(at: AppTest) -> str:
    kinds = ("markdown", "caption", "warning", "error", "success")
    shown = [str(element.value) for kind in kinds for element in at.get(kind)]
    return " ".join([re.sub(r"\\(.)", r"\1", " ".join(shown)), *words_of_charts(at)])


def tables(at: AppTest) -> str:
    return " ".join(cell for table in tables_of(at) for row in table for cell in row)


def test_without_a_store_the_page_says_how_to_keep_versions(page, monkeypatch):
    monkeypatch.delenv("DASHBOARD_STORE", raising=False)
    assert "DASHBOARD_STORE" in said(page())


def test_versions_are_listed_with_who_and_why(place, page):
    shown = tables(page())
    for version in store.versions(place):
        assert {version.id, version.data_version} <= set(re.findall(r"\w+", shown))
    assert "Ban Tổ chức" in shown
    assert shown.count("đang dùng") == 1


def test_two_versions_are_compared_by_the_names_of_their_rows(place, page):
    at = page()
    at.session_state["versions-compare"] = True
    at.run()
    assert "officers.csv: 0 dòng mới, 1 dòng thay đổi, 0 dòng không còn" in said(at)
    assert "31/12/2024 · Tổ dân phố 1, Khe Tre · Trưởng ban công tác Mặt trận" in tables(at)


def test_nothing_can_be_brought_back_where_publishing_is_off(place, page):
    at = page()
    assert "versions-restore" not in at.session_state
    assert not [button for button in at.button if "Khôi phục" in button.label]


def test_an_old_version_is_brought_back_as_a_new_one(place, page, monkeypatch):
    monkeypatch.setenv("DASHBOARD_PUBLISH", "1")
    at = page()
    at.session_state["versions-restore"] = True
    at.run()
    at.text_input(key="restore-who").input("Văn phòng")
    at.text_input(key="restore-why").input("Bản sửa sai")
    (button,) = (button for button in at.button if button.label == "Khôi phục thành phiên bản mới")
    button.click().run()
    newest, *_, oldest = store.versions(place)
    assert (newest.number, newest.restores, newest.data_version) == (3, 1, oldest.data_version)
    assert "Đã khôi phục số liệu của phiên bản 0001" in said(at)


def test_who_and_why_must_be_said(place, page, monkeypatch):
    monkeypatch.setenv("DASHBOARD_PUBLISH", "1")
    at = page()
    at.session_state["versions-restore"] = True
    at.run()
    (button,) = (button for button in at.button if button.label == "Khôi phục thành phiên bản mới")
    button.click().run()
    assert "Cần cho biết ai công bố và vì sao." in said(at)
    assert len(store.versions(place)) == 2


def test_a_link_shows_the_version_that_it_names(place, page):
    old = store.versions(place)[-1].data_version
    at = page(phienban=old)
    assert f"Đang xem phiên bản số liệu cũ {old}" in said(at)
    assert f"Phiên bản: {old}" in words_of_charts(at)


def test_one_click_leads_back_to_the_data_of_today(place, page):
    new, *_, old = (version.data_version for version in store.versions(place))
    at = page(phienban=old)
    at.button(key="unpin").click().run()
    assert "Đang xem phiên bản số liệu cũ" not in said(at)
    assert f"Phiên bản: {new}" in words_of_charts(at)


def test_a_version_that_is_not_kept_is_named(place, page):
    at = page(phienban="0123456789ab")
    assert "được tạo từ phiên bản số liệu 0123456789ab" in said(at)


@pytest.fixture
def shown(tmp_path, monkeypatch, page):
    """The page of a copy of the bundled data whose officers.csv has other lines."""

    def opened(lines, **query: str) -> AppTest:
        folder = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
        officers = folder / "officers.csv"
        officers.write_text("".join(lines(officers.read_text("utf-8").splitlines(keepends=True))), "utf-8")
        monkeypatch.setenv("DASHBOARD_DATA", str(folder))
        monkeypatch.delenv("DASHBOARD_STORE", raising=False)
        data_source.source.cache_clear()
        return page(**query)

    yield opened
    data_source.source.cache_clear()


def test_a_copy_that_broke_off_is_told_on_the_page(shown):
    at = shown(lambda lines: lines[: len(lines) * 97 // 100])
    assert "có 5 cảnh báo" in said(at)
    assert "Xã Thượng Nhật: 0 chức danh ở ngày chốt 31/12/2024, ít hơn 42 ở ngày chốt trước" in said(at)
    assert "Xã Thượng Long: 40 chức danh ở ngày chốt 31/12/2024, ít hơn 49 ở ngày chốt trước" in said(at)


def test_a_commune_that_is_missing_is_told_on_the_page_in_english(shown):
    at = shown(lambda lines: [line for line in lines if "2024-12-31,huong-phu" not in line], lang="en")
    assert "Hương Phú commune: 0 posts at 31/12/2024, fewer than 56 at the date before" in said(at)


def test_a_goal_that_the_version_before_had_is_told_on_the_page(place, page, tmp_path):
    fewer = Path(shutil.copytree(ROOT / "data", tmp_path / "fewer"))
    goals = (fewer / "goals.csv").read_text("utf-8").splitlines(keepends=True)
    (fewer / "goals.csv").write_text("".join(goals[:-1]), "utf-8")
    store.publish(place, fewer, Entry("lan", "x"), base=store.base(place))
    lost = goals[-1].partition(",")[0]
    assert f"Phiên bản trước có {len(goals) - 1} dòng, nay có {len(goals) - 2}; không còn: {lost}." in said(
        page()
    )
