"""What was checked before the data set was taken in use, rule by rule, and what the checks warn of."""

from __future__ import annotations

from math import inf

from dashboard.dataset import Dataset, Problem, Selection
from dashboard.exhibits.model import Content, Table, exhibit
from dashboard.text import Text

# The rules of `rule.toml` by what they look after; each stands in one group.
_RULES = {
    "files": """
        folder_missing folder_is_file folder_unreadable file_missing file_empty file_unreadable
        file_encoding file_binary file_workbook header_unknown column_missing column_unknown
        column_duplicate column_unnamed fields_few fields_many quote_open line_open""",
    "store": """
        store_missing store_unreadable version_missing version_differs version_unreadable
        version_number""",
    "about": "toml_syntax about_missing about_unknown about_flag about_text about_blank about_date",
    "cells": """
        required count count_large number date flag letter id code measure text_long text_hidden
        text_lost text_font""",
    "keys": "duplicate post_twice id_reserved",
    "links": "unknown_commune unknown_village parent_unknown village_not_in_force",
    "communes": """
        valid_order merged_open merged_self merged_cycle successor_late successor_ended commune_twin
        region_twin region_blank""",
    "villages": """
        village_overlap village_merged_open village_merged_self village_merged_cycle
        village_successor village_small""",
    "tree": """
        parent_self parent_missing parent_level parent_cycle root_parent root_none root_many
        commune_differs village_elsewhere village_outside""",
    "members": """
        sum_differs sum_below admitted_above_members leaf_without_members committee_small cell_large
        committee_without_subcell""",
    "officers": "vacant_member holder_unstated holder_differs secretary_not_member",
    "goals": "target_missing target_given target_range target_whole target_never goal_published_only",
    "published": "ratio_denominator ratio_whole ratio_large count_whole count_denominator share_range",
    "dates": "date_without_officers date_without_organizations",
    "whole": "fewer_organizations commune_without_organizations fewer_posts rows_lost",
}
GROUPS = {group: tuple(rules.split()) for group, rules in _RULES.items()}
_BROKEN_OFF = (*GROUPS["whole"], "line_open")
# Warnings on the card; the command line lists all.
_MOST = 20


@exhibit("data.checks", size=8)
def checks(dataset: Dataset, selection: Selection) -> Content | None:
    """The groups of rules with their state, and where in the files a reader should look again; None for a
    reader of some communes (see `dataset.scoped`): the findings are about the rows of all."""
    if dataset.scope is not None:
        return None
    text = selection.text
    warned = len(dataset.warnings)
    return Content(
        headline=text(f"data.checks.headline_{'warned' if warned else 'clean'}", n=warned),
        sentences=[problem.reader_line(text) for problem in sorted(dataset.warnings, key=_urgency)[:_MOST]],
        table=_states(dataset, text),
        notes=[
            text("data.checks.note"),
            text.some("data.more_problems", max(0, warned - _MOST)),
        ],
        place=text("selection.everything", root=dataset.about.localized("root", text.lang)),
    )


def _urgency(problem: Problem) -> tuple[bool, float]:
    """What says that a copy may have broken off comes before all else, the largest loss first."""
    before, now = problem.values.get("before"), problem.values.get("n")
    lost = before - now if isinstance(before, int) and isinstance(now, int) else inf
    return problem.rule not in _BROKEN_OFF, -lost


def _states(dataset: Dataset, text: Text) -> Table:
    """A row per group of rules: what it looks after, how many rules, whether any row is to be looked at."""
    rows = dict.fromkeys(GROUPS, 0)
    group_of = {rule: group for group, rules in GROUPS.items() for rule in rules}
    for problem in dataset.warnings:
        rows[group_of[problem.rule]] += 1 + problem.more
    return Table.of(
        {
            text("data.checks.column.group"): [text(f"data.checks.group.{group}") for group in GROUPS],
            text("data.checks.column.rules"): [len(rules) for rules in GROUPS.values()],
            text("data.checks.column.state"): [
                text("data.checks.warned", n=n) if n else text("data.checks.passed") for n in rows.values()
            ],
        }
    )
