"""The rows that a file and others have changed since it was filled, as a reader who chooses sees them."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard import schema
from dashboard.intake import forms
from dashboard.intake.three_way import Contested, Key, Unit
from dashboard.intake.worded import InWords, heading
from dashboard.text import Text

# A column in words, and the three cells of it.
Cell = tuple[str, str, str, str]
_ABOUT = tuple(field.column for field in forms.form(forms.ABOUT).fields)


@dataclass(frozen=True)
class Conflict:
    """A row of which either the file's or the other has to be chosen.

    `cells` has the columns that differ in words, each as it was when the file was filled, as it is
    now and as it is in the file. `file` names it; `beside`: the row of now is in another file of the hand-in;
    `taken`: whether the file's row is taken (None = not chosen yet).
    """

    key: Key
    who: str
    cells: tuple[Cell, ...]
    file: str
    beside: bool
    taken: bool | None

    def heads(self, text: Text) -> tuple[str, str, str]:
        """What the three cells of a column are."""
        return (
            text("intake.conflict.was"),
            text("intake.conflict.beside" if self.beside else "intake.conflict.now"),
            text("intake.conflict.file"),
        )

    def line(self, text: Text) -> str:
        """One line: the file, the row, and each of its columns."""
        heads = self.heads(text)
        cells = [
            f"{column} ({', '.join(f'{head}: {cell}' for head, cell in zip(heads, values, strict=True))})"
            for column, *values in self.cells
        ]
        return f"{self.file}: {self.who}: {'; '.join(cells)}"


def in_words(contested: Contested, words: tuple[InWords, InWords, InWords]) -> tuple[str, tuple[Cell, ...]]:
    """A contested row by its sheet and name, and its cells as `Conflict` has them. `words` are those of the
    data that the file was filled from, of the current ones, and of those that the file makes."""
    table, units = contested.table, (contested.was, contested.now, contested.file)
    columns = schema.table(table).columns if table != forms.ABOUT else _ABOUT
    text = words[0].text
    cells: list[Cell] = []
    for part in dict.fromkeys(part for unit in units for part in unit or ()):
        for column in columns:
            values = [_value(unit, part, column.name) for unit in units if unit is not None]
            if any(value != values[0] for value in values):
                was, now, file = (
                    _cell_text(unit, part, column, wording)
                    for unit, wording in zip(units, words, strict=True)
                )
                cells.append((_column(table, part, column.name, text), was, now, file))
    unit, wording = next(
        (unit, wording) for unit, wording in zip(units[::-1], words[::-1], strict=True) if unit
    )
    who = wording.unit(table, next(iter(unit.values())).cells)
    return f"{text(f'template.sheet.{table}')}, {who}", tuple(cells)


def _value(unit: Unit, part: str, name: str) -> str | None:
    """A cell; None where the row has no such part."""
    return unit[part].cells[name] if part in unit else None


def _cell_text(unit: Unit | None, part: str, column: schema.Column, words: InWords) -> str:
    if unit is None:
        return words.text("intake.conflict.gone")
    value = _value(unit, part, column.name)
    return (value is not None and words.cell(column, value)) or words.text("intake.blank")


def _column(table: str, part: str, name: str, text: Text) -> str:
    """A column, of a post or a period where the row has several: "Trưởng thôn, người giữ"."""
    part_name = text(f"code.position.{part}") if table == "officers" else text.date(part)
    return f"{part_name}, {heading(table, name, text)}" if part_name else heading(table, name, text)
