"""Files made in the background while the disk is full, or whose process is killed or stopped."""

import errno
import os
import signal
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard.outputs.job import Job
from dashboard.outputs.worker import WorkError, Workers

PATIENCE_S = 10


def full(*_args, **_kwargs):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def made():
    job = Job("report.pdf", lambda _told: b"file", "lan", lambda: True)
    job.wait(PATIENCE_S)
    return job


def test_no_room_for_a_new_file_is_a_failed_file(monkeypatch):
    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    assert made().failed


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no /dev/full")
def test_a_small_file_that_finds_no_room_is_a_failed_file(monkeypatch):
    file = open("/dev/full", "r+b", buffering=8192)  # noqa: SIM115 - the job keeps it
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda: file)
    assert made().failed


def test_once_there_is_room_again_the_next_file_is_made(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "TemporaryFile", full)
        made()
    assert made().content() == b"file"


@pytest.fixture
def hasty():
    """One worker that may take a second for its work."""
    workers = Workers(1, patience_s=1)
    yield workers
    workers.end()


def test_a_stopped_process_is_replaced_and_the_next_picture_is_drawn(hasty):
    stopped = hasty.run(os.getpid)
    os.kill(stopped, signal.SIGSTOP)
    with pytest.raises(WorkError, match="no answer within"):
        hasty.run(divmod, 7, 2)
    assert hasty.run(os.getpid) != stopped
    with pytest.raises(ProcessLookupError):
        os.kill(stopped, 0)


def test_while_one_process_hangs_another_reader_is_served():
    both = Workers(2, patience_s=5)
    first = both.run(os.getpid)
    os.kill(first, signal.SIGSTOP)
    with ThreadPoolExecutor(2) as readers:
        hung = readers.submit(both.run, os.getpid)
        other = readers.submit(both.run, divmod, 7, 2)
        assert other.result() == (3, 1)
        with pytest.raises(WorkError):
            hung.result()
    both.end()


def test_a_process_killed_while_it_works_is_replaced():
    workers = Workers(1, patience_s=20)
    process = workers.run(os.getpid)
    with ThreadPoolExecutor(1) as reader:
        work = reader.submit(workers.run, time.sleep, 0.5)
        os.kill(process, signal.SIGKILL)
        assert work.result() is None
    workers.end()
