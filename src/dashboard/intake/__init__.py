"""The clerk's way in: a workbook to fill, and what comes back read, checked and previewed.

`receive` is the one call behind the page and the command line. It publishes nothing: a `Preview` writes the
whole new data set into a folder, which the store then publishes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from dashboard import text as texts
from dashboard.dataset import Dataset
from dashboard.intake import preview, read, sheets
from dashboard.intake.child import RefusedError
from dashboard.intake.convert import Converted, converted
from dashboard.intake.findings import EnoughError, Finding, Findings, grouped
from dashboard.intake.findings import marked as _marked
from dashboard.intake.preview import Caution, Change, FigureChange
from dashboard.intake.read import Book
from dashboard.intake.template import template
from dashboard.intake.whole import as_checked, checked, merged, warned
from dashboard.text import Text

__all__ = ["Caution", "Change", "FigureChange", "Finding", "Preview", "Refused", "receive", "template"]


@dataclass(frozen=True)
class Refused:
    """A file that changes nothing. `findings` (never empty) says why, one per wrong cell, in the order of
    sheets and cells; a file that cannot be read at all has one without a cell."""

    findings: tuple[Finding, ...]
    _book: Book | None = field(default=None, repr=False)
    _data: bytes = field(default=b"", repr=False)

    def lines(self, text: Text) -> tuple[str, ...]:
        """One line per finding, the same said of the same text once."""
        return tuple(finding.line(text) for finding in grouped(self.findings))

    def marked(self, text: Text) -> bytes | None:
        """The workbook with the wrong cells marked; None where no cell is to blame."""
        if self._book is None or not any(finding.place for finding in self.findings):
            return None
        return _marked(self._book, self._data, self.findings, text)


@dataclass(frozen=True)
class Preview:
    """A file that may be published. `dataset` is the whole data set that it makes, `as_of` its date ("" where
    it gives no dated table); every one of `cautions` needs a tick first."""

    dataset: Dataset
    as_of: str
    changes: tuple[Change, ...]
    figures: tuple[FigureChange, ...]
    cautions: tuple[Caution, ...]

    def write(self, folder: Path) -> None:
        """Write the files of the data set into an existing folder."""
        as_checked(self.dataset).write(folder)


def receive(data: bytes, name: str, base: Dataset, text: Text | None = None) -> Refused | Preview:
    """Reads a file (XLSX, XLS, ODS, CSV) against the current data set; never raises for what is in it.

    `text` is the language of the preview (default Vietnamese).
    """
    words = text or texts.get()
    try:
        book = read.book(data, name)
    except RefusedError as refused:
        return Refused((Finding(refused.rule, values=refused.values, where=name),))
    findings = Findings()
    given, dataset, warnings = _dataset(book, base, findings, words)
    if findings.all or dataset is None:
        return Refused(_in_order(findings, book), book, data)
    if not given.tables and not given.entries:
        return Refused((Finding("nothing_given", where=name),))
    notices = (Caution(notice, {}) for notice in book.notices)
    return Preview(
        dataset,
        given.as_of,
        preview.changes(base, dataset, given.as_of, words),
        preview.figures(base, dataset, given.as_of, words),
        (*notices, *preview.cautions(base, dataset, given.as_of, warnings, words)),
    )


def _dataset(
    book: Book, base: Dataset, findings: Findings, words: Text
) -> tuple[Converted, Dataset | None, tuple[Finding, ...]]:
    """What the file gives, the data set that it makes (None where it is wrong), and what is new to be warned
    of there."""
    given = Converted({}, {}, "")
    try:
        given = converted(sheets.located(book, findings), base, findings)
        whole = merged(given, base)
        dataset = checked(whole, findings, words)
        return given, dataset, () if dataset is None else warned(dataset, whole, base, words)
    except EnoughError:
        return given, None, ()


def _in_order(findings: Findings, book: Book) -> tuple[Finding, ...]:
    """By sheet and cell; what has no cell at the end."""
    order = {grid.name: place for place, grid in enumerate(book.grids)}
    last = len(order)

    def key(finding: Finding) -> tuple[int, int, int]:
        if finding.place is None:
            return last, 0, 0
        sheet, row, column = finding.place
        return order.get(sheet, last), row, column

    return tuple(sorted(findings.all, key=key))
