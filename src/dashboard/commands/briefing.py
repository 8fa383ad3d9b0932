"""`briefing`: the briefing of a selection as slides, report, workbook, or all in one pack."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from dashboard import schema, text
from dashboard.commands import DONE, WRONG_USAGE, RefusedError, common
from dashboard.dataset import Dataset, Selection, areas
from dashboard.outputs import briefing, pack, worker
from dashboard.outputs.briefing import Briefing


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    words = text.get()
    common.add_data(parser)
    common.add_selection(parser)
    parser.add_argument("--exhibit", action="append", metavar="ID", help=words("cli.exhibits"))
    parser.add_argument("--full", action="store_true", help=words("cli.full"))
    parser.add_argument("--each-commune", action="store_true", help=words("cli.each_commune"))
    kinds = "|".join(briefing.KINDS)
    parser.add_argument(
        "--out", type=Path, required=True, metavar=f"FILE.{kinds}", help=words("cli.out_file")
    )


def run(chosen: argparse.Namespace) -> int:
    """Write the file, or one for each commune with its name behind that of the file."""
    common.check_ending(chosen.out, [f".{kind}" for kind in briefing.KINDS], text.get())
    dataset = common.page_data(chosen)
    selections = {chosen.out: common.selected(dataset, chosen)}
    if chosen.each_commune:
        selections = _of_each_commune(dataset, chosen.out, selections[chosen.out])
    with common.refusing():
        for file, selection in selections.items():
            brief = briefing.brief(dataset, selection, chosen.exhibit, full=chosen.full)
            common.write(file, _content(brief, chosen.out.suffix.removeprefix(".")))
    return DONE


def _content(brief: Briefing, kind: str) -> bytes:
    """The file; the pack, which takes longest, on two cores."""
    if kind != "zip":
        return pack.make(brief, kind)
    workers = worker.Workers(low_priority=False)
    try:
        return pack.make(brief, kind, workers.run, threads=worker.WORKERS)
    finally:
        workers.end()


def _of_each_commune(dataset: Dataset, file: Path, selection: Selection) -> dict[Path, Selection]:
    """A file for each of the chosen communes, or for all; the district bodies are none."""
    listed = selection.communes or areas.listed(dataset, selection.as_of, selection.boundaries)
    communes = [commune for commune in listed if commune != schema.OUTSIDE]
    if not communes:
        raise RefusedError(WRONG_USAGE, text.get()("cli.no_commune"))
    return {
        file.with_stem(f"{file.stem}_{commune}"): replace(selection, communes=(commune,))
        for commune in communes
    }
