"""What a file would change: rows, figures, and what somebody should look at before publishing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard import measures, schema
from dashboard.dataset import Dataset, memoize, select, villages
from dashboard.intake.findings import Finding
from dashboard.intake.rows import Cells, communes_named, table_rows
from dashboard.text import Text

_MAX_NAMED = 8
# Each of them is ticked.
_MAX_WARNINGS = 20


@dataclass(frozen=True)
class Change:
    """One row that differs: `kind` is "new", "changed" or "missing", `who` names it for a reader, `cells` has
    the columns that changed with what stood and what stands there, as a reader sees them ("" = blank)."""

    table: str
    kind: str
    who: str
    cells: tuple[tuple[str, str, str], ...] = ()

    def line(self, text: Text) -> str:
        """One line of the preview."""
        blank = text("intake.blank")
        group = "intake.column" if self.table == "officers" else f"template.heading.{self.table}"
        cells = "; ".join(
            text("intake.cell", column=text(f"{group}.{name}"), before=before or blank, after=after or blank)
            for name, before, after in self.cells
        )
        line = text(f"intake.change.{self.kind}", who=self.who)
        return f"{line}: {cells}" if cells else line


@dataclass(frozen=True)
class FigureChange:
    """A key figure or goal before and after, as a reader sees it; `figure` is its name in words."""

    figure: str
    before: str
    after: str


@dataclass(frozen=True)
class Caution:
    """Something that needs a tick before publishing; `rule` names the sentence ``intake.caution.NAME``."""

    rule: str
    values: Mapping[str, object]

    def sentence(self, text: Text) -> str:
        """What to look at."""
        return text(f"intake.caution.{self.rule}", **self.values)


def changes(before: Dataset, after: Dataset, as_of: str, text: Text) -> tuple[Change, ...]:
    """Rows that are new, changed or missing, table by table; of dated tables those of `as_of` alone, against
    the date before where the data had no such date."""
    result: list[Change] = []
    for table in schema.TABLES:
        day = _compared(before, as_of) if table.key[0] == "as_of" else ""
        old, new = _by_key(table, before, day), _by_key(table, after, as_of)
        for key, row in new.items():
            if key not in old:
                result.append(Change(table.name, "new", _who(table.name, row, after, text)))
            elif cells := _cells(table, old[key], row, text):
                result.append(Change(table.name, "changed", _who(table.name, row, after, text), cells))
        for key, row in old.items():
            if key not in new:
                result.append(Change(table.name, "missing", _who(table.name, row, before, text)))
    return tuple(result)


def _compared(before: Dataset, as_of: str) -> str:
    return as_of if as_of in before.dates else before.date_before(as_of) or ""


def _by_key(table: schema.Table, data: Dataset, as_of: str) -> dict[tuple[str, ...], Cells]:
    """The rows by what names them, the as-of date aside."""
    dated = table.key[0] == "as_of"
    return {
        tuple(row[name] for name in table.key if name != "as_of"): row
        for row in table_rows(table, getattr(data, table.name))
        if not dated or row["as_of"] == as_of
    }


def _cells(table: schema.Table, old: Cells, new: Cells, text: Text) -> tuple[tuple[str, str, str], ...]:
    """The columns that differ, a date that the key holds aside."""
    return tuple(
        (column.name, _shown(column, old[column.name], text), _shown(column, new[column.name], text))
        for column in table.columns
        if old[column.name] != new[column.name] and not (column.key and column.name == "as_of")
    )


def _shown(column: schema.Column, value: str, text: Text) -> str:
    if column.name == "holder" and not value:
        return text("template.vacant")
    if column.kind is schema.Kind.FLAG and value:
        return text(f"template.{value}")
    return text.date(value) if column.kind is schema.Kind.DATE and value else value


def _who(table: str, cells: Cells, data: Dataset, text: Text) -> str:
    """A row in words: "Thôn 1 (Xã Hương Sơn): Bí thư chi bộ"."""
    if table == "villages":
        return _in_commune(cells["name"], cells["commune_id"], data)
    if table == "officers":
        village = _village(cells["village_id"], cells["as_of"], data)
        return f"{village}: {text('code.position.' + cells['position'])}"
    return cells.get("name") or cells.get("name_vi") or cells.get("quote") or next(iter(cells.values()))


def _village(village: str, as_of: str, data: Dataset) -> str:
    """A village as it is called at a date."""
    row = villages.telling(data, as_of).get(village)
    if row is None:
        return village
    name, commune = (data.villages[column].array[row] for column in ("name", "commune_id"))
    return _in_commune(name, commune, data)


def _in_commune(name: str, commune: str, data: Dataset) -> str:
    return f"{name} ({_communes(data).get(commune, commune)})"


@memoize(size=4)
def _communes(data: Dataset) -> dict[str, str]:
    """Every commune in words."""
    return {named.id: named.label for named in communes_named(data.communes.to_dict("records"))}


def figures(before: Dataset, after: Dataset, as_of: str, text: Text) -> tuple[FigureChange, ...]:
    """Every key figure and goal of the whole organisation that differs."""
    old, new = (dict(_figures(data, as_of, text)) for data in (before, after))
    missing = text("common.no_data")
    return tuple(
        FigureChange(name, old.get(name, missing), new.get(name, missing))
        for name in {**new, **old}
        if old.get(name, missing) != new.get(name, missing)
    )


def _figures(data: Dataset, as_of: str, text: Text) -> Iterator[tuple[str, str]]:
    """Figures by name, at the date or the one before."""
    day = as_of if as_of in data.dates else data.date_before(as_of)
    if day is None:
        return
    result: dict[str, Any] = measures.figures(data, select(data, as_of=day))
    for name in schema.COUNTS:
        yield text(f"count.{name}"), text.number(result["structure"][name])
    villages = result["overlap"]["villages"]
    for pair, value in result["overlap"]["pairs"].items():
        first, second = pair.split("+")
        names = {"first": text(f"code.position.{first}"), "second": text(f"code.position_inside.{second}")}
        yield text("measure.overlap_share", **names), text.ratio(value, villages)
    for goal in result["goals"]:
        part, whole = goal["numerator"], goal["denominator"]
        share = text.ratio(part, whole) if whole is not None else text.number(part)
        if goal["unreported"]:
            share = f"{share} · {text('intake.goal_unreported', n=goal['unreported'])}"
        yield text("intake.goal", goal=data.goal[goal["goal_id"]].name(text.lang)), share


def cautions(
    before: Dataset, after: Dataset, as_of: str, warnings: Sequence[Finding], text: Text
) -> tuple[Caution, ...]:
    """What needs a tick; of very many warnings the first ones do, and how many there are."""
    result: list[Caution] = []
    if as_of in before.dates:
        result.append(Caution("date_exists", {"date": text.date(as_of)}))
    elif as_of and before.dates and as_of < before.dates[-1]:
        dates = {"date": text.date(as_of), "last": text.date(before.dates[-1])}
        result.append(Caution("date_older", dates))
    result += _fewer_members(before, after, as_of, text)
    if gone := _vanished(before, after, as_of):
        names = ", ".join(_village(village, as_of, before) for village in gone[:_MAX_NAMED])
        result.append(Caution("villages_gone", {"n": len(gone), "names": names}))
    result += [Caution("checked", {"said": warning.line(text)}) for warning in warnings[:_MAX_WARNINGS]]
    if len(warnings) > _MAX_WARNINGS:
        result.append(Caution("checked_more", {"n": len(warnings) - _MAX_WARNINGS}))
    return tuple(result)


def _fewer_members(before: Dataset, after: Dataset, as_of: str, text: Text) -> Iterator[Caution]:
    """Members down by a third or more, against the same date or the one before."""
    day = _compared(before, as_of) if as_of in after.dates else ""
    if not day:
        return
    old, new = (
        measures.figures(data, select(data, as_of=date))["structure"]["members"]
        for data, date in ((before, day), (after, as_of))
    )
    if old and new is not None and 3 * new <= 2 * old:
        yield Caution("members_down", {"before": old, "after": new, "date": text.date(day)})


def _vanished(before: Dataset, after: Dataset, as_of: str) -> list[str]:
    """Villages that are in the data no more, or of which nothing is reported at the date although it was
    before and they are still there."""
    day = _compared(before, as_of) if as_of else ""
    earlier = before.officers[before.officers["as_of"] == day]["village_id"]
    now = set(after.officers[after.officers["as_of"] == as_of]["village_id"])
    known = set(after.villages["village_id"])
    reported = set(earlier) & villages.by_id(after, as_of).keys()
    return [
        village
        for village in before.villages["village_id"].unique()
        if village not in known or (as_of and village in reported and village not in now)
    ]
