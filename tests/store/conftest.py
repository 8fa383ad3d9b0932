"""A store in a folder of its own, small data sets to publish, and a disk that fails at a chosen step."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dashboard.dataset import sample
from dashboard.store import Entry, Store, files


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """The folder of a data set of two villages; another seed, other data. Shared: it must not be changed."""
    folders: dict[int, Path] = {}

    def folder(seed: int) -> Path:
        if seed not in folders:
            folders[seed] = tmp_path_factory.mktemp("data")
            sample.write(folders[seed], 2, seed)
        return folders[seed]

    return folder


@pytest.fixture
def new_store(tmp_path: Path, data: Callable[[int], Path]) -> Store:
    """An empty store beside a plain data folder (seed 0)."""
    folder = tmp_path / "store"
    folder.mkdir()
    return Store(folder, data(0))


@pytest.fixture
def entry() -> Entry:
    return Entry("lan", "Số liệu quý 4", "quy-4.xlsx", "ab" * 32)


@pytest.fixture
def tree() -> Callable[[Path], dict[str, str]]:
    """The SHA-256 of every file below a folder by its path: equal trees hold the same bytes."""

    def hashes(folder: Path) -> dict[str, str]:
        paths = (path for path in folder.rglob("*") if path.is_file())
        return {
            str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths
        }

    return hashes


class Disk:
    """Counts every step that changes the disk: at step `at`, and at all after it, `happens` comes first."""

    def __init__(self, at: int, happens: Callable[[], None]) -> None:
        self.at = at
        self.happens = happens
        self.steps = 0

    def step(self) -> None:
        self.steps += 1
        if self.steps >= self.at:
            self.happens()

    def counted(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def counting(*args: Any, **kwargs: Any) -> Any:
            self.step()
            return call(*args, **kwargs)

        return counting

    def opening(self, call: Callable[..., int]) -> Callable[..., int]:
        def counting(path: Any, flags: int, *args: Any, **kwargs: Any) -> int:
            if flags & os.O_CREAT:
                self.step()
            return call(path, flags, *args, **kwargs)

        return counting

    def writing(self, number: int, mode: str) -> Any:
        """A file of which half is written before the step that fails."""
        file = open(number, mode)  # noqa: SIM115 (the store closes it)
        disk = self

        class Writer:
            def __enter__(self) -> Any:
                return self

            def __exit__(self, *_: object) -> None:
                file.close()

            def write(self, block: bytes) -> None:
                file.write(block[: len(block) // 2])
                file.flush()
                disk.step()
                file.write(block[len(block) // 2 :])

            def flush(self) -> None:
                file.flush()

            def fileno(self) -> int:
                return file.fileno()

        return Writer()


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, Callable[[], None]], Disk]:
    """Lets the disk fail from a step on; `monkeypatch.undo()` repairs it."""

    def fail(at: int, happens: Callable[[], None]) -> Disk:
        disk = Disk(at, happens)
        for name in ("mkdir", "rename", "fsync"):
            monkeypatch.setattr(os, name, disk.counted(getattr(os, name)))
        monkeypatch.setattr(os, "open", disk.opening(os.open))
        monkeypatch.setattr(files, "open", disk.writing, raising=False)
        return disk

    return fail
