"""`check [DIR]`: checks a data set."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from dashboard import text
from dashboard.commands import DONE, WRONG_DATA, common
from dashboard.dataset import against, check


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
    for problem in report.warnings:
        print(words("cli.warning", line=problem.line(words)))
    counts = {"errors": len(report.errors), "warnings": len(report.warnings)}
    print(words("cli.checked", folder=str(folder), **counts))
    for problem in report.errors:
        print(problem.line(words), file=sys.stderr)
    return code
