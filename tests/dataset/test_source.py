"""The data folder of a running dashboard: read again when it changes, the last good data kept."""

import contextlib
import os
import shutil
import threading
from datetime import datetime
from pathlib import Path

import pytest

from dashboard.dataset import Place, Problem, Source, areas, default_folder, source


@pytest.fixture
def folder(files):
    """The folder of a data set without a fault."""
    return files.folder


@pytest.fixture
def touch(folder):
    """Sets a file's time of change, each call one second later."""
    now = (folder / "goals.csv").stat().st_mtime_ns

    def touch_file(name):
        nonlocal now
        now += 10**9
        os.utime(folder / name, ns=(now, now))

    return touch_file


def test_a_good_folder_is_the_data_set_and_is_read_once(folder):
    reading = Source(folder)
    state = reading.current()
    assert state.dataset.about.title == "Đảng bộ huyện thử"
    assert (state.errors, state.since) == ((), None)
    assert reading.current().dataset is state.dataset


def test_the_boundaries_of_now_are_those_of_the_day(folder):
    day = "2025-06-29"
    reading = Source(folder, lambda: day)
    before = reading.current().dataset
    assert areas.listed(before, "2024-12-31", "now") == ("khe-tre", "huong-son")
    day = "2025-06-30"  # the last one of the old commune
    assert reading.current().dataset is before
    day = "2025-07-01"
    after = reading.current().dataset
    assert areas.listed(after, "2024-12-31", "now") == ("huong-son", "khe-tre-moi")
    assert reading.current().dataset is after


def test_who_asks_is_told_while_files_are_read_and_only_then(folder, files, touch):
    events = []

    @contextlib.contextmanager
    def reading():
        events.append("begins")
        yield
        events.append("ends")

    source = Source(folder)
    source.current(reading)
    source.current(reading)
    assert events == ["begins", "ends"]
    files.replace("villages.csv", "Thôn 1", "Thôn Một")
    touch("villages.csv")
    source.current(reading)
    assert events == ["begins", "ends"] * 2


def test_the_same_size_at_another_time_is_a_change_be_it_an_older_one(folder, files):
    files.replace("villages.csv", "Thôn 1", "Thôn 8")
    size, reading = (folder / "villages.csv").stat().st_size, Source(folder)
    before = reading.current().dataset
    files.replace("villages.csv", "Thôn 8", "Thôn 9")
    assert (folder / "villages.csv").stat().st_size == size
    os.utime(folder / "villages.csv", (10**9, 10**9))
    assert reading.current().dataset is not before


def half_written(files):
    content = (files.folder / "organizations.csv").read_bytes()
    files.put("organizations.csv", content[: len(content) // 2])


BROKEN = {
    "a wrong cell": lambda files: files.set("villages:2:households", "many"),
    "half written": half_written,
    "deleted": lambda files: (files.folder / "communes.csv").unlink(),
    "no folder": lambda files: shutil.rmtree(files.folder),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_the_last_good_data_stay_while_files_are_broken(folder, files, fault):
    reading = Source(folder)
    good = reading.current().dataset
    BROKEN[fault](files)
    start = datetime.now().astimezone()
    state = reading.current()
    assert state.dataset is good
    assert state.errors
    assert start <= state.since <= datetime.now().astimezone()


def test_mended_files_are_the_data_set_again(folder, files, touch):
    reading = Source(folder)
    good = reading.current().dataset
    files.set("villages:2:households", "many")
    reading.current()
    files.set("villages:2:households", "101")
    touch("villages.csv")
    state = reading.current()
    assert (state.errors, state.since) == ((), None)
    assert state.dataset is not good
    assert state.dataset.villages["households"].iloc[0] == 101


def test_a_second_fault_has_its_own_time(folder, files, touch):
    reading = Source(folder)
    reading.current()
    for households in ("many", "100"):
        files.set("villages:2:households", households)
        touch("villages.csv")
        reading.current()
    files.set("villages:2:households", "none")
    touch("villages.csv")
    start = datetime.now().astimezone()
    assert reading.current().since >= start


def test_a_folder_that_comes_later_is_read(folder, tmp_path):
    later = tmp_path / "later"
    reading = Source(later)
    assert reading.current().dataset is None
    shutil.copytree(folder, later, ignore=shutil.ignore_patterns("later"))
    assert reading.current().dataset is not None


def test_while_one_session_reads_the_others_have_the_last_data(folder, files, touch, monkeypatch):
    reading = Source(folder)
    good = reading.current().dataset
    begun, go_on = threading.Event(), threading.Event()
    check = source.checked

    def slow_check(place):
        begun.set()
        assert go_on.wait(10)
        return check(place)

    monkeypatch.setattr(source, "checked", slow_check)
    files.replace("villages.csv", "Thôn 1", "Thôn Một")
    touch("villages.csv")
    reader = threading.Thread(target=reading.current)
    reader.start()
    assert begun.wait(10)
    assert reading.current().dataset is good
    go_on.set()
    reader.join(10)
    assert reading.current().dataset is not good


def test_the_folder_is_named_by_the_environment_else_the_bundled_one(monkeypatch, tmp_path):
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    assert default_folder() == tmp_path
    monkeypatch.setenv("DASHBOARD_DATA", "")
    assert default_folder() == Path(__file__).parents[2] / "data"
    monkeypatch.delenv("DASHBOARD_DATA")
    assert default_folder() == Path(__file__).parents[2] / "data"


def test_a_source_follows_a_function_and_keeps_its_data_where_it_leads_nowhere(folder, tmp_path):
    other = shutil.copytree(folder, tmp_path / "other", ignore=shutil.ignore_patterns("other"))
    here = [Place(folder)]
    reading = Source(lambda: here[0])
    first = reading.current().dataset
    here[0] = Place(other)
    good = reading.current().dataset
    assert good is not first
    here[0] = Place(None, (Problem("store_missing", "store"),))
    state = reading.current()
    assert state.dataset is good
    assert [problem.rule for problem in state.errors] == ["store_missing"]
