"""Rules that one column or one row of a table can break, by pandera schemas built from `schema`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrorReason

from dashboard import schema
from dashboard.dataset import wording
from dashboard.dataset.problems import Problem
from dashboard.dataset.rules.rows import ROW_RULES
from dashboard.dataset.sheet import Sheet, Values
from dashboard.schema import Column, Kind

_ID = r"^[a-z0-9_-]{1,64}$"


def check(sheet: Sheet) -> tuple[Sheet, list[Problem]]:
    """The sheet with its bad cells marked, and what is wrong with them."""
    problems: list[Problem] = []
    for column in sheet.table.columns:
        for broken, rows in _bad_cells(sheet, column):
            problems += sheet.problems(broken, column.name, rows, _values(broken, column))
            sheet = sheet.with_failed(column.name, rows)
    rules = {rule.name: rule for rule in ROW_RULES[sheet.table.name]}
    for name, holds in _failures(_row_schema(sheet.table.name), sheet.frame):
        rule = rules[name]
        rows = sheet.sound(*rule.needs).index.intersection(holds.index[~holds])
        if len(rows):
            explained = rule.explain(sheet.frame)
            problems += sheet.problems(name, rule.column, rows, explained, warning=rule.warning)
        if not rule.warning:
            sheet = sheet.with_failed(rule.column, rows)
    return sheet, problems


def _bad_cells(sheet: Sheet, column: Column) -> Iterator[tuple[str, pd.Index[int]]]:
    """Broken rules of a column with their rows. Each different value is judged once, by one rule."""
    rules = _column_schema(column)
    if rules is None:
        return
    cells = sheet.sound(column.name)[column.name]
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
            for rule in ROW_RULES[table]
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
