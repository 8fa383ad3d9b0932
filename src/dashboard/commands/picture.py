"""`picture EXHIBIT…`: exhibits as pictures."""

from __future__ import annotations

import argparse
from pathlib import Path

from dashboard import exhibits, text
from dashboard.commands import DONE, WRONG_USAGE, RefusedError, common
from dashboard.exhibits import Exhibit
from dashboard.outputs import pictures

ENDINGS = (".png", ".svg")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    words = text.get()
    parser.add_argument("exhibit", nargs="+", metavar="EXHIBIT", help=words("cli.exhibit"))
    common.add_data(parser)
    common.add_selection(parser)
    shapes = tuple(pictures.SHAPES)
    parser.add_argument("--shape", choices=shapes, default=shapes[0], help=words("cli.shape"))
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.png|svg", help=words("cli.out_file"))


def run(chosen: argparse.Namespace) -> int:
    """Draw the exhibits; of several each gets its own name behind that of the file."""
    common.check_ending(chosen.out, ENDINGS, text.get())
    dataset = common.page_data(chosen)
    selection = common.selected(dataset, chosen)
    with common.refusing():
        results = exhibits.build(dataset, selection, chosen.exhibit)
    if not results:
        raise RefusedError(WRONG_USAGE, text.get()("cli.nothing_to_draw"))
    for number, exhibit in enumerate(results, 1):
        name = f"{chosen.out.stem}_{number:02d}_{exhibit.stem}{chosen.out.suffix}"
        file = chosen.out if len(results) == 1 else chosen.out.with_name(name)
        common.write(file, _content(exhibit, chosen.shape, file.suffix))
    return DONE


def _content(exhibit: Exhibit, shape: str, ending: str) -> bytes:
    if ending == ".svg":
        return pictures.picture_svg(exhibit, shape).encode()
    return pictures.picture_png(exhibit, shape)
