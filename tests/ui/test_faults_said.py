"""What a reader is told when something behind the page fails: a sentence, and the page goes on."""

from __future__ import annotations

import re
import shutil

import pytest

from app_page import go, open_page, words
from chart_words import words_of_charts
from dashboard import text
from dashboard.outputs import job, worker


def break_one_file(folder) -> None:
    (folder / "villages.csv").write_text("village_id\n", "utf-8")


@pytest.mark.parametrize("happens", [break_one_file, shutil.rmtree])
@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_the_last_good_data_stay_with_a_notice_since_when(own_data, lang, happens):
    at = open_page(lang=lang)
    before = list(words_of_charts(at))
    happens(own_data)
    at.run()
    assert list(words_of_charts(at)) == before
    start, _, end = text.get(lang)("data.stale", since="|").partition("|")
    since = re.escape(start) + r"\d\d:\d\d \d\d/\d\d/\d{4}" + re.escape(end)
    assert re.search(since, words(at, "warning"))
    go(at, "data")
    assert happens is not break_one_file or text.get(lang)("rule.column_missing") in words(at)


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_a_picture_that_cannot_be_drawn_is_said_and_the_next_one_is_drawn(lang, monkeypatch):
    class Hung:
        def run(self, *_args, **_kwargs):
            raise worker.WorkError("no answer")

    failed = text.get(lang)("download.no_picture")
    with monkeypatch.context() as patch:
        patch.setattr(worker, "workers", Hung)
        at = open_page("goals", lang=lang)
        at.session_state["files"] = "goals-gap"
        assert failed in words(at.run())
    assert failed not in words(at.run())


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_a_server_with_too_many_files_to_make_says_so(lang, monkeypatch):
    def full(*_args):
        raise job.BusyError

    at = open_page("briefing", {"briefing-options": True}, lang=lang)
    monkeypatch.setattr("dashboard.ui.briefing.Job", full)
    at.button(key="briefing-make").click().run()
    assert text.get(lang)("briefing.full") in words(at)
    assert not at.exception
