"""The projector: what draws is loaded by the time it is asked for."""

from __future__ import annotations

from dashboard import exhibits, ui
from dashboard.dataset import select
from dashboard.outputs import pictures
from dashboard.outputs.worker import Workers
from dashboard.ui import present
from own_loop import finished


def test_the_server_starts_a_worker_once_and_screens_wait_for_it(bundled, monkeypatch):
    calls = []
    monkeypatch.setattr(Workers, "run", lambda _, function, *args: calls.append(function) or [])
    present.warm_up.cache_clear()

    async def serve() -> None:
        async with ui.warm_up(None):
            present._screens(exhibits.goals.progress(bundled, select(bundled)))
            present._screens(exhibits.goals.gap(bundled, select(bundled)))

    try:
        finished(serve())
    finally:
        present.warm_up.cache_clear()
        present._screens.cache_clear()
    assert calls == [pictures.ready, pictures.screens, pictures.screens]
