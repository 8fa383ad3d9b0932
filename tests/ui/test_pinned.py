"""A kept version that a link names is shown as of the day of viewing, not of the day it was read first."""

from __future__ import annotations

from contextlib import nullcontext

from dashboard.dataset import default_folder, load, model, select
from dashboard.exhibits import deadlines
from dashboard.ui import pinned
from two_versions import two_versions


def test_a_kept_version_is_of_the_day_on_which_it_is_looked_at(tmp_path, monkeypatch):
    kept = two_versions(tmp_path, default_folder())
    monkeypatch.setattr(pinned.store, "default_store", lambda: kept)
    version = load(default_folder()).about.version

    def shown(day):
        monkeypatch.setattr(model, "today", lambda: day)
        return pinned.kept(version, nullcontext)

    def passed(data):
        return deadlines.passed(data, select(data), data.goal.values())

    assert passed(shown("2025-12-31")) == ""
    after = shown("2026-01-01")  # the day after the deadline of its goals
    assert "31/12/2025" in passed(after)
    assert shown("2026-01-01") is after
