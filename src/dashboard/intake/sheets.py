"""The cells of a file → the rows of the forms that are in it; what is not understood is named."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dashboard import text
from dashboard.dataset import wording
from dashboard.intake import forms, headings, names
from dashboard.intake.findings import Findings, Place
from dashboard.intake.forms import Field, Form
from dashboard.intake.read import HEAD_ROWS, Book, Grid
from dashboard.schema import Kind

_FEWEST_HEADINGS = 3
_WITHOUT_ROWS = ("template.sheet.guide", "template.sheet.lists")
# What an XLS has of a formula that gives text.
_NO_DATE = ("0", "00:00:00")
_EXAMPLES = ("vi du", "example")
# Without marks: a row that adds up the ones above, and one that does so for a part of them.
_TOTAL = re.compile(r"(tong cong|tong so|toan huyen|cong|total)( |$)")
_WHOLE = re.compile(r"(tong cong|tong so|toan huyen|cong|total)( toan huyen)?")
_RUNNING = re.compile(r"[0-9ivxlcdm]+$|vi du|example|tong|cong|total")
_VERSION = re.compile(r"[0-9a-f]{12}")
# Letters that Vietnamese does not have, but VNI and TCVN3 texts show without their fonts.
_OLD_FONT = re.compile(r"[øïñöäåëîæœÿ]|[^\W\d_][©®¬¨¸µ¶¹»«¼½¾¦¡™´±°¤§]", re.IGNORECASE)
# A date as the child tells it; what Excel saves to a CSV for a name that it took for one: "1-2" as 01-Feb.
_HELD_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SAVED_DATE = re.compile(
    rf"(\d{{1,2}})-(?:thg ?(\d{{1,2}})|({'|'.join(_MONTHS)}))(?:-\d{{2,4}})?", re.IGNORECASE
)
_TEXTS = ("content", "source", "quote")  # may be anything, a date too


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
    """A form as a clerk filled it: its rows, the total row ("" = none), and the as-of date above them."""

    form: Form
    sheet: str
    entries: list[Entry] = field(default_factory=list)
    total: Entry | None = None
    as_of: str = ""
    as_of_place: Place | None = None


def filled_from(book: Book) -> str:
    """The version of the data that the template was filled from, as its guide says; "" where none does."""
    guides = (grid for grid in book.grids if names.folded(grid.name) in forms.labels(*_WITHOUT_ROWS))
    for cell in (cell for grid in guides for row in grid.rows for cell in row):
        label, _, version = names.folded(cell).rpartition(" ")
        if label in forms.labels("template.version") and _VERSION.fullmatch(version):
            return version
    return ""


def located(book: Book, accepted: Sequence[Form], findings: Findings) -> dict[str, Filled]:
    """The `accepted` forms that a file has, by name; everything that belongs to none is a finding."""
    result: dict[str, Filled] = {}
    for grid in book.grids:
        blank = not grid.faults and not any(cell.strip() for row in grid.rows for cell in row)
        if blank or names.folded(grid.name) in forms.labels(*_WITHOUT_ROWS):
            continue
        form, row = _form(grid, accepted)
        if form is None:
            _unknown(grid, findings)
        elif form.name in result:
            findings.add("sheet_twice", (grid.name, row, 0), grid.name, other=result[form.name].sheet)
        else:
            result[form.name] = _read(grid, form, row, findings)
    return result


def _form(grid: Grid, among: Sequence[Form]) -> tuple[Form | None, int]:
    """The form of a sheet and the row of its headings: by the sheet's name, else by the headings."""
    titled = forms.titles().get(names.folded(grid.name))
    lines = [{names.folded(cell) for cell in row} for row in grid.rows[:HEAD_ROWS]]
    best: tuple[int, Form | None, int] = (0, None, 0)
    for form in among:
        labels = set(forms.headings(form))
        fewest = 1 if form.name == titled else min(_FEWEST_HEADINGS, len(form.fields))
        for row, line in enumerate(lines):
            score = len(labels & line) + (100 if form.name == titled else 0)
            if len(labels & line) >= fewest and score > best[0]:
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
    titles = ", ".join(text.get()(f"template.sheet.{form.name}") for form in forms.FORMS)
    findings.add("sheet_unknown", (grid.name, row, column), grid.name, known=titles)


def _old_writing(content: str) -> str | None:
    """The rule that a text breaks which was not written in Unicode, or has lost letters."""
    if _OLD_FONT.search(content):
        return "misread" if _is_misread(content) else "old_font"
    return "lost_letters" if wording.fault(content[:200], "name") == "text_lost" else None


def _is_misread(content: str) -> bool:
    """Whether a text is UTF-8 that a program took for another encoding: "ThÃ´n" for "Thôn"."""
    try:
        b"".join(sign.encode("latin-1" if ord(sign) < 256 else "cp1252") for sign in content).decode()
    except UnicodeError:
        return False
    return True


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
            blank
            | _without_percent(
                {
                    name: _cell(grid, row, column) or _above(grid, form.field(name), row, column)
                    for column, name in columns.items()
                }
            ),
            {name: (grid.name, row, column) for column, name in columns.items()},
        )
        for column in faulty:
            findings.add(grid.faults[row, column], (grid.name, row, column))
        for column, name in columns.items():
            cell = entry.cells[name]
            if not cell.isascii() and (rule := _old_writing(cell)):
                findings.add(rule, entry.place(name), cell)
            _compare_kind(form.field(name), entry, grid.held.get((row, column), ""), findings)
        _sort_in(filled, entry, first or "", findings)
    return filled


def _without_percent(cells: dict[str, str]) -> dict[str, str]:
    """A share may have its sign: 80% is 80."""
    shares = {"target", "value"} & cells.keys() if "count:" not in cells.get("measure", "") else ()
    return cells | {name: cells[name].removesuffix("%").rstrip() for name in shares}


def _compare_kind(field_: Field, entry: Entry, held: str, findings: Findings) -> None:
    """A finding where a program has made a date of what was typed, or may show a number as a percentage."""
    cell, kind, place = entry.get(field_.name), field_.column.kind, entry.place(field_.name)
    if kind is Kind.DATE or field_.name in _TEXTS:
        return
    if typed := _typed(cell, held):
        rule = "number_made_date" if kind in (Kind.COUNT, Kind.NUMBER) else "made_date"
        findings.add(rule, place, _HELD_DATE.sub(r"\3/\2/\1", cell), typed=typed)
    elif held == "fraction" and kind is Kind.NUMBER and "count:" not in entry.get("measure"):
        percent = f"{float(cell.replace(',', '.')) * 100:g}".replace(".", ",")
        findings.add("fraction", place, cell, percent=percent, share=cell)


def _typed(cell: str, held: str) -> str:
    """What a clerk typed where a program made a date of it: "1-2"; "" where it did not."""
    if held == "date":
        date = _HELD_DATE.match(cell)
        return f"{int(date[3])}-{int(date[2])}" if date else cell
    if saved := _SAVED_DATE.fullmatch(cell):
        return f"{int(saved[1])}-{saved[2] or _MONTHS.index(saved[3].lower()) + 1}"
    return ""


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


def _above(grid: Grid, field_: Field, row: int, column: int) -> str:
    """What a merged cell says for its rows: a place or a kind; a number would be counted twice."""
    if (row, column) not in grid.merged or field_.is_own_id:
        return ""
    repeats = field_.column.codes or field_.column.refers_to or field_.name == "parent_id"
    return _cell(grid, *grid.merged[row, column]) if repeats else ""


def _columns(grid: Grid, form: Form, head: int, findings: Findings) -> dict[int, str]:
    """The field of each column; unknown, doubled and missing headings are findings."""
    field_of = forms.headings(form)
    columns: dict[int, str] = {}
    width = max(len(row) for row in grid.rows[head:])
    for column in range(width):
        heading = _cell(grid, head, column)
        name = field_of.get(names.folded(heading))
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
    for_the_eye = forms.labels(f"template.heading.organizations.{forms.BEFORE.name}")
    if names.bare(heading) in headings.RUNNING and _all_numbers(grid, head, column):
        return
    if names.folded(heading) in for_the_eye:
        return
    if rule := _old_writing(heading):
        findings.add(rule, place, heading)
        return
    labels = [forms.heading(form, name, text.get()) for name in form.field_names]
    if near := names.similar(heading, {names.bare(name): name for name in labels}):
        findings.add("heading_near", place, heading, meant=near[0])
    else:
        findings.add("heading_unknown", place, heading, known=", ".join(labels))


def _all_numbers(grid: Grid, head: int, column: int) -> bool:
    cells = (_cell(grid, row, column) for row in range(head + 1, len(grid.rows)))
    return all(not cell or _RUNNING.match(names.bare(cell)) for cell in cells)


def _date(grid: Grid, head: int, filled: Filled) -> None:
    """The as-of date: what is behind its label above the headings."""
    for row in range(head):
        for column, cell in enumerate(grid.rows[row]):
            if names.folded(cell) in forms.labels("template.as_of"):
                after = range(column + 1, len(grid.rows[row]))
                place = next((place for place in after if _cell(grid, row, place)), column + 1)
                value = _cell(grid, row, place)
                filled.as_of = "" if value in _NO_DATE else value
                filled.as_of_place = (grid.name, row, place)
                return
    filled.as_of_place = (grid.name, 0, 1)
