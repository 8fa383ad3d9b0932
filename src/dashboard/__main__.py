"""The command line: `python -m dashboard check | figures | sample`, the same figures without a browser.

Exit code 0 = done, 1 = the data are wrong (errors on stderr, one a line), 2 = wrong usage.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from dashboard import measures, schema, text
from dashboard.dataset import (
    DataError,
    UnknownChoiceError,
    areas,
    check,
    default_folder,
    load,
    sample,
    select,
)

DONE, WRONG_DATA, WRONG_USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # a Windows console would fail on Vietnamese letters
    chosen = _parser().parse_args(arguments)
    try:
        code: int = chosen.run(chosen)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output has seen enough; nothing more can be written there, at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    return code


def _check(chosen: argparse.Namespace) -> int:
    words = text.get(chosen.lang)
    report = check(chosen.folder)
    code = WRONG_DATA if report.errors else DONE
    if chosen.json:
        _print_json(
            {
                "version": report.dataset.about.version if report.dataset else None,
                "errors": [problem.as_json(words) for problem in report.errors],
                "warnings": [problem.as_json(words) for problem in report.warnings],
            }
        )
        return code
    for problem in report.warnings:
        print(words("cli.warning", line=problem.line(words)))
    print(
        words(
            "cli.checked", folder=str(chosen.folder), errors=len(report.errors), warnings=len(report.warnings)
        )
    )
    for problem in report.errors:
        print(problem.line(words), file=sys.stderr)
    return code


def _figures(chosen: argparse.Namespace) -> int:
    try:
        dataset = load(chosen.data)
    except DataError as error:
        for problem in error.problems:
            print(problem.line(text.get()), file=sys.stderr)
        return WRONG_DATA
    try:
        selection = select(dataset, chosen.commune, chosen.as_of, chosen.boundaries)
    except UnknownChoiceError as error:
        print(
            text.get()(f"cli.unknown.{error.kind}", value=error.value, known=", ".join(error.known)),
            file=sys.stderr,
        )
        return WRONG_USAGE
    found = measures.figures(dataset, selection)
    if chosen.json:
        _print_json(found)
    else:
        for name, value in _flat(found):
            print(f"{name}: {'' if value is None else value}")
    return DONE


def _sample(chosen: argparse.Namespace) -> int:
    words = text.get()
    own = {schema.ABOUT_FILE, *(table.file for table in schema.TABLES), "README.md"}
    try:
        if chosen.out.exists() and {file.name for file in chosen.out.iterdir()} - own:
            print(words("cli.not_empty", folder=str(chosen.out)), file=sys.stderr)
            return WRONG_USAGE
        if not _replaceable(chosen.out):
            print(words("cli.not_a_sample", folder=str(chosen.out)), file=sys.stderr)
            return WRONG_USAGE
        sample.write(chosen.out, chosen.villages, chosen.seed)
    except OSError as error:
        print(words("cli.unwritable", folder=str(chosen.out), reason=error.strerror), file=sys.stderr)
        return WRONG_USAGE
    print(words("cli.written", villages=chosen.villages, folder=str(chosen.out)))
    return DONE


def _replaceable(folder: Path) -> bool:
    """Whether a folder holds no data set, or a sample: real data are never overwritten with invented ones."""
    if not (folder / schema.ABOUT_FILE).exists():
        return not any((folder / table.file).exists() for table in schema.TABLES)
    dataset = check(folder).dataset
    return dataset is not None and dataset.about.sample


def _parser() -> argparse.ArgumentParser:
    words = text.get()
    parser = argparse.ArgumentParser(
        prog="python -m dashboard", description=words("cli.description"), epilog=words("cli.exit_codes")
    )
    commands = parser.add_subparsers(required=True, metavar="check | figures | sample")

    command = commands.add_parser("check", help=words("cli.check"))
    command.add_argument(
        "folder", nargs="?", type=Path, default=default_folder(), metavar="DIR", help=words("cli.folder")
    )
    command.add_argument("--json", action="store_true", help=words("cli.json"))
    command.add_argument("--lang", choices=text.LANGUAGES, default=text.LANGUAGES[0], help=words("cli.lang"))
    command.set_defaults(run=_check)

    command = commands.add_parser("figures", help=words("cli.figures"))
    command.add_argument(
        "--data", type=Path, default=default_folder(), metavar="DIR", help=words("cli.folder")
    )
    command.add_argument("--commune", action="append", default=[], metavar="ID", help=words("cli.commune"))
    command.add_argument("--as-of", metavar="DATE", help=words("cli.as_of"))
    command.add_argument(
        "--boundaries", choices=areas.BOUNDARIES, default="then", help=words("cli.boundaries")
    )
    command.add_argument("--json", action="store_true", help=words("cli.json"))
    command.set_defaults(run=_figures)

    command = commands.add_parser("sample", help=words("cli.sample"))
    command.add_argument(
        "--villages", type=_at_least(1), required=True, metavar="N", help=words("cli.villages")
    )
    command.add_argument(
        "--seed", type=_at_least(0), default=sample.SEED, metavar="S", help=words("cli.seed")
    )
    command.add_argument("--out", type=Path, required=True, metavar="DIR", help=words("cli.out"))
    command.set_defaults(run=_sample)
    return parser


def _at_least(least: int) -> Callable[[str], int]:
    def read(written: str) -> int:
        if written.isdecimal() and int(written) >= least:
            return int(written)
        raise argparse.ArgumentTypeError(text.get()("cli.whole_number", value=written, least=least))

    return read


def _flat(value: Any, name: str = "") -> list[tuple[str, Any]]:
    if isinstance(value, dict):
        return [
            pair for key, inner in value.items() for pair in _flat(inner, f"{name}.{key}" if name else key)
        ]
    if isinstance(value, list):
        return [pair for i, inner in enumerate(value) for pair in _flat(inner, f"{name}[{i}]")]
    return [(name, value)]


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    sys.exit(main())
