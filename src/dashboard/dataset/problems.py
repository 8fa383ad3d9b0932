"""What is wrong with a data set, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dashboard import schema, text
from dashboard.dataset import wording
from dashboard.text import Text

# Enough to find the cell again; a message stays one readable line.
_LONGEST_VALUE = 80


@dataclass(frozen=True)
class Problem:
    """One finding of the checks: where it is, what the cell holds, which rule it breaks.

    `row` counts as a spreadsheet does: the header is row 1. None = the file as a whole. `more` further
    rows have the very same problem. `rule` names the sentence ``rule.NAME`` of `text`, `values` fill it.
    """

    rule: str
    file: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    warning: bool = False
    more: int = 0
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def table(self) -> str:
        """The name of the table that the file holds."""
        return self.file.removesuffix(".csv")

    def sentence(self, text: Text) -> str:
        """What is wrong and what was expected."""
        message = text(f"rule.{self.rule}", **worded(self.values, text))
        return f"{message} {text('rule.more_rows', n=self.more)}" if self.more else message

    def line(self, text: Text) -> str:
        """`file:row:column: value: message`, with the parts that are known."""
        place = [self.file, str(self.row or ""), self.column or ""]
        return f"{':'.join(place)}: {self.value or ''}: {self.sentence(text)}"

    def reader_line(self, text: Text) -> str:
        """The same as a reader of a page takes it in: `file, row 3, column position, “x”: message`."""
        place = [self.file]
        if self.row is not None:
            place.append(text("data.place.row", row=str(self.row)))
        if self.column:
            place.append(text("data.place.column", column=self.column))
        if self.value:
            place.append(f"“{self.value}”")
        return f"{', '.join(place)}: {self.sentence(text)}"

    def as_json(self, text: Text) -> dict[str, Any]:
        """The problem with its sentence, for `check --json`."""
        names = ("file", "row", "column", "value", "rule", "warning", "more")
        return {**{name: getattr(self, name) for name in names}, "message": self.sentence(text)}


def worded(values: Mapping[str, object], text: Text) -> dict[str, object]:
    """The values of a sentence; the kind and name of a commune become one name, as `area`."""
    kind = values.get("area_kind")
    if kind is None:
        return dict(values)
    is_commune = kind != schema.OUTSIDE
    area = text(f"code.commune_kind.{kind}", name=values["area_name"]) if is_commune else text("rule.outside")
    return {**values, "area": area}


def written_date(day: str) -> str:
    """A date as it is written in every language."""
    return text.get().date(day)


def shown(value: str) -> str:
    """A cell's text on one short line, with what cannot be seen written out: "x\\u200b"."""
    visible = "".join(f"\\u{ord(char):04x}" if wording.is_unseen(char) else char for char in value.strip())
    return visible if len(visible) <= _LONGEST_VALUE else visible[:_LONGEST_VALUE] + "…"


class DataError(Exception):
    """The data set has errors: `problems` (never empty) says which, in the order of the files."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problem(s), the first in {problems[0].file}")
        self.problems = problems
