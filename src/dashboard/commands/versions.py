"""`versions list | diff A B | restore ID | verify FOLDER`: the versions of the store."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from dashboard import store, text
from dashboard.commands import DONE, WRONG_DATA, common
from dashboard.schema import ABOUT_FILE
from dashboard.text import Text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    words = text.get()
    actions = parser.add_subparsers(required=True, metavar="list | diff | restore | verify")
    listing = actions.add_parser("list", help=words("cli.versions_list"))
    listing.set_defaults(act=_list)
    comparing = actions.add_parser("diff", help=words("cli.versions_diff"))
    comparing.set_defaults(act=_diff)
    for name in ("before", "after"):
        comparing.add_argument(name, type=_number, metavar="ID", help=words("cli.version"))
    restoring = actions.add_parser("restore", help=words("cli.versions_restore"))
    restoring.set_defaults(act=_restore)
    restoring.add_argument("number", type=_number, metavar="ID", help=words("cli.version"))
    common.add_entry(restoring)
    verifying = actions.add_parser("verify", help=words("cli.versions_verify"))
    verifying.set_defaults(act=_verify)
    verifying.add_argument("store", type=Path, metavar="FOLDER", help=words("cli.versions_folder"))
    for action in (listing, comparing):
        action.add_argument("--json", action="store_true", help=words("cli.json"))
    for action in (listing, comparing, restoring):
        common.add_store(action)
    for action in (listing, comparing, restoring, verifying):
        common.add_language(action)


def run(chosen: argparse.Namespace) -> int:
    """List, compare or restore."""
    words = text.get(chosen.lang)
    with common.refusing(words):
        code: int = chosen.act(common.chosen_store(chosen), chosen, words)
    return code


def _list(place: store.Store, chosen: argparse.Namespace, words: Text) -> int:
    result, damaged = store.versions(place), store.damaged(place)
    if chosen.json:
        common.print_json(
            {
                "versions": [{"id": version.id, **version.as_json()} for version in result],
                "damaged": [{"id": bad.id, "file": bad.file, "how": bad.how} for bad in damaged],
            }
        )
    elif not result and not damaged:
        print(words("store.empty"))
    else:
        for version in result:
            print(_line(version, version is result[0], words))
    for bad in damaged:
        print(bad.sentence(words), file=sys.stderr)
    return WRONG_DATA if damaged else DONE


def _line(version: store.Version, current: bool, words: Text) -> str:
    entry = version.entry
    details = [words("store.current")] if current else []
    if version.restores is not None:
        details.append(words("store.restores", id=store.version_id(version.restores)))
    if version.based_on is not None:
        details.append(words("store.based_on", id=store.version_id(version.based_on)))
    if entry.file:
        details.append(words("store.from_file", file=entry.file))
    details.append(words("store.data_version", version=version.data_version))
    values = {"id": version.id, "when": version.when_in_words(words), "who": entry.who, "why": entry.why}
    return words("store.line", **values, details=", ".join(details))


def _diff(place: store.Store, chosen: argparse.Namespace, words: Text) -> int:
    result = store.compare(place, chosen.before, chosen.after)
    if chosen.json:
        tables = {
            part.table.name: {
                name: getattr(part, name).to_dict("records") for name in ("new", "missing", "changed")
            }
            for part in result.tables
        }
        about = [{"entry": entry, "before": before, "after": after} for entry, before, after in result.about]
        common.print_json({"about": about, "tables": tables})
        return DONE
    if not result:
        print(words("store.difference.none"))
    for entry, before, after in result.about:
        print(words("store.difference.about", file=ABOUT_FILE, entry=entry, before=before, after=after))
    for part in filter(None, result.tables):
        _print_table(part, words)
    return DONE


def _print_table(part: store.TableDifference, words: Text) -> None:
    counts = {"new": len(part.new), "changed": part.changed_rows, "missing": len(part.missing)}
    print(words("store.difference.table", file=part.table.file, **counts))
    key = list(part.table.key)
    for name in ("new", "missing"):
        for row in getattr(part, name)[key].itertuples(index=False):
            print(words(f"store.difference.{name}", key=", ".join(filter(None, row))))
    for *cells, column, before, after in part.changed.itertuples(index=False):
        values = {"column": column, "before": before, "after": after}
        print(words("store.difference.changed", key=", ".join(filter(None, cells)), **values))


def _restore(place: store.Store, chosen: argparse.Namespace, words: Text) -> int:
    version = store.restore(place, chosen.number, store.Entry(chosen.who, chosen.why))
    print(words("store.restored", old=store.version_id(chosen.number), id=version.id))
    return DONE


def _verify(place: store.Store, _chosen: argparse.Namespace, words: Text) -> int:
    """Whether a backup of a store would do: each version there and whole, the newest one read and checked."""
    whole, damaged = store.versions(place), store.damaged(place)
    for bad in damaged:
        print(bad.sentence(words), file=sys.stderr)
    # No version is ever removed: one that another is based on, and that is not there, was not copied.
    numbers = {version.number for version in whole} | {version.number for version in damaged}
    lost = sorted({version.based_on or version.number for version in whole} - numbers)
    for number in lost:
        print(words("store.lost", id=store.version_id(number)), file=sys.stderr)
    if not whole:
        print(words("store.empty"), file=sys.stderr)
        return WRONG_DATA
    dataset = store.read(place, whole[0].number)
    facts = {"id": whole[0].id, "version": dataset.about.version, "n": len(whole)}
    last = words.date(dataset.dates[-1]) if dataset.dates else "–"
    print(words("store.verified", **facts, date=last))
    return WRONG_DATA if damaged or lost else DONE


def _number(value: str) -> int:
    if value.isascii() and value.isdecimal():
        return int(value)
    raise argparse.ArgumentTypeError(text.get()("cli.version_number", value=value))
