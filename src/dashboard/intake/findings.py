"""What is wrong with a file that came in, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from xlsxwriter.utility import xl_rowcol_to_cell

from dashboard.dataset.problems import shown, worded
from dashboard.text import Text

# More wrong cells than anybody mends in one go; without an end, a file of nonsense keeps the server busy.
MOST = 1_000

Place = tuple[str, int, int]
"""A cell: name of the sheet, row and column, both counted from 0."""


def place_name(place: Place) -> str:
    """A cell with its sheet: "Chức danh!F14"."""
    sheet, row, column = place
    return f"{sheet}!{xl_rowcol_to_cell(row, column)}"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong. `place` is None for the file as a whole, or for data that stand there already.

    `rule` names the sentence ``intake.rule.NAME`` of `text`, or else ``rule.NAME``; `where` says in words
    what has no place.
    """

    rule: str
    place: Place | None = None
    value: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    where: str = ""
    more: int = 0

    def sentence(self, text: Text) -> str:
        """Why it is wrong, and what to do."""
        key = f"intake.rule.{self.rule}"
        said = text(key if key in text else f"rule.{self.rule}", **worded(self.values, text))
        return f"{said} {text('intake.more', n=self.more)}" if self.more else said

    def location(self, text: Text) -> str:
        """Where it is: "Chức danh!F14", or what stands for it."""
        return place_name(self.place) if self.place else self.where or text("intake.whole_file")

    def line(self, text: Text) -> str:
        """One line: place, value, reason and fix."""
        value = f" “{shown(self.value)}”" if self.value.strip() else ""
        return f"{self.location(text)}:{value} {self.sentence(text)}"


class EnoughError(Exception):
    """So much is wrong that no more is looked for."""


class Findings:
    """Collects what is wrong; the first thing said of a cell stands. `EnoughError` after so many."""

    def __init__(self) -> None:
        self.all: list[Finding] = []
        self.places: set[Place] = set()

    def add(self, rule: str, place: Place | None, value: str = "", **values: object) -> None:
        """Say what is wrong with a cell."""
        self.take(Finding(rule, place, value, values))

    def take(self, finding: Finding) -> None:
        """Keep a finding, unless something was said of its cell before."""
        if finding.place is None or finding.place not in self.places:
            self.all.append(finding)
        if finding.place is not None:
            self.places.add(finding.place)
        if len(self.all) >= MOST:
            self.all.append(Finding("many_wrong", values={"most": MOST}))
            raise EnoughError


def grouped(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The same said of the same text in one column stands once, at its first cell, and counts the others."""
    kept: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        column = (finding.place[0], finding.place[2]) if finding.place else None
        said = (finding.rule, column, finding.value, finding.where, *sorted(map(str, finding.values.items())))
        kept.setdefault(said, []).append(finding)
    return tuple(replace(alike[0], more=len(alike) - 1) for alike in kept.values())
