"""A checked copy of a large data set beside its files, so that a restart does not check them again.

The copy counts only while every byte of the files, and the program that checks them, are the same. Whatever
is wrong with the copy, the files are checked as if it were not there.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import IO

import pandas as pd
import pyarrow as pa

from dashboard import schema
from dashboard.dataset.check import Report, against, check
from dashboard.dataset.held_text import TEXT
from dashboard.dataset.model import About, Dataset
from dashboard.dataset.problems import DataError, Problem

_LOG = logging.getLogger("dashboard")
COPY = ".checked.arrow"
# Smaller data sets are checked in about a second: their folders are left as they are.
LEAST_BYTES = 8_000_000
_FILES = (schema.ABOUT_FILE, *(table.file for table in schema.TABLES))
# Broken in any way, the copy is no copy.
_UNUSABLE = (OSError, ValueError, KeyError, TypeError, pa.ArrowException)


_TEXTS = {pa.string(): TEXT, pa.large_string(): TEXT}


def checked(folder: Path | str) -> Report:
    """The same as `check`; of a large data set that was checked before, without checking it again."""
    folder = Path(folder)
    key = _key(folder)
    if key is None:
        return check(folder)
    report = _recalled(folder, key)
    if report is None:
        report = check(folder)
        # Files that were replaced meanwhile are not what was checked.
        if report.dataset is not None and _key(folder) == key:
            _keep(folder, key, report.dataset)
    return report


def load(folder: Path | str, earlier: Path | None = None) -> Dataset:
    """The data set of a folder; DataError with all its errors where it has any. Its warnings also say what
    is gone since the version in `earlier`."""
    report = against(checked(folder), earlier)
    if report.dataset is None:
        raise DataError(report.errors)
    return report.dataset


def _key(folder: Path) -> str | None:
    """A hash of every byte of the files and of the program; None where no copy is kept of them."""
    total = hashlib.sha256(_program())
    try:
        if sum((folder / name).stat().st_size for name in _FILES) < LEAST_BYTES:
            return None
        for name in _FILES:
            with (folder / name).open("rb") as file:
                total.update(name.encode() + hashlib.file_digest(file, "sha256").digest())
    except OSError:
        return None
    return total.hexdigest()


@cache
def _program() -> bytes:
    """A hash of what reads and checks a data set: another version of it may find other problems."""
    package = Path(__file__).parent
    total = hashlib.sha256(f"{pd.__version__} {pa.__version__}".encode())
    for file in (Path(schema.__file__), *sorted(package.rglob("*.py"))):
        total.update(file.read_bytes())
    return total.digest()


def _recalled(folder: Path, key: str) -> Report | None:
    try:
        copy = (folder / COPY).read_bytes()
        end = copy.rindex(b"\n")
        about, tables = json.loads(copy[end:]), memoryview(copy)[:end]
        if about["key"] != key or about["sha256"] != hashlib.sha256(tables).hexdigest():
            return None
        frames = dict(zip((table.name for table in schema.TABLES), _frames(tables), strict=True))
        warnings = tuple(Problem(**problem) for problem in about["warnings"])
        dataset = Dataset(About(**about["about"]), **frames, warnings=warnings)
    except _UNUSABLE:
        return None
    return Report(dataset, (), warnings)


def _frames(tables: memoryview) -> Iterator[pd.DataFrame]:
    source = pa.BufferReader(tables)
    for _ in schema.TABLES:
        yield pa.ipc.open_stream(source).read_all().to_pandas(types_mapper=_TEXTS.get)


def _keep(folder: Path, key: str, dataset: Dataset) -> None:
    """Write the copy; where that cannot be, the next start takes longer."""
    try:
        number, name = tempfile.mkstemp(prefix=COPY, dir=folder)
        try:
            os.close(number)
            with open(name, "wb") as file:
                _write(file, key, dataset)
            shutil.copymode(folder / schema.ABOUT_FILE, name)
            os.replace(name, folder / COPY)
        except BaseException:
            with suppress(OSError):
                os.unlink(name)
            raise
    except _UNUSABLE as error:
        _LOG.warning("no checked copy was kept of %s: %s", folder, error)


def _write(file: IO[bytes], key: str, dataset: Dataset) -> None:
    for table in schema.TABLES:
        columns = pa.Table.from_pandas(getattr(dataset, table.name), preserve_index=False)
        with pa.ipc.new_stream(file, columns.schema) as stream:
            stream.write_table(columns)
    file.flush()
    with open(file.name, "rb") as written:
        digest = hashlib.file_digest(written, "sha256")
    about = {
        "key": key,
        "sha256": digest.hexdigest(),
        "about": asdict(dataset.about),
        "warnings": [asdict(problem) for problem in dataset.warnings],
    }
    file.write(b"\n" + json.dumps(about).encode())
    file.flush()
    os.fsync(file.fileno())
