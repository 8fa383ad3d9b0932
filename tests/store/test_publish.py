"""Publishing and restoring: every version is new, whole, and made of what the publisher saw."""

import shutil
from datetime import datetime, timedelta

import pytest

from dashboard import schema, store, text
from dashboard.dataset import load
from dashboard.store import Entry, Store, writing

VI, EN = text.get("vi"), text.get("en")


@pytest.fixture
def published(new_store, data, entry):
    """Publishes the data of a seed on what is current."""

    def publish(seed, who="lan"):
        return store.publish(new_store, data(seed), Entry(who, f"Số liệu {seed}"), store.base(new_store))

    return publish


def test_the_first_publish_keeps_the_data_that_were_shown_as_version_1(new_store, published, data):
    published(1)
    first = store.version(new_store, 1)
    assert first.data_version == load(data(0)).about.version
    assert first.based_on is None


def test_the_published_data_are_current_the_very_files_and_the_folders_stay(new_store, published, data, tree):
    before = tree(data(0)), tree(data(1))
    version = published(1)
    assert store.current(new_store) == version
    assert version.number == 2
    assert store.read(new_store, 2).about.version == version.data_version == load(data(1)).about.version
    kept_files = tree(version.folder)
    assert {name: kept_files[name] for name in before[1]} == before[1]
    assert (tree(data(0)), tree(data(1))) == before


def test_the_plain_data_themselves_become_version_1_in_the_publishers_name(new_store, published):
    version = published(0, who="minh")
    assert (version.number, version.entry.who) == (1, "minh")
    assert store.versions(new_store) == (version,)


def test_beside_a_plain_folder_without_data_the_published_become_version_1(tmp_path, data, entry):
    new_store = Store(tmp_path, tmp_path / "none")
    assert store.base(new_store) is None
    assert store.publish(new_store, data(1), entry, None).number == 1


def test_what_was_said_of_a_version_is_kept(new_store, data, entry):
    start = datetime.now().astimezone().replace(microsecond=0)
    store.publish(new_store, data(1), entry, store.base(new_store))
    version = store.version(new_store, 2)
    assert (version.entry, version.based_on, version.restores) == (entry, 1, None)
    assert start <= version.when <= datetime.now().astimezone()


def test_who_and_why_stand_on_one_line(new_store, data):
    version = store.publish(
        new_store, data(1), Entry(" lan\n", "a\tb\u202e  c" + "d" * 1000), store.base(new_store)
    )
    assert version.entry.who == "lan"
    assert version.entry.why.startswith("a b cd")
    assert len(version.entry.why) == 500
    assert store.version(new_store, 2) == version


@pytest.mark.parametrize(("who", "why"), [(" \n", "x"), ("x", "\u200b")])
def test_nobody_and_nothing_are_refused(new_store, data, who, why):
    with pytest.raises(store.StoreError, match="unnamed"):
        store.publish(new_store, data(1), Entry(who, why), store.base(new_store))


def test_a_base_that_is_no_longer_current_is_refused_and_named(new_store, data, published):
    base = store.base(new_store)
    published(1, who="minh")
    with pytest.raises(store.OutdatedError) as refused:
        store.publish(new_store, data(2), Entry("lan", "x"), base)
    assert refused.value.current == store.version(new_store, 2)
    for words in (VI, EN):
        assert "minh" in refused.value.sentence(words)
        assert "0002" in refused.value.sentence(words)
    assert store.current(new_store).number == 2


def test_plain_data_that_changed_meanwhile_are_named(tmp_path, data, entry):
    (tmp_path / "store").mkdir()
    new_store = Store(tmp_path / "store", shutil.copytree(data(0), tmp_path / "plain"))
    base = store.base(new_store)
    shutil.copytree(data(1), new_store.plain, dirs_exist_ok=True)
    with pytest.raises(store.OutdatedError) as refused:
        store.publish(new_store, data(2), entry, base)
    assert refused.value.current is None
    assert refused.value.sentence(VI).startswith("Số liệu đang dùng đã đổi")
    assert store.versions(new_store) == ()


def test_wrong_data_are_refused_with_all_that_is_wrong(tmp_path, new_store, data, published, tree):
    published(1)
    before = tree(new_store.versions)
    wrong = shutil.copytree(data(2), tmp_path / "wrong")
    villages = wrong / "villages.csv"
    villages.write_text(villages.read_text("utf-8").replace("thon", "lang"), "utf-8")
    (wrong / "goals.csv").unlink()
    for folder, rules in ((wrong, {"code", "file_missing"}), (tmp_path / "none", {"folder_missing"})):
        with pytest.raises(store.WrongDataError) as refused:
            store.publish(new_store, folder, Entry("lan", "x"), store.base(new_store))
        assert {problem.rule for problem in refused.value.problems} >= rules
        assert tree(new_store.versions) == before


def test_the_current_data_are_not_published_again(new_store, data, published, entry):
    published(1)
    with pytest.raises(store.StoreError, match="unchanged") as refused:
        store.publish(new_store, data(1), entry, store.base(new_store))
    assert "0002" in refused.value.sentence(VI)


def test_a_store_that_is_not_there_is_not_created(tmp_path, data, entry):
    with pytest.raises(store.StoreError, match="no_store"):
        store.publish(Store(tmp_path / "none", data(0)), data(1), entry, None)
    assert list(tmp_path.iterdir()) == []


def test_restored_data_are_a_new_version(new_store, published, data, entry):
    published(1)
    version = store.restore(new_store, 1, entry)
    assert (version.number, version.restores, version.based_on, version.entry) == (3, 1, 2, entry)
    assert store.current(new_store) == version
    assert version.data_version == store.version(new_store, 1).data_version


@pytest.mark.parametrize(
    ("number", "base", "error"), [(9, None, "unknown"), (2, None, "unchanged"), (1, "0" * 12, "outdated")]
)
def test_what_cannot_be_restored(new_store, published, number, base, error):
    published(1)
    with pytest.raises(store.StoreError, match=error):
        store.restore(new_store, number, Entry("lan", "x"), base)
    assert store.current(new_store).number == 2


def test_nothing_is_overwritten_or_deleted(new_store, published, entry, tree):
    before: dict[str, str] = {}
    for act in (
        lambda: published(1),
        lambda: published(2),
        lambda: store.restore(new_store, 1, entry),
        lambda: published(1),
        lambda: store.prune(new_store),
    ):
        act()
        after = tree(new_store.versions)
        assert {name: after.get(name) for name in before} == before
        before = after
    assert [version.number for version in store.versions(new_store)] == [5, 4, 3, 2, 1]


def test_a_clock_that_was_set_back_changes_no_order(new_store, published, monkeypatch):
    published(1)

    class Yesterday(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) - timedelta(days=1)

    monkeypatch.setattr(writing, "datetime", Yesterday)
    version = published(2)
    assert version.when < store.version(new_store, 2).when
    assert store.current(new_store) == version


def test_a_version_is_found_by_its_data_the_newest_first(new_store, published, entry, data):
    published(1)
    store.restore(new_store, 1, entry)
    assert store.find(new_store, load(data(0)).about.version).number == 3
    assert store.find(new_store, load(data(1)).about.version).number == 2
    assert store.find(new_store, "0" * 12) is None


@pytest.fixture
def with_posts(data, tmp_path):
    """Other data with a table of posts."""
    folder = shutil.copytree(data(1), tmp_path / "with-posts")
    rows = "".join(f"{position},,{rank}\n" for rank, position in enumerate(schema.POSITIONS, 1))
    own = "elders_head,Chi hội trưởng người cao tuổi,8\n"
    (folder / "positions.csv").write_text(f"position_id,name_vi,rank\n{rows}{own}", "utf-8")
    return folder


def test_an_optional_table_is_kept_compared_and_gone_with_its_version(
    new_store, published, with_posts, entry
):
    published(1)
    version = store.publish(new_store, with_posts, entry, store.base(new_store))
    assert (version.folder / "positions.csv").read_bytes() == (with_posts / "positions.csv").read_bytes()
    assert store.read(new_store, version.number).position_ids[-1] == "elders_head"
    (part,) = filter(None, store.compare(new_store, 2, version.number).tables)
    assert (part.table.name, list(part.new["position_id"])) == ("positions", ["elders_head"])
    back = store.restore(new_store, 2, entry)
    assert not (back.folder / "positions.csv").exists()
    assert store.read(new_store, back.number).position_ids == schema.POSITIONS


def test_an_optional_table_that_comes_later_is_damage(new_store, published, with_posts):
    version = published(1)
    shutil.copy(with_posts / "positions.csv", version.folder)
    (damaged,) = store.damaged(new_store)
    assert (damaged.number, damaged.file, damaged.how) == (version.number, "positions.csv", "differs")
