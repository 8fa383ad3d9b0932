"""The files of one version: written once and synced, and read back only when their hashes agree."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from dashboard import schema
from dashboard.dataset.source import Stamp, stamp
from dashboard.store.model import Damaged, Entry, Version

MANIFEST = "version.json"
# In the form that `sha256sum --check SHA256SUMS` reads, so that a person can check a version by hand.
SUMS = "SHA256SUMS"
_SUM = re.compile(r"([0-9a-f]{64})  ([\w.-]+)")
_BLOCK = 1 << 20


def copy(source: Path, target: Path) -> str:
    """Copy a file to a new one, down to the disk; its SHA-256."""
    with source.open("rb") as file:
        return _write(target, iter(lambda: file.read(_BLOCK), b""))


def seal(version: Version, sums: Mapping[str, str]) -> None:
    """Write version.json and, last, the hashes of all files of a version; `sums` has those of its data."""
    manifest = json.dumps(version.as_json(), ensure_ascii=False, indent=1) + "\n"
    sums = {**sums, MANIFEST: _write(version.folder / MANIFEST, iter([manifest.encode()]))}
    lines = "".join(f"{digest}  {name}\n" for name, digest in sums.items())
    _write(version.folder / SUMS, iter([lines.encode()]))
    sync_folder(version.folder)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder down to the disk, where that can be asked for: Windows opens no folder, and
    some network disks know no such request."""
    if os.name == "nt":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(number)


def _write(target: Path, blocks: Iterator[bytes]) -> str:
    """A new read-only file, down to the disk; its SHA-256."""
    total = hashlib.sha256()
    number = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o444)
    with open(number, "wb") as file:
        for block in blocks:
            file.write(block)
            total.update(block)
        file.flush()
        os.fsync(file.fileno())
    return total.hexdigest()


def open_version(folder: Path, number: int) -> Version | Damaged:
    """The version in a folder, its hashes checked; a folder that did not change is not read twice."""
    try:
        return _checked(folder, number, stamp(folder, (SUMS, MANIFEST, *schema.FILES)))
    except _DamageError as damage:
        return Damaged(number, folder, *damage.args)


class _DamageError(Exception):
    """What is wrong with a version: the last fields of `Damaged`."""


@lru_cache(maxsize=1000)
def _checked(folder: Path, number: int, _stamp: Stamp) -> Version:
    sums = _sums(folder)
    for name in schema.FILES:
        if name not in sums and (folder / name).exists():  # an optional table that came later
            raise _DamageError(name, "differs")
    for name, digest in sums.items():
        if hashlib.sha256(_content(folder, name)).hexdigest() != digest:
            raise _DamageError(name, "differs")
    version = _manifest(folder)
    if version.number != number:
        raise _DamageError(MANIFEST, "number", version.number)
    return version


def _sums(folder: Path) -> dict[str, str]:
    lines = _content(folder, SUMS).decode("utf-8", "replace").splitlines()
    entries = [_SUM.fullmatch(line) for line in lines]
    sums = {entry[2]: entry[1] for entry in entries if entry}
    if len(sums) != len(lines) or not {MANIFEST, schema.ABOUT_FILE} <= set(sums):
        raise _DamageError(SUMS, "unreadable")
    return sums


def _content(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except FileNotFoundError:
        raise _DamageError(name, "missing") from None
    except OSError:
        raise _DamageError(name, "unreadable") from None


def _manifest(folder: Path) -> Version:
    try:
        content: dict[str, Any] = json.loads(_content(folder, MANIFEST))
        return Version(
            number=content["number"],
            folder=folder,
            data_version=content["data_version"],
            when=datetime.fromisoformat(content["when"]),
            entry=Entry(*(content[key] for key in ("who", "why", "file", "file_sha256"))),
            based_on=content["based_on"],
            restores=content["restores"],
        )
    except (ValueError, KeyError, TypeError):
        raise _DamageError(MANIFEST, "unreadable") from None
