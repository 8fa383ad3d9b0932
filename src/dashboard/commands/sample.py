"""`sample`: writes an invented data set."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from dashboard import schema, text
from dashboard.commands import DONE, WRONG_USAGE, RefusedError
from dashboard.dataset import check, sample


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    words = text.get()
    parser.add_argument(
        "--as", dest="shape", choices=[*sample.SHAPES], default="district", help=words("cli.as")
    )
    parser.add_argument("--villages", type=_at_least(1), metavar="N", help=words("cli.villages"))
    parser.add_argument("--seed", type=_at_least(0), default=sample.SEED, metavar="S", help=words("cli.seed"))
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help=words("cli.out"))


def run(chosen: argparse.Namespace) -> int:
    """Write the data set; never over another file or over real data."""
    words = text.get()
    own_files = {*schema.FILES, "README.md"}
    villages = chosen.villages or sample.SHAPES[chosen.shape].villages
    try:
        if chosen.out.exists() and {file.name for file in chosen.out.iterdir()} - own_files:
            raise RefusedError(WRONG_USAGE, words("cli.not_empty", folder=str(chosen.out)))
        if not _replaceable(chosen.out):
            raise RefusedError(WRONG_USAGE, words("cli.not_a_sample", folder=str(chosen.out)))
        sample.write(chosen.out, villages, chosen.seed, chosen.shape)
    except OSError as error:
        message = words("cli.unwritable", folder=str(chosen.out), reason=error.strerror)
        raise RefusedError(WRONG_USAGE, message) from error
    print(words("cli.written", villages=villages, folder=str(chosen.out)))
    return DONE


def _replaceable(folder: Path) -> bool:
    """Whether a folder holds no data set, or a sample: real data are never overwritten with invented ones."""
    if not (folder / schema.ABOUT_FILE).exists():
        return not any((folder / table.file).exists() for table in schema.TABLES)
    dataset = check(folder).dataset
    return dataset is not None and dataset.about.sample


def _at_least(least: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if value.isdecimal() and int(value) >= least:
            return int(value)
        raise argparse.ArgumentTypeError(text.get()("cli.whole_number", value=value, least=least))

    return read
