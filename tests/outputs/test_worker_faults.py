"""Files made in the background while the disk is full: a failed file, nothing worse."""

import errno
import os
import tempfile

import pytest

from dashboard.outputs.job import Job

PATIENCE_S = 10


def full(*_args, **_kwargs):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def made():
    job = Job("report.pdf", lambda _told: b"file")
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
