"""What a reader's role lets him or her do on the page of the data, and what the audit log says of it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import settings, store
from dashboard.access import User
from dashboard.dataset import load
from dashboard.store import Entry, Store
from dashboard.ui import data_source

ROOT = Path(__file__).parents[2]
VIEWER, EDITOR = User("lan", "viewer"), User("chi", "editor")
OF_ONE = User("one", "viewer", ("huong-son",))


@pytest.fixture
def place(tmp_path, monkeypatch) -> Store:
    """A server in mode proxy that publishes, with two versions."""
    kept = Store(tmp_path / "store", ROOT / "data")
    kept.folder.mkdir()
    (tmp_path / "state").mkdir()
    (tmp_path / "secret").write_text("a-secret-of-the-proxy", "utf-8")
    file = tmp_path / "dashboard.toml"
    file.write_text(
        'mode = "proxy"\npublic_url = "http://127.0.0.1:8501"\nstate = "state"\n'
        '[data]\nstore = "store"\npublish = true\n'
        '[proxy]\nheader = "x-remote-user"\nsecret_file = "secret"\n[[proxy.readers]]\nname = "lan"\n',
        "utf-8",
    )
    monkeypatch.setenv("DASHBOARD_SETTINGS", str(file))
    assert settings.current().publish
    changed = tmp_path / "changed"
    shutil.copytree(kept.plain, changed)
    officers = changed / "officers.csv"
    first = "2024-12-31,khe-tre-1,front_head,"
    written = officers.read_text("utf-8-sig")
    (line,) = (line for line in written.splitlines() if line.startswith(first))
    officers.write_text(written.replace(line, f"{first},"), "utf-8")
    store.publish(kept, changed, Entry("chi", "Sửa số liệu"), base=load(kept.plain).about.version)
    data_source.source.cache_clear()
    yield kept
    data_source.source.cache_clear()


@pytest.fixture
def page(place, monkeypatch):
    """The page of the data, opened by a reader."""

    def opened(who: User) -> AppTest:
        monkeypatch.setattr("dashboard.ui.reader.named", lambda _headers: who)
        at = AppTest.from_file(ROOT / "src" / "dashboard" / "router.py", default_timeout=60)
        at.run()
        return at.switch_page(str(ROOT / "pages" / "data.py")).run()

    return opened


def restoring(at: AppTest) -> AppTest:
    at.session_state["versions-restore"] = True
    return at.run()


def restore_buttons(at: AppTest) -> list[str]:
    return [button.label for button in at.button if "Khôi phục" in button.label]


@pytest.mark.parametrize("who", [VIEWER, OF_ONE], ids=lambda who: who.name)
def test_a_viewer_neither_hands_in_nor_brings_back(page, who):
    at = restoring(page(who))
    assert not at.exception
    assert (len(at.get("file_uploader")), restore_buttons(at)) == (0, [])


def test_an_editor_hands_in_and_brings_back_in_the_own_name(page):
    at = restoring(page(EDITOR))
    assert len(at.get("file_uploader")) == 1
    assert restore_buttons(at) != []
    assert "restore-who" not in at.session_state


def test_what_an_editor_brings_back_is_a_line_of_the_audit_log(page, place, tmp_path):
    at = restoring(page(EDITOR))
    at.text_input(key="restore-why").input("Bản sửa sai")
    (button,) = (button for button in at.button if button.label == "Khôi phục thành phiên bản mới")
    button.click().run()
    newest = store.versions(place)[0]
    (line,) = map(json.loads, (tmp_path / "state" / "audit.log").read_text("utf-8").splitlines())
    told = {"event": "restore", "who": "chi", "why": "Bản sửa sai", "by": "chi", "id": newest.id}
    assert line.items() >= {**told, "version": newest.data_version}.items()
