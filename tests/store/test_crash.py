"""A crash at any step, a disk that fails, many publishers: the old or the new version, never a mix."""

import contextlib
import errno
import multiprocessing
import os
import signal
import subprocess

import pytest

from dashboard import store, text
from dashboard.store import Entry, Store, history, writing

LINUX = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
FAULTS = {errno.EROFS: "not_writable", errno.EACCES: "not_writable", errno.EIO: "failed"}


@pytest.fixture
def two(new_store, data):
    """A store of two versions, with the data of seeds 0 and 1."""
    store.publish(new_store, data(1), Entry("lan", "x"), store.base(new_store))
    return new_store


def leftovers(new_store):
    return [entry.name for entry in new_store.versions.iterdir() if entry.name.startswith(".")]


def everything(new_store):
    """The names and bytes of all that a store holds."""
    return {path: path.is_file() and path.read_bytes() for path in new_store.folder.rglob("*")}


def forked(work, *args):
    """Run something in a process of its own, already warm, and give its exit code."""
    child = os.fork()
    if child == 0:
        try:
            work(*args)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed():
    os.kill(os.getpid(), signal.SIGKILL)


@LINUX
def test_killed_at_any_step_the_store_holds_the_old_or_the_new_version_whole(two, data, entry, failing, tree):
    base, new = store.base(two), data(2)
    before = tree(two.versions)
    seen = set()
    for at in range(1, 200):

        def publish(at=at):
            failing(at, killed)
            store.publish(two, new, entry, base)

        ended = forked(publish)
        now = store.current(two)
        seen.add(now.number)
        assert store.damaged(two) == (), f"step {at}"
        assert {name: tree(two.versions).get(name) for name in before} == before, f"step {at}"
        if now.number == 3:
            break
        assert ended == -signal.SIGKILL, f"step {at}"
        store.prune(two)
        assert leftovers(two) == [], f"step {at}"
    assert at > 30
    assert seen == {2, 3}


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="needs /proc")
def test_all_is_on_the_disk_before_the_version_has_its_name_and_the_name_after(two, data, entry, monkeypatch):
    done = []
    sync, rename, new, base = os.fsync, os.rename, data(2), store.base(two)

    def fsync(number):
        done.append(os.path.basename(os.readlink(f"/proc/self/fd/{number}")))
        sync(number)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "rename", lambda *names: (done.append("rename"), rename(*names)))
    version = store.publish(two, new, entry, base)
    before, after = done[: done.index("rename")], done[done.index("rename") + 1 :]
    assert {file.name for file in version.folder.iterdir()} <= set(before)
    assert before[-1].startswith(".new-")
    assert after == ["versions"]


def fails_with(fault):
    def happens():
        raise OSError(fault, os.strerror(fault))

    return happens


def test_a_disk_that_fails_at_any_step_changes_nothing(two, data, failing, monkeypatch):
    before, base, new = everything(two), store.base(two), data(2)
    for at in range(1, 200):
        failing(at, fails_with(errno.ENOSPC))
        with pytest.raises(store.StoreError) as refused:
            store.publish(two, new, Entry("lan", "x"), base)
        monkeypatch.undo()
        if refused.value.kind == "unsure":
            break  # the last step: the version has its name, but perhaps not for good
        assert refused.value.kind == "full", f"step {at}"
        assert refused.value.sentence(text.get())
        assert everything(two) == before, f"step {at}"
    assert at > 30
    assert store.current(two).number == 3


@pytest.mark.parametrize("fault", FAULTS, ids=errno.errorcode.get)
def test_what_fails_is_told_apart_and_the_folder_named(two, data, entry, failing, fault):
    new, base = data(2), store.base(two)
    failing(1, fails_with(fault))
    with pytest.raises(store.StoreError) as refused:
        store.publish(two, new, entry, base)
    assert refused.value.kind == FAULTS[fault]
    assert str(two.folder) in refused.value.sentence(text.get())
    assert store.prune(two) == ()


def test_network_disks_that_cannot_sync_a_folder_will_do(two, data, entry, monkeypatch):
    sync = os.fsync

    def fsync(number):
        if os.path.isdir(f"/proc/self/fd/{number}"):
            raise OSError(errno.EINVAL, "Invalid argument")
        sync(number)

    monkeypatch.setattr(os, "fsync", fsync)
    assert store.publish(two, data(2), entry, store.base(two)).number == 3


def test_a_publish_waits_for_another_no_longer_than_its_patience(two, data, entry, monkeypatch):
    monkeypatch.setattr(writing, "_TIMEOUT_S", 0.1)
    with writing.FileLock(two.folder / "LOCK"), pytest.raises(store.StoreError, match="busy"):
        store.publish(two, data(2), entry, store.base(two))


def test_what_another_is_writing_is_no_leftover(two):
    (two.versions / ".new-1-x").mkdir()
    with writing.FileLock(two.folder / "LOCK"):
        assert store.prune(two) == ()
    assert store.prune(two) == (".new-1-x",)


def test_where_locks_do_not_hold_only_one_takes_the_number(two, data, entry, monkeypatch):
    monkeypatch.setattr(writing, "FileLock", lambda *_, **__: contextlib.nullcontext())
    monkeypatch.setattr(writing, "_remove_leftovers", lambda _: ())
    check, base = writing.check, store.base(two)

    def meanwhile(folder):
        """While one data set is checked, another is published."""
        monkeypatch.setattr(writing, "check", check)
        store.publish(two, data(3), Entry("minh", "y"), base)
        return check(folder)

    monkeypatch.setattr(writing, "check", meanwhile)
    with pytest.raises(store.OutdatedError) as refused:
        store.publish(two, data(2), entry, base)
    assert refused.value.current.entry.who == "minh"
    assert [version.number for version in store.versions(two)] == [3, 2, 1]
    assert leftovers(two) == []


def publisher(new_store, folder, who, results):
    """Publish one data set, again where another was faster."""
    while True:
        try:
            version = store.publish(new_store, folder, Entry(who, "x"), store.base(new_store))
        except store.StoreError as error:
            if error.kind not in ("outdated", "outdated_plain", "busy"):
                raise
            continue
        results.put((who, version.number, version.data_version))
        return


@LINUX
def test_of_eight_publishers_at_once_none_is_lost(new_store, data):
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    workers = [
        context.Process(target=publisher, args=(new_store, data(10 + n), f"w{n}", results)) for n in range(8)
    ]
    for worker in workers:
        worker.start()
    acknowledged = sorted((results.get(timeout=120) for _ in workers), key=lambda version: version[1])
    for worker in workers:
        worker.join(10)
    stored = [
        (version.entry.who, version.number, version.data_version)
        for version in reversed(store.versions(new_store))
    ]
    assert stored[1:] == acknowledged
    assert [version.based_on for version in store.versions(new_store)] == [8, 7, 6, 5, 4, 3, 2, 1, None]


@pytest.fixture
def mounted(tmp_path):
    """Mounts a disk of one megabyte on a folder, where that is allowed."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        done = False
    if not done:
        pytest.skip("mounting is not allowed here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_of_one_megabyte_fills_and_tears_nothing(mounted, data):
    new_store = Store(mounted, data(0))

    def fill():
        for number in range(100):
            store.publish(new_store, data(number % 2 + 1), Entry(str(number), "x"), store.base(new_store))

    with pytest.raises(store.StoreError, match="full") as refused:
        fill()
    assert "đầy" in refused.value.sentence(text.get())
    assert store.current(new_store).number > 10
    assert store.damaged(new_store) == ()
    assert leftovers(new_store) == []


def test_a_disk_mounted_for_reading_shows_and_refuses(mounted, data, entry):
    new_store = Store(mounted, data(0))
    version = store.publish(new_store, data(1), entry, store.base(new_store))
    subprocess.run(["mount", "-o", "remount,ro", str(mounted)], check=True)
    assert history.current(new_store) == version
    assert store.shown(new_store).problems == ()
    assert store.prune(new_store) == ()
    with pytest.raises(store.StoreError, match="not_writable"):
        store.publish(new_store, data(2), entry, store.base(new_store))
