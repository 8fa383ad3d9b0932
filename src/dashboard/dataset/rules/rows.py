"""Rules that a row can break by itself, or against the other rows of its table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from dashboard import schema
from dashboard.dataset.sheet import Values

Explain = Callable[[int], Values]


@dataclass(frozen=True)
class RowRule:
    """`holds` says for every row whether it is as it must be; `column` names the cell to mend.

    A row in which one of `needs` is already known bad is not judged. An outcome of <NA> counts as fine.
    `explain` gives, for a frame, what the sentence about a row needs.
    """

    name: str
    column: str
    needs: tuple[str, ...]
    holds: Callable[[pd.DataFrame], pd.Series[bool]]
    warning: bool = False
    explain: Callable[[pd.DataFrame], Explain] = lambda frame: lambda row: {}

    def outcome(self, frame: pd.DataFrame) -> pd.Series[bool]:
        """`holds` without missing values."""
        return self.holds(frame).fillna(True).astype(bool)


def _single(table: str, rule: str = "duplicate", column: str = "") -> RowRule:
    """Each key once. The column to mend is the last of the key, unless another is named."""
    key = list(schema.table(table).key)

    def explain(frame: pd.DataFrame) -> Explain:
        alike = frame[frame.duplicated(key, keep=False)]
        first = alike.index.to_series().groupby([alike[column] for column in key]).transform("first")
        return lambda row: {"first": int(first[row])}

    return RowRule(rule, column or key[-1], tuple(key), lambda rows: ~rows.duplicated(key), explain=explain)


def _is(rows: pd.DataFrame, *families: str) -> pd.Series[bool]:
    return rows["measure"].str.startswith(tuple(f"{family}:" for family in families))


def _is_ratio(rows: pd.DataFrame) -> pd.Series[bool]:
    """Shares of something that the data set counts."""
    known = schema.FAMILIES.values()
    return _is(rows, *(family.name for family in known if family.percent and not family.published_only))


def _is_part(rows: pd.DataFrame) -> pd.Series[bool]:
    """Ratios that are a part of a whole: never more than it."""
    flows = (family.name for family in schema.FAMILIES.values() if family.flow)
    return _is_ratio(rows) & ~_is(rows, *flows)


def _is_whole(rows: pd.DataFrame) -> pd.Series[bool]:
    return rows["value"] % 1 == 0


_VALID_ORDER = RowRule(
    "valid_order",
    "valid_to",
    ("valid_from", "valid_to"),
    lambda rows: (rows["valid_to"] == "") | (rows["valid_from"] <= rows["valid_to"]),
)
_COMMUNES = (
    _single("communes"),
    RowRule("id_reserved", "commune_id", ("commune_id",), lambda rows: rows["commune_id"] != schema.OUTSIDE),
    _VALID_ORDER,
    RowRule(
        "merged_open",
        "valid_to",
        ("merged_into", "valid_to"),
        lambda rows: (rows["merged_into"] == "") | (rows["valid_to"] != ""),
    ),
    RowRule(
        "merged_self",
        "merged_into",
        ("commune_id", "merged_into"),
        lambda rows: rows["merged_into"] != rows["commune_id"],
    ),
)
_VILLAGES = (
    _single("villages", column="village_id"),
    _VALID_ORDER,
    RowRule(
        "village_merged_open",
        "valid_to",
        ("merged_into", "valid_to"),
        lambda rows: (rows["merged_into"] == "") | (rows["valid_to"] != ""),
    ),
    RowRule(
        "village_merged_self",
        "merged_into",
        ("village_id", "merged_into"),
        lambda rows: (rows["merged_into"] == "") | (rows["merged_into"] != rows["village_id"]),
    ),
    RowRule(
        "village_small",
        "population",
        ("population", "households"),
        lambda rows: rows["population"] >= rows["households"],
        warning=True,
    ),
)
_ORGANIZATIONS = (
    _single("organizations"),
    RowRule(
        "parent_self",
        "parent_id",
        ("org_id", "parent_id"),
        lambda rows: rows["parent_id"] != rows["org_id"],
    ),
    RowRule(
        "parent_missing",
        "parent_id",
        ("parent_id", "level"),
        lambda rows: (rows["parent_id"] != "") | (rows["level"] == "district"),
    ),
    RowRule(
        "root_parent",
        "parent_id",
        ("parent_id", "level"),
        lambda rows: (rows["parent_id"] == "") | (rows["level"] != "district"),
    ),
)
_OFFICERS = (
    _single("officers", "post_twice"),
    RowRule(
        "vacant_member",
        "party_member",
        ("holder", "party_member"),
        lambda rows: (rows["holder"] != "") | rows["party_member"].isna(),
    ),
    RowRule(
        "holder_unstated",
        "party_member",
        ("holder", "party_member"),
        lambda rows: (rows["holder"] == "") | rows["party_member"].notna(),
    ),
    RowRule(
        "secretary_not_member",
        "party_member",
        ("position", "party_member"),
        lambda rows: (rows["position"] != "secretary") | rows["party_member"],
    ),
)
_GOALS = (
    _single("goals"),
    RowRule(
        "target_missing",
        "target",
        ("operator", "target"),
        lambda rows: (rows["operator"] == "up") | rows["target"].notna(),
    ),
    RowRule(
        "target_given",
        "target",
        ("operator", "target"),
        lambda rows: (rows["operator"] != "up") | rows["target"].isna(),
    ),
    RowRule(
        "target_range",
        "target",
        ("measure", "target"),
        lambda rows: _is(rows, "count") | (rows["target"] <= 100),
    ),
    RowRule(
        "target_whole",
        "target",
        ("measure", "target"),
        lambda rows: ~_is(rows, "count") | (rows["target"] % 1 == 0),
    ),
    RowRule(
        "target_never",
        "target",
        ("measure", "operator", "target"),
        lambda rows: ~_is_part(rows) | (rows["operator"] != ">") | (rows["target"] != 100),
        warning=True,
    ),
    RowRule(
        "goal_published_only",
        "measure",
        ("measure",),
        lambda rows: ~rows["measure"].isin(schema.PUBLISHED_ONLY),
    ),
)
_PUBLISHED = (
    _single("published"),
    RowRule(
        "ratio_denominator",
        "denominator",
        ("measure", "denominator"),
        lambda rows: ~_is_ratio(rows) | (rows["denominator"].fillna(0) > 0),
    ),
    RowRule(
        "ratio_whole",
        "value",
        ("measure", "value"),
        lambda rows: ~_is_ratio(rows) | _is_whole(rows),
    ),
    RowRule(
        "ratio_large",
        "value",
        ("measure", "value", "denominator"),
        lambda rows: ~_is_part(rows) | (rows["value"] <= rows["denominator"]),
        explain=lambda frame: lambda row: {"denominator": int(frame["denominator"][row])},
    ),
    RowRule(
        "count_whole",
        "value",
        ("measure", "value"),
        lambda rows: ~_is(rows, "count") | _is_whole(rows),
    ),
    RowRule(
        "count_denominator",
        "denominator",
        ("measure", "denominator"),
        lambda rows: ~_is(rows, "count") | rows["denominator"].isna(),
    ),
    RowRule(
        "share_range",
        "value",
        ("measure", "value"),
        lambda rows: ~_is(rows, "share") | (rows["value"] <= 100),
    ),
)

# In the order in which they are judged: a cell that breaks one is not held against the next.
ROW_RULES = {
    "communes": _COMMUNES,
    "villages": _VILLAGES,
    "organizations": _ORGANIZATIONS,
    "officers": _OFFICERS,
    "goals": _GOALS,
    "published": _PUBLISHED,
}
