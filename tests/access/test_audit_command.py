"""`python -m dashboard audit`: the log filtered, and as a file for a spreadsheet."""

from __future__ import annotations

import csv
import gzip
import json

import pytest

from dashboard.__main__ import main
from dashboard.access import record
from settings_files import with_accounts


def line(day: str, event: str, who: str, **facts: str) -> str:
    return json.dumps(
        {"time": f"{day}T05:00:00.000+00:00", "event": event, "who": who, "address": "", **facts}
    )


@pytest.fixture
def log(tmp_path, monkeypatch):
    """A log of three months, the oldest packed; its last line is torn."""
    monkeypatch.setenv("DASHBOARD_SETTINGS", str(with_accounts(tmp_path)))
    folder = tmp_path / "state"
    (folder / "audit.log-20260201.gz").write_bytes(
        gzip.compress(line("2026-01-15", "sign_in", "lan").encode() + b"\n")
    )
    (folder / "audit.log-20260301").write_text(
        line("2026-02-15", "publish", "chi", why="=1+1") + "\n", "utf-8"
    )
    (folder / "audit.log").write_text(line("2026-03-15", "sign_in", "lan") + '\n{"time": "2026-03-1', "utf-8")
    return folder


@pytest.mark.parametrize(
    ("arguments", "days"),
    [
        ([], ["2026-01-15", "2026-02-15", "2026-03-15"]),
        (["--event", "sign_in"], ["2026-01-15", "2026-03-15"]),
        (["--who", "chi"], ["2026-02-15"]),
        (["--since", "15/02/2026"], ["2026-02-15", "2026-03-15"]),
        (["--until", "2026-02-15"], ["2026-01-15", "2026-02-15"]),
    ],
)
def test_the_lines_that_are_asked_for_in_their_order(log, capsys, arguments, days):
    assert main(["audit", *arguments]) == 0
    output = capsys.readouterr()
    assert [json.loads(entry)["time"][:10] for entry in output.out.splitlines()] == days
    assert output.err == "cảnh báo: 1 dòng của nhật ký bị đứt, không đọc được\n"


def test_the_file_has_a_column_for_what_all_lines_have_and_no_formula(log, tmp_path, capsys):
    out = tmp_path / "nhat-ky.csv"
    assert main(["audit", "--event", "publish", "--out", str(out)]) == 0
    head, *rows = csv.reader(out.read_text("utf-8-sig").splitlines(), delimiter=";")
    assert head == ["giờ (UTC)", "việc", "ai", "địa chỉ", "chi tiết"]
    assert rows == [["2026-02-15T05:00:00.000+00:00", "publish", "chi", "", "why==1+1"]]


def test_what_is_recorded_can_be_read_again(log, capsys):
    record("export", who="=cmd", address="10.0.0.7", exhibit="overview.goals")
    assert main(["audit", "--event", "export", "--out", str(log / "x.csv")]) == 0
    assert ";export;'=cmd;10.0.0.7;exhibit=overview.goals" in (log / "x.csv").read_text("utf-8-sig")


def test_without_a_log_the_command_says_so(monkeypatch, capsys):
    monkeypatch.delenv("DASHBOARD_SETTINGS", raising=False)
    assert main(["audit"]) == 2
    assert "không có nhật ký" in capsys.readouterr().err


def test_a_date_that_is_none_is_wrong_usage(log, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["audit", "--since", "hôm qua"])
    assert stopped.value.code == 2
