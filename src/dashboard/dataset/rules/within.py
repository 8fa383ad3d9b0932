"""Rules that one cell or one row of a table can break."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from dashboard import schema
from dashboard.dataset import wording
from dashboard.dataset.problems import Problem
from dashboard.dataset.sheet import Sheet, Values
from dashboard.schema import Column, Kind

_ID = re.compile(r"[a-z0-9_-]{1,64}")
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
    families = schema.FAMILIES.values()
    return _is(measure, *(family.name for family in families if family.percent and not family.published_only))


def _is_part(measure: pd.Series[str]) -> pd.Series[bool]:
    """Ratios that are a part of a whole: never more than it."""
    flows = (family.name for family in schema.FAMILIES.values() if family.flow)
    return _is_ratio(measure) & ~_is(measure, *flows)


# Words that are beside posts where those are columns or keys.
_RESERVED = {
    *(name for table in schema.TABLES for name in table.column_names),
    *schema.VILLAGE_KINDS,
    *("area", "place", "group_head"),
}


def _is_reserved(position: str) -> bool:
    return position in _RESERVED or position.endswith("_member")


def _ended_if_merged(merged_into: pd.Series[str], valid_to: pd.Series[str]) -> pd.Series[bool]:
    return (merged_into == "") | (valid_to != "")


def _top_level(as_of: pd.Series[str], level: pd.Series[str]) -> pd.Series[str]:
    """Per row the highest of `schema.ROOT_LEVELS` that its date has; "" where it has none."""
    ranks = level.map({name: rank for rank, name in enumerate(schema.ROOT_LEVELS)})
    return ranks.groupby(as_of).transform("min").map(dict(enumerate(schema.ROOT_LEVELS))).fillna("")


_VALID_ORDER = _rule(
    "valid_order", "valid_to", lambda valid_from, valid_to: (valid_to == "") | (valid_from <= valid_to)
)
# In the order in which they are judged: a cell that breaks one is not held against the next.
_ROW_RULES = {
    "communes": (
        _single("communes"),
        _rule("id_reserved", "commune_id", lambda commune_id: commune_id != schema.OUTSIDE),
        _VALID_ORDER,
        _rule("merged_open", "valid_to", _ended_if_merged),
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
    "positions": (
        _single("positions"),
        _rule("position_reserved", "position_id", lambda position_id: ~position_id.map(_is_reserved)),
        _rule(
            "position_unnamed",
            "name_vi",
            lambda position_id, name_vi: (name_vi != "") | position_id.isin(schema.POSITIONS),
        ),
        _rule(
            "position_alike",
            "name_vi",
            lambda name_vi: (name_vi == "") | ~name_vi.str.casefold().duplicated(),
        ),
    ),
    "organizations": (
        _single("organizations"),
        _rule("parent_self", "parent_id", lambda org_id, parent_id: parent_id != org_id),
        _rule(
            "parent_missing",
            "parent_id",
            lambda as_of, parent_id, level: (parent_id != "") | (level == _top_level(as_of, level)),
        ),
        _rule(
            "root_parent",
            "parent_id",
            lambda as_of, parent_id, level: (
                (parent_id == "") | (level == "committee") | (level != _top_level(as_of, level))
            ),
        ),
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


def check(sheet: Sheet, positions: tuple[str, ...] | None) -> tuple[Sheet, list[Problem]]:
    """The sheet with its bad cells marked, and what is wrong with them. `positions` are the posts of the data
    set; None = that is not known, and what names a post is passed over."""
    problems: list[Problem] = []
    for column in sheet.table.columns:
        if positions is None and column.kind in (Kind.POSITION, Kind.MEASURE):
            continue
        judge = _judge(column, positions or ())
        for broken, rows in _bad_cells(sheet, column, judge):
            problems += sheet.problems(broken, column.name, rows, _values(broken, column, positions or ()))
            sheet = sheet.with_invalid(column.name, rows)
    frame = sheet.frame
    for rule in _ROW_RULES[sheet.table.name]:
        rows = sheet.valid(*rule.needs).index.intersection(frame.index[~rule.outcome(frame)])
        if len(rows):
            explained = rule.explain(sheet.frame)
            problems += sheet.problems(rule.name, rule.column, rows, explained, warning=rule.warning)
        if not rule.warning:
            sheet = sheet.with_invalid(rule.column, rows)
    return sheet, problems


def _bad_cells(sheet: Sheet, column: Column, judge: Judge) -> Iterator[tuple[str, pd.Index[int]]]:
    """Broken rules of a column with their rows. Each different value is judged once, by one rule."""
    if column.blank and column.kind not in _CHECKED:
        return
    cells = sheet.valid(column.name)[column.name]
    places, values = cells.factorize(use_na_sentinel=False)
    blank = None if column.blank else "required"
    rules = [blank if value is pd.NA or value == "" else judge(value) for value in values.tolist()]
    broken = np.array(rules, dtype=object)
    for rule in dict.fromkeys(filter(None, broken)):
        yield rule, cells.index[(broken == rule)[places]]


# The kinds whose values reading the cells does not make sure of.
_CHECKED = (Kind.ID, Kind.CODE, Kind.POSITION, Kind.MEASURE, Kind.TEXT)


Judge = Callable[[Any], str | None]


def _judge(column: Column, positions: tuple[str, ...]) -> Judge:
    """The rule that a value of a column breaks; None where it is as it must be."""
    holds: dict[Kind, Callable[[str], bool]] = {
        Kind.ID: lambda value: _ID.fullmatch(value) is not None,
        Kind.CODE: lambda value: value in column.codes,
        Kind.POSITION: lambda value: value in positions,
        Kind.MEASURE: lambda value: schema.is_measure(value, positions),
    }
    if column.kind is Kind.TEXT:
        return lambda value: wording.fault(value, column.name)
    test = holds.get(column.kind)
    broken = str(Kind.CODE if column.kind is Kind.POSITION else column.kind)
    return lambda value: None if test is None or test(value) else broken


def _values(rule: str, column: Column, positions: tuple[str, ...]) -> Values:
    """What the sentence about a cell needs."""
    if rule == "code":
        return {"known": ", ".join(positions if column.kind is Kind.POSITION else column.codes)}
    if rule == "measure":
        return {
            "families": ", ".join(family.grammar for family in schema.FAMILIES.values()),
            "positions": ", ".join(positions),
            "counts": ", ".join(schema.COUNTS),
        }
    return {"longest": wording.longest(column.name)} if rule == "text_long" else {}
