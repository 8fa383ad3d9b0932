"""`figures`: every number of the screen."""

from __future__ import annotations

import argparse
from typing import Any

from dashboard import measures, text
from dashboard.commands import DONE, common
from dashboard.registry import LANG, SINCE


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    common.add_data(parser)
    common.add_selection(parser, without=(SINCE, LANG))
    parser.add_argument("--json", action="store_true", help=text.get()("cli.json"))


def run(chosen: argparse.Namespace) -> int:
    """Print the figures of a selection."""
    dataset = common.page_data(chosen)
    result = measures.figures(dataset, common.selected(dataset, chosen))
    if chosen.json:
        common.print_json(result)
    else:
        for name, value in _flat(result):
            print(f"{name}: {'' if value is None else value}")
    return DONE


def _flat(value: Any, name: str = "") -> list[tuple[str, Any]]:
    if isinstance(value, dict):
        return [
            pair for key, inner in value.items() for pair in _flat(inner, f"{name}.{key}" if name else key)
        ]
    if isinstance(value, list):
        return [pair for i, inner in enumerate(value) for pair in _flat(inner, f"{name}[{i}]")]
    return [(name, value)]
