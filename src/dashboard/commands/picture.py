"""`picture EXHIBIT…`: exhibits as pictures."""

from __future__ import annotations

import argparse
from pathlib import Path

from dashboard import exhibits, text
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
from dashboard.dataset import UnknownChoiceError
from dashboard.exhibits import Exhibit
from dashboard.outputs import pictures
from dashboard.text import Text

ENDINGS = (".png", ".svg")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    words = text.get()
    parser.add_argument("exhibit", nargs="+", metavar="EXHIBIT", help=words("cli.exhibit"))
    add_data(parser)
    add_selection(parser)
    add_since(parser)
    add_language(parser)
    shapes = tuple(pictures.SHAPES)
    parser.add_argument("--shape", choices=shapes, default=shapes[0], help=words("cli.shape"))
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.png|svg", help=words("cli.out_file"))


def run(chosen: argparse.Namespace) -> int:
    """Draw the exhibits; of several each gets its own name behind that of the file."""
    words = text.get(chosen.lang)
    try:
        if chosen.out.suffix not in ENDINGS:
            said = text.get()("cli.ending", file=str(chosen.out), known=", ".join(ENDINGS))
            raise RefusedError(WRONG_USAGE, said)
        dataset = loaded(chosen)
        selection = selected(dataset, chosen, chosen.lang)
        try:
            found = exhibits.build(dataset, selection, chosen.exhibit)
        except UnknownChoiceError as error:
            raise unknown(error) from error
        if not found:
            raise RefusedError(WRONG_USAGE, text.get()("cli.nothing_to_draw"))
        for number, exhibit in enumerate(found, 1):
            name = f"{chosen.out.stem}_{number:02d}_{exhibit.stem}{chosen.out.suffix}"
            file = chosen.out if len(found) == 1 else chosen.out.with_name(name)
            write(file, _drawn(exhibit, words, chosen.shape, file.suffix))
    except RefusedError as refused:
        return refused.said()
    return DONE


def _drawn(exhibit: Exhibit, words: Text, shape: str, ending: str) -> bytes:
    if ending == ".svg":
        return pictures.svg(exhibit, words, shape).encode()
    return pictures.picture_png(exhibit, words, shape)
