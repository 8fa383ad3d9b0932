"""What a reader is told when something behind the page fails: a sentence, and the page goes on."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import text, ui
from dashboard.dataset import default_folder
from dashboard.outputs import job, worker

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def own_data(tmp_path, monkeypatch):
    """A data folder of the test's own."""
    folder = Path(shutil.copytree(default_folder(), tmp_path / "data"))
    monkeypatch.setenv("DASHBOARD_DATA", str(folder))
    ui.source.cache_clear()
    yield folder
    ui.source.cache_clear()


def opened(lang: str, page: str = "overview", **state: object) -> AppTest:
    at = AppTest.from_file(ROOT / "src" / "dashboard" / "router.py", default_timeout=60)
    for key, value in {"lang": lang, **state}.items():
        at.session_state[key] = value
    at.run()
    if page != "overview":
        at.switch_page(str(ROOT / "pages" / f"{page}.py")).run()
    assert not at.exception
    return at


def said(at: AppTest, kind: str) -> str:
    return re.sub(r"\\(.)", r"\1", "\n".join(element.value for element in at.get(kind)))


def broken(folder: Path) -> None:
    (folder / "villages.csv").write_text("village_id\n", "utf-8")


def replaced(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "photo.png").write_bytes(b"PNG")


def deleted(folder: Path) -> None:
    shutil.rmtree(folder)


@pytest.mark.parametrize("happens", [broken, replaced, deleted])
@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_the_last_good_data_stay_with_a_notice_since_when(own_data, lang, happens):
    at = opened(lang)
    figures = [metric.value for metric in at.metric]
    happens(own_data)
    at.run()
    assert [metric.value for metric in at.metric] == figures
    words = text.get(lang)
    before, _, after = words("data.stale", since="|").partition("|")
    notice = said(at, "warning")
    assert re.search(re.escape(before) + r"\d\d:\d\d \d\d/\d\d/\d{4}" + re.escape(after), notice)


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_the_page_of_the_data_says_what_is_wrong(own_data, lang):
    at = opened(lang, "data")
    broken(own_data)
    at.run()
    assert text.get(lang)("rule.column_missing") in said(at, "markdown")
    assert not at.exception


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_a_picture_that_cannot_be_drawn_is_said_and_the_next_one_is_drawn(lang, monkeypatch):
    class Hung:
        def run(self, *_args, **_kwargs):
            raise worker.WorkError("no answer")

    with monkeypatch.context() as patch:
        patch.setattr(worker, "workers", Hung)
        at = opened(lang, "goals")
        at.session_state["files"] = "goals-gap"
        at.run()
        assert text.get(lang)("download.no_picture") in said(at, "caption")
    at.run()
    assert text.get(lang)("download.no_picture") not in said(at, "caption")


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_a_server_with_too_many_files_to_make_says_so(lang, monkeypatch):
    def full(*_args):
        raise job.BusyError

    at = opened(lang, "briefing", **{"briefing-options": True})
    monkeypatch.setattr("dashboard.ui.briefing.Job", full)
    at.button(key="briefing-make").click().run()
    assert text.get(lang)("briefing.full") in said(at, "warning")
    assert not at.exception
