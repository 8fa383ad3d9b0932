"""`template --out FILE.xlsx|FILE.zip`: the workbook that a clerk fills, or one per commune."""

from __future__ import annotations

import argparse
from pathlib import Path

from dashboard import intake, text
from dashboard.commands import DONE, WRONG_USAGE, RefusedError, common
from dashboard.dataset import Dataset, UnknownChoiceError, areas, select
from dashboard.dataset.read import cells


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    words = text.get()
    common.add_data(parser)
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--as-of", metavar="DATE", help=words("cli.template_as_of"))
    group.add_argument("--next", dest="following", metavar="DATE", help=words("cli.template_next"))
    parser.add_argument(
        "--commune", dest="communes", action="append", default=[], metavar="ID", help=words("cli.commune")
    )
    group.add_argument("--empty", action="store_true", help=words("cli.template_empty"))
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=words("cli.out_file"))
    common.add_language(parser)


def run(chosen: argparse.Namespace) -> int:
    """Write the workbook, or a ZIP of those of the communes, filled with the figures of a date unless it is
    to be empty."""
    words = text.get(chosen.lang)
    # The blank one is of no data, and so of no communes.
    common.check_ending(chosen.out, [".xlsx"] if chosen.empty else [".xlsx", ".zip"], words)
    dataset = None if chosen.empty else common.loaded(chosen)
    day = chosen.as_of
    if dataset is not None:
        with common.refusing():
            if chosen.following is None:
                select(dataset, chosen.communes, day or max(dataset.dates, default=None))
            else:
                day = _following(dataset, chosen, words)
    following = chosen.following is not None
    if dataset is not None and chosen.out.suffix == ".zip":
        content = intake.templates(dataset, day, words, chosen.communes, following=following)
    else:
        content = intake.template(dataset, day, words, chosen.communes, following=following)
    common.write(chosen.out, content)
    return DONE


def _following(dataset: Dataset, chosen: argparse.Namespace, words: text.Text) -> str:
    """The date of the next period as ISO text; it must have the communes of the command."""
    try:
        day = cells.iso_date(chosen.following)
    except cells.CellError:
        day = ""
    # The date that is being collected may be asked for again.
    if not dataset.dates or day <= dataset.default_date:
        last = words.date(dataset.default_date) if dataset.dates else words("common.no_data")
        raise RefusedError(WRONG_USAGE, words("cli.template_not_next", value=chosen.following, last=last))
    choices = areas.choices(dataset, day, areas.BOUNDARIES[0])
    if unknown := sorted({*chosen.communes} - {*choices}):
        raise UnknownChoiceError("commune", unknown[0], choices)
    return day
