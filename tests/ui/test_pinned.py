"""A kept version that a link names is shown as of the day of viewing, not of the day it was read first."""

from __future__ import annotations

from contextlib import nullcontext

from dashboard.dataset import default_folder, load, model, select
from dashboard.exhibits import deadlines
from dashboard.ui import pinned
from two_versions import two_versions


def test_a_kept_version_is_of_the_day_on_which_it_is_looked_at(tmp_path, monkeypatch):
    store = two_versions(tmp_path, default_folder())
    monkeypatch.setattr(pinned.store, "default_store", lambda: store)
    version = load(default_folder()).about.version

    def data_on(day):
        monkeypatch.setattr(model, "today", lambda: day)
        return pinned.kept(version, nullcontext)

    def passed(data):
        return deadlines.passed(data, select(data), data.goal.values())

    assert passed(data_on("2025-12-31")) == ""
    after = data_on("2026-01-01")  # the day after the deadline of its goals
    assert "31/12/2025" in passed(after)
    assert data_on("2026-01-01") is after
