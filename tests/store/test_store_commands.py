"""`publish` and `versions` on the command line."""

import json
import shutil

import pytest

from dashboard import store
from dashboard.__main__ import main
from dashboard.dataset import DataError, Problem, load


@pytest.fixture
def run(new_store, monkeypatch, capsys):
    """Runs a command on the store; gives the exit code, stdout and stderr."""
    monkeypatch.setenv("DASHBOARD_STORE", str(new_store.folder))
    monkeypatch.setenv("DASHBOARD_DATA", str(new_store.plain))

    def command(*arguments):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as stopped:
            code = stopped.code
        output = capsys.readouterr()
        return code, output.out, output.err

    return command


@pytest.fixture
def published(run, data):
    """Version 1 as it was shown, version 2 with the data of seed 1."""
    assert run("publish", data(1), "--why", "Quý 4", "--who", "lan")[0] == 0


def test_publish_says_which_version_it_became(run, new_store, data):
    code, out, err = run("publish", data(1), "--why", "Quý 4")
    version = store.current(new_store)
    assert (code, err) == (0, "")
    assert f"phiên bản {version.id} (số liệu {version.data_version})" in out
    assert version.entry.who == store.login()


def test_a_store_is_named_by_an_option_too(run, tmp_path, data):
    (tmp_path / "other").mkdir()
    assert run("publish", data(1), "--why", "x", "--store", tmp_path / "other")[0] == 0
    assert run("versions", "list", "--store", tmp_path / "other")[1].startswith("0002")


def test_wrong_data_are_listed_one_a_line(run, tmp_path, data):
    wrong = shutil.copytree(data(1), tmp_path / "wrong")
    (wrong / "goals.csv").unlink()
    (wrong / "communes.csv").unlink()
    code, out, err = run("publish", wrong, "--why", "x")
    assert (code, out) == (1, "")
    assert [line.split(":")[0] for line in err.splitlines()[1:]] == ["communes.csv", "goals.csv"]


def test_an_outdated_base_is_refused_with_the_name_of_who_was_faster(run, published, data):
    code, _, err = run("publish", data(2), "--why", "x", "--base", load(data(0)).about.version)
    assert code == 2
    assert "lan" in err


def test_the_list_of_no_version(run):
    assert run("versions", "list") == (0, "Kho chưa có phiên bản nào.\n", "")


def test_the_list_is_newest_first(run, published):
    code, out, err = run("versions", "list")
    assert (code, err) == (0, "")
    assert [line[:4] for line in out.splitlines()] == ["0002", "0001"]
    assert "lan: Quý 4 (đang dùng, dựa trên 0001" in out


def test_the_list_as_json(run, new_store, published):
    code, out, _ = run("versions", "list", "--json")
    listed = json.loads(out)
    assert code == 0
    assert [entry["id"] for entry in listed["versions"]] == ["0002", "0001"]
    assert listed["versions"][0]["data_version"] == store.current(new_store).data_version
    assert listed["damaged"] == []


def test_a_damaged_version_is_named_on_stderr(run, new_store, published):
    (new_store.versions / "0001" / "goals.csv").unlink()
    code, out, err = run("versions", "list")
    assert code == 1
    assert [line[:4] for line in out.splitlines()] == ["0002"]
    assert "0001, goals.csv" in err


def test_a_difference_names_the_rows(run, published, data):
    code, out, _ = run("versions", "diff", "1", "0002")
    tables = [part for part in store.difference(load(data(0)), load(data(1))).tables if part]
    assert code == 0
    assert [line.split(":")[0] for line in out.splitlines() if line[0] not in "+-~"] == [
        part.table.file for part in tables
    ]
    assert sum(line.startswith("~") for line in out.splitlines()) == sum(len(part.changed) for part in tables)


def test_a_difference_as_json(run, published):
    difference = json.loads(run("versions", "diff", "1", "2", "--json")[1])
    assert {"column", "before", "after", "village_id"} <= set(difference["tables"]["villages"]["changed"][0])
    assert difference["about"] == []
    assert run("versions", "diff", "2", "2") == (0, "Hai bên có cùng số liệu.\n", "")


def test_a_version_is_restored(run, new_store, published, data):
    code, out, _ = run("versions", "restore", "1", "--why", "Nhầm tệp", "--who", "minh")
    assert code == 0
    assert "0003" in out
    assert store.current(new_store).data_version == load(data(0)).about.version


@pytest.mark.parametrize(
    "wrong",
    [
        ("versions",),
        ("versions", "restore", "1"),
        ("versions", "restore", "9", "--why", "x"),
        ("versions", "restore", "1", "--why", " "),
        ("versions", "diff", "1", "x"),
        ("versions", "diff", "1", "-1"),
        ("versions", "list", "--store", "/nowhere"),
        ("publish", "."),
    ],
)
def test_wrong_usage(run, published, wrong):
    code, out, err = run(*wrong)
    assert (code, out) == (2, "")
    assert err


def test_without_a_store_it_is_asked_for(run, monkeypatch):
    monkeypatch.delenv("DASHBOARD_STORE")
    code, _, err = run("versions", "list")
    assert code == 2
    assert "DASHBOARD_STORE" in err


def test_other_commands_read_the_data_that_are_shown(run, published, data):
    assert json.loads(run("figures", "--json")[1])["version"] == load(data(1)).about.version
    assert json.loads(run("check", "--json")[1])["version"] == load(data(1)).about.version


def test_other_commands_warn_where_newer_data_are_damaged(run, new_store, published, data):
    (new_store.versions / "0002" / "goals.csv").unlink()
    code, out, err = run("figures", "--json")
    assert (code, json.loads(out)["version"]) == (0, load(data(0)).about.version)
    assert "versions/0002/goals.csv" in err


def test_other_commands_refuse_where_the_store_is_gone(run, monkeypatch):
    monkeypatch.setenv("DASHBOARD_STORE", "/nowhere")
    for command in ("figures", "check"):
        code, out, err = run(command)
        assert (code, out) == (1, "")
        assert "/nowhere" in err


def test_check_warns_of_goals_that_the_version_before_had(run, published, data, tmp_path):
    fewer = shutil.copytree(data(1), tmp_path / "fewer")
    goals = (fewer / "goals.csv").read_text("utf-8").splitlines(keepends=True)
    (fewer / "goals.csv").write_text("".join(goals[:-1]), "utf-8")
    assert run("publish", fewer, "--why", "x")[0] == 0
    code, out, _ = run("check", "--json")
    lost = [warning for warning in json.loads(out)["warnings"] if warning["rule"] == "rows_lost"]
    assert (code, [warning["file"] for warning in lost]) == (0, ["goals.csv"])
    assert goals[-1].partition(",")[0] in lost[0]["message"]
    assert "rows_lost" not in run("check", fewer, "--json")[1]


@pytest.fixture
def backup(published, new_store, tmp_path):
    """A copy of the store with its two versions."""
    return shutil.copytree(new_store.folder, tmp_path / "backup")


def test_a_backup_that_is_whole_is_proved_by_its_newest_version(run, backup, new_store):
    code, out, err = run("versions", "verify", backup)
    assert (code, err) == (0, "")
    assert out.startswith(f"Số phiên bản nguyên vẹn: 2; bản mới nhất 0002 (số liệu {store.base(new_store)}")


@pytest.mark.parametrize(
    ("spoilt", "message"),
    [
        (lambda folder: shutil.rmtree(folder / "0001"), "thiếu phiên bản 0001: bản sao chưa đủ\n"),
        (lambda folder: (folder / "0002" / "goals.csv").unlink(), "phiên bản 0002, goals.csv: Thiếu tệp"),
        (shutil.rmtree, "Kho chưa có phiên bản nào.\n"),
    ],
)
def test_a_backup_that_is_not_whole_is_refused(run, backup, spoilt, message):
    spoilt(backup / "versions")
    code, _, err = run("versions", "verify", backup)
    assert code == 1
    assert err.startswith(message)


def test_a_backup_whose_newest_version_breaks_a_rule_is_refused(run, backup, monkeypatch):
    def refuse(*_):
        raise DataError((Problem("file_missing", "goals.csv"),))

    monkeypatch.setattr(store.history, "load", refuse)
    code, _, err = run("versions", "verify", backup)
    assert code == 1
    assert "goals.csv" in err
