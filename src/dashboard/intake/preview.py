"""What a file would change: rows, figures, and what to look at before publishing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboard import measures, schema
from dashboard.dataset import Dataset, areas, collecting, problems, select, villages
from dashboard.exhibits import reported
from dashboard.intake.findings import Finding
from dashboard.intake.rows import Cells, table_rows
from dashboard.intake.worded import InWords, heading
from dashboard.measures import aggregates
from dashboard.text import Text

_MAX_NAMED = 8
# Each of them is ticked.
_MAX_WARNINGS = 20
# The rules about an area with fewer rows than before, or none.
_THEN = areas.BOUNDARIES[0]
# Columns with their old and their new words.
Changed = tuple[tuple[str, str, str], ...]
_FEWER = ("fewer_posts", "fewer_organizations", "commune_without_organizations")


@dataclass(frozen=True)
class Change:
    """One row that differs: `kind` is "new", "changed" or "missing", `who` names it for a reader, `cells` has
    the columns that changed with the old and the new cell, as a reader sees them ("" = blank). `area`
    is its commune in words, or the bodies of none ("" = of the whole), `rank` the place of that in order."""

    table: str
    kind: str
    who: str
    cells: Changed = ()
    area: str = ""
    rank: int = 0

    def line(self, text: Text) -> str:
        """One line of the preview."""
        blank = text("intake.blank")
        cells = "; ".join(
            text(
                "intake.cell",
                column=heading(self.table, name, text),
                before=before or blank,
                after=after or blank,
            )
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
    """Rows that are new, changed or missing, by commune of the date; of dated tables those of `as_of` alone,
    those of an area that sends them for the first time against the date before."""
    rows: list[tuple[str, str, InWords, Cells, Changed]] = []
    now = InWords(after, as_of, text)
    into = areas.successor(after, as_of, _THEN)
    for table in schema.TABLES:
        new = _by_key(table, after, as_of)
        old = _rows_before(table, before, now, new)
        for key, row in new.items():
            if key not in old:
                rows.append((table.name, "new", now, row, ()))
            elif cells := _cells(table, old[key], (now, row)):
                rows.append((table.name, "changed", now, row, cells))
        rows += [(table.name, "missing", was, row, ()) for key, (was, row) in old.items() if key not in new]
    ranks = {area: rank for rank, area in enumerate(("", *after.communes["commune_id"], schema.OUTSIDE))}
    result = []
    for name, kind, words, row, cells in rows:
        area = words.area(name, row)
        area = into.get(area, area)
        result.append(
            Change(name, kind, words.row(name, row), cells, words.commune(area), ranks.get(area, 0))
        )
    return in_order(result)


def _rows_before(
    table: schema.Table, before: Dataset, now: InWords, new: Mapping[tuple[str, ...], Cells]
) -> dict[tuple[str, ...], tuple[InWords, Cells]]:
    """The rows that the `new` ones are compared with, by key, each with the words of its date."""
    as_of, text = now.as_of, now.text
    was = InWords(before, as_of, text)
    old = {key: (was, row) for key, row in _by_key(table, before, as_of).items()}
    day = before.date_before(as_of) if as_of and table.key[0] == "as_of" else None
    if day is None:
        return old
    earlier, into = InWords(before, day, text), areas.successor(now.data, as_of, _THEN)
    sent, sent_before = _sent(now, table, new.values()), _sent(was, table, [row for _, row in old.values()])
    for key, row in _by_key(table, before, day).items():
        area = earlier.area(table.name, row)
        area_ids = {area, into.get(area, area)}
        # The bodies above those come along with a new date.
        if (area_ids & sent and not area_ids & sent_before) or (key in new and as_of not in before.dates):
            old.setdefault(key, (earlier, row))
    return old


def _sent(words: InWords, table: schema.Table, rows: Collection[Cells]) -> set[str]:
    """The communes that the rows of a date are of, and the bodies of none; without those above others."""
    above = {row["parent_id"] for row in rows if "parent_id" in row}
    return {words.area(table.name, row) for row in rows if row.get("org_id") not in above}


def in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Commune by commune, the bodies of none at the end."""
    return tuple(sorted(changes, key=lambda change: change.rank))


def _by_key(table: schema.Table, data: Dataset, as_of: str) -> dict[tuple[str, ...], Cells]:
    """The rows by what names them, the as-of date aside."""
    dated = table.key[0] == "as_of"
    return {
        tuple(row[name] for name in table.key if name != "as_of"): row
        for row in table_rows(table, getattr(data, table.name))
        if not dated or row["as_of"] == as_of
    }


def _cells(table: schema.Table, old: tuple[InWords, Cells], new: tuple[InWords, Cells]) -> Changed:
    """The columns that differ, a date that the key holds aside."""
    (was, before), (now, after) = old, new
    return tuple(
        (column.name, was.cell(column, before[column.name]), now.cell(column, after[column.name]))
        for column in table.columns
        if before[column.name] != after[column.name] and not (column.key and column.name == "as_of")
    )


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
    """Figures by name, at the date or the one before, each with what is not reported: what no area reports
    is no data, never 0."""
    if (day := data.date_until(as_of)) is None:
        return
    sums = aggregates.summed(aggregates.at_date(data, select(data, as_of=day), day))
    for name, measure in _measures(data, text):
        count = measures.families.count(sums, measure)
        yield name, reported.count_label(count, measure.unit, text, short=count.denominator is None)


def _measures(data: Dataset, text: Text) -> Iterator[tuple[str, schema.Measure]]:
    for name in schema.COUNTS:
        yield text(f"count.{name}"), schema.Measure("count", (name,))
    for first, second in aggregates.PAIRS:
        names = {"first": text(f"code.position.{first}"), "second": text(f"code.position_inside.{second}")}
        yield text("measure.overlap_share", **names), schema.Measure("overlap_share", (first, second))
    for goal in data.goal.values():
        yield text("intake.goal", goal=goal.name(text.lang)), goal.measure


def cautions(
    before: Dataset, after: Dataset, as_of: str, warnings: Sequence[Finding], text: Text
) -> tuple[Caution, ...]:
    """What needs a tick; of very many warnings the first ones do, and how many there are. What has not
    changed at all is known once every file is read, see `unchanged`."""
    result: list[Caution] = []
    if as_of in before.dates and as_of != before.about.collecting:
        result.append(Caution("date_exists", {"date": text.date(as_of)}))
    elif as_of and before.dates and as_of < before.dates[-1]:
        dates = {"date": text.date(as_of), "last": text.date(before.dates[-1])}
        result.append(Caution("date_older", dates))
    missing = _missing_areas(before, after, as_of, text)
    warnings = [warning for warning in warnings if not _is_of_missing(warning, missing, text)]
    result += _fewer_members(before, after, as_of, text)
    if vanished := _vanished(before, after, as_of):
        names = ", ".join(map(InWords(before, as_of, text).village, vanished[:_MAX_NAMED]))
        result.append(Caution("villages_gone", {"n": len(vanished), "names": names}))
    result += [Caution("checked", {"said": warning.line(text)}) for warning in warnings[:_MAX_WARNINGS]]
    if len(warnings) > _MAX_WARNINGS:
        result.append(Caution("checked_more", {"n": len(warnings) - _MAX_WARNINGS}))
    return tuple(result)


def unchanged(before: Dataset, after: Dataset, as_of: str, text: Text) -> list[Caution]:
    """The sheets of areas that send a date for the first time and say what they said at the one before, who
    was admitted aside."""
    day = before.date_before(as_of) if as_of else None
    words, was = InWords(after, as_of, text), InWords(before, as_of, text)
    result = []
    for table in map(schema.table, ("organizations", "officers")) if day else ():
        old, new = _by_key(table, before, day or ""), _by_key(table, after, as_of)
        first = _sent(words, table, new.values()) - _sent(was, table, _by_key(table, before, as_of).values())
        columns = [name for name in table.column_names if name not in ("as_of", "admitted")]
        sent = {key: row for key, row in new.items() if words.area(table.name, row) in first}
        if sent and all(
            key in old and [row[name] for name in columns] == [old[key][name] for name in columns]
            for key, row in sent.items()
        ):
            sheet = text(f"template.sheet.{table.name}")
            result.append(Caution("unchanged", {"sheet": sheet, "date": text.date(day or "")}))
    return result


def _missing_areas(before: Dataset, after: Dataset, as_of: str, text: Text) -> list[str]:
    """The areas, by name, that may still send their figures of a date: it is new, or being collected."""
    if not as_of or (as_of in before.dates and as_of != before.about.collecting):
        return []
    names = areas.labels(after, as_of, _THEN, text)
    return [names[area] for area in collecting.collected(after, as_of).missing]


def _is_of_missing(warning: Finding, missing: Sequence[str], text: Text) -> bool:
    """Whether a warning says of one of them that it has fewer rows than before."""
    if warning.rule not in _FEWER or warning.values.get("n"):
        return False
    area = str(problems.worded(warning.values, text)["area"])
    outside = text("code.outside") if area == text("rule.outside") else area
    return outside in missing


def _fewer_members(before: Dataset, after: Dataset, as_of: str, text: Text) -> Iterator[Caution]:
    """Members down by a third or more, against the same date or the one before, where as many report."""
    day = before.date_until(as_of)
    if day is None or as_of not in after.dates:
        return
    pairs = [(data, select(data, as_of=date)) for data, date in ((before, day), (after, as_of))]
    was, now = (measures.structure.unreported_areas(*pair) for pair in pairs)
    old, new = (measures.figures(*pair)["structure"]["members"] for pair in pairs)
    if now > was:
        return
    if old and new is not None and 3 * new <= 2 * old:
        yield Caution("members_down", {"before": old, "after": new, "date": text.date(day)})


def _vanished(before: Dataset, after: Dataset, as_of: str) -> list[str]:
    """Villages that are in the data no more, or of which nothing is reported at the date although it was
    before, they are still there, and their commune reports others."""
    day = before.date_until(as_of) or ""
    earlier = before.officers[before.officers["as_of"] == day]["village_id"]
    now = set(after.officers[after.officers["as_of"] == as_of]["village_id"])
    village_ids = set(after.villages["village_id"])
    row_of, lies_in = villages.by_id(after, as_of), after.villages["commune_id"].array
    sent = {lies_in[row_of[village]] for village in now & row_of.keys()}
    reported = {village for village in earlier if village in row_of and lies_in[row_of[village]] in sent}
    return [
        village
        for village in before.villages["village_id"].unique()
        if village not in village_ids or (as_of and village in reported and village not in now)
    ]
