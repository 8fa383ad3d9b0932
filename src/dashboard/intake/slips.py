"""Slips of a hand that move many cells: a block pasted a row too low, a column sorted without the others,
letters and yes or no in each other's columns. One finding stands for all that follows from one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard import schema
from dashboard.dataset import Dataset
from dashboard.intake import words
from dashboard.intake.convert import Converted
from dashboard.intake.findings import Finding, Place, place_name
from dashboard.intake.rows import Row, at_date, table_rows

# Fewer rows, a smaller part of those that changed, or fewer different values may be as they are.
_FEWEST = 5
_MOST = 0.8
_FEWEST_DIFFERENT = 3
# Rows down, or up.
_STEPS = (1, -1, 2, -2, 3, -3)
# By table what names a row, and the columns that are pasted or sorted together.
_BLOCKS: dict[str, tuple[str, tuple[tuple[str, ...], ...]]] = {
    "villages": (
        "village_id",
        (("name",), ("households", "population"), ("households",), ("population",)),
    ),
    "organizations": ("org_id", (("name",), ("members",))),
    "officers": ("village_id", (("position", "holder", "party_member"),)),
}
# The rules that other cells break because of it.
_FOLLOWS = {
    "villages": ("village_", "sorted_alone"),
    "organizations": ("parent_", "sum_", "commune_differs"),
    "officers": (),
}
_OF_POSTS = ("flag", "letter", "secretary_", "holder_", "vacant_")
_FEWEST_SWAPPED = 10
Values = dict[str, tuple[Place | None, tuple[str, ...]]]


def moved(content: Converted, base: Dataset) -> dict[str, Finding]:
    """By table the block whose rows have what other rows have in the data, at its first cell."""
    result: dict[str, Finding] = {}
    day = base.date_until(content.as_of) or ""
    for table, (key, blocks) in _BLOCKS.items():
        if table not in content.tables:
            continue
        rows = table_rows(schema.table(table), getattr(base, table))
        rows_before = (
            at_date(rows, content.as_of)
            if table == "villages"
            else [row for row in rows if row["as_of"] == day]
        )
        for columns in blocks:
            before = _values([Row(row) for row in rows_before], key, columns)
            if finding := _moved(_values(content.tables[table], key, columns), before):
                result[table] = finding
                break
    return result


def _values(rows: Sequence[Row], key: str, columns: Sequence[str]) -> Values:
    """By what a row is about its first cell and these columns; those of several rows together."""
    result: Values = {}
    for row in rows:
        place, values = result.get(row.cells[key], (row.places.get(columns[0]), ()))
        result[row.cells[key]] = (place, (*values, *(row.cells.get(name, "") for name in columns)))
    return {row_id: (place, tuple(sorted(values))) for row_id, (place, values) in result.items()}


def _moved(now: Values, before: Values) -> Finding | None:
    ids = [row_id for row_id in now if row_id in before]
    new, old = [now[row_id][1] for row_id in ids], [before[row_id][1] for row_id in ids]
    changed = [at for at, values in enumerate(new) if values != old[at]]
    if len(changed) < _FEWEST or len({new[at] for at in changed}) < _FEWEST_DIFFERENT:
        return None
    for step in _STEPS:
        hits = [at for at in changed if 0 <= at - step < len(ids) and new[at] == old[at - step]]
        first, last = (now[ids[at]][0] for at in (hits[0], hits[-1])) if hits else (None, None)
        if len(hits) >= _MOST * len(changed) and first and last:
            values = {"n": len(hits), "step": abs(step), "last": place_name(last)}
            return Finding("moved_down" if step > 0 else "moved_up", first, values=values)
    if sorted(new) == sorted(old):
        return Finding("sorted_alone", now[ids[changed[0]]][0], values={"n": len(changed)})
    return None


def with_slips(findings: Sequence[Finding], slips: Mapping[str, Finding]) -> list[Finding]:
    """The findings with these slips, and without what follows from them."""
    result = list(findings)
    for table, slip in slips.items():
        result = [
            finding
            for finding in result
            if not (finding.rule.startswith(_FOLLOWS[table]) or _column(finding) == _column(slip))
        ]
    swapped = [finding for finding in result if _is_swapped(finding)]
    if len(swapped) >= _FEWEST_SWAPPED:
        first = min((finding.place for finding in swapped if finding.place), key=lambda place: place[1:])
        result = [finding for finding in result if not finding.rule.startswith(_OF_POSTS)]
        result.append(Finding("columns_moved", first, values={"n": len(swapped)}))
    return [*slips.values(), *result]


def _column(finding: Finding) -> tuple[str, int] | None:
    return (finding.place[0], finding.place[2]) if finding.place else None


def _is_swapped(finding: Finding) -> bool:
    """Whether a letter is where yes or no belongs, or the other way round."""
    if finding.rule == "flag":
        return len(finding.value) == 1 and finding.value.isalpha()
    return finding.rule == "letter" and words.member(finding.value) is not None
