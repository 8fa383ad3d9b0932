"""`audit`: the lines of the audit log that are asked for, as they are there or as CSV."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

import pandas as pd

from dashboard import text
from dashboard.access import audit
from dashboard.commands import DONE, WRONG_USAGE, RefusedError, common
from dashboard.dataset.read import cells
from dashboard.exhibits import Table
from dashboard.outputs import workbook
from dashboard.text import Text

_COLUMNS = ("time", "event", "who", "address")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    words = text.get()
    parser.add_argument("--event", choices=get_args(audit.Event), help=words("cli.audit_event"))
    parser.add_argument("--who", metavar="NAME", help=words("cli.audit_who"))
    for name in ("since", "until"):
        parser.add_argument(f"--{name}", type=_date, metavar="DATE", help=words(f"cli.audit_{name}"))
    parser.add_argument("--out", type=Path, metavar="FILE.csv", help=words("cli.audit_out"))
    parser.add_argument("--settings", type=Path, metavar="FILE", help=words("access.users.settings"))
    common.add_language(parser)


def run(chosen: argparse.Namespace) -> int:
    """Print the lines, or write them to a file."""
    words = text.get(chosen.lang)
    if chosen.out is not None:
        common.check_ending(chosen.out, [".csv"], words)
    lines = [line for line in _lines(chosen.settings, words) if _is_asked_for(line, chosen)]
    if chosen.out is None:
        for line in lines:
            print(json.dumps(line, ensure_ascii=False))
    else:
        common.write(chosen.out, workbook.as_csv(Table(_frame(lines, words)), words))
    return DONE


def _lines(file: Path | None, words: Text) -> list[dict[str, Any]]:
    folder = common.server_settings(file, words).state
    if folder is None:
        raise RefusedError(WRONG_USAGE, words("cli.audit_off"))
    try:
        lines, torn = audit.read(folder)
    except OSError as error:
        message = words(
            "cli.unreadable", file=str(error.filename or folder), reason=error.strerror or str(error)
        )
        raise RefusedError(WRONG_USAGE, message) from error
    if torn:
        print(words("cli.audit_torn", n=torn), file=sys.stderr)
    return lines


def _is_asked_for(line: dict[str, Any], chosen: argparse.Namespace) -> bool:
    """Dates are those of this computer's clock, the log has them in UTC."""
    day = datetime.fromisoformat(str(line["time"])).astimezone().date().isoformat()
    return (
        chosen.event in (None, line["event"])
        and chosen.who in (None, line["who"])
        and (chosen.since or day) <= day <= (chosen.until or day)
    )


def _frame(lines: list[dict[str, Any]], words: Text) -> pd.DataFrame:
    """One row per line; what only some events have is in one column."""
    rows = [
        [
            *(str(line.get(name, "")) for name in _COLUMNS),
            "; ".join(f"{name}={value}" for name, value in line.items() if name not in _COLUMNS),
        ]
        for line in lines
    ]
    return pd.DataFrame(rows, columns=[words(f"cli.audit_column.{name}") for name in (*_COLUMNS, "facts")])


def _date(value: str) -> str:
    try:
        return cells.iso_date(value)
    except cells.CellError:
        raise argparse.ArgumentTypeError(text.get()("cli.audit_date", value=value)) from None
