"""A file made in the background: progress, result, failure."""

import errno
import gc
import os
import tempfile
import threading
import time

import pytest

from dashboard.outputs import job as outputs_job
from dashboard.outputs.job import LIMIT_PER_OWNER, BusyError, Job, unfinished

TIMEOUT_S = 10


def job(name, make, owner="lan", waited=lambda: True):
    return Job(name, make, owner, waited)


def test_progress_is_told_and_the_file_kept():
    halfway, go_on = threading.Event(), threading.Event()

    def make(progress):
        progress(1, 2)
        halfway.set()
        assert go_on.wait(TIMEOUT_S)
        progress(2, 2)
        return b"file"

    file = job("report.pdf", make)
    assert halfway.wait(TIMEOUT_S)
    assert (file.running, file.done, file.total, file.size) == (True, 1, 2, None)
    go_on.set()
    file.wait(TIMEOUT_S)
    assert (file.running, file.done, file.size, file.failed) == (False, 2, 4, False)
    assert file.content() == file.content() == b"file"


def test_a_failure_is_known_and_logged(caplog):
    def make(_progress):
        raise ValueError("no such font")

    file = job("report.pdf", make)
    file.wait(TIMEOUT_S)
    assert (file.running, file.failed, file.size) == (False, True, None)
    assert "no such font" in caplog.text


@pytest.fixture
def held():
    """Makes jobs that wait until the test lets them go on; at its end all have ended."""
    go_on, jobs = threading.Event(), []

    def make(progress):
        assert go_on.wait(TIMEOUT_S)
        progress(1, 1)
        return b"file"

    def start(owner="lan"):
        jobs.append(job("report.pdf", make, owner))
        return jobs[-1]

    start.go_on, start.jobs = go_on, jobs
    yield start
    go_on.set()
    for file in jobs:
        file.wait(TIMEOUT_S)


def until(true):
    """Wait until something is true."""
    end = time.monotonic() + TIMEOUT_S
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_two_files_of_one_reader_are_made_at_once_and_the_third_waits(held):
    first, second, third = held(), held(), held()
    until(lambda: not first.waiting and not second.waiting)
    assert third.waiting
    held.go_on.set()
    third.wait(TIMEOUT_S)
    assert third.content() == b"file"


def test_the_files_of_one_reader_keep_no_place_of_another(held):
    for _ in range(LIMIT_PER_OWNER):
        held("lan")
    of_minh = held("minh")
    until(lambda: not of_minh.waiting)


def test_the_next_place_is_that_of_a_reader_who_has_none(monkeypatch):
    monkeypatch.setattr("dashboard.outputs.job.TOTAL_PLACES", 2)
    ends = [threading.Event() for _ in range(4)]

    def start(number, owner):
        return job("report.pdf", lambda _progress: bytes(ends[number].wait(TIMEOUT_S)), owner)

    lan, minh = start(0, "lan"), start(1, "minh")
    until(lambda: not lan.waiting and not minh.waiting)
    second_of_lan, hoa = start(2, "lan"), start(3, "hoa")
    until(lambda: outputs_job._waiting.total() == 2)
    ends[1].set()
    until(lambda: not hoa.waiting or not second_of_lan.waiting)
    assert (hoa.waiting, second_of_lan.waiting) == (False, True)
    ends[3].set()
    until(lambda: not second_of_lan.waiting)
    for end, file in zip(ends, (lan, minh, second_of_lan, hoa), strict=True):
        end.set()
        file.wait(TIMEOUT_S)


def test_one_reader_has_only_so_many_on_the_way(held):
    for _ in range(LIMIT_PER_OWNER):
        held("lan")
    with pytest.raises(BusyError):
        held("lan")
    assert unfinished("lan") == LIMIT_PER_OWNER
    held.go_on.set()
    held.jobs[0].wait(TIMEOUT_S)
    until(lambda: unfinished("lan") < LIMIT_PER_OWNER)
    assert held("lan")


def test_a_failed_file_leaves_its_place(caplog):
    for _ in range(LIMIT_PER_OWNER + 1):
        job("report.pdf", lambda _progress: 1 / 0).wait(TIMEOUT_S)


def test_a_cancelled_file_that_waits_never_begins(held):
    held(), held()
    third = held()
    third.cancel()
    third.wait(TIMEOUT_S)
    assert third.failed
    assert third.waiting


def test_a_file_whose_reader_is_gone_is_given_up(monkeypatch):
    monkeypatch.setattr("dashboard.outputs.job.TIMEOUT_S", 0)
    steps = []

    def make(progress):
        for step in range(3):
            progress(step, 3)
            steps.append(step)
        return b"file"

    file = job("report.pdf", make, waited=lambda: False)
    file.wait(TIMEOUT_S)
    assert file.failed
    assert steps == []


def test_a_file_that_nobody_waits_for_is_given_up_at_the_next_step():
    halfway, go_on, ended, steps = threading.Event(), threading.Event(), threading.Event(), []

    def make(progress):
        try:
            for step in range(3):
                progress(step, 3)
                steps.append(step)
                halfway.set()
                assert go_on.wait(TIMEOUT_S)
        finally:
            ended.set()
        return b"file"

    file = job("report.pdf", make)
    assert halfway.wait(TIMEOUT_S)
    del file
    gc.collect()
    go_on.set()
    assert ended.wait(TIMEOUT_S)
    assert steps == [0]


def full(*_args, **_kwargs):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def made_file():
    file = job("report.pdf", lambda _progress: b"file")
    file.wait(TIMEOUT_S)
    return file


def test_no_room_for_a_new_file_is_a_failed_file(monkeypatch):
    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    assert made_file().failed


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no /dev/full")
def test_a_small_file_that_finds_no_room_is_a_failed_file(monkeypatch):
    file = open("/dev/full", "r+b", buffering=8192)  # noqa: SIM115 - the job keeps it
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda: file)
    assert made_file().failed
