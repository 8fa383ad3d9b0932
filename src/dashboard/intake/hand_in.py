"""The files of a hand-in, read one after another: why they are refused, or what they change together."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from dashboard.dataset import Dataset, collecting
from dashboard.dataset.words import texts
from dashboard.intake import archive, conflicts, preview, read, sheets, slips, wide
from dashboard.intake.checked import checked, warned
from dashboard.intake.child import RefusedError
from dashboard.intake.conflicts import Conflict
from dashboard.intake.convert import Converted, converted
from dashboard.intake.findings import EnoughError, Finding, Findings, grouped, marked
from dashboard.intake.merged import as_checked, merged
from dashboard.intake.preview import Caution, Change, FigureChange
from dashboard.intake.read import Book
from dashboard.intake.three_way import Contested, Key, canonical, same, three_way, units
from dashboard.intake.worded import InWords
from dashboard.text import Text, get

# The name of a file, and what is in it.
File = tuple[str, bytes]
# The data of a version (`About.version`) that files were filled from; None where they are not known.
Versions = Callable[[str], Dataset | None]


@dataclass(frozen=True)
class Refused:
    """A file that changes nothing. `findings` (never empty) says why, one per wrong cell, in the order of
    sheets and cells; a file that cannot be read at all has one without a cell."""

    findings: tuple[Finding, ...]
    _book: Book | None = field(default=None, repr=False)
    _data: bytes = field(default=b"", repr=False)

    def lines(self, text: Text) -> tuple[str, ...]:
        """One line per finding, the same about the same text once."""
        return tuple(finding.line(text) for finding in grouped(self.findings))

    def marked(self, text: Text) -> bytes | None:
        """The workbook with the wrong cells marked; None where no cell is to blame."""
        if self._book is None or not any(finding.place for finding in self.findings):
            return None
        return marked(self._book, self._data, self.findings, text)


@dataclass(frozen=True)
class Preview:
    """A file that may be published. `dataset` is the whole data set that it makes, `as_of` its date ("" where
    it gives no dated table); `notes` say how the file was understood, every one of `cautions` needs a tick
    first, and every one of `conflicts` a choice: until then their rows are the current ones. `older` are the
    versions that files were filled from, other than the current one."""

    dataset: Dataset
    as_of: str
    changes: tuple[Change, ...]
    figures: tuple[FigureChange, ...]
    cautions: tuple[Caution, ...]
    notes: tuple[Finding, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    older: tuple[str, ...] = ()

    @property
    def open(self) -> tuple[Conflict, ...]:
        """The conflicts in which nothing is chosen yet."""
        return tuple(conflict for conflict in self.conflicts if conflict.taken is None)

    @property
    def completed(self) -> Preview:
        """The same with the word that its figures are complete, even if some have not sent."""
        return replace(self, dataset=collecting.completed(self.dataset))

    def write(self, folder: Path) -> None:
        """Write the files of the data set into an existing folder."""
        as_checked(self.dataset).write(folder)


def receive_all(
    files: Sequence[File],
    base: Dataset,
    text: Text | None = None,
    versions: Versions | None = None,
    chosen: Mapping[Key, bool] | None = None,
) -> tuple[list[tuple[str, Refused]], Preview | None]:
    """Files (XLSX, XLS, ODS, CSV), or archives of such, handed in as one, each read against what those before
    it make: the refused ones with their names, or what all of them together would publish. Never raises for
    what is in them. `text` is the language of the preview (default Vietnamese).

    Of `versions` come the data that each file was filled from: a row that it left as it was then stays as it
    is now, and one that both have changed is a conflict. `chosen` says of conflicts, by their keys, whether
    the file's row is taken.
    """
    refused: list[tuple[str, Refused]] = []
    previews: list[Preview] = []
    single: list[File] = []
    for name, data in files:
        try:
            single += archive.unpacked(name, data)
        except RefusedError as error:
            refused.append((name, _unreadable(error, name)))
    words = texts(base)[(text or get()).lang]
    for number, (name, data) in enumerate(single):
        now = previews[-1].dataset if previews else base
        result = _HandIn(str(number), name, base, now, versions, chosen or {}, words).receive(data)
        if isinstance(result, Refused):
            refused.append((name, result))
        else:
            previews.append(result)
    return refused, None if refused or not previews else _together(previews, base, words)


def complete(base: Dataset) -> Preview:
    """The word alone that the figures of the date that is being collected are complete."""
    return Preview(base, base.about.collecting, (), (), ()).completed


def source(files: Sequence[File]) -> tuple[str, str]:
    """What the history says of the files of a version: their names, and the SHA-256 of the one file, or of
    those of several in their order."""
    hashes = [hashlib.sha256(data).hexdigest() for _, data in files]
    total = hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()
    return ", ".join(name for name, _ in files), total


def _unreadable(error: RefusedError, name: str) -> Refused:
    return Refused((Finding(error.rule, values=error.values, where=name),))


def _together(previews: Sequence[Preview], base: Dataset, words: Text) -> Preview:
    """One preview of files that follow one another: what each changes, every figure from what it was to what
    it becomes, and what the last one has to be looked at for besides."""
    figures: dict[str, FigureChange] = {}
    for figure in (figure for part in previews for figure in part.figures):
        figures[figure.figure] = replace(figures.get(figure.figure, figure), after=figure.after)
    cautions: list[Caution] = []
    for part in previews:
        # A date that an earlier file brought is no news.
        passing = "" if part.as_of in base.dates else "date_exists"
        cautions += [new for new in part.cautions if new not in cautions and new.rule != passing]
    as_of = next((part.as_of for part in reversed(previews) if part.as_of), "")
    cautions += preview.unchanged(base, previews[-1].dataset, as_of, words)
    return Preview(
        previews[-1].dataset,
        as_of,
        preview.in_order(change for part in previews for change in part.changes),
        tuple(figure for figure in figures.values() if figure.before != figure.after),
        tuple(cautions),
        tuple(note for part in previews for note in part.notes),
        tuple(conflict for part in previews for conflict in part.conflicts),
        tuple(dict.fromkeys(version for part in previews for version in part.older)),
    )


@dataclass(frozen=True)
class _HandIn:
    """One file of a hand-in: it changes `now`, which the files before it make of `base`."""

    number: str
    name: str
    base: Dataset
    now: Dataset
    versions: Versions | None
    chosen: Mapping[Key, bool]
    words: Text

    def receive(self, data: bytes) -> Refused | Preview:
        """What it would change, or why it is refused."""
        base, now, words = self.base, self.now, self.words
        try:
            book = read.book(data, self.name)
        except RefusedError as error:
            return _unreadable(error, self.name)
        findings = Findings()
        version = sheets.filled_from(book)
        older = version not in ("", base.about.version)
        origin = self.versions(version) if older and self.versions else None
        was = origin or base
        # A file of the current data may name what another one brings.
        merge = self._merge(book, origin or now, was, findings)
        if merge is None:
            return Refused(_in_order(findings, book), book, data)
        content, dataset, warnings, contested = merge
        if not content.tables and not content.entries:
            return Refused((Finding("nothing_given", where=self.name),))
        notices = [Caution(notice, {}) for notice in book.notices]
        if older and origin is None:
            notices.append(Caution("version_unknown", {"version": version}))
        dataset = collecting.continued(now, dataset, content.as_of)
        return Preview(
            dataset,
            content.as_of,
            preview.changes(now, dataset, content.as_of, words),
            preview.figures(now, dataset, content.as_of, words),
            (*notices, *preview.cautions(now, dataset, content.as_of, warnings, words)),
            tuple(findings.notes),
            tuple(self._conflict(row, (was, now, dataset), content.as_of) for row in contested),
            (version,) if origin else (),
        )

    def _merge(
        self, book: Book, source: Dataset, was: Dataset, findings: Findings
    ) -> tuple[Converted, Dataset, Sequence[Finding], Sequence[Contested]] | None:
        """What the file gives, the data set that it makes, what is new to be warned of there, and the rows
        that it and others have changed; None where `findings` say what is wrong."""
        try:
            content = converted(wide.located(book, source, findings), source, findings)
            whole, contested = merged(content, source), list[Contested]()
            if (
                was is not self.now
                and (canonical_file := canonical(whole, content.tables))
                and not findings.all
            ):
                taken = {key[1:] for key, file in self.chosen.items() if file and key[0] == self.number}
                whole, contested = three_way(canonical_file, as_checked(was), as_checked(self.now), taken)
            moved = slips.moved(content, source)
            dataset = checked(whole, findings, source, self.words)
            if dataset is not None and not findings.all:
                news = warned(dataset, whole, self.now, self.words)
                return content, dataset, (*moved.values(), *findings.warnings, *news), contested
        except EnoughError:
            moved = {}
        findings.all = slips.with_slips(findings.all, moved)
        return None

    def _conflict(self, contested: Contested, data: tuple[Dataset, Dataset, Dataset], as_of: str) -> Conflict:
        day = as_of or max(self.base.dates, default="")
        was, now, file = (InWords(dataset, day, self.words) for dataset in data)
        who, cells = conflicts.in_words(contested, (was, now, file))
        key = (self.number, contested.table, *contested.key)
        # With one file, or for the first, the current row is what is published.
        beside = self.now is not self.base and not same(
            units(as_checked(self.base), contested.table).get(contested.key), contested.now
        )
        return Conflict(key, who, cells, self.name, beside, self.chosen.get(key))


def _in_order(findings: Findings, book: Book) -> tuple[Finding, ...]:
    """By sheet and cell; what has no cell at the end."""
    order = {grid.name: place for place, grid in enumerate(book.grids)}

    def key(finding: Finding) -> tuple[int, int, int]:
        sheet, row, column = finding.place or ("", 0, 0)
        return order.get(sheet, len(order)), row, column

    return tuple(sorted(findings.all, key=key))
