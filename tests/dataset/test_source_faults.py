"""The data folder fails in ways that a disk or a network does: the last good data stay, with a reason."""

import errno
import os
import time
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from dashboard.dataset import Source, source


@pytest.fixture
def folder(files):
    return files.folder


def fails(error):
    def fail(*_args, **_kwargs):
        raise OSError(error, os.strerror(error))

    return fail


def test_a_file_that_the_disk_does_not_give_keeps_the_last_good_data(folder, files, monkeypatch):
    reading = Source(folder)
    good = reading.current().dataset
    files.put("villages.csv", files.text("villages.csv").replace("Thôn 1", "Thôn 10"))
    monkeypatch.setattr(Path, "read_bytes", fails(errno.ESTALE))
    state = reading.current()
    assert state.dataset is good
    assert {problem.rule for problem in state.errors} == {"file_unreadable"}


def test_a_folder_that_the_disk_does_not_give_keeps_the_last_good_data(folder, monkeypatch):
    reading = Source(folder)
    good = reading.current().dataset
    monkeypatch.setattr(Path, "stat", fails(errno.EACCES))
    monkeypatch.setattr(Path, "is_dir", fails(errno.EACCES))
    state = reading.current()
    assert state.dataset is good
    assert [problem.rule for problem in state.errors] == ["folder_unreadable"]


def test_once_the_disk_gives_the_same_files_again_they_are_read_after_a_while(folder, monkeypatch, clock):
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", fails(errno.EIO))
        reading = Source(folder)
        assert reading.current().errors
    assert reading.current().errors, "not at every look: that would read all files at every click"
    clock.later(10)
    state = reading.current()
    assert state.errors == ()
    assert state.dataset is not None


def test_wrong_files_are_not_read_again_and_again(folder, files, monkeypatch, clock):
    files.put("villages.csv", "village_id\n")
    reading = Source(folder)
    reading.current()
    monkeypatch.setattr(Path, "read_bytes", fails(errno.EIO))
    clock.later(10)
    assert {problem.rule for problem in reading.current().errors} == {"column_missing"}


def test_a_clock_set_back_gives_no_notice_from_the_future(folder, files, clock):
    reading = Source(folder)
    good = reading.current().dataset
    files.put("villages.csv", "village_id\n")
    clock.sets(datetime(2030, 5, 1, 12).astimezone())
    assert reading.current().since == clock.now()
    clock.sets(datetime(2024, 5, 1, 12).astimezone())
    state = reading.current()
    assert state.since == clock.now()
    assert state.dataset is good


class Clock:
    """Both clocks of the source: the one on the wall, and the one that never goes back."""

    def __init__(self, monkeypatch):
        self._now, self._passed, start = datetime.now().astimezone(), 0.0, time.monotonic()
        clock = self

        class Wall(datetime):
            @classmethod
            def now(cls, tz=None):
                return clock.now()

        monkeypatch.setattr(source, "datetime", Wall)
        monkeypatch.setattr(source, "time", SimpleNamespace(monotonic=lambda: start + self._passed))

    def now(self):
        return self._now

    def sets(self, now):
        self._now = now

    def later(self, seconds):
        self._passed += seconds


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)
