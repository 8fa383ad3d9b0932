"""Is this folder a data set, and if not, what must be mended?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from dashboard import schema
from dashboard.dataset import read, rules
from dashboard.dataset.model import About, Dataset
from dashboard.dataset.problems import Problem
from dashboard.dataset.rules import fewer
from dashboard.dataset.sheet import Sheet


@dataclass(frozen=True)
class Report:
    """What a check found, in the order of files and rows. `dataset` is None where there are errors."""

    dataset: Dataset | None
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def check(folder: Path | str) -> Report:
    """Reads and checks a folder. Whatever is wrong with it is a `Problem`, never an exception."""
    reading = read.folder(Path(folder))
    unended = [Problem("line_open", name, warning=True) for name in reading.unended]
    result = _in_order([*reading.problems, *unended, *rules.broken(reading.sheets)])
    errors = tuple(problem for problem in result if not problem.warning)
    warnings = tuple(problem for problem in result if problem.warning)
    if errors or reading.about is None:
        return Report(None, errors, warnings)
    dataset = _dataset(reading.about, reading.sheets)
    if (day := reading.about.collecting) and day not in dataset.dates:
        values = {"known": ", ".join(dataset.dates)}
        wrong = Problem("about_collecting", schema.ABOUT_FILE, None, "collecting", day, values=values)
        return Report(None, (wrong,), warnings)
    return _warned(dataset, [*warnings, *fewer.check(dataset, reading.sheets)])


def against(report: Report, earlier: Path | None) -> Report:
    """The report with a warning where rows are gone that the data in a folder had, those of the version
    before (None = there is none)."""
    if report.dataset is None or earlier is None:
        return report

    def was(table: schema.Table) -> pd.DataFrame | None:
        sheet = read.table(earlier, table)
        return None if sheet is None else sheet.frame

    return _warned(report.dataset, [*report.warnings, *fewer.removed_rows(was, report.dataset)])


def _warned(dataset: Dataset, problems: Iterable[Problem]) -> Report:
    warnings = tuple(_in_order(problems))
    return Report(replace(dataset, warnings=warnings), (), warnings)


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    """By file, row and column; a problem with the same text is listed once, at its first row."""
    merged: dict[tuple[object, ...], Problem] = {}
    for problem in sorted(problems, key=_place):
        key = (
            problem.rule,
            problem.file,
            problem.column,
            problem.value,
            *sorted(problem.values.items()),
        )
        if key in merged and problem.row is not None:
            merged[key] = replace(merged[key], more=merged[key].more + problem.more + 1)
        else:
            merged[key] = problem
    return list(merged.values())


def _place(problem: Problem) -> tuple[int, int, int]:
    file = schema.FILES.index(problem.file) if problem.file in schema.FILES else -1
    columns = schema.TABLES[file - 1].column_names if file > 0 else ()
    column = columns.index(problem.column) if problem.column in columns else -1
    return file, problem.row or 0, column


def _dataset(about: About, sheets: Mapping[str, Sheet]) -> Dataset:
    frames = {name: sheet.frame for name, sheet in sheets.items()}
    communes = frames["communes"].sort_values("rank", kind="stable", na_position="last")
    display_order = pd.Series(range(len(communes)), index=communes["commune_id"])
    villages = frames["villages"]
    villages = villages.assign(_commune=villages["commune_id"].map(display_order))
    villages = villages.sort_values(["_commune", "rank"], kind="stable", na_position="last")
    positions = frames["positions"].sort_values("rank", kind="stable", na_position="last")
    frames |= {"communes": communes, "villages": villages.drop(columns="_commune"), "positions": positions}
    tables = {name: frame.reset_index(drop=True) for name, frame in frames.items()}
    return Dataset(about=about, **tables)
