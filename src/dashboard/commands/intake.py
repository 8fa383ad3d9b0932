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
    data = _content(chosen.file, words)
    place = _place(chosen)
    base = _base(chosen, place, words)
    found = intake.receive(data, chosen.file.name, base, words)
    if isinstance(found, intake.Refused):
        return _refused(found, chosen, words)
    _say(found, words)
    if chosen.dry_run:
        print(words("cli.import_nothing_changed"))
    elif found.cautions and not chosen.yes:
        raise RefusedError(WRONG_DATA, words("cli.import_cautions", n=len(found.cautions)))
    elif place is not None:
        _publish(found, place, base, chosen, words)
    else:
        _replace(found, chosen.data, words)
    return DONE


def _content(file: Path, words: Text) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        said = words("cli.unreadable", file=str(file), reason=error.strerror)
        raise RefusedError(WRONG_USAGE, said) from error


def _place(chosen: argparse.Namespace) -> store.Store | None:
    """The store to publish to; None where a plain folder is named, or nothing is to be changed."""
    if chosen.data is not None or (chosen.dry_run and chosen.store is None):
        return None
    return common.chosen_store(chosen)


def _base(chosen: argparse.Namespace, place: store.Store | None, words: Text) -> Dataset:
    """The data that the file is to change."""
    if place is None:
        return common.loaded(chosen)
    shown = store.shown(place)
    if shown.folder is None:
        raise RefusedError(WRONG_DATA, *(problem.line(words) for problem in shown.problems))
    with common.refusing(words):
        return load(shown.folder)


def _refused(found: intake.Refused, chosen: argparse.Namespace, words: Text) -> int:
    for line in found.lines(words):
        print(line, file=sys.stderr)
    if chosen.marked is not None and (marked := found.marked(words)) is not None:
        common.write(chosen.marked, marked)
    return WRONG_DATA


def _say(found: intake.Preview, words: Text) -> None:
    """What the file changes, in few lines; the rows that are left out are counted."""
    for caution in found.cautions:
        print(words("cli.warning", line=caution.sentence(words)))
    for change in found.changes[:_MOST_ROWS]:
        print(change.line(words))
    if len(found.changes) > _MOST_ROWS:
        print(words("cli.import_more", n=len(found.changes) - _MOST_ROWS))
    for figure in found.figures:
        print(words("intake.cell", column=figure.figure, before=figure.before, after=figure.after))
    print(words("cli.import_changes", n=len(found.changes), figures=len(found.figures)))


def _publish(
    found: intake.Preview, place: store.Store, base: Dataset, chosen: argparse.Namespace, words: Text
) -> None:
    """Make the data the current version of a store."""
    sha256 = hashlib.sha256(_content(chosen.file, words)).hexdigest()
    entry = store.Entry(chosen.who, chosen.why, chosen.file.name, sha256)
    with tempfile.TemporaryDirectory(prefix="dashboard-") as folder:
        found.write(Path(folder))
        with common.refusing(words):
            made = store.publish(place, Path(folder), entry, base.about.version)
    print(words("store.published", id=made.id, version=made.data_version))


def _replace(found: intake.Preview, folder: Path, words: Text) -> None:
    """Write the data over those of a plain folder: each file whole, once all of them are on the disk."""
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".import-") as aside:
            found.write(Path(aside))
            for file in sorted(Path(aside).iterdir()):
                file.replace(folder / file.name)
    except OSError as error:
        said = words("cli.unwritable", folder=str(folder), reason=error.strerror)
        raise RefusedError(WRONG_USAGE, said) from error
    print(words("cli.import_written", folder=str(folder)))
