"""A checked copy of a large data set beside its files, so that a restart does not check them again.

The copy counts only while every byte of the files, and the program that checks them, are the same, and only
if this installation made it: an HMAC over all of it says so, whose key lies elsewhere. Whatever is wrong with
the copy, the files are checked as if it were not there.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from pathlib import Path

import pandas as pd
import pyarrow as pa

from dashboard import schema, settings
from dashboard.dataset import read
from dashboard.dataset.check import Report, against, check
from dashboard.dataset.model import About, Dataset
from dashboard.dataset.problems import DataError, Problem
from dashboard.dataset.sheet import TEXT
from dashboard.settings import keys

_LOG = logging.getLogger("dashboard")
COPY = ".checked.arrow"
# Smaller data sets are checked in about a second: their folders are left as they are.
LEAST_BYTES = 8_000_000
_MAC_BYTES = hashlib.sha256().digest_size
# Broken in any way, the copy is no copy.
_UNUSABLE = (OSError, ValueError, KeyError, TypeError, pa.ArrowException)
_TEXTS = {pa.string(): TEXT, pa.large_string(): TEXT}


def checked(folder: Path | str) -> Report:
    """The same as `check`; of a large data set that was checked before, without checking it again."""
    folder = Path(folder)
    key = _key(folder)
    if key is not None and (report := _recalled(folder, key)) is not None:
        return report
    report = check(folder)
    # Files that were replaced meanwhile are not what was checked.
    if key is not None and report.dataset is not None and _key(folder) == key:
        _store(folder, key, report.dataset)
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
    try:
        files = [folder / name for name in read.names(folder)]
        if sum(file.stat().st_size for file in files) < LEAST_BYTES:
            return None
        total = hashlib.sha256(_program())
        for file in files:
            with file.open("rb") as opened:
                total.update(hashlib.file_digest(opened, "sha256").digest())
    except OSError:
        return None
    return total.hexdigest()


@cache
def _program() -> bytes:
    """A hash of what reads and checks a data set: another version of it may find other problems."""
    total = hashlib.sha256(f"{pd.__version__} {pa.__version__}".encode())
    for file in (Path(schema.__file__), *sorted(Path(__file__).parent.rglob("*.py"))):
        total.update(file.read_bytes())
    return total.digest()


def _secret() -> bytes:
    """The key of this installation's copies."""
    return keys.own(settings.current().state, "copies.key")


def _recalled(folder: Path, key: str) -> Report | None:
    """What the copy holds: a stream of Arrow for each table, a line of JSON with all the rest, the HMAC."""
    try:
        copy = (folder / COPY).read_bytes()
        content, mac = memoryview(copy)[:-_MAC_BYTES], copy[-_MAC_BYTES:]
        if not hmac.compare_digest(hmac.digest(_secret(), content, "sha256"), mac):
            return None
        end = copy.rindex(b"\n", 0, len(content))
        about = json.loads(copy[end : len(content)])
        if about["key"] != key:
            return None
        source = pa.BufferReader(content[:end])
        frames = {
            table.name: pa.ipc.open_stream(source).read_all().to_pandas(types_mapper=_TEXTS.get)
            for table in schema.TABLES
        }
        warnings = tuple(Problem(**problem) for problem in about["warnings"])
        dataset = Dataset(About(**about["about"]), **frames, warnings=warnings)
    except _UNUSABLE:
        return None
    return Report(dataset, (), warnings)


def _store(folder: Path, key: str, dataset: Dataset) -> None:
    """Write the copy; where that cannot be, the next start takes longer."""
    part = ""
    try:
        secret = _secret()
        with tempfile.NamedTemporaryFile(prefix=COPY, dir=folder, delete=False) as file:
            part = file.name
            for table in schema.TABLES:
                columns = pa.Table.from_pandas(getattr(dataset, table.name), preserve_index=False)
                with pa.ipc.new_stream(file, columns.schema) as stream:
                    stream.write_table(columns)
            about = {
                "key": key,
                "about": asdict(dataset.about),
                "warnings": [asdict(problem) for problem in dataset.warnings],
            }
            file.write(b"\n" + json.dumps(about).encode())
            file.seek(0)
            mac = hashlib.file_digest(file, lambda: hmac.new(secret, digestmod="sha256"))
            file.write(mac.digest())
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(folder / schema.ABOUT_FILE, part)
        os.replace(part, folder / COPY)
    except _UNUSABLE as error:
        _LOG.warning("no checked copy was kept of %s: %s", folder, error)
    finally:
        with suppress(OSError):
            os.unlink(part)
