"""Rows of the tables as a reader reads them: names instead of ids, words instead of codes."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard import schema
from dashboard.dataset import Dataset, areas, memoize, village_names, villages
from dashboard.intake import communes, forms
from dashboard.intake.rows import Cells
from dashboard.text import Text


@dataclass(frozen=True)
class InWords:
    """What the rows and cells of a data set are called at a date."""

    data: Dataset
    as_of: str
    text: Text

    def row(self, table: str, cells: Cells) -> str:
        """A row by its name: "Thôn 1 (Xã Hương Sơn): Bí thư chi bộ"."""
        if table == "villages":
            rows = villages.periods(self.data)[cells["village_id"]]
            begins = self.data.villages["valid_from"].array
            return self._in_commune(next(row for row in rows if begins[row] == cells["valid_from"]))
        if table == "officers":
            position = self.text(f"code.position.{cells['position']}")
            return f"{self.village(cells['village_id'])}: {position}"
        return _name(cells)

    def unit(self, table: str, cells: Cells) -> str:
        """What is one row of a form, by a row of it: a village with all its posts."""
        if table == forms.ABOUT:
            return self.text(f"template.entry.{cells['entry']}")
        if table == "officers":
            return self.village(cells["village_id"])
        commune = "" if table == "communes" else _communes(self.data).get(cells.get("commune_id", ""), "")
        return village_names.marked(_name(cells), "", self.text, commune)

    def area(self, table: str, cells: Cells) -> str:
        """The commune of a row, `schema.OUTSIDE` for the bodies of none, "" for what is of the whole."""
        if table == "officers":
            row = villages.telling(self.data, self.as_of).get(cells["village_id"])
            return "" if row is None else str(self.data.villages["commune_id"].array[row])
        if table == "organizations":
            return _homes(self.data, self.as_of).get(cells["org_id"], "")
        return cells["commune_id"] if table == "villages" else ""

    def commune(self, area: str) -> str:
        """A commune, or the bodies of none."""
        return self.text("code.outside") if area == schema.OUTSIDE else _communes(self.data).get(area, "")

    def cell(self, column: schema.Column, value: str) -> str:
        """The words of a cell; "" where it is blank."""
        if not value:
            return self.text("template.vacant") if column.name == "holder" else ""
        if column.refers_to == "villages.village_id":
            return self.village(value)
        if column.codes:
            return forms.word(column, value, self.text)
        if column.kind is schema.Kind.FLAG:
            return self.text(f"template.{value}")
        if column.kind is schema.Kind.DATE:
            return self.text.date(value)
        organizations = _organizations(self.data, self.as_of) if column.name == "parent_id" else {}
        return (_communes(self.data) if column.refers_to else organizations).get(value, value)

    def village(self, village: str) -> str:
        """A village; its id where the data do not have it."""
        row = villages.telling(self.data, self.as_of).get(village)
        return village if row is None else self._in_commune(row)

    def _in_commune(self, row: int) -> str:
        """The village in a row, as the forms of the day of its period nearest to the date tell it apart."""
        columns = ("name", "valid_from", "valid_to")
        name, begun, ended = (str(self.data.villages[column].array[row]) for column in columns)
        day = max(self.as_of, begun)
        day, then = min(day, ended) if ended else day, areas.BOUNDARIES[0]
        commune = areas.of_villages(self.data, day, then)[row]
        mark = village_names.marks(self.data, day, then, self.text)[row]
        return village_names.marked(name, mark, self.text, _communes(self.data).get(commune, commune))


def heading(table: str, name: str, text: Text) -> str:
    """The words of a column."""
    return text(f"intake.column.{name}" if table == "officers" else f"template.heading.{table}.{name}")


@memoize(size=4)
def _communes(data: Dataset) -> dict[str, str]:
    return communes.in_words(data.communes.to_dict("records"))


@memoize(size=4)
def _organizations(data: Dataset, as_of: str) -> dict[str, str]:
    rows = data.organizations[data.organizations["as_of"] == as_of]
    return dict(zip(rows["org_id"], rows["name"], strict=True))


@memoize(size=4)
def _homes(data: Dataset, as_of: str) -> dict[str, str]:
    rows = data.organizations[data.organizations["as_of"] == as_of]
    return dict(zip(rows["org_id"], areas.homes(data, as_of).commune, strict=True))


def _name(cells: Cells) -> str:
    names = map(cells.get, ("name", "name_vi", "quote", "source", "position_id"))
    return next(filter(None, names), "")
