"""dataset.toml: what the data set is called, who answers for it, whether it is a sample."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from dashboard.dataset import wording
from dashboard.dataset.model import About
from dashboard.dataset.problems import Problem, shown
from dashboard.dataset.read import cells
from dashboard.dataset.read.tables import RefusedError
from dashboard.schema import ABOUT_FILE, ABOUT_IN_ENGLISH, ABOUT_OPTIONAL, ABOUT_REQUIRED, UNITS

_DATES = ("assumed_as_of", "collecting")
_KNOWN = ABOUT_REQUIRED + ABOUT_OPTIONAL + ABOUT_IN_ENGLISH


def about(text: str) -> tuple[About | None, list[Problem]]:
    """The description (its version still blank), or None and what is wrong with it."""
    entries = _entries(text)
    problems = [*_key_problems(entries, text), *_value_problems(entries, text)]
    if problems:
        return None, problems
    words = {key: cells.one_line(str(entries.get(key, "")).strip()) for key in _KNOWN if key != "sample"}
    return About(**words, sample=entries["sample"], version=""), []


def _entries(text: str) -> dict[str, Any]:
    try:
        entries = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also a number or a nesting longer than Python takes
        place = re.search(r"at line (\d+)", str(error))
        line = int(place.group(1)) if place else text.rstrip("\n").count("\n") + 1
        raise RefusedError(Problem("toml_syntax", ABOUT_FILE, line)) from None
    for key in _DATES:
        day = entries.get(key)
        if isinstance(day, date) and not isinstance(day, datetime):
            entries[key] = day.isoformat()
    return entries


def _key_problems(entries: Mapping[str, Any], text: str) -> Iterator[Problem]:
    for key in ABOUT_REQUIRED:
        if key not in entries:
            yield Problem("about_missing", ABOUT_FILE, None, key)
    for key in entries:
        if key not in _KNOWN:
            values = {"known": ", ".join(_KNOWN)}
            yield Problem(
                "about_unknown", ABOUT_FILE, _line(text, key), shown(key), shown(key), values=values
            )


def _value_problems(entries: Mapping[str, Any], text: str) -> Iterator[Problem]:
    for key in filter(entries.__contains__, _KNOWN):
        if rule := _broken_rule(key, entries[key]):
            entry = entries[key]
            value = shown(entry if isinstance(entry, str) else str(entry).lower())
            limits: dict[str, dict[str, object]] = {
                "text_long": {"longest": wording.longest(key)},
                "about_unit": {"known": ", ".join(UNITS)},
            }
            yield Problem(rule, ABOUT_FILE, _line(text, key), key, value, values=limits.get(rule, {}))


def _broken_rule(key: str, value: object) -> str | None:
    if key == "sample":
        return None if isinstance(value, bool) else "about_flag"
    if not isinstance(value, str):
        return "about_text"
    if not value.strip():
        return "about_blank" if key in ABOUT_REQUIRED else None
    if key in _DATES:
        return None if _is_iso(value) else "about_date"
    if key == "unit":
        return None if value.strip() in UNITS else "about_unit"
    return wording.fault(cells.one_line(value.strip()), key)


def _is_iso(value: str) -> bool:
    try:
        return cells.iso_date(value) == value
    except cells.CellError:
        return False


def _line(text: str, key: str) -> int | None:
    """Where a key is written, as an entry or as the name of a section."""
    entry = re.compile(rf"""\s*\[*\s*["']?{re.escape(key)}["']?\s*[\].=]""")
    return next((number for number, line in enumerate(text.split("\n"), 1) if entry.match(line)), None)
