"""What the commands share: exit codes, the options of a selection, writing files and JSON."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from dashboard import text
from dashboard.dataset import (
    DataError,
    Dataset,
    Selection,
    UnknownChoiceError,
    areas,
    default_folder,
    load,
    select,
)

DONE, WRONG_DATA, WRONG_USAGE = 0, 1, 2


class RefusedError(Exception):
    """A command cannot go on: what to say, and with which exit code."""

    def __init__(self, code: int, *lines: str) -> None:
        super().__init__(*lines)
        self.code = code
        self.lines = lines

    def said(self) -> int:
        """Say it on stderr and give the exit code."""
        for line in self.lines:
            print(line, file=sys.stderr)
        return self.code


def add_data(parser: argparse.ArgumentParser) -> None:
    """The option that names the data folder."""
    words = text.get()
    parser.add_argument(
        "--data", type=Path, default=default_folder(), metavar="DIR", help=words("cli.folder")
    )


def add_selection(parser: argparse.ArgumentParser) -> None:
    """The options that choose communes, date and boundaries."""
    words = text.get()
    parser.add_argument("--commune", action="append", default=[], metavar="ID", help=words("cli.commune"))
    parser.add_argument("--as-of", metavar="DATE", help=words("cli.as_of"))
    parser.add_argument(
        "--boundaries", choices=areas.BOUNDARIES, default=areas.BOUNDARIES[0], help=words("cli.boundaries")
    )


def add_language(parser: argparse.ArgumentParser) -> None:
    """The option that chooses the language."""
    words = text.get()
    parser.add_argument("--lang", choices=text.LANGUAGES, default=text.LANGUAGES[0], help=words("cli.lang"))


def loaded(chosen: argparse.Namespace) -> Dataset:
    """The data set of `--data`; `RefusedError` with its errors where it is wrong."""
    try:
        return load(chosen.data)
    except DataError as error:
        lines = [problem.line(text.get()) for problem in error.problems]
        raise RefusedError(WRONG_DATA, *lines) from error


def selected(dataset: Dataset, chosen: argparse.Namespace, lang: str = text.LANGUAGES[0]) -> Selection:
    """The selection of the options; `RefusedError` for an unknown commune or date."""
    try:
        return select(dataset, chosen.commune, chosen.as_of, chosen.boundaries, lang)
    except UnknownChoiceError as error:
        raise unknown(error) from error


def unknown(error: UnknownChoiceError) -> RefusedError:
    """The refusal that names the known values."""
    said = text.get()(f"cli.unknown.{error.kind}", value=error.value, known=", ".join(error.known))
    return RefusedError(WRONG_USAGE, said)


def write(file: Path, content: bytes) -> None:
    """Write a file whole or not at all, and say so; `RefusedError` where it cannot be written."""
    words = text.get()
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_bytes(content)
        part.replace(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        said = words("cli.unwritable", folder=str(file), reason=error.strerror)
        raise RefusedError(WRONG_USAGE, said) from error
    print(words("cli.file_written", file=str(file)))


def print_json(value: Any) -> None:
    """A value as JSON on stdout."""
    print(json.dumps(value, ensure_ascii=False, indent=1))
