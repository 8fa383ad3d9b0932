"""`briefing`: the briefing of a selection as slides, report, workbook, or all in one pack."""

from __future__ import annotations

import argparse
from pathlib import Path

from dashboard import schema, text
from dashboard.commands.common import (
    DONE,
    WRONG_USAGE,
    RefusedError,
    add_data,
    add_language,
    add_selection,
    add_since,
    loaded,
    selected,
    unknown,
    write,
)
from dashboard.dataset import Dataset, Selection, UnknownChoiceError, areas, select
from dashboard.outputs import briefing, pack, worker
from dashboard.outputs.briefing import Briefing


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    words = text.get()
    add_data(parser)
    add_selection(parser)
    add_since(parser)
    add_language(parser)
    parser.add_argument("--exhibit", action="append", metavar="ID", help=words("cli.exhibits"))
    parser.add_argument("--full", action="store_true", help=words("cli.full"))
    parser.add_argument("--each-commune", action="store_true", help=words("cli.each_commune"))
    kinds = "|".join(briefing.KINDS)
    parser.add_argument(
        "--out", type=Path, required=True, metavar=f"FILE.{kinds}", help=words("cli.out_file")
    )


def run(chosen: argparse.Namespace) -> int:
    """Write the file, or one for each commune with its name behind that of the file."""
    kind = chosen.out.suffix.removeprefix(".")
    try:
        if kind not in briefing.KINDS:
            known = ", ".join(f".{kind}" for kind in briefing.KINDS)
            raise RefusedError(WRONG_USAGE, text.get()("cli.ending", file=str(chosen.out), known=known))
        dataset = loaded(chosen)
        selection = selected(dataset, chosen, chosen.lang)
        try:
            if chosen.each_commune:
                communes = _communes(dataset, selection)
                if not communes:
                    raise RefusedError(WRONG_USAGE, text.get()("cli.no_commune"))
                for commune in communes:
                    file = chosen.out.with_stem(f"{chosen.out.stem}_{commune}")
                    alone = select(
                        dataset,
                        [commune],
                        selection.as_of or None,
                        selection.boundaries,
                        chosen.lang,
                        since=selection.since,
                        scenario=selection.scenario,
                    )
                    write(file, _made(briefing.brief(dataset, alone, chosen.exhibit, full=chosen.full), kind))
            else:
                write(
                    chosen.out,
                    _made(briefing.brief(dataset, selection, chosen.exhibit, full=chosen.full), kind),
                )
        except UnknownChoiceError as error:
            raise unknown(error) from error
    except RefusedError as refused:
        return refused.said()
    return DONE


def _made(made: Briefing, kind: str) -> bytes:
    """The file; the pack, which takes longest, on two cores."""
    if kind != "zip":
        return pack.make(made, kind)
    workers = worker.Workers(gentle=False)
    try:
        return pack.make(made, kind, workers.run, at_once=worker.WORKERS)
    finally:
        workers.end()


def _communes(dataset: Dataset, selection: Selection) -> list[str]:
    """The chosen communes, or all; the district bodies are none."""
    listed = selection.communes or areas.listed(dataset, selection.as_of, selection.boundaries)
    return [commune for commune in listed if commune != schema.OUTSIDE]
