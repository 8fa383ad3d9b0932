"""Publishing and restoring: every version is new, whole, and made of what the publisher saw."""

import shutil
from datetime import datetime, timedelta

import pytest

from dashboard import schema, store, text
from dashboard.dataset import load
from dashboard.store import Entry, Store, writing

VI, EN = text.get("vi"), text.get("en")


@pytest.fixture
def published(kept, data, entry):
    """Publishes the data of a seed on what is current."""

    def publish(seed, who="lan"):
        return store.publish(kept, data(seed), Entry(who, f"Số liệu {seed}"), store.base(kept))

    return publish


def test_the_first_publish_keeps_the_data_that_were_shown_as_version_1(kept, published, data):
    published(1)
    first = store.version(kept, 1)
    assert first.data_version == load(data(0)).about.version
    assert first.based_on is None


def test_the_published_data_are_current(kept, published, data):
    made = published(1)
    assert store.current(kept) == made
    assert made.number == 2
    assert store.read(kept, 2).about.version == made.data_version == load(data(1)).about.version


def test_a_version_holds_the_very_files_and_leaves_the_folders(published, data, tree):
    before = tree(data(0)), tree(data(1))
    made = published(1)
    kept_files = tree(made.folder)
    assert {name: kept_files[name] for name in before[1]} == before[1]
    assert (tree(data(0)), tree(data(1))) == before


def test_the_plain_data_themselves_become_version_1_in_the_publishers_name(kept, published):
    made = published(0, who="minh")
    assert (made.number, made.entry.who) == (1, "minh")
    assert store.versions(kept) == (made,)


def test_beside_a_plain_folder_without_data_the_published_become_version_1(tmp_path, data, entry):
    kept = Store(tmp_path, tmp_path / "none")
    assert store.base(kept) is None
    assert store.publish(kept, data(1), entry, None).number == 1


def test_what_was_said_of_a_version_is_kept(kept, data, entry):
    start = datetime.now().astimezone().replace(microsecond=0)
    store.publish(kept, data(1), entry, store.base(kept))
    found = store.version(kept, 2)
    assert (found.entry, found.based_on, found.restores) == (entry, 1, None)
    assert start <= found.when <= datetime.now().astimezone()


def test_who_and_why_stand_on_one_line(kept, data):
    made = store.publish(kept, data(1), Entry(" lan\n", "a\tb\u202e  c" + "d" * 1000), store.base(kept))
    assert made.entry.who == "lan"
    assert made.entry.why.startswith("a b cd")
    assert len(made.entry.why) == 500
    assert store.version(kept, 2) == made


@pytest.mark.parametrize(("who", "why"), [("", "x"), ("x", ""), (" \n", "x"), ("x", "\u200b")])
def test_nobody_and_nothing_are_refused(kept, data, who, why):
    with pytest.raises(store.StoreError, match="unnamed"):
        store.publish(kept, data(1), Entry(who, why), store.base(kept))


def test_a_base_that_is_no_longer_current_is_refused_and_named(kept, data, published):
    base = store.base(kept)
    published(1, who="minh")
    with pytest.raises(store.OutdatedError) as refused:
        store.publish(kept, data(2), Entry("lan", "x"), base)
    assert refused.value.current == store.version(kept, 2)
    for words in (VI, EN):
        assert "minh" in refused.value.sentence(words)
        assert "0002" in refused.value.sentence(words)
    assert store.current(kept).number == 2


def test_plain_data_that_changed_meanwhile_are_named(tmp_path, data, entry):
    (tmp_path / "store").mkdir()
    kept = Store(tmp_path / "store", shutil.copytree(data(0), tmp_path / "plain"))
    base = store.base(kept)
    shutil.copytree(data(1), kept.plain, dirs_exist_ok=True)
    with pytest.raises(store.OutdatedError) as refused:
        store.publish(kept, data(2), entry, base)
    assert refused.value.current is None
    assert refused.value.sentence(VI).startswith("Số liệu đang dùng đã đổi")
    assert store.versions(kept) == ()


def test_wrong_data_are_refused_with_all_that_is_wrong(tmp_path, kept, data, published, tree):
    published(1)
    before = tree(kept.versions)
    wrong = shutil.copytree(data(2), tmp_path / "wrong")
    villages = wrong / "villages.csv"
    villages.write_text(villages.read_text("utf-8").replace("thon", "lang"), "utf-8")
    (wrong / "goals.csv").unlink()
    with pytest.raises(store.WrongDataError) as refused:
        store.publish(kept, wrong, Entry("lan", "x"), store.base(kept))
    assert {problem.rule for problem in refused.value.problems} >= {"code", "file_missing"}
    assert tree(kept.versions) == before


def test_a_folder_that_is_not_there_is_refused(tmp_path, kept, entry):
    with pytest.raises(store.WrongDataError) as refused:
        store.publish(kept, tmp_path / "none", entry, store.base(kept))
    assert [problem.rule for problem in refused.value.problems] == ["folder_missing"]


def test_the_current_data_are_not_published_again(kept, data, published, entry):
    published(1)
    with pytest.raises(store.StoreError, match="unchanged") as refused:
        store.publish(kept, data(1), entry, store.base(kept))
    assert "0002" in refused.value.sentence(VI)


def test_a_store_that_is_not_there_is_not_created(tmp_path, data, entry):
    with pytest.raises(store.StoreError, match="no_store"):
        store.publish(Store(tmp_path / "none", data(0)), data(1), entry, None)
    assert list(tmp_path.iterdir()) == []


def test_restored_data_are_a_new_version(kept, published, data, entry):
    published(1)
    made = store.restore(kept, 1, entry)
    assert (made.number, made.restores, made.based_on, made.entry) == (3, 1, 2, entry)
    assert store.current(kept) == made
    assert made.data_version == store.version(kept, 1).data_version


@pytest.mark.parametrize(
    ("number", "base", "error"),
    [
        (9, None, "unknown"),
        (2, None, "unchanged"),
        (1, "0" * 12, "outdated"),
    ],
)
def test_what_cannot_be_restored(kept, published, number, base, error):
    published(1)
    with pytest.raises(store.StoreError, match=error):
        store.restore(kept, number, Entry("lan", "x"), base)
    assert store.current(kept).number == 2


def test_nothing_is_overwritten_or_deleted(kept, published, entry, tree):
    before: dict[str, str] = {}
    for act in (
        lambda: published(1),
        lambda: published(2),
        lambda: store.restore(kept, 1, entry),
        lambda: published(1),
        lambda: store.prune(kept),
    ):
        act()
        after = tree(kept.versions)
        assert {name: after.get(name) for name in before} == before
        before = after
    assert [found.number for found in store.versions(kept)] == [5, 4, 3, 2, 1]


def test_a_clock_that_was_set_back_changes_no_order(kept, published, monkeypatch):
    published(1)

    class Yesterday(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) - timedelta(days=1)

    monkeypatch.setattr(writing, "datetime", Yesterday)
    made = published(2)
    assert made.when < store.version(kept, 2).when
    assert store.current(kept) == made


def test_a_version_is_found_by_its_data_the_newest_first(kept, published, entry, data):
    published(1)
    store.restore(kept, 1, entry)
    assert store.find(kept, load(data(0)).about.version).number == 3
    assert store.find(kept, load(data(1)).about.version).number == 2
    assert store.find(kept, "0" * 12) is None


@pytest.fixture
def with_posts(data, tmp_path):
    """Other data with a table of posts."""
    folder = shutil.copytree(data(1), tmp_path / "with-posts")
    rows = "".join(f"{one},,{rank}\n" for rank, one in enumerate(schema.POSITIONS, 1))
    own = "elders_head,Chi hội trưởng người cao tuổi,8\n"
    (folder / "positions.csv").write_text(f"position_id,name_vi,rank\n{rows}{own}", "utf-8")
    return folder


def test_an_optional_table_is_kept_compared_and_gone_with_its_version(kept, published, with_posts, entry):
    published(1)
    made = store.publish(kept, with_posts, entry, store.base(kept))
    assert (made.folder / "positions.csv").read_bytes() == (with_posts / "positions.csv").read_bytes()
    assert store.read(kept, made.number).position_ids[-1] == "elders_head"
    (part,) = filter(None, store.compare(kept, 2, made.number).tables)
    assert (part.table.name, list(part.new["position_id"])) == ("positions", ["elders_head"])
    back = store.restore(kept, 2, entry)
    assert not (back.folder / "positions.csv").exists()
    assert store.read(kept, back.number).position_ids == schema.POSITIONS


def test_an_optional_table_that_comes_later_is_damage(kept, published, with_posts):
    made = published(1)
    shutil.copy(with_posts / "positions.csv", made.folder)
    (damaged,) = store.damaged(kept)
    assert (damaged.number, damaged.file, damaged.how) == (made.number, "positions.csv", "differs")
