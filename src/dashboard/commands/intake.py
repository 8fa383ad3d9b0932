"""`import FILE…`: takes the figures of clerks' files as one, or says what is wrong with them."""

from __future__ import annotations

import argparse
import sys
import tempfile
from functools import partial
from itertools import groupby
from pathlib import Path

from dashboard import intake, store, text
from dashboard.commands import DONE, WRONG_DATA, WRONG_USAGE, RefusedError, common
from dashboard.dataset import Dataset, collecting, load, texts
from dashboard.text import Text

_MOST_ROWS = 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    words = text.get()
    parser.add_argument("files", type=Path, nargs="*", metavar="FILE", help=words("cli.import_file"))
    group = parser.add_mutually_exclusive_group()
    common.add_data(group)
    common.add_store(group)
    parser.add_argument("--dry-run", action="store_true", help=words("cli.import_dry_run"))
    parser.add_argument("--yes", action="store_true", help=words("cli.import_yes"))
    parser.add_argument("--conflicts", choices=("file", "current"), help=words("cli.import_conflicts"))
    parser.add_argument("--complete", action="store_true", help=words("cli.import_complete"))
    parser.add_argument("--marked", type=Path, metavar="FILE.xlsx", help=words("cli.import_marked"))
    parser.add_argument("--who", default=store.login(), metavar="NAME", help=words("cli.who"))
    parser.add_argument("--why", default="", metavar="TEXT", help=words("cli.why"))
    common.add_language(parser)


def run(chosen: argparse.Namespace) -> int:
    """Read the files, say what they would change together, and publish it unless it is a dry run."""
    words = text.get(chosen.lang)
    files = [_read(file, words) for file in chosen.files]
    # A plain folder is named, or nothing is to be changed: no store.
    plain = chosen.data is not None or (chosen.dry_run and chosen.store is None)
    place = None if plain else common.chosen_store(chosen)
    base = common.loaded(chosen) if place is None else _current(place, words)
    history = store.default_store() if place is None and chosen.data is None else place
    refused, result = _received(files, base, history, chosen, words)
    if chosen.marked is not None and max(len(files), len(refused)) > 1:
        raise RefusedError(WRONG_USAGE, words("cli.import_marked_one"))
    for name, wrong in refused:
        for line in wrong.lines(words):
            print(line if [name] == [file for file, _ in files] else f"{name}: {line}", file=sys.stderr)
        if chosen.marked is not None and (marked := wrong.marked(words)) is not None:
            common.write(chosen.marked, marked)
    if result is None:
        return WRONG_DATA
    _print(result, history, words)
    if chosen.dry_run:
        print(words("cli.import_nothing_changed"))
    elif result.cautions and not chosen.yes:
        raise RefusedError(WRONG_DATA, words("cli.import_cautions", n=len(result.cautions)))
    elif place is None:
        _replace(result, chosen.data, words)
    else:
        entry = store.Entry(chosen.who, chosen.why, *intake.source(files))
        with tempfile.TemporaryDirectory(prefix="dashboard-") as folder, common.refusing(words):
            result.write(Path(folder))
            version = store.publish(place, Path(folder), entry, base.about.version)
        print(words("store.published", id=version.id, version=version.data_version))
    return DONE


def _received(
    files: list[intake.File],
    base: Dataset,
    history: store.Store | None,
    chosen: argparse.Namespace,
    words: Text,
) -> tuple[list[tuple[str, intake.Refused]], intake.Preview | None]:
    """What `intake.receive_all` makes of the files, with the choice in every conflict, and the word that
    these are all."""
    if not files and not (chosen.complete and base.about.collecting):
        key = "cli.import_nothing_collected" if chosen.complete else "cli.import_no_file"
        raise RefusedError(WRONG_USAGE, words(key))
    if not files:
        return [], intake.complete(base)
    versions = None if history is None else partial(store.of_version, history)
    taken: dict[intake.Key, bool] = {}
    refused, result = intake.receive_all(files, base, words, versions)
    while chosen.conflicts and result and result.open:
        taken |= {conflict.key: chosen.conflicts == "file" for conflict in result.open}
        refused, result = intake.receive_all(files, base, words, versions, taken)
    return refused, result.completed if result and chosen.complete else result


def _read(file: Path, words: Text) -> intake.File:
    try:
        return file.name, file.read_bytes()
    except OSError as error:
        message = words("cli.unreadable", file=str(file), reason=error.strerror)
        raise RefusedError(WRONG_USAGE, message) from error


def _current(place: store.Store, words: Text) -> Dataset:
    """The data of a store that the file is to change."""
    current = store.shown(place)
    if current.folder is None:
        raise RefusedError(WRONG_DATA, *(problem.line(words) for problem in current.problems))
    with common.refusing(words):
        return load(current.folder)


def _print(preview: intake.Preview, history: store.Store | None, words: Text) -> None:
    """What the file changes, in few lines; the rows that are left out are counted. `RefusedError` with the
    conflicts in which nothing is chosen."""
    for version in store.since(history, preview.older) if history else ():
        print(words("cli.import_older", version=version.in_words(words)))
    for caution in preview.cautions:
        print(words("cli.warning", line=caution.sentence(words)))
    for note in preview.notes:
        print(note.line(words))
    for area, changes in groupby(preview.changes[:_MOST_ROWS], lambda change: change.area):
        if area:
            print(f"{area}:")
        for change in changes:
            print(change.line(words))
    if len(preview.changes) > _MOST_ROWS:
        print(words("cli.import_more", n=len(preview.changes) - _MOST_ROWS))
    for figure in preview.figures:
        print(words("intake.cell", column=figure.figure, before=figure.before, after=figure.after))
    summary = words("cli.import_changes", n=len(preview.changes), figures=len(preview.figures))
    missing = collecting.progress_sentence(preview.dataset, texts(preview.dataset)[words.lang])
    print("\n".join(filter(None, (missing, summary))))
    if preview.open:
        lines = (conflict.line(words) for conflict in preview.open)
        options = {"take": "--conflicts file", "keep": "--conflicts current"}
        raise RefusedError(WRONG_DATA, *lines, words("cli.import_open", n=len(preview.open), **options))


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
