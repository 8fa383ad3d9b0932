"""The cells of a file → the rows of the forms that stand in it; what is not understood is named."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from dashboard import text
from dashboard.dataset import wording
from dashboard.intake import forms, names
from dashboard.intake.findings import Findings, Place
from dashboard.intake.forms import Form
from dashboard.intake.read import HEAD_ROWS, Book, Grid

_FEWEST_HEADINGS = 3
# Without marks, as `names.bare` gives them.
_NUMBERS = frozenset({"stt", "tt", "so tt", "so thu tu", "no"})
_EXAMPLES = ("vi du", "example")
# Without marks: a row that adds up the ones above, and one that does so for a part of them.
_TOTAL = re.compile(r"(tong cong|tong so|toan huyen|cong|total)( |$)")
_WHOLE = re.compile(r"(tong cong|tong so|toan huyen|cong|total)( toan huyen)?")
_RUNNING = re.compile(r"[0-9ivxlcdm]+$|vi du|example|tong|cong|total")
# Letters that Vietnamese does not have, but VNI and TCVN3 texts show without their fonts.
_OLD_FONT = re.compile(r"[øïñöäåëîæœÿ]|[^\W\d_][©®¬¨¸µ¶¹»«¼½¾¦¡™´±°¤§]", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    """One row of a form: its cells as text by field, and the cell of each."""

    cells: Mapping[str, str]
    places: Mapping[str, Place]

    def get(self, name: str) -> str:
        """The cell of a field; "" where the field has no column."""
        return self.cells.get(name, "")

    def place(self, name: str) -> Place:
        """The cell of a field, or the row's first one where the field has no column."""
        return self.places.get(name) or next(iter(self.places.values()))


@dataclass
class Filled:
    """A form as somebody filled it: its rows, the total row ("" = none), and the as-of date above them."""

    form: Form
    sheet: str
    entries: list[Entry] = field(default_factory=list)
    total: Entry | None = None
    as_of: str = ""
    as_of_place: Place | None = None


def located(book: Book, findings: Findings) -> dict[str, Filled]:
    """The forms of a file by name; everything that belongs to none is a finding."""
    result: dict[str, Filled] = {}
    for grid in book.grids:
        blank = not grid.faults and not any(cell.strip() for row in grid.rows for cell in row)
        if blank or names.folded(grid.name) in forms.sheets_without_rows():
            continue
        form, row = _form(grid)
        if form is None:
            _unknown(grid, findings)
        elif form.name in result:
            findings.add("sheet_twice", (grid.name, row, 0), grid.name, other=result[form.name].sheet)
        else:
            result[form.name] = _read(grid, form, row, findings)
    return result


def _form(grid: Grid) -> tuple[Form | None, int]:
    """The form of a sheet and the row of its headings: by the sheet's name, else by the headings."""
    named = forms.titles().get(names.folded(grid.name))
    lines = [{names.folded(cell) for cell in row} for row in grid.rows[:HEAD_ROWS]]
    best: tuple[int, Form | None, int] = (0, None, 0)
    for form in forms.FORMS:
        known = set(forms.headings(form))
        fewest = 1 if form.name == named else min(_FEWEST_HEADINGS, len(form.fields))
        for row, line in enumerate(lines):
            score = len(known & line) + (100 if form.name == named else 0)
            if len(known & line) >= fewest and score > best[0]:
                best = (score, form, row)
    return best[1], best[2]


def _unknown(grid: Grid, findings: Findings) -> None:
    row, column, cell = next(
        ((r, c, cell) for r, cells in enumerate(grid.rows) for c, cell in enumerate(cells) if cell.strip()),
        (0, 0, ""),
    )
    if rule := _old_writing(" ".join(cell for line in grid.rows[:HEAD_ROWS] for cell in line)[:4000]):
        findings.add(rule, (grid.name, row, column), cell)
        return
    known = ", ".join(text.get()(f"template.sheet.{form.name}") for form in forms.FORMS)
    findings.add("sheet_unknown", (grid.name, row, column), grid.name, known=known)


def _old_writing(written: str) -> str | None:
    """The rule that a text breaks which was not written in Unicode, or has lost letters."""
    if _OLD_FONT.search(written):
        return "old_font"
    return "lost_letters" if wording.fault(written[:200], "name") == "text_lost" else None


def _read(grid: Grid, form: Form, head: int, findings: Findings) -> Filled:
    filled = Filled(form, grid.name)
    columns = _columns(grid, form, head, findings)
    if form.dated:
        _date(grid, head, filled)
    blank = dict.fromkeys(form.field_names, "")  # a column that is missing was named above
    for row in range(head + 1, len(grid.rows) if columns else 0):
        cells = grid.rows[row]
        first = next((names.bare(cell) for cell in cells if cell.strip()), None)
        faulty = [column for column in columns if (row, column) in grid.faults]
        if (first is None and not faulty) or (first or "").startswith(_EXAMPLES):
            continue
        entry = Entry(
            blank | {name: _cell(grid, row, column) for column, name in columns.items()},
            {name: (grid.name, row, column) for column, name in columns.items()},
        )
        for column in faulty:
            findings.add(grid.faults[row, column], (grid.name, row, column))
        for name, cell in entry.cells.items():
            if not cell.isascii() and (rule := _old_writing(cell)):
                findings.add(rule, entry.place(name), cell)
        _sort_in(filled, entry, first or "", findings)
    return filled


def _sort_in(filled: Filled, entry: Entry, first: str, findings: Findings) -> None:
    """A row of the form, or the one that adds them up; sums of parts would be counted twice."""
    if not (filled.form.clerk and _TOTAL.match(first)):
        filled.entries.append(entry)
    elif filled.total is not None or not _WHOLE.fullmatch(first):
        findings.add("subtotal", entry.place(""), next(filter(None, entry.cells.values()), ""))
    else:
        filled.total = entry


def _cell(grid: Grid, row: int, column: int) -> str:
    return names.tidy(grid.cell(row, column))


def _columns(grid: Grid, form: Form, head: int, findings: Findings) -> dict[int, str]:
    """The field of each column; unknown, doubled and missing headings are findings."""
    known = forms.headings(form)
    columns: dict[int, str] = {}
    width = max(len(row) for row in grid.rows[head:])
    for column in range(width):
        heading = _cell(grid, head, column)
        name = known.get(names.folded(heading))
        place = (grid.name, head, column)
        if (head, column) in grid.faults:
            findings.add(grid.faults[head, column], place)
        elif name in columns.values():
            findings.add("heading_twice", place, heading)
        elif name:
            columns[column] = name
        elif heading:
            _strange(grid, form, place, findings)
        elif below := _first_below(grid, head, column):
            findings.add("heading_blank", (grid.name, below, column), _cell(grid, below, column))
    for field_ in form.fields:
        if field_.needed and field_.name not in columns.values():
            missing = forms.heading(form, field_.name, text.get())
            findings.add("heading_missing", (grid.name, head, width), heading=missing)
            width += 1
    return columns


def _first_below(grid: Grid, head: int, column: int) -> int | None:
    return next((row for row in range(head + 1, len(grid.rows)) if _cell(grid, row, column)), None)


def _strange(grid: Grid, form: Form, place: Place, findings: Findings) -> None:
    """A heading that is not known: a running number is passed over, everything else is named."""
    _, head, column = place
    heading = _cell(grid, head, column)
    if names.bare(heading) in _NUMBERS and _all_numbers(grid, head, column):
        return
    if rule := _old_writing(heading):
        findings.add(rule, place, heading)
        return
    known = [forms.heading(form, name, text.get()) for name in form.field_names]
    if meant := names.similar(heading, {names.bare(name): name for name in known}):
        findings.add("heading_near", place, heading, meant=meant[0])
    else:
        findings.add("heading_unknown", place, heading, known=", ".join(known))


def _all_numbers(grid: Grid, head: int, column: int) -> bool:
    cells = (_cell(grid, row, column) for row in range(head + 1, len(grid.rows)))
    return all(not cell or _RUNNING.match(names.bare(cell)) for cell in cells)


def _date(grid: Grid, head: int, filled: Filled) -> None:
    """The as-of date: what stands behind its label above the headings."""
    labels = {names.folded(text.get(lang)("template.as_of")) for lang in text.LANGUAGES}
    for row in range(head):
        for column, cell in enumerate(grid.rows[row]):
            if names.folded(cell) in labels:
                after = range(column + 1, len(grid.rows[row]))
                place = next((place for place in after if _cell(grid, row, place)), column + 1)
                filled.as_of = _cell(grid, row, place)
                filled.as_of_place = (grid.name, row, place)
                return
    filled.as_of_place = (grid.name, 0, 1)
