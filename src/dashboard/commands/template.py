"""`template --out FILE.xlsx`: the workbook that a clerk fills."""

from __future__ import annotations

import argparse
from pathlib import Path

from dashboard import intake, text
from dashboard.commands.common import (
    DONE,
    WRONG_USAGE,
    RefusedError,
    add_data,
    add_language,
    loaded,
    unknown,
    write,
)
from dashboard.dataset import UnknownChoiceError, select


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    words = text.get()
    add_data(parser)
    parser.add_argument("--as-of", metavar="DATE", help=words("cli.template_as_of"))
    parser.add_argument("--empty", action="store_true", help=words("cli.template_empty"))
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.xlsx", help=words("cli.out_file"))
    add_language(parser)


def run(chosen: argparse.Namespace) -> int:
    """Write the workbook, filled with the figures of a date unless it is to be empty."""
    words = text.get(chosen.lang)
    try:
        if chosen.out.suffix != ".xlsx":
            raise RefusedError(WRONG_USAGE, words("cli.ending", file=str(chosen.out), known=".xlsx"))
        dataset = None if chosen.empty else loaded(chosen)
        if dataset is not None and chosen.as_of is not None:
            try:
                select(dataset, as_of=chosen.as_of)
            except UnknownChoiceError as error:
                raise unknown(error) from error
        write(chosen.out, intake.template(dataset, chosen.as_of, words))
    except RefusedError as refused:
        return refused.said()
    return DONE
