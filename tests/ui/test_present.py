"""The projector: what draws is loaded by the time it is asked for."""

from __future__ import annotations

from dashboard import exhibits, text
from dashboard.dataset import select
from dashboard.outputs import pictures
from dashboard.outputs.worker import Workers
from dashboard.ui import present

VI = text.get("vi")


def test_a_page_that_is_seen_begins_a_worker_once_and_screens_wait_for_it(bundled, monkeypatch):
    asked = []
    monkeypatch.setattr(Workers, "run", lambda _, function, *args: asked.append(function) or [])
    present._begun.cache_clear()
    present.button(VI)
    present.button(VI)
    present._screens(exhibits.goals.progress(bundled, select(bundled)), VI)
    present._begun.cache_clear()
    present._screens.cache_clear()
    assert asked == [pictures.ready, pictures.screens]
