"""The checked copy of a large data set: the same as checking it, and never used where anything changed."""

import logging
import shutil

import pandas as pd
import pytest

from dashboard import schema
from dashboard.dataset import cache, check, checked


@pytest.fixture
def folder(files, monkeypatch, tmp_path):
    """The folder of a data set as large as one of which a copy is kept."""
    monkeypatch.setattr(cache, "LEAST_BYTES", 1)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "installation"))
    return files.folder


@pytest.fixture
def checks(monkeypatch):
    """How many times a folder was checked in earnest."""
    folders = []
    monkeypatch.setattr(cache, "check", lambda path: folders.append(path) or check(path))
    return folders


def test_a_large_data_set_is_checked_once(folder, checks):
    assert checked(folder).dataset.about == checked(folder).dataset.about
    assert len(checks) == 1


def test_the_copy_is_the_data_set_to_the_last_cell_and_type(folder):
    checked(folder)
    first, again = check(folder), checked(folder)
    for table in schema.TABLES:
        pd.testing.assert_frame_equal(getattr(first.dataset, table.name), getattr(again.dataset, table.name))
    assert again.dataset.about == first.dataset.about
    assert again.warnings == again.dataset.warnings == first.warnings


def test_warnings_are_kept(folder, files):
    files.set("organizations:11:members", "1200")
    files.set("organizations:10:members", "")
    checked(folder)
    again = checked(folder)
    assert [problem.rule for problem in again.warnings] == ["leaf_without_members", "cell_large"]
    assert again.warnings == check(folder).warnings


def test_a_changed_file_is_checked_again(folder, files, checks):
    checked(folder)
    files.replace("villages.csv", "Thôn 1", "Thôn Một")
    assert "Thôn Một" in set(checked(folder).dataset.villages["name"])
    assert len(checks) == 2


def test_another_program_checks_again(folder, checks, monkeypatch):
    checked(folder)
    monkeypatch.setattr(cache, "_program", lambda: b"another")
    checked(folder)
    assert len(checks) == 2


@pytest.mark.parametrize(
    "harm",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data[:100] + b"x" + data[101:],
        lambda data: data.replace("Thôn 1".encode(), "Thôn 7".encode()),
        lambda data: data[:-1],
        lambda data: data.rpartition(b"\n")[2],
        lambda data: b"\n{}",
        lambda data: b"\n[]",
    ],
)
def test_a_damaged_copy_is_no_copy(folder, checks, harm):
    checked(folder)
    copy = folder / cache.COPY
    copy.write_bytes(harm(copy.read_bytes()))
    assert checked(folder).dataset.about == check(folder).dataset.about
    assert len(checks) == 2
    checked(folder)
    assert len(checks) == 2


def test_a_copy_made_by_another_installation_is_no_copy(folder, checks, monkeypatch, tmp_path_factory):
    key = cache._key(folder)
    forged = shutil.copytree(folder, tmp_path_factory.mktemp("other") / "forged")
    file = forged / "villages.csv"
    file.write_text(file.read_text("utf-8").replace("Thôn 1", "Thôn 7"), "utf-8")
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("XDG_STATE_HOME", str(forged.parent / "installation"))
        elsewhere.setattr(cache, "_key", lambda _folder: key)
        checked(forged)
    shutil.copy(forged / cache.COPY, folder)
    assert "Thôn 1" in set(checked(folder).dataset.villages["name"])
    assert checks == [forged, folder]


def test_the_key_is_the_owners_alone_and_in_the_state_folder_where_there_is_one(
    folder, checks, monkeypatch, tmp_path
):
    checked(folder)
    (file,) = (tmp_path / "installation" / "dashboard").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    (tmp_path / "dashboard.toml").write_text('state = "state"\n')
    monkeypatch.setenv("DASHBOARD_SETTINGS", str(tmp_path / "dashboard.toml"))
    checked(folder)
    assert (tmp_path / "state" / file.name).read_bytes() != file.read_bytes()
    assert len(checks) == 2


def test_files_that_change_while_they_are_checked_leave_no_copy(folder, files, monkeypatch):
    def slow(path):
        report = check(path)
        files.replace("villages.csv", "Thôn 1", "Thôn Một")
        return report

    monkeypatch.setattr(cache, "check", slow)
    checked(folder)
    assert not (folder / cache.COPY).exists()


def test_where_nothing_can_be_written_the_data_are_still_read(folder, monkeypatch, caplog):
    def refuse(**_where):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cache.tempfile, "NamedTemporaryFile", refuse)
    with caplog.at_level(logging.WARNING, logger="dashboard"):
        assert checked(folder).dataset is not None
    assert "No space left" in caplog.text


def test_the_folder_of_a_small_data_set_is_left_as_it_is(files):
    before = sorted(files.folder.iterdir())
    checked(files.folder)
    assert sorted(files.folder.iterdir()) == before


def test_an_optional_table_is_part_of_the_copy(folder, files, checks):
    checked(folder)
    rows = "secretary,,2\nvillage_head,,1\nfront_head,,3\nwomen_head,,4\n"
    files.put("positions.csv", f"position_id,name_vi,rank\n{rows}")
    assert [checked(folder).dataset.position_ids[0] for _ in range(2)] == ["village_head"] * 2
    (folder / "positions.csv").unlink()
    assert checked(folder).dataset.position_ids == schema.POSITIONS
    assert len(checks) == 3
