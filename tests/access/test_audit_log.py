"""The audit log: one line each, whatever was sent to us and whatever the disk does."""

from __future__ import annotations

import errno
import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dashboard.access import record
from settings_files import with_accounts

# Ends of lines of every kind, what turns a terminal's writing round, half a letter.
HOSTILE = 'a\nb\r\x1b[2J\u2028c\u2029d\x85e\u202ef\u200bg\0h\ud800i"},{"event": "sign_in'


@pytest.fixture
def log(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("DASHBOARD_SETTINGS", str(with_accounts(tmp_path)))
    return tmp_path / "state" / "audit.log"


def test_hostile_names_stay_in_their_line_and_change_no_terminal(log):
    record("publish", who=HOSTILE, address=HOSTILE, why=HOSTILE)
    written = log.read_text("utf-8")
    assert written[:-1].isprintable()
    (line,) = written.splitlines()
    entry = json.loads(line)
    assert (entry["event"], entry["who"], entry["why"]) == ("publish", HOSTILE, HOSTILE)


def test_names_with_accents_can_be_read_and_searched(log):
    record("sign_in", who="Nguyễn Thị Lan")
    assert "Nguyễn Thị Lan" in log.read_text("utf-8")


def test_the_file_is_for_the_service_alone(log):
    record("sign_in", who="lan")
    assert log.stat().st_mode & 0o777 == 0o600


def test_of_many_at_once_every_line_is_whole(log):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: record("sign_in", who=f"{number}" * 500), range(200)))
    assert len({json.loads(line)["who"] for line in log.read_text("utf-8").splitlines()}) == 200


def test_a_full_disk_keeps_nobody_from_reading_and_the_server_log_has_the_line(log, monkeypatch, caplog):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    record("export", who="lan")
    assert "No space left" in caplog.text
    assert '"who": "lan"' in caplog.text


def test_a_line_that_a_full_disk_has_torn_does_not_take_the_next_one_along(log, monkeypatch, caplog):
    write = os.write
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda file, line: write(file, line[:30]))
        record("export", who="torn")
    assert '"who": "torn"' in caplog.text
    record("export", who="whole")
    _torn, whole = log.read_text("utf-8").splitlines()
    assert json.loads(whole)["who"] == "whole"
