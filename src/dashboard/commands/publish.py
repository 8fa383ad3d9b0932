"""`publish DIR --why …`: makes the data of a folder the current version of the store."""

from __future__ import annotations

import argparse
from pathlib import Path

from dashboard import store, text
from dashboard.commands.common import (
    DONE,
    RefusedError,
    add_entry,
    add_language,
    add_store,
    chosen_store,
    refusal,
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    words = text.get()
    parser.add_argument("folder", type=Path, metavar="DIR", help=words("cli.publish_folder"))
    parser.add_argument("--base", metavar="VERSION", help=words("cli.base"))
    add_entry(parser)
    add_store(parser)
    add_language(parser)


def run(chosen: argparse.Namespace) -> int:
    """Publish, and say which version it became."""
    words = text.get(chosen.lang)
    try:
        place = chosen_store(chosen)
        entry = store.Entry(chosen.who, chosen.why)
        try:
            made = store.publish(place, chosen.folder, entry, chosen.base or store.base(place))
        except store.StoreError as error:
            raise refusal(error, words) from error
    except RefusedError as refused:
        return refused.said()
    print(words("store.published", id=made.id, version=made.data_version))
    return DONE
