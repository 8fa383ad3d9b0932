"""What the checks warn of in the data set that a file makes, said of the file's own cells."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from dashboard.dataset import Dataset, Problem, read, rules
from dashboard.dataset.rules import fewer, lost
from dashboard.dataset.sheet import Sheet
from dashboard.intake.checked import each_row, finding
from dashboard.intake.findings import Finding, grouped
from dashboard.intake.merge import Merged, as_checked
from dashboard.text import Text


def warned(dataset: Dataset, merged: Merged, base: Dataset, words: Text) -> tuple[Finding, ...]:
    """What `base` is not warned of already, as `grouped`; what may be missing comes first."""
    problems = list(lost.check(lambda table: getattr(base, table.name), dataset))
    if dataset.warnings:
        known = _warnings(base, as_checked(base)) if base.warnings else {}
        problems += [problem for of, problem in _warnings(dataset, merged).items() if of not in known]
    return grouped(finding(problem, merged, words) for problem in problems)


def _warnings(dataset: Dataset, merged: Merged) -> dict[tuple[str, ...], Problem]:
    """Every warning of a data set by what it is about, none of them standing for others."""
    with tempfile.TemporaryDirectory(prefix="dashboard-") as folder:
        merged.write(Path(folder))
        sheets = each_row(read.folder(Path(folder)).sheets)
    found = [*fewer.check(dataset, sheets), *rules.broken(sheets)]
    return {_about(problem, sheets): problem for problem in found}


def _about(problem: Problem, sheets: Mapping[str, Sheet]) -> tuple[str, ...]:
    """Table, rule and key of the row. What is said of a date is about all its rows, and what is said of one
    area at it about the numbers too: where still more is missing, that is new."""
    sheet = sheets[problem.file.removesuffix(".csv")]
    of_date = problem.column == "as_of"
    key = (str(sheet.frame.at[problem.row, name]) for name in (("as_of",) if of_date else sheet.table.key))
    said = (f"{name}={value}" for name, value in sorted(problem.values.items()) if of_date)
    return problem.file, problem.rule, *key, *said
