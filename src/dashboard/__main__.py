"""The command line: `python -m dashboard check | figures | picture | briefing | sample | publish | versions |
template | import | serve | users | audit`.

The same figures and files without a browser. Exit code 0 = done, 1 = the data are wrong (errors on stderr,
one a line), 2 = wrong usage.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from dashboard import text
from dashboard.commands import RefusedError

# The commands, each a module of `dashboard.commands`; one has a name that no module can have.
COMMANDS = (
    *("check", "figures", "picture", "briefing", "sample", "publish", "versions", "template", "import"),
    *("serve", "users", "audit"),
)
MODULES = {"import": "intake"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # a Windows console would fail on Vietnamese letters
    given = sys.argv[1:] if arguments is None else list(arguments)
    chosen = _parser(given).parse_args(given)
    try:
        code = _run(chosen)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of the output has seen enough; nothing more can be written there, at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _run(chosen: argparse.Namespace) -> int:
    try:
        code: int = chosen.run(chosen)
    except RefusedError as refused:
        for line in refused.lines:
            print(line, file=sys.stderr)
        return refused.code
    return code


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    """Every command by name; only the one that is asked for is imported, so that `check` needs no charts."""
    words = text.get()
    parser = argparse.ArgumentParser(
        prog="python -m dashboard", description=words("cli.description"), epilog=words("cli.exit_codes")
    )
    commands = parser.add_subparsers(required=True, metavar=" | ".join(COMMANDS))
    for name in COMMANDS:
        own = commands.add_parser(name, help=words(f"cli.{name}"))
        if name in given[:1]:
            command = import_module(f"dashboard.commands.{MODULES.get(name, name)}")
            command.add_arguments(own)
            own.set_defaults(run=command.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
