"""What the commands share: the options of a selection, writing files and JSON, refusals."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from dashboard import registry, store, text
from dashboard.commands import WRONG_DATA, WRONG_USAGE, RefusedError
from dashboard.dataset import (
    DataError,
    Dataset,
    Selection,
    UnknownChoiceError,
    by_village,
    default_folder,
    load,
    scenario,
    select,
)
from dashboard.exhibits import assumption
from dashboard.registry import Parameter
from dashboard.settings import Settings, SettingsError, current
from dashboard.text import Text


def add_data(parser: argparse._ActionsContainer) -> None:
    """The option that names the data folder."""
    words = text.get()
    parser.add_argument("--data", type=Path, metavar="DIR", help=words("cli.folder"))


def add_selection(parser: argparse.ArgumentParser, without: Container[Parameter] = ()) -> None:
    """The options of every parameter of the selection that the command line knows."""
    for parameter in registry.PARAMETERS:
        if parameter not in without:
            add_parameter(parser, parameter)


def add_parameter(parser: argparse.ArgumentParser, parameter: Parameter) -> None:
    """The options of one parameter, kept under its field of the selection."""
    for flag in parameter.flags:
        shape: dict[str, Any] = {"metavar": flag.metavar, "type": flag.prefix.__add__}
        if flag.choices:
            shape = {"choices": flag.choices, "default": flag.choices[0]}
        elif parameter.many:
            shape |= {"action": "append", "default": []}
        help_text = text.get()(flag.help, kinds=", ".join(scenario.KINDS))
        parser.add_argument(flag.name, dest=parameter.field, help=help_text, **shape)


def add_language(parser: argparse.ArgumentParser) -> None:
    """The option that chooses the language."""
    add_parameter(parser, registry.LANG)


def shown_place(folder: Path | None) -> tuple[Path, Path | None]:
    """The folder that was named, else the one that the server shows, and that of the version before (None =
    there is none); says what is wrong with newer data."""
    if folder is not None:
        return folder, None
    place = store.default_place()
    lines = [problem.line(text.get()) for problem in place.problems]
    if place.folder is None:
        raise RefusedError(WRONG_DATA, *lines)
    for line in lines:
        print(text.get()("cli.warning", line=line), file=sys.stderr)
    return place.folder, place.earlier


def loaded(chosen: argparse.Namespace) -> Dataset:
    """The data set of `--data`; `RefusedError` with its errors where it is wrong."""
    with refusing():
        return load(*shown_place(chosen.data))


def page_data(chosen: argparse.Namespace) -> Dataset:
    """The same as pages show it: of one commune by its villages."""
    return by_village(loaded(chosen))


def selected(dataset: Dataset, chosen: argparse.Namespace) -> Selection:
    """The selection of the options; `RefusedError` for an unknown commune, date or change that cannot be."""
    fields = {parameter.field for parameter in registry.PARAMETERS if parameter.flags} - {
        registry.SCENARIO.field
    }
    with refusing():
        selection = select(dataset, **{name: value for name, value in vars(chosen).items() if name in fields})
    checked = scenario.read(dataset, selection.as_of, chosen.scenario)
    if checked.refused:
        raise RefusedError(WRONG_USAGE, *(_refused(refusal) for refusal in checked.refused))
    return replace(selection, scenario=checked.scenario)


def _refused(refusal: scenario.Refusal) -> str:
    words = text.get()
    return words("cli.refused", change=refusal.written, reason=assumption.reason(refusal, words))


@contextmanager
def refusing(words: Text | None = None) -> Iterator[None]:
    """What the data or a store refuse meanwhile is what the command refuses."""
    words = words or text.get()
    try:
        yield
    except UnknownChoiceError as error:
        choices = ", ".join(error.known)
        message = text.get()(f"cli.unknown.{error.kind}", value=error.value, known=choices)
        raise RefusedError(WRONG_USAGE, message) from error
    except DataError as error:
        raise RefusedError(WRONG_DATA, *(problem.line(words) for problem in error.problems)) from error
    except store.WrongDataError as error:
        lines = [problem.line(words) for problem in error.problems]
        raise RefusedError(WRONG_DATA, error.sentence(words), *lines) from error
    except store.StoreError as error:
        code = WRONG_DATA if isinstance(error, store.DamagedVersionError) else WRONG_USAGE
        raise RefusedError(code, error.sentence(words)) from error


def check_ending(file: Path, endings: Iterable[str], words: Text) -> None:
    """`RefusedError` for a file that does not end as one of these."""
    if file.suffix not in endings:
        raise RefusedError(WRONG_USAGE, words("cli.ending", file=str(file), known=", ".join(endings)))


def write(file: Path, content: bytes) -> None:
    """Write a file whole or not at all, and say so; `RefusedError` where it cannot be written."""
    words = text.get()
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_bytes(content)
        part.replace(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        message = words("cli.unwritable", folder=str(file), reason=error.strerror)
        raise RefusedError(WRONG_USAGE, message) from error
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
    place = store.default_store()
    if place is None:
        raise RefusedError(WRONG_USAGE, text.get()("cli.no_store"))
    return place


def server_settings(file: Path | None, words: Text) -> Settings:
    """The settings of the server; with the file that was named also for all that reads them later."""
    if file is not None:
        os.environ["DASHBOARD_SETTINGS"] = str(file)
    try:
        return current()
    except SettingsError as error:
        raise RefusedError(WRONG_USAGE, words(f"settings.{error.key}", **error.values)) from error


def print_json(value: Any) -> None:
    """A value as JSON on stdout."""
    print(json.dumps(value, ensure_ascii=False, indent=1))
