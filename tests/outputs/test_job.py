"""A file made in the background: progress, result, failure."""

import gc
import threading

import pytest

from dashboard.outputs.job import AT_ONCE, BusyError, Job

PATIENCE_S = 10


def test_progress_is_told_and_the_file_kept():
    halfway, go_on = threading.Event(), threading.Event()

    def make(told):
        told(1, 2)
        halfway.set()
        assert go_on.wait(PATIENCE_S)
        told(2, 2)
        return b"file"

    job = Job("report.pdf", make)
    assert halfway.wait(PATIENCE_S)
    assert (job.running, job.done, job.total, job.size) == (True, 1, 2, None)
    go_on.set()
    job.wait(PATIENCE_S)
    assert (job.running, job.done, job.size, job.failed) == (False, 2, 4, False)
    assert job.content() == job.content() == b"file"


def test_a_failure_is_known_and_logged(caplog):
    def make(_told):
        raise ValueError("no such font")

    job = Job("report.pdf", make)
    job.wait(PATIENCE_S)
    assert (job.running, job.failed, job.size) == (False, True, None)
    assert "no such font" in caplog.text


@pytest.fixture
def held():
    """Makes jobs that wait until the test lets them go on; at its end all have ended."""
    go_on, jobs = threading.Event(), []

    def make(told):
        assert go_on.wait(PATIENCE_S)
        told(1, 1)
        return b"file"

    def start():
        jobs.append(Job("report.pdf", make))
        return jobs[-1]

    start.go_on, start.jobs = go_on, jobs
    yield start
    go_on.set()
    for job in jobs:
        job.wait(PATIENCE_S)


def test_only_so_many_files_are_made_at_once_for_all_sessions(held):
    for _ in range(AT_ONCE):
        held()
    with pytest.raises(BusyError):
        Job("one-more.pdf", lambda _told: b"file")


def test_once_one_is_ready_the_next_can_be_made(held):
    for _ in range(AT_ONCE):
        held()
    held.go_on.set()
    held.jobs[0].wait(PATIENCE_S)
    assert held().content


def test_a_failed_file_leaves_its_place(caplog):
    for _ in range(AT_ONCE + 1):
        Job("report.pdf", lambda _told: 1 / 0).wait(PATIENCE_S)


def test_a_file_that_nobody_waits_for_is_given_up_at_the_next_step():
    halfway, go_on, ended, steps = threading.Event(), threading.Event(), threading.Event(), []

    def make(told):
        try:
            for step in range(3):
                told(step, 3)
                steps.append(step)
                halfway.set()
                assert go_on.wait(PATIENCE_S)
        finally:
            ended.set()
        return b"file"

    job = Job("report.pdf", make)
    assert halfway.wait(PATIENCE_S)
    del job
    gc.collect()
    go_on.set()
    assert ended.wait(PATIENCE_S)
    assert steps == [0]
