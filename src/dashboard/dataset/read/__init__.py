"""A folder of files → sheets of values, and everything in it that could not be read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from dashboard import schema
from dashboard.dataset import positions
from dashboard.dataset.model import About
from dashboard.dataset.problems import Problem
from dashboard.dataset.read import cells, tables
from dashboard.dataset.read.about import about
from dashboard.dataset.sheet import Sheet


@dataclass(frozen=True)
class Reading:
    """What a folder holds. `sheets` has the tables whose columns are all there, by name; the last line of the
    `unended` files has no line end."""

    about: About | None
    sheets: Mapping[str, Sheet]
    problems: tuple[Problem, ...]
    unended: tuple[str, ...] = ()


def folder(path: Path) -> Reading:
    """Reads dataset.toml and the tables of `schema`; every file is opened once."""
    if rule := _not_a_folder(path):
        return Reading(None, {}, (Problem(rule, str(path)),))
    reader = _Reader(path)
    described = reader.about()
    sheets = {table.name: sheet for table in schema.TABLES if (sheet := reader.sheet(table)) is not None}
    if described is not None:
        described = replace(described, version=_version(reader.digests))
    return Reading(described, sheets, tuple(reader.problems), tuple(reader.unended))


def names(path: Path) -> list[str]:
    """The files that a folder must have, and the optional ones that it has."""
    return [name for name in schema.FILES if name in schema.REQUIRED_FILES or (path / name).exists()]


def table(path: Path, definition: schema.Table) -> Sheet | None:
    """One table of a folder, without the rest; None where it cannot be read."""
    return _Reader(path).sheet(definition)


def _not_a_folder(path: Path) -> str | None:
    """The rule that a path breaks which is no folder to read; None where it is one."""
    try:
        if path.is_dir():
            return None
        return "folder_is_file" if path.exists() else "folder_missing"
    except OSError:  # a folder above it may not be entered, or the disk fails
        return "folder_unreadable"


@dataclass
class _Reader:
    """One pass over a folder: collects what is wrong, and the hash and the end of every file read."""

    path: Path
    problems: list[Problem] = field(default_factory=list)
    digests: dict[str, bytes] = field(default_factory=dict)
    unended: list[str] = field(default_factory=list)

    def about(self) -> About | None:
        try:
            described, wrong = about(self._text(schema.ABOUT_FILE))
        except tables.RefusedError as refused:
            self.problems.append(refused.problem)
            return None
        self.problems += wrong
        return described

    def sheet(self, table: schema.Table) -> Sheet | None:
        try:
            cut = tables.cut(self._text(table.file), table)
        except tables.RefusedError as refused:
            if table.optional and refused.problem.rule == "file_missing":
                return positions.default()
            self.problems.append(refused.problem)
            return None
        self.problems += cut.problems
        if cut.frame is None:
            return None
        sheet, wrong = cells.typed(cut.frame, table, cut.rejected)
        self.problems += wrong
        return sheet

    def _text(self, name: str) -> str:
        data = tables.contents(self.path / name)
        self.digests[name] = hashlib.sha256(data).digest()
        text = tables.decoded(data, name)
        if not text.endswith("\n"):
            self.unended.append(name)
        return text


def _version(digests: Mapping[str, bytes]) -> str:
    """Twelve hex digits that change with any byte of any file; equal for equal tables."""
    total = hashlib.sha256()
    for name in sorted(digests):
        total.update(name.encode() + b"\0" + digests[name])
    return total.hexdigest()[:12]
