"""The data folder fails in ways that a disk or a network does: the last good data stay, with a reason."""

import os
import shutil

import pytest

from dashboard.dataset import Source


@pytest.fixture
def folder(files):
    return files.folder


def test_a_file_in_place_of_the_folder_keeps_the_last_good_data(folder):
    reading = Source(folder)
    good = reading.current().dataset
    shutil.rmtree(folder)
    folder.write_text("not a folder")
    state = reading.current()
    assert state.dataset is good
    assert state.errors


def test_a_half_replaced_folder_keeps_the_last_good_data(folder, files):
    reading = Source(folder)
    good = reading.current().dataset
    officers = (folder / "officers.csv").read_text(encoding="utf-8")
    files.put("officers.csv", officers.replace("hs-1,", "moi-1,").encode())
    state = reading.current()
    assert state.dataset is good
    assert state.errors


def test_a_folder_deleted_and_restored_is_the_data_set_again(folder, tmp_path):
    aside = tmp_path.parent / f"{tmp_path.name}-aside"
    reading = Source(folder)
    reading.current()
    folder.rename(aside)
    reading.current()
    aside.rename(folder)
    assert reading.current().errors == ()


def test_a_file_with_an_older_time_is_a_change(folder):
    reading = Source(folder)
    before = reading.current().dataset
    content = (folder / "villages.csv").read_text(encoding="utf-8")
    (folder / "villages.csv").write_text(content.replace("Thôn 1", "Thôn 9"), encoding="utf-8")
    os.utime(folder / "villages.csv", (10**9, 10**9))
    assert reading.current().dataset is not before
