"""Tries to break the store: `python tools/store_campaign.py [--kills 200]`.

Publishers are killed at random moments, eight publish at once, and, where root may mount, a disk of one
megabyte fills up and one turns read-only. After each the current version must be whole, one of those that
were published, and no success that was reported may be lost. Prints the numbers; exit code 1 on a fault.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dashboard import store
from dashboard.dataset import load, sample
from dashboard.store import Entry, Store

# Data sets to publish in turn, and the villages of each: few, so that much is published.
SETS, VILLAGES = 8, 3
PUBLISHERS = 8
LONGEST = 1.5  # seconds from the start of a publisher until it is killed
PAGE = 4096


class FaultError(Exception):
    """The store broke a promise."""


def main() -> int:
    """Run everything, and say what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=20.0, help="of eight publishers at once")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        folders = []
        for seed in range(SETS):
            folders.append(root / f"data-{seed}")
            sample.write(folders[-1], VILLAGES, seed)
        try:
            report("kill -9", lambda: kills(Store(new(root / "kills"), folders[0]), folders, chosen.kills))
            report("at once", lambda: at_once(Store(new(root / "once"), folders[0]), folders, chosen.seconds))
            report(
                "at once, killed",
                lambda: at_once(Store(new(root / "both"), folders[0]), folders, chosen.seconds, killing=True),
            )
            report("1 MB disk", lambda: full(new(root / "full"), folders))
            report("read-only disk", lambda: read_only(new(root / "ro"), folders))
        except FaultError as fault:
            print(f"FAULT: {fault}")
            return 1
    return 0


def report(name: str, work: Callable[[], str]) -> None:
    """Run one part, and print what it saw and how long it took."""
    start = time.monotonic()
    print(f"{name}: {work()} ({time.monotonic() - start:.0f} s)", flush=True)


def new(folder: Path) -> Path:
    """A new empty folder."""
    folder.mkdir()
    return folder


def kills(kept: Store, folders: list[Path], times: int) -> str:
    """One publisher after the other, each killed at a random moment."""
    random.seed(0)
    known = {load(folder).about.version for folder in folders}
    acknowledged: dict[int, str] = {}
    leftovers = 0
    for _ in range(times):
        publisher = Publisher(kept, folders, "k")
        time.sleep(random.uniform(0.0, LONGEST))
        publisher.kill()
        acknowledged |= publisher.told()
        whole(kept, known, acknowledged)
        leftovers += len(store.prune(kept))
        if any(entry.name.startswith(".") for entry in kept.versions.iterdir()):
            raise FaultError("a leftover stayed")
    return f"{times} killed, {len(acknowledged)} publishes reported, {leftovers} leftovers removed, none torn"


def at_once(kept: Store, folders: list[Path], seconds: float, killing: bool = False) -> str:
    """Eight publishers for a while; if `killing`, one is killed and replaced every quarter second."""
    known = {load(folder).about.version for folder in folders}
    publishers = [Publisher(kept, folders, f"p{number}") for number in range(PUBLISHERS)]
    gone: list[Publisher] = []
    end = time.monotonic() + seconds
    looks = 0
    while time.monotonic() < end:
        time.sleep(0.25)
        place = store.shown(kept)
        if place.problems or place.folder is None:
            raise FaultError(f"a reader saw {place}")
        looks += 1
        if killing:
            victim = random.randrange(PUBLISHERS)
            publishers[victim].kill()
            gone.append(publishers[victim])
            publishers[victim] = Publisher(kept, folders, f"p{victim}")
    for publisher in publishers:
        publisher.kill()
    acknowledged: dict[int, str] = {}
    for publisher in [*gone, *publishers]:
        told = publisher.told()
        if set(told) & set(acknowledged):
            raise FaultError(f"reported twice: {set(told) & set(acknowledged)}")
        acknowledged |= told
    whole(kept, known, acknowledged)
    made = len(store.versions(kept))
    return (
        f"{PUBLISHERS} publishers, {len(gone)} killed, {made} versions in one chain, "
        f"{len(acknowledged)} publishes reported, {looks} looks of a reader, none lost or torn"
    )


def full(disk: Path, folders: list[Path]) -> str:
    """Publish to a disk of one megabyte until it is full, and on."""
    with mounted(disk, "-t", "tmpfs", "-o", "size=1m", "tmpfs") as allowed:
        if not allowed:
            return "skipped, mounting is not allowed"
        kept = Store(disk, folders[0])
        acknowledged: dict[int, str] = {}
        refused = 0
        # At each level so many pages are left: the disk is full at another step of the publish.
        for pages in [*range(60, -1, -1), *range(61)]:
            fill(disk / "filler", pages)
            try:
                other = folders[len(acknowledged) % 2 + 1]
                made = store.publish(kept, other, Entry("full", "x"), store.base(kept))
                acknowledged[made.number] = made.data_version
            except store.FullError:
                refused += 1
            whole(kept, None, acknowledged)
            (disk / "filler").unlink()
        return f"122 levels, {len(acknowledged)} published, {refused} refused as full, none torn"


def fill(filler: Path, pages: int) -> None:
    """Leave so many pages free on the disk of a file."""
    filler.touch()
    status = os.statvfs(filler.parent)
    with filler.open("wb") as file:
        file.write(b"x" * max(0, status.f_bavail * status.f_frsize - pages * PAGE))


def read_only(disk: Path, folders: list[Path]) -> str:
    """Publish to a disk that turns read-only."""
    with mounted(disk, "-t", "tmpfs", "-o", "size=4m", "tmpfs") as allowed:
        if not allowed:
            return "skipped, mounting is not allowed"
        kept = Store(disk, folders[0])
        made = store.publish(kept, folders[1], Entry("ro", "x"), store.base(kept))
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        for folder in folders:
            try:
                store.publish(kept, folder, Entry("ro", "x"), store.base(kept))
            except store.NotWritableError:
                continue
            raise FaultError("a read-only disk took a version")
        whole(kept, None, {made.number: made.data_version})
        return f"{len(folders)} refused, the current version is shown"


@contextmanager
def mounted(disk: Path, *options: str) -> Iterator[bool]:
    """Mounts a disk on a folder; False where that is not allowed."""
    allowed = subprocess.run(["mount", *options, str(disk)], capture_output=True, check=False).returncode == 0
    try:
        yield allowed
    finally:
        if allowed:
            subprocess.run(["umount", str(disk)], check=True)


def whole(kept: Store, known: set[str] | None, acknowledged: dict[int, str]) -> None:
    """The promises: nothing is torn, one chain, nothing lost that was reported, the current one readable."""
    if store.damaged(kept):
        raise FaultError(f"torn: {store.damaged(kept)}")
    found = {made.number: made for made in store.versions(kept)}
    if sorted(found) != list(range(1, len(found) + 1)):
        raise FaultError(f"a gap: {sorted(found)}")
    if any(made.based_on != (number - 1 or None) for number, made in found.items()):
        raise FaultError("more than one chain")
    if lost := {number for number, data in acknowledged.items() if found[number].data_version != data}:
        raise FaultError(f"lost: {lost}")
    now = store.current(kept)
    if now is not None:
        shown = load(now.folder).about.version
        if shown != now.data_version or (known is not None and shown not in known):
            raise FaultError(f"current is {shown}, not what was published")


class Publisher:
    """A process that publishes without end, and writes each success down only after it was reported."""

    def __init__(self, kept: Store, folders: list[Path], who: str) -> None:
        self.log = Path(tempfile.mkstemp(dir=folders[0].parent)[1])
        self.child = os.fork()
        if self.child == 0:
            try:
                self._work(kept, folders, who)
            finally:
                os._exit(1)

    def _work(self, kept: Store, folders: list[Path], who: str) -> None:
        chance = random.Random(os.getpid())
        with self.log.open("a") as log:
            while True:
                try:
                    made = store.publish(kept, chance.choice(folders), Entry(who, "x"), store.base(kept))
                except (store.OutdatedError, store.UnchangedError, store.BusyError):
                    continue
                log.write(f"{made.number} {made.data_version}\n")
                log.flush()

    def kill(self) -> None:
        """End it at once."""
        os.kill(self.child, signal.SIGKILL)
        _, status = os.waitpid(self.child, 0)
        if os.waitstatus_to_exitcode(status) != -signal.SIGKILL:
            raise FaultError("a publisher ended by itself")

    def told(self) -> dict[int, str]:
        """The publishes that it was told had succeeded: number and data version."""
        lines = self.log.read_text().splitlines(keepends=True)
        pairs = [line.split() for line in lines if line.endswith("\n")]
        return {int(number): data for number, data in pairs}


if __name__ == "__main__":
    sys.exit(main())
