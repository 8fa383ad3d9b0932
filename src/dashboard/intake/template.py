"""The workbook that a clerk fills: made from the schema, on request with the current figures in it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from dashboard.charts import theme
from dashboard.dataset import Dataset, collecting, scoped, texts
from dashboard.dataset.villages import holds
from dashboard.intake import filled, forms
from dashboard.intake.forms import ENTRIES, FORMS, Field, Form
from dashboard.schema import Kind
from dashboard.text import Text

_SPARE_ROWS = 300  # below the filled rows: lists and ranges hold there too
_LARGEST = 999_999_999
# The columns that name a village of the commune in the same row.
_VILLAGES = (("organizations", "village_id"), ("officers", "village_id"), ("villages", "merged_into"))
_LINE_LETTERS = 112  # of the guide; what is longer takes two lines
_INK, _LINE, _PALE = (theme.COLOURS[name] for name in ("ink", "line", "back"))
_NARROW, _WIDE, _WIDEST = 13, 30, 60


def template(
    dataset: Dataset | None,
    as_of: str | None,
    text: Text,
    communes: Sequence[str] = (),
    *,
    following: bool = False,
) -> bytes:
    """The workbook (XLSX); filled with the figures of an as-of date (None = the last, or the one before where
    that is being collected and none of the `communes` has sent) of a data set.

    Without a data set, or for a date that it does not have, the sheets of that date are blank. With
    `communes` it has their rows and the bodies above them, and none of the administrator's sheets.
    `following` fills it for a new date `as_of` from the one before, see `filled.following`.
    """
    if dataset:
        text = texts(dataset)[text.lang]
        dataset = scoped(dataset, tuple(communes) or None)
    if dataset and following:
        dataset = filled.following(dataset, as_of or filled.next_date(dataset.dates))
    day = as_of or (_last(dataset) if dataset else "")
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, options)
    mark = text("common.sample") if dataset and dataset.about.sample else ""
    book.set_properties({"title": text("template.title"), "author": "", "comments": mark})
    book.set_calc_mode("auto")
    sheet_forms = forms.of(dataset) if dataset else FORMS
    sheet_forms = tuple(map(forms.beside_the_last, sheet_forms)) if following else sheet_forms
    rows = (
        filled.rows(sheet_forms, dataset, day, text)
        if dataset
        else {form.name: _blank(form, text) for form in sheet_forms}
    )
    writer = _Writer(book, text, rows, day)
    writer.guide(mark, dataset.about.version if dataset else "")
    for form in sheet_forms:
        if form.clerk or not communes:
            writer.sheet(form)
    writer.lists()
    book.close()
    return file.getvalue()


def _last(dataset: Dataset) -> str:
    day = max(dataset.dates, default="")
    collects = day and day == dataset.about.collecting
    return dataset.default_date if collects and not collecting.collected(dataset, day).sent else day


def _blank(form: Form, text: Text) -> list[list[str]]:
    if form.name == forms.ABOUT:
        return [[text(f"template.entry.{key}"), ""] for key in ENTRIES]
    return []


class _Writer:
    """Writes the sheets; `rows` are those of every form, as text."""

    def __init__(self, book: Any, text: Text, rows: Mapping[str, list[list[str]]], as_of: str) -> None:
        self.book = book
        self.text = text
        self.rows = rows
        self.as_of = as_of
        self.formats = _formats(book)
        self.columns: list[tuple[str, ...]] = []  # of the sheet of lists
        self.dated = ""  # the sheet with the date that the others take

    def guide(self, mark: str, version: str) -> None:
        """How to fill the workbook, in as few lines as will do, below the mark of the figures in it; last the
        version of the data that these are of, for `sheets.filled_from`."""
        sheet = self.book.add_worksheet(self.text("template.sheet.guide"))
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 4)
        sheet.set_column(1, 1, 118)
        sheet.write_string(0, 0, self.text("template.title"), self.formats.title)
        if mark:
            sheet.write_string(1, 0, mark, self.formats.title)
        steps = sorted(filter(lambda key: key.startswith("template.guide."), self.text.keys()))
        for number, key in enumerate(steps, 1):
            if len(self.text(key)) > _LINE_LETTERS:
                sheet.set_row(number + 1, 32)
            sheet.write_number(number + 1, 0, number, self.formats.soft)
            sheet.write_string(number + 1, 1, self.text(key), self.formats.text)
        if version:
            line = f"{self.text('template.version')}: {version}"
            sheet.write_string(len(steps) + 2, 1, line, self.formats.soft)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)

    def sheet(self, form: Form) -> None:
        """One form: date, headings with their meaning, an example, the rows, and what each cell takes."""
        sheet = self.book.add_worksheet(self.text(f"template.sheet.{form.name}"))
        sheet.set_tab_color(theme.RED if form.clerk else theme.SOFT_INK)
        head = 0
        if form.dated:
            self._date(sheet)
            head = 1
        self._headings(sheet, form, head)
        first = head + 1
        if form.name != forms.ABOUT:
            self._example(sheet, form, first)
            first += 1
        for row, cells in enumerate(self.rows[form.name], first):
            for column, cell in enumerate(cells):
                self._write(sheet, (row, column), form.fields[column], cell)
        last = first + len(self.rows[form.name]) + _SPARE_ROWS
        for column, field in enumerate(form.fields):
            self._takes(sheet, form, field, (first, column, last, column))
            if field is forms.BEFORE:
                self._to_update(sheet, first, column, last)
        sheet.freeze_panes(first if form.name != forms.ABOUT else 1, 2 if form.name == "officers" else 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(head)

    def lists(self) -> None:
        """The words to choose from, on a sheet of their own that is hidden."""
        sheet = self.book.add_worksheet(self.text("template.sheet.lists"))
        for column, words in enumerate(self.columns):
            for row, word in enumerate(words):
                sheet.write_string(row, column, word)
        sheet.hide()

    def _date(self, sheet: Any) -> None:
        sheet.write_string(0, 0, self.text("template.as_of"), self.formats.label)
        sheet.write_comment(0, 1, self.text("template.help.as_of"), {"x_scale": 2, "y_scale": 1.2})
        if self.dated:
            cell = f"'{self.dated}'!$B$1"
            # Text, as the date itself is: also of one that a program has made a number.
            formula = f'=IF(ISNUMBER({cell}),TEXT({cell},"dd/mm/yyyy"),{cell}&"")'
            sheet.write_formula(0, 1, formula, self.formats.label, self.text.date(self.as_of))
        else:
            self.dated = sheet.get_name()
            sheet.write_string(0, 1, self.text.date(self.as_of), self.formats.date)

    def _headings(self, sheet: Any, form: Form, row: int) -> None:
        for column, field in enumerate(form.fields):
            heading = forms.heading(form, field.name, self.text)
            sheet.write_string(
                row, column, heading, self.formats.head if field.needed else self.formats.head_id
            )
            meaning = forms.meaning(form, field.name, self.text)
            sheet.write_comment(row, column, meaning, {"x_scale": 2.2, "y_scale": 1.4})
            cells = self.formats.date if field.column.kind is Kind.DATE else None
            sheet.set_column(column, column, _width(form, field.name), cells)
        sheet.set_row(row, 62 if form.name == "officers" else 34)

    def _example(self, sheet: Any, form: Form, row: int) -> None:
        """A row that reading passes over: it begins with the word "example"."""
        first, *rest = (cell.strip() for cell in self.text(f"template.example.{form.name}").split("|"))
        cells = [self.text("template.example_begins", said=first), *rest]
        columns = [column for column, field in enumerate(form.fields) if field is not forms.BEFORE]
        for column, cell in zip(columns, cells, strict=False):
            sheet.write_string(row, column, cell, self.formats.example)

    def _write(self, sheet: Any, at: tuple[int, int], field: Field, cell: str) -> None:
        kind = field.column.kind
        if not cell:
            return
        if kind is Kind.COUNT:
            sheet.write_number(*at, int(cell), self.formats.whole)
        elif kind is Kind.NUMBER:
            sheet.write_number(*at, float(cell), self.formats.number)
        elif kind is Kind.DATE:
            # As text: no program then takes the day for the month, or saves it the other way round.
            sheet.write_string(*at, self.text.date(cell), self.formats.date)
        else:
            sheet.write_string(*at, cell, self.formats.id if field.is_own_id else self.formats.text)

    def _to_update(self, sheet: Any, first: int, before: int, last: int) -> None:
        """Marks the numbers that are still those of the period before, in the column beside."""
        now, then = (f"${xl_col_to_name(column)}{first + 1}" for column in (before - 1, before))
        rule = {
            "type": "formula",
            "criteria": f'=AND({now}<>"",{now}={then})',
            "format": self.formats.unchanged,
        }
        sheet.conditional_format(first, before - 1, last, before - 1, rule)

    def _takes(self, sheet: Any, form: Form, field: Field, cells: tuple[int, int, int, int]) -> None:
        """What the cells of a column take, as a list or a range; nothing where any text will do."""
        kind = field.column.kind
        rule: dict[str, Any]
        if source := self._choice(form, field, cells[0], cells[2]):
            # A warning, not a refusal: a name written another way is understood too.
            rule = {"validate": "list", "source": source, "error_type": "warning"}
            message = self.text("template.takes.list")
        elif kind in (Kind.COUNT, Kind.NUMBER):
            whole = "integer" if kind is Kind.COUNT else "decimal"
            rule = {"validate": whole, "criteria": "between", "minimum": 0, "maximum": _LARGEST}
            message = self.text(f"template.takes.{kind}")
        else:
            return
        title = self.text("template.takes.title")
        sheet.data_validation(*cells, {**rule, "error_title": title, "error_message": message})

    def _choice(self, form: Form, field: Field, first: int, last: int) -> str:
        """The formula of the list that a column chooses from; "" where it has none."""
        column, name = field.column, field.name
        if column.codes:
            return self._one_of(tuple(forms.word(column, code, self.text) for code in column.codes))
        if column.kind is Kind.FLAG:
            return self._one_of((self.text("template.true"), self.text("template.false")))
        if (form.name, name) in _VILLAGES:
            # The villages of the commune in the same row: they are together on their own sheet.
            sheet = f"'{self.text('template.sheet.villages')}'"
            commune = f"${xl_col_to_name(form.field_names.index('commune_id'))}{first + 1}"
            offset = f"MATCH({commune},{sheet}!$A:$A,0)-1"
            return f"=OFFSET({sheet}!$B$1,{offset},0,COUNTIF({sheet}!$A:$A,{commune}),1)"
        if name in ("commune_id", "merged_into") and form.name != "communes":
            fields = forms.form("communes").field_names
            kind, label, begins, ends = map(fields.index, ("kind", "name", "valid_from", "valid_to"))
            in_force = [row for row in self.rows["communes"] if holds(row[begins], row[ends], self.as_of)]
            return self._one_of(tuple(dict.fromkeys(f"{row[kind]} {row[label]}" for row in in_force)))
        if name == "parent_id":
            return f"='{self.text('template.sheet.organizations')}'!$A${first + 1}:$A${last + 1}"
        return ""

    def _one_of(self, words: tuple[str, ...]) -> str:
        if words not in self.columns:
            self.columns.append(words)
        letter = xl_col_to_name(self.columns.index(words))
        return f"='{self.text('template.sheet.lists')}'!${letter}$1:${letter}${max(len(words), 1)}"


def _formats(book: Any) -> SimpleNamespace:
    """The formats in a workbook."""
    base = {"font_name": "Arial", "font_size": 11, "font_color": _INK, "valign": "vcenter"}
    head = {"text_wrap": True, "bottom": 2, "bottom_color": theme.RED, "bg_color": _PALE}

    def add(**more: object) -> Any:
        return book.add_format({**base, **more})

    return SimpleNamespace(
        title=add(bold=True, font_size=16, font_color=theme.RED),
        label=add(bold=True),
        soft=add(font_color=theme.SOFT_INK),
        head=add(**head, bold=True),
        head_id=add(**head, bold=False, font_color=theme.SOFT_INK),
        example=add(italic=True, font_color=theme.SOFT_INK, bg_color=_PALE, bottom=1, bottom_color=_LINE),
        text=add(text_wrap=True),
        whole=add(num_format="0"),
        number=add(num_format="0.##"),
        date=add(num_format="@", align="left"),
        unchanged=book.add_format({"bg_color": theme.COLOURS["neutral-back"]}),
        id=add(font_color=theme.SOFT_INK, indent=1),
    )


def _width(form: Form, name: str) -> int:
    """How wide a column is, in letters."""
    if form.name == "officers":
        return _NARROW if name not in ("commune_id", "village_id") else 22
    if name == forms.BEFORE.name:
        return _NARROW - 3
    if name == "content":
        return _WIDEST
    if name in ("quote", "source", "name_vi", "name_en") or (form.name, name) == ("organizations", "name"):
        return 44
    if name in ("name", "parent_id", "category", "level", "measure", "entry", "commune_id"):
        return _WIDE
    return _NARROW + 5 if name.endswith("_id") else _NARROW
