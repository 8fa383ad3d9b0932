"""`publish DIR --why …`: makes the data of a folder the current version of the store."""

from __future__ import annotations

import argparse
from pathlib import Path

from dashboard import store, text
from dashboard.commands import DONE, common


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    words = text.get()
    parser.add_argument("folder", type=Path, metavar="DIR", help=words("cli.publish_folder"))
    parser.add_argument("--base", metavar="VERSION", help=words("cli.base"))
    common.add_entry(parser)
    common.add_store(parser)
    common.add_language(parser)


def run(chosen: argparse.Namespace) -> int:
    """Publish, and say which version it became."""
    words = text.get(chosen.lang)
    place = common.chosen_store(chosen)
    entry = store.Entry(chosen.who, chosen.why)
    with common.refusing(words):
        version = store.publish(place, chosen.folder, entry, chosen.base or store.base(place))
    print(words("store.published", id=version.id, version=version.data_version))
    return DONE
