"""A file made in the background: progress, result, failure."""

import threading

from dashboard.outputs.job import Job

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
