"""`check [DIR]`: checks a data set."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from dashboard import text
from dashboard.commands import DONE, WRONG_DATA, common
from dashboard.dataset import Problem, against, check
from dashboard.text import Text

# Of more warnings of one kind the first ones are printed, and how many there are.
_MOST_ALIKE = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    words = text.get()
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR", help=words("cli.folder"))
    parser.add_argument("--json", action="store_true", help=words("cli.json"))
    common.add_language(parser)


def run(chosen: argparse.Namespace) -> int:
    """Say what is wrong with the data set."""
    words = text.get(chosen.lang)
    folder, earlier = common.shown_place(chosen.folder)
    report = against(check(folder), earlier)
    code = WRONG_DATA if report.errors else DONE
    if chosen.json:
        common.print_json(
            {
                "version": report.dataset.about.version if report.dataset else None,
                "errors": [problem.as_json(words) for problem in report.errors],
                "warnings": [problem.as_json(words) for problem in report.warnings],
            }
        )
        return code
    for line in _grouped(report.warnings, words):
        print(words("cli.warning", line=line))
    counts = {"errors": len(report.errors), "warnings": len(report.warnings)}
    print(words("cli.checked", folder=str(folder), **counts))
    for problem in report.errors:
        print(problem.line(words), file=sys.stderr)
    return code


def _grouped(warnings: Sequence[Problem], words: Text) -> Iterator[str]:
    """A line for each; of many of one rule the first ones, and how many more there are."""
    counts: Counter[str] = Counter()
    for problem in warnings:
        counts[problem.rule] += 1
        if counts[problem.rule] <= _MOST_ALIKE:
            yield problem.line(words)
    for rule, n in counts.items():
        if n > _MOST_ALIKE:
            first = next(problem for problem in warnings if problem.rule == rule)
            yield words("cli.more_alike", n=n - _MOST_ALIKE, file=first.file, column=first.column or "")
