"""A store for the pages that take in data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app_page import ROOT
from dashboard import ui
from dashboard.store import Store


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """An empty store of a server that publishes, beside the bundled data."""
    store = Store(tmp_path / "store", ROOT / "data")
    store.folder.mkdir()
    monkeypatch.setenv("DASHBOARD_STORE", str(store.folder))
    monkeypatch.setenv("DASHBOARD_PUBLISH", "1")
    ui.source.cache_clear()
    yield store
    ui.source.cache_clear()
