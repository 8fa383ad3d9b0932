"""A small data set without a fault, written to a folder, in which a test breaks one thing."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from dashboard import dataset, schema, text
from dashboard.dataset import Problem, Report, read

ABOUT = """title = "Đảng bộ huyện thử"
publisher = "Ban Tổ chức"
sample = true
root = "Đảng bộ huyện"
"""
# Row 1 is the header, so the first row here is row 2 of the file.
ROWS = {
    "communes": """
        khe-tre, Khe Tre, thi_tran, 20161, , 2025-06-30, khe-tre-moi, 1
        huong-son, Hương Sơn, xa, 20167, , , , 2
        khe-tre-moi, Khe Tre, xa, 20161, 2025-07-01, , , 3""",
    "villages": """
        kt-1, khe-tre, Tổ 1, to_dan_pho, 100, 400, 1
        hs-1, huong-son, Thôn 1, thon, 90, 360, 1
        hs-2, huong-son, Thôn 2, thon, , , 2""",
    "organizations": """
        2024-12-31, root, , Đảng bộ huyện, district, , , , ,
        2024-12-31, db-kt, root, Đảng bộ Khe Tre, committee, thi_tran, khe-tre, , ,
        2024-12-31, db-hs, root, Đảng bộ Hương Sơn, committee, xa, huong-son, , 37, 3
        2024-12-31, cb-kt-1, db-kt, Chi bộ tổ 1, subcell, , , kt-1, 20, 1
        2024-12-31, cb-kt-2, db-kt, Chi bộ trạm y tế, subcell, , , , 15,
        2024-12-31, cb-hs-1, db-hs, Chi bộ thôn 1, subcell, , huong-son, hs-1, 18, 2
        2024-12-31, cb-hs-2, db-hs, Chi bộ thôn 2, subcell, , , hs-2, 16, 1
        2024-12-31, bp-hs, db-hs, Đảng bộ bộ phận, section, , , , ,
        2024-12-31, cb-hs-3, bp-hs, Chi bộ trường học, subcell, , , , 3, 0
        2024-12-31, cb-thue, root, Chi bộ thuế, cell, nha_nuoc, , , 12, 0""",
    "officers": """
        2024-12-31, kt-1, secretary, A, true
        2024-12-31, kt-1, village_head, A, true
        2024-12-31, kt-1, front_head, B, false
        2024-12-31, hs-1, secretary, A, true
        2024-12-31, hs-1, village_head, B, true
        2024-12-31, hs-1, front_head, ,
        2024-12-31, hs-2, secretary, A, true
        2024-12-31, hs-2, women_head, C, false""",
    "goals": """
        heads, Trưởng thôn, member_share:village_head, >, 80, 2025-12-31, Nghị quyết
        growth, Đảng viên, count:members, up, , ,""",
    "published": """
        heads, member_share:village_head, 50, 60, , Bài viết, 50/60
        members, count:members, 2198, , , Bài viết,
        ethnic, share:ethnic_minority, 43.31, , 2021-04-05, Bài viết,""",
}


@dataclass
class Files:
    """The data set in `folder`; `set` and `put` change it, `check` says what is found."""

    folder: Path
    tables: dict[str, list[list[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.put("dataset.toml", ABOUT)
        for name, rows in ROWS.items():
            lines = [line.split(",") for line in rows.strip().splitlines()]
            self.tables[name] = [
                list(schema.table(name).required),
                *([cell.strip() for cell in line] for line in lines),
            ]
            self._write(name)

    def set(self, place: str, value: str) -> None:
        """`place` is TABLE:ROW:COLUMN; a row past the end is a copy of the last one."""
        name, row, column = place.split(":")
        table = self.tables[name]
        if int(row) > len(table):
            table.append(list(table[-1]))
        table[int(row) - 1][schema.table(name).required.index(column)] = value
        self._write(name)

    def remove(self, name: str, *rows: int) -> None:
        for row in sorted(rows, reverse=True):
            del self.tables[name][row - 1]
        self._write(name)

    def put(self, file: str, content: str | bytes) -> None:
        (self.folder / file).write_bytes(content.encode() if isinstance(content, str) else content)

    def text(self, file: str) -> str:
        return (self.folder / file).read_text("utf-8")

    def replace(self, file: str, old: str, new: str) -> None:
        assert old in self.text(file)
        self.put(file, self.text(file).replace(old, new))

    def check(self) -> Report:
        """The report; what it says can be said in both languages."""
        report = dataset.check(self.folder)
        for problem in report.errors + report.warnings:
            for lang in text.LANGUAGES:
                assert problem.line(text.get(lang)).startswith(problem.file)
        return report

    def errors(self) -> list[tuple[object, ...]]:
        """All errors as (file, row, column, value, rule)."""
        return self.brief(self.check().errors)

    def unread(self) -> list[tuple[object, ...]]:
        """The same of what cannot be read, without checking the rest."""
        return self.brief(read.folder(self.folder).problems)

    @staticmethod
    def brief(problems: Iterable[Problem]) -> list[tuple[object, ...]]:
        return [
            (problem.file, problem.row, problem.column, problem.value, problem.rule) for problem in problems
        ]

    def _write(self, name: str) -> None:
        with open(self.folder / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(self.tables[name])


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """A data set without a fault."""
    return Files(tmp_path)
