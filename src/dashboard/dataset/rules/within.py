"""Rules that one cell or one row of a table can break, by pandera schemas built from `schema`."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrorReason

from dashboard import schema
from dashboard.dataset import wording
from dashboard.dataset.problems import Problem
from dashboard.dataset.sheet import Sheet, Values
from dashboard.schema import Column, Kind

_ID = r"^[a-z0-9_-]{1,64}$"
Explain = Callable[[int], Values]


@dataclass(frozen=True)
class RowRule:
    """`holds` takes the columns that it `needs` and says for every row whether it is as it must be; `column`
    names the cell to mend.

    A row in which one of `needs` is already known bad is not judged. An outcome of <NA> counts as fine.
    `explain` gives, for a frame, what the sentence about a row needs.
    """

    name: str
    column: str
    needs: tuple[str, ...]
    holds: Callable[..., Any]
    warning: bool = False
    explain: Callable[[pd.DataFrame], Explain] = lambda frame: lambda row: {}

    def outcome(self, frame: pd.DataFrame) -> pd.Series[bool]:
        """`holds` without missing values."""
        return self.holds(*(frame[name] for name in self.needs)).fillna(True).astype(bool)


def _rule(name: str, column: str, holds: Callable[..., Any], **more: Any) -> RowRule:
    """A rule on the columns that the parameters of `holds` are called after."""
    return RowRule(name, column, tuple(inspect.signature(holds).parameters), holds, **more)


def _single(table: str, rule: str = "duplicate", column: str = "") -> RowRule:
    """Each key once. The column to mend is the last of the key, unless another is named."""
    key = list(schema.table(table).key)

    def holds(*columns: Any) -> Any:
        return ~pd.concat(columns, axis="columns").duplicated()

    def explain(frame: pd.DataFrame) -> Explain:
        alike = frame[frame.duplicated(key, keep=False)]
        first = alike.index.to_series().groupby([alike[column] for column in key]).transform("first")
        return lambda row: {"first": int(first[row])}

    return RowRule(rule, column or key[-1], tuple(key), holds, explain=explain)


def _is(measure: pd.Series[str], *families: str) -> pd.Series[bool]:
    return measure.str.startswith(tuple(f"{family}:" for family in families))


def _is_ratio(measure: pd.Series[str]) -> pd.Series[bool]:
    """Shares of something that the data set counts."""
    known = schema.FAMILIES.values()
    return _is(measure, *(family.name for family in known if family.percent and not family.published_only))


def _is_part(measure: pd.Series[str]) -> pd.Series[bool]:
    """Ratios that are a part of a whole: never more than it."""
    flows = (family.name for family in schema.FAMILIES.values() if family.flow)
    return _is_ratio(measure) & ~_is(measure, *flows)


def _ended_if_merged(merged_into: pd.Series[str], valid_to: pd.Series[str]) -> pd.Series[bool]:
    return (merged_into == "") | (valid_to != "")


_VALID_ORDER = _rule(
    "valid_order", "valid_to", lambda valid_from, valid_to: (valid_to == "") | (valid_from <= valid_to)
)
# In the order in which they are judged: a cell that breaks one is not held against the next.
_ROW_RULES = {
    "communes": (
        _single("communes"),
        _rule("id_reserved", "commune_id", lambda commune_id: commune_id != schema.OUTSIDE),
        _VALID_ORDER,
        _rule(
            "merged_open", "valid_to", lambda merged_into, valid_to: (merged_into == "") | (valid_to != "")
        ),
        _rule("merged_self", "merged_into", lambda commune_id, merged_into: merged_into != commune_id),
    ),
    "villages": (
        _single("villages", column="village_id"),
        _VALID_ORDER,
        _rule("village_merged_open", "valid_to", _ended_if_merged),
        _rule(
            "village_merged_self",
            "merged_into",
            lambda village_id, merged_into: (merged_into == "") | (merged_into != village_id),
        ),
        _rule(
            "village_small",
            "population",
            lambda population, households: population >= households,
            warning=True,
        ),
    ),
    "organizations": (
        _single("organizations"),
        _rule("parent_self", "parent_id", lambda org_id, parent_id: parent_id != org_id),
        _rule(
            "parent_missing", "parent_id", lambda parent_id, level: (parent_id != "") | (level == "district")
        ),
        _rule("root_parent", "parent_id", lambda parent_id, level: (parent_id == "") | (level != "district")),
    ),
    "officers": (
        _single("officers", "post_twice"),
        _rule(
            "vacant_member",
            "party_member",
            lambda holder, party_member: (holder != "") | party_member.isna(),
        ),
        _rule(
            "holder_unstated",
            "party_member",
            lambda holder, party_member: (holder == "") | party_member.notna(),
        ),
        _rule(
            "secretary_not_member",
            "party_member",
            lambda position, party_member: (position != "secretary") | party_member,
        ),
    ),
    "goals": (
        _single("goals"),
        _rule("target_missing", "target", lambda operator, target: (operator == "up") | target.notna()),
        _rule("target_given", "target", lambda operator, target: (operator != "up") | target.isna()),
        _rule("target_range", "target", lambda measure, target: _is(measure, "count") | (target <= 100)),
        _rule("target_whole", "target", lambda measure, target: ~_is(measure, "count") | (target % 1 == 0)),
        _rule(
            "target_never",
            "target",
            lambda measure, operator, target: ~_is_part(measure) | (operator != ">") | (target != 100),
            warning=True,
        ),
        _rule("goal_published_only", "measure", lambda measure: ~measure.isin(schema.PUBLISHED_ONLY)),
    ),
    "published": (
        _single("published"),
        _rule(
            "ratio_denominator",
            "denominator",
            lambda measure, denominator: ~_is_ratio(measure) | (denominator.fillna(0) > 0),
        ),
        _rule("ratio_whole", "value", lambda measure, value: ~_is_ratio(measure) | (value % 1 == 0)),
        _rule(
            "ratio_large",
            "value",
            lambda measure, value, denominator: ~_is_part(measure) | (value <= denominator),
            explain=lambda frame: lambda row: {"denominator": int(frame["denominator"][row])},
        ),
        _rule("count_whole", "value", lambda measure, value: ~_is(measure, "count") | (value % 1 == 0)),
        _rule(
            "count_denominator",
            "denominator",
            lambda measure, denominator: ~_is(measure, "count") | denominator.isna(),
        ),
        _rule("share_range", "value", lambda measure, value: ~_is(measure, "share") | (value <= 100)),
    ),
}


def check(sheet: Sheet) -> tuple[Sheet, list[Problem]]:
    """The sheet with its bad cells marked, and what is wrong with them."""
    problems: list[Problem] = []
    for column in sheet.table.columns:
        for broken, rows in _bad_cells(sheet, column):
            problems += sheet.problems(broken, column.name, rows, _values(broken, column))
            sheet = sheet.with_invalid(column.name, rows)
    rules = {rule.name: rule for rule in _ROW_RULES[sheet.table.name]}
    for name, holds in _failures(_row_schema(sheet.table.name), sheet.frame):
        rule = rules[name]
        rows = sheet.valid(*rule.needs).index.intersection(holds.index[~holds])
        if len(rows):
            explained = rule.explain(sheet.frame)
            problems += sheet.problems(name, rule.column, rows, explained, warning=rule.warning)
        if not rule.warning:
            sheet = sheet.with_invalid(rule.column, rows)
    return sheet, problems


def _bad_cells(sheet: Sheet, column: Column) -> Iterator[tuple[str, pd.Index[int]]]:
    """Broken rules of a column with their rows. Each different value is judged once, by one rule."""
    rules = _column_schema(column)
    if rules is None:
        return
    cells = sheet.valid(column.name)[column.name]
    places, values = cells.factorize(use_na_sentinel=False)
    different = pd.Series(values, name=column.name).replace("", None)
    broken = pd.Series("", index=different.index)
    for rule, holds in _failures(rules, different):
        bad = ~holds & (broken == "")
        broken[bad] = rule
        if rule == "text":
            broken[bad] = different[bad].map(partial(wording.fault, column=column.name))
    for rule in broken[broken != ""].unique():
        yield rule, cells.index[(broken == rule).to_numpy()[places]]


def _failures(
    rules: pa.SeriesSchema | pa.DataFrameSchema, data: Any
) -> Iterator[tuple[str, pd.Series[bool]]]:
    """Which rules do not hold, and for every entry whether they do.

    Reads pandera's own outcome of each check, not its table of failure cases: that one has a line per
    cell and takes a minute where a large file is wrong throughout.
    """
    try:
        rules.validate(data, lazy=True, inplace=True)
    except pa.errors.SchemaErrors as errors:
        for error in errors.schema_errors:
            if error.reason_code is SchemaErrorReason.SERIES_CONTAINS_NULLS:
                yield "required", data.notna()
            elif error.reason_code is SchemaErrorReason.DATAFRAME_CHECK:
                yield error.check.error, error.check_output.reindex(data.index, fill_value=True)
            else:
                raise error from errors


@cache
def _column_schema(column: Column) -> pa.SeriesSchema | None:
    """None where reading the cells has left nothing to check."""
    checks = _checks(column)
    if column.blank and not checks:
        return None
    return pa.SeriesSchema(checks=checks, nullable=column.blank, name=column.name)


def _checks(column: Column) -> list[pa.Check]:
    """What the values of a column must be, beyond what reading them already made sure of."""
    if column.kind is Kind.ID:
        return [pa.Check.str_matches(_ID, error="id", n_failure_cases=1)]
    if column.kind is Kind.CODE:
        return [pa.Check.isin(column.codes, error="code", n_failure_cases=1)]
    if column.kind is Kind.MEASURE:
        known = schema.parse_measure
        return [_each("measure", lambda written: known(written) is not None)]
    if column.kind is Kind.TEXT:
        return [_each("text", lambda written: wording.fault(written, column.name) is None)]
    return []


def _each(rule: str, holds: Any) -> pa.Check:
    return pa.Check(holds, element_wise=True, error=rule, n_failure_cases=1)


@cache
def _row_schema(table: str) -> pa.DataFrameSchema:
    # The rules say themselves what a blank cell means.
    return pa.DataFrameSchema(
        checks=[
            pa.Check(rule.outcome, error=rule.name, n_failure_cases=1, ignore_na=False)
            for rule in _ROW_RULES[table]
        ]
    )


def _values(rule: str, column: Column) -> Values:
    """What the sentence about a cell needs."""
    if rule == "code":
        return {"known": ", ".join(column.codes)}
    if rule == "measure":
        return {
            "families": ", ".join(family.grammar for family in schema.FAMILIES.values()),
            "positions": ", ".join(schema.POSITIONS),
            "counts": ", ".join(schema.COUNTS),
        }
    return {"longest": wording.longest(column.name)} if rule == "text_long" else {}
