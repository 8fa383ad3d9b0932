"""`template --out FILE.xlsx`: the workbook that a clerk fills."""

from __future__ import annotations

import argparse
from pathlib import Path

from dashboard import intake, text
from dashboard.commands import DONE, common
from dashboard.dataset import select


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    words = text.get()
    common.add_data(parser)
    parser.add_argument("--as-of", metavar="DATE", help=words("cli.template_as_of"))
    parser.add_argument("--empty", action="store_true", help=words("cli.template_empty"))
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.xlsx", help=words("cli.out_file"))
    common.add_language(parser)


def run(chosen: argparse.Namespace) -> int:
    """Write the workbook, filled with the figures of a date unless it is to be empty."""
    words = text.get(chosen.lang)
    common.check_ending(chosen.out, [".xlsx"], words)
    dataset = None if chosen.empty else common.loaded(chosen)
    if dataset is not None and chosen.as_of is not None:
        with common.refusing():
            select(dataset, as_of=chosen.as_of)
    common.write(chosen.out, intake.template(dataset, chosen.as_of, words))
    return DONE
