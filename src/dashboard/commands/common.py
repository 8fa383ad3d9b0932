"""What the commands share: exit codes, the options of a selection, writing files and JSON."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from dashboard import schema, store, text
from dashboard.dataset import (
    DataError,
    Dataset,
    Selection,
    UnknownChoiceError,
    areas,
    default_folder,
    load,
    scenario,
    select,
)
from dashboard.exhibits import assumption
from dashboard.text import Text

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


def add_data(parser: argparse._ActionsContainer) -> None:
    """The option that names the data folder."""
    words = text.get()
    parser.add_argument("--data", type=Path, metavar="DIR", help=words("cli.folder"))


def add_selection(parser: argparse.ArgumentParser) -> None:
    """The options that choose communes, date and boundaries."""
    words = text.get()
    parser.add_argument("--commune", action="append", default=[], metavar="ID", help=words("cli.commune"))
    parser.add_argument("--region", action="append", default=[], metavar="NAME", help=words("cli.region"))
    parser.add_argument("--as-of", metavar="DATE", help=words("cli.as_of"))
    parser.add_argument(
        "--boundaries", choices=areas.BOUNDARIES, default=areas.BOUNDARIES[0], help=words("cli.boundaries")
    )
    parser.add_argument(
        "--what-if",
        action="append",
        default=[],
        metavar="CHANGE",
        help=words("cli.what_if", kinds=", ".join(scenario.KINDS)),
    )


def add_since(parser: argparse.ArgumentParser) -> None:
    """The option that chooses the earlier date of what changed."""
    parser.add_argument("--since", metavar="DATE", help=text.get()("cli.since"))


def add_language(parser: argparse.ArgumentParser) -> None:
    """The option that chooses the language."""
    words = text.get()
    parser.add_argument("--lang", choices=text.LANGUAGES, default=text.LANGUAGES[0], help=words("cli.lang"))


def shown_place(named: Path | None) -> tuple[Path, Path | None]:
    """The folder that was named, else the one that the server shows, and that of the version before (None =
    there is none); says what is wrong with newer data."""
    if named is not None:
        return named, None
    place = store.default_place()
    lines = [problem.line(text.get()) for problem in place.problems]
    if place.folder is None:
        raise RefusedError(WRONG_DATA, *lines)
    for line in lines:
        print(text.get()("cli.warning", line=line), file=sys.stderr)
    return place.folder, place.earlier


def loaded(chosen: argparse.Namespace) -> Dataset:
    """The data set of `--data`; `RefusedError` with its errors where it is wrong."""
    try:
        return load(*shown_place(chosen.data))
    except DataError as error:
        lines = [problem.line(text.get()) for problem in error.problems]
        raise RefusedError(WRONG_DATA, *lines) from error


def selected(dataset: Dataset, chosen: argparse.Namespace, lang: str = text.LANGUAGES[0]) -> Selection:
    """The selection of the options; `RefusedError` for an unknown commune, date or change that cannot be."""
    try:
        since = getattr(chosen, "since", None)
        regions = [schema.REGION + name for name in chosen.region]
        places = [*chosen.commune, *regions]
        selection = select(dataset, places, chosen.as_of, chosen.boundaries, lang, since=since)
    except UnknownChoiceError as error:
        raise unknown(error) from error
    checked = scenario.read(dataset, selection.as_of, chosen.what_if)
    if checked.refused:
        raise RefusedError(WRONG_USAGE, *(_refused(refusal) for refusal in checked.refused))
    return replace(selection, scenario=checked.scenario)


def _refused(refusal: scenario.Refusal) -> str:
    words = text.get()
    return words("cli.refused", change=refusal.written, reason=assumption.reason(refusal, words))


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


def add_store(parser: argparse._ActionsContainer) -> None:
    """The option that names the store of versions."""
    parser.add_argument("--store", type=Path, metavar="DIR", help=text.get()("cli.store"))


def add_entry(parser: argparse.ArgumentParser) -> None:
    """The options that say who publishes, and why."""
    words = text.get()
    parser.add_argument("--who", default=store.login(), metavar="NAME", help=words("cli.who"))
    parser.add_argument("--why", required=True, metavar="TEXT", help=words("cli.why"))


def chosen_store(chosen: argparse.Namespace) -> store.Store:
    """The store of `--store`, else that of the server."""
    if chosen.store is not None:
        return store.Store(chosen.store, default_folder())
    found = store.default_store()
    if found is None:
        raise RefusedError(WRONG_USAGE, text.get()("cli.no_store"))
    return found


def refusal(error: store.StoreError, words: Text) -> RefusedError:
    """What a store said, with the problems of wrong data a line each."""
    if isinstance(error, store.WrongDataError):
        lines = [problem.line(words) for problem in error.problems]
        return RefusedError(WRONG_DATA, error.sentence(words), *lines)
    code = WRONG_DATA if isinstance(error, store.DamagedVersionError) else WRONG_USAGE
    return RefusedError(code, error.sentence(words))


def print_json(value: Any) -> None:
    """A value as JSON on stdout."""
    print(json.dumps(value, ensure_ascii=False, indent=1))
