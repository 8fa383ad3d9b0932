"""The page of the data: versions listed, compared, brought back by those who may; an old one in a link."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app_page import ROOT, open_page, words
from chart_words import tables_of, words_of_charts
from dashboard import store, ui
from dashboard.access import User
from dashboard.store import Entry
from settings_files import proxied
from two_versions import two_versions

RESTORE = "Khôi phục thành phiên bản mới"


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A store in use, with the bundled data as version 1 and a changed copy as version 2."""
    new_store = two_versions(tmp_path, ROOT / "data")
    monkeypatch.setenv("DASHBOARD_STORE", str(new_store.folder))
    monkeypatch.delenv("DASHBOARD_PUBLISH", raising=False)
    ui.source.cache_clear()
    yield new_store
    ui.source.cache_clear()


def open_data(*opened: str, **query: str) -> AppTest:
    """The page of the data, these of its folded parts open."""
    return open_page("data", dict.fromkeys(opened, True), **query)


def cells(at: AppTest) -> str:
    return " ".join(cell for table in tables_of(at) for row in table for cell in row)


def buttons(at: AppTest, label: str) -> list:
    return [button for button in at.button if button.label == label]


def test_without_a_store_the_page_says_how_to_keep_versions(monkeypatch):
    monkeypatch.delenv("DASHBOARD_STORE", raising=False)
    page = words(open_data())
    assert "DASHBOARD_DATA" in page
    assert "DASHBOARD_STORE" in page


def test_versions_are_listed_with_who_and_why_and_compared_by_the_names_of_their_rows(place):
    at = open_data("versions-compare")
    for version in store.versions(place):
        assert {version.id, version.data_version} <= set(re.findall(r"\w+", cells(at)))
    assert "Ban Tổ chức" in cells(at)
    assert cells(at).count("đang dùng") == 1
    assert "officers.csv: 0 dòng mới, 1 dòng thay đổi, 0 dòng không còn" in words(at)
    assert "31/12/2024 · Tổ dân phố 1, Khe Tre · Trưởng ban công tác Mặt trận" in cells(at)
    # Nothing is brought back where publishing is off.
    assert buttons(open_data("versions-restore"), RESTORE) == []


def test_an_old_version_is_brought_back_as_a_new_one_once_who_and_why_are_said(place, monkeypatch):
    monkeypatch.setenv("DASHBOARD_PUBLISH", "1")
    at = open_data("versions-restore")
    buttons(at, RESTORE)[0].click().run()
    assert "Cần cho biết ai công bố và vì sao." in words(at)
    assert len(store.versions(place)) == 2
    at.text_input(key="restore-who").input("Văn phòng")
    at.text_input(key="restore-why").input("Bản sửa sai")
    buttons(at, RESTORE)[0].click().run()
    newest, *_, oldest = store.versions(place)
    assert (newest.number, newest.restores, newest.data_version) == (3, 1, oldest.data_version)
    assert "Đã khôi phục số liệu của phiên bản 0001" in words(at)


def test_a_click_brings_nothing_back_where_others_have_published_meanwhile(place, monkeypatch, tmp_path):
    monkeypatch.setenv("DASHBOARD_PUBLISH", "1")
    at = open_data("versions-restore")
    at.text_input(key="restore-who").input("Văn phòng")
    at.text_input(key="restore-why").input("Bản sửa sai")
    other_folder = shutil.copytree(ROOT / "data", tmp_path / "other")
    (other_folder / "goals.csv").write_text(
        (other_folder / "goals.csv").read_text("utf-8").replace(",80,", ",85,"), "utf-8"
    )
    store.publish(place, other_folder, Entry("Lan", "Chỉ tiêu mới"), store.base(place))
    buttons(at, RESTORE)[0].click().run()
    assert store.current(place).entry.who == "Lan"


def test_a_link_shows_the_version_that_it_names_until_one_click_leads_back(place):
    new, *_, old = (version.data_version for version in store.versions(place))
    at = open_data(phienban=old)
    assert f"Đang xem phiên bản số liệu cũ {old}" in words(at)
    assert f"Phiên bản: {old}" in words_of_charts(at)
    at.button(key="unpin").click().run()
    assert "Đang xem phiên bản số liệu cũ" not in words(at)
    assert f"Phiên bản: {new}" in words_of_charts(at)


def test_a_version_that_is_not_kept_is_named(place):
    assert "được tạo từ phiên bản số liệu 0123456789ab" in words(open_data(phienban="0123456789ab"))


def test_a_damaged_version_is_named_with_its_file(place):
    file = place.versions / "0001" / "goals.csv"
    file.chmod(0o644)
    file.write_bytes(b"")
    assert "phiên bản 0001, goals.csv: Tệp không còn đúng như lúc công bố" in words(open_data())


def test_a_copy_that_broke_off_is_told_on_the_page(own_data):
    officers = own_data / "officers.csv"
    lines = officers.read_text("utf-8").splitlines(keepends=True)
    officers.write_text("".join(lines[: len(lines) * 97 // 100]), "utf-8")
    page_words = words(open_data())
    assert "có 5 cảnh báo" in page_words
    assert "Xã Thượng Nhật: 0 chức danh ở ngày chốt 31/12/2024, ít hơn 42 ở ngày chốt trước" in page_words
    assert "Thượng Nhật commune: 0 posts at 31/12/2024, fewer than 42 at the date before" in words(
        open_data(lang="en")
    )


def test_a_goal_that_the_version_before_had_is_told_on_the_page(place, tmp_path):
    fewer = Path(shutil.copytree(ROOT / "data", tmp_path / "fewer"))
    goals = (fewer / "goals.csv").read_text("utf-8").splitlines(keepends=True)
    (fewer / "goals.csv").write_text("".join(goals[:-1]), "utf-8")
    store.publish(place, fewer, Entry("lan", "x"), base=store.base(place))
    counts = f"Phiên bản trước có {len(goals) - 1} dòng, nay có {len(goals) - 2}"
    assert f"{counts}; không còn: {goals[-1].partition(',')[0]}." in words(open_data())


@pytest.fixture
def open_as(tmp_path, monkeypatch, place):
    """The page of a server in mode proxy that publishes, opened by a reader, with what brings back open."""
    (tmp_path / "state").mkdir()
    monkeypatch.delenv("DASHBOARD_STORE")
    monkeypatch.setenv("DASHBOARD_SETTINGS", str(proxied(tmp_path, 8501, publish=True)))

    def opened(who: User) -> AppTest:
        monkeypatch.setattr("dashboard.ui.reader.named", lambda _headers: who)
        return open_data("versions-restore")

    return opened


@pytest.mark.parametrize("communes", [None, ("huong-son",)])
def test_a_viewer_neither_hands_in_nor_brings_back(open_as, communes):
    at = open_as(User("lan", "viewer", communes))
    assert (len(at.get("file_uploader")), buttons(at, RESTORE)) == (0, [])
    assert "Tài khoản này chỉ xem" in words(at)


def test_an_editor_brings_back_in_the_own_name_which_is_a_line_of_the_audit_log(open_as, place, tmp_path):
    at = open_as(User("chi", "editor"))
    assert len(at.get("file_uploader")) == 1
    assert "Tài khoản này chỉ xem" not in words(at)
    assert "restore-who" not in at.session_state
    at.text_input(key="restore-why").input("Bản sửa sai")
    buttons(at, RESTORE)[0].click().run()
    newest = store.versions(place)[0]
    (line,) = map(json.loads, (tmp_path / "state" / "audit.log").read_text("utf-8").splitlines())
    entry = {"event": "restore", "who": "chi", "why": "Bản sửa sai", "by": "chi", "id": newest.id}
    assert line.items() >= {**entry, "version": newest.data_version}.items()
