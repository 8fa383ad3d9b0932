"""Reading a store: what is whole is shown, what is not is named and passed over."""

import shutil
from functools import partial
from pathlib import Path

import pytest
from filelock import FileLock

from dashboard import store, text
from dashboard.dataset import Place, Source, load
from dashboard.store import Entry, Store


@pytest.fixture(scope="module")
def published(tmp_path_factory, data):
    """A store of three versions, with the data of seeds 0, 1 and 2."""
    result = Store(tmp_path_factory.mktemp("store"), data(0))
    for seed in (1, 2):
        store.publish(result, data(seed), Entry("lan", "x"), store.base(result))
    return result


@pytest.fixture
def three(published, tmp_path):
    """A copy of it to spoil."""
    return Store(Path(shutil.copytree(published.folder, tmp_path / "store")), published.plain)


def spoil(file, damage):
    """Do to a file what a disk or a person may do to it."""
    content = file.read_bytes()
    file.unlink()
    if damage == "one_byte":
        file.write_bytes(content[:40] + bytes([content[40] ^ 1]) + content[41:])
    elif damage == "half":
        file.write_bytes(content[: len(content) // 2])
    elif damage == "emptied":
        file.write_bytes(b"")
    elif damage == "a_folder":
        file.mkdir()


SPOILT = [
    ("officers.csv", "one_byte", "officers.csv", "differs"),
    ("officers.csv", "deleted", "officers.csv", "missing"),
    ("officers.csv", "a_folder", "officers.csv", "unreadable"),
    ("version.json", "one_byte", "version.json", "differs"),
    ("version.json", "deleted", "version.json", "missing"),
    ("SHA256SUMS", "one_byte", "dataset.toml", "differs"),
    ("SHA256SUMS", "half", "SHA256SUMS", "unreadable"),
    ("SHA256SUMS", "emptied", "SHA256SUMS", "unreadable"),
    ("SHA256SUMS", "deleted", "SHA256SUMS", "missing"),
]


@pytest.mark.parametrize(("spoilt", "damage", "file", "reason"), SPOILT)
def test_a_damaged_version_is_named_and_passed_over(three, spoilt, damage, file, reason):
    spoil(three.versions / "0003" / spoilt, damage)
    (damaged,) = store.damaged(three)
    assert (damaged.number, damaged.file, damaged.how) == (3, file, reason)
    assert [whole.number for whole in store.versions(three)] == [2, 1]
    assert store.current(three).number == 2


def test_a_damaged_version_is_neither_read_nor_restored(three, entry):
    spoil(three.versions / "0001" / "goals.csv", "half")
    for refused in (partial(store.read, three, 1), partial(store.restore, three, 1, entry)):
        with pytest.raises(store.DamagedVersionError) as error:
            refused()
        assert "goals.csv" in error.value.sentence(text.get())


def test_after_damage_the_next_version_takes_a_new_number_and_is_based_on_what_is_whole(three, data, entry):
    spoil(three.versions / "0003" / "goals.csv", "half")
    version = store.publish(three, data(4), entry, store.base(three))
    assert (version.number, version.based_on) == (4, 2)
    assert store.shown(three) == Place(version.folder)


def test_with_nothing_whole_nothing_is_shown_and_good_data_can_be_published(three, data, entry):
    for number in ("0001", "0002", "0003"):
        spoil(three.versions / number / "goals.csv", "half")
    place = store.shown(three)
    assert place.folder is None
    assert [problem.rule for problem in place.problems] == ["version_differs"] * 3
    version = store.publish(three, data(4), entry, store.base(three))
    assert (version.number, version.based_on) == (4, None)


def test_a_folder_under_a_high_number_does_not_move_the_next_one(three, data, entry):
    shutil.copytree(three.versions / "0003", three.versions / "9999")
    (three.versions / "12345").mkdir()
    version = store.publish(three, data(4), entry, store.base(three))
    assert (version.number, version.based_on) == (4, 3)
    assert store.current(three) == version
    assert [damaged.how for damaged in store.damaged(three)] == ["missing", "number"]
    assert "0003" in store.damaged(three)[1].sentence(text.get())


def test_the_number_of_a_renamed_version_stays_its_own(three, data, entry):
    (three.versions / "0003").rename(three.versions / "9999")
    version = store.publish(three, data(4), entry, store.base(three))
    assert (version.number, version.based_on) == (4, 2)
    (three.versions / "9999").rename(three.versions / "0003")
    assert [version.number for version in store.versions(three)] == [4, 3, 2, 1]


def test_what_is_no_version_is_left_alone(three):
    shutil.copytree(three.versions / "0001", three.versions / "0001 - Copy")
    for name in ("00004", "4", "٠٠٠٤", "0000"):
        shutil.copytree(three.versions / "0001", three.versions / name)
    (three.versions / "desktop.ini").write_text("x")
    (three.versions / "0003" / "Thumbs.db").write_text("x")
    assert [version.number for version in store.versions(three)] == [3, 2, 1]
    assert store.damaged(three) == ()


def test_an_empty_store_shows_the_plain_folder(new_store):
    assert store.shown(new_store) == Place(new_store.plain)


def test_a_store_that_cannot_be_read_shows_nothing(new_store):
    new_store.versions.write_text("no folder")
    place = store.shown(new_store)
    assert place.folder is None
    assert [problem.rule for problem in place.problems] == ["store_unreadable"]


def test_readers_take_no_lock(three):
    with FileLock(three.folder / "LOCK"):
        assert store.shown(three).folder == three.versions / "0003"
        assert len(store.versions(three)) == 3


def test_a_publish_is_shown_at_the_next_look(new_store, data, entry):
    source = Source(partial(store.shown, new_store))
    before = source.current().dataset
    version = store.publish(new_store, data(1), entry, before.about.version)
    state = source.current()
    assert (state.dataset.about.version, state.errors) == (version.data_version, ())
    assert source.current().dataset is state.dataset


def test_a_store_that_goes_away_leaves_the_last_good_data(three, tmp_path):
    source = Source(partial(store.shown, three))
    good = source.current().dataset
    three.folder.rename(tmp_path / "away")
    state = source.current()
    assert state.dataset is good
    assert [problem.rule for problem in state.errors] == ["store_missing"]
    (tmp_path / "away").rename(three.folder)
    assert source.current().errors == ()


def test_data_that_are_shown_beside_damaged_ones_come_with_the_damage(three):
    spoil(three.versions / "0003" / "goals.csv", "half")
    state = Source(partial(store.shown, three)).current()
    assert state.dataset.about.version == store.version(three, 2).data_version
    (problem,) = state.errors
    assert (problem.rule, problem.file) == ("version_differs", "versions/0003/goals.csv")
    assert problem.sentence(text.get())
    assert state.since is not None


def test_the_store_is_named_by_the_environment(three, monkeypatch):
    monkeypatch.setenv("DASHBOARD_STORE", str(three.folder))
    assert store.default_store().folder == three.folder
    assert store.default_place() == Place(three.versions / "0003")


def test_without_a_name_there_is_no_store(monkeypatch, data):
    monkeypatch.setenv("DASHBOARD_DATA", str(data(1)))
    monkeypatch.setenv("DASHBOARD_STORE", "")
    assert store.default_store() is None
    assert store.default_place() == Place(data(1))


def test_rows_that_a_version_has_lost_are_warned_of(new_store, data, entry, tmp_path):
    first = store.publish(new_store, data(1), entry, load(new_store.plain).about.version)
    fewer = tmp_path / "fewer"
    shutil.copytree(data(1), fewer)
    for name in ("goals.csv", "published.csv"):
        lines = (fewer / name).read_text("utf-8").splitlines(keepends=True)
        (fewer / name).chmod(0o644)
        (fewer / name).write_text("".join(lines[:-1]), "utf-8")
    version = store.publish(new_store, fewer, entry, first.data_version)
    shown = Source(lambda: store.shown(new_store)).current().dataset
    for dataset in (store.read(new_store, version.number), shown):
        lost = [warning.file for warning in dataset.warnings if warning.rule == "rows_lost"]
        assert lost == ["goals.csv", "published.csv"]
    assert [warning.rule for warning in store.read(new_store, first.number).warnings].count("rows_lost") == 0


def test_the_version_before_is_the_newest_whole_one(three):
    assert store.shown(three).earlier == three.versions / "0002"
    (three.versions / "0002" / "goals.csv").unlink()
    assert store.shown(three).earlier == three.versions / "0001"
    (three.versions / "0003" / "goals.csv").unlink()
    assert store.shown(three).earlier is None
