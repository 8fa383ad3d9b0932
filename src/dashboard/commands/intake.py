"""`import FILE`: takes the figures of a clerk's file, or says what is wrong with it."""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
from pathlib import Path

from dashboard import intake, store, text
from dashboard.commands import DONE, WRONG_DATA, WRONG_USAGE, RefusedError, common
from dashboard.dataset import Dataset, load
from dashboard.text import Text

_MOST_ROWS = 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    words = text.get()
    parser.add_argument("file", type=Path, metavar="FILE", help=words("cli.import_file"))
    where = parser.add_mutually_exclusive_group()
    common.add_data(where)
    common.add_store(where)
    parser.add_argument("--dry-run", action="store_true", help=words("cli.import_dry_run"))
    parser.add_argument("--yes", action="store_true", help=words("cli.import_yes"))
    parser.add_argument("--marked", type=Path, metavar="FILE.xlsx", help=words("cli.import_marked"))
    parser.add_argument("--who", default=store.login(), metavar="NAME", help=words("cli.who"))
    parser.add_argument("--why", default="", metavar="TEXT", help=words("cli.why"))
    common.add_language(parser)


def run(chosen: argparse.Namespace) -> int:
    """Read the file, say what it would change, and publish it unless it is a dry run."""
    words = text.get(chosen.lang)
    try:
        data = chosen.file.read_bytes()
    except OSError as error:
        message = words("cli.unreadable", file=str(chosen.file), reason=error.strerror)
        raise RefusedError(WRONG_USAGE, message) from error
    # A plain folder is named, or nothing is to be changed: no store.
    plain = chosen.data is not None or (chosen.dry_run and chosen.store is None)
    place = None if plain else common.chosen_store(chosen)
    base = common.loaded(chosen) if place is None else _current(place, words)
    result = intake.receive(data, chosen.file.name, base, words)
    if isinstance(result, intake.Refused):
        for line in result.lines(words):
            print(line, file=sys.stderr)
        if chosen.marked is not None and (marked := result.marked(words)) is not None:
            common.write(chosen.marked, marked)
        return WRONG_DATA
    _print(result, words)
    if chosen.dry_run:
        print(words("cli.import_nothing_changed"))
    elif result.cautions and not chosen.yes:
        raise RefusedError(WRONG_DATA, words("cli.import_cautions", n=len(result.cautions)))
    elif place is None:
        _replace(result, chosen.data, words)
    else:
        entry = store.Entry(chosen.who, chosen.why, chosen.file.name, hashlib.sha256(data).hexdigest())
        with tempfile.TemporaryDirectory(prefix="dashboard-") as folder, common.refusing(words):
            result.write(Path(folder))
            version = store.publish(place, Path(folder), entry, base.about.version)
        print(words("store.published", id=version.id, version=version.data_version))
    return DONE


def _current(place: store.Store, words: Text) -> Dataset:
    """The data of a store that the file is to change."""
    shown = store.shown(place)
    if shown.folder is None:
        raise RefusedError(WRONG_DATA, *(problem.line(words) for problem in shown.problems))
    with common.refusing(words):
        return load(shown.folder)


def _print(preview: intake.Preview, words: Text) -> None:
    """What the file changes, in few lines; the rows that are left out are counted."""
    for caution in preview.cautions:
        print(words("cli.warning", line=caution.sentence(words)))
    for change in preview.changes[:_MOST_ROWS]:
        print(change.line(words))
    if len(preview.changes) > _MOST_ROWS:
        print(words("cli.import_more", n=len(preview.changes) - _MOST_ROWS))
    for figure in preview.figures:
        print(words("intake.cell", column=figure.figure, before=figure.before, after=figure.after))
    print(words("cli.import_changes", n=len(preview.changes), figures=len(preview.figures)))


def _replace(preview: intake.Preview, folder: Path, words: Text) -> None:
    """Write the data over those of a plain folder: each file whole, once all of them are on the disk."""
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".import-") as aside:
            preview.write(Path(aside))
            for file in sorted(Path(aside).iterdir()):
                file.replace(folder / file.name)
    except OSError as error:
        message = words("cli.unwritable", folder=str(folder), reason=error.strerror)
        raise RefusedError(WRONG_USAGE, message) from error
    print(words("cli.import_written", folder=str(folder)))
