"""Where the data come from, what was checked before they were taken in use, and the published figures beside
them."""

from __future__ import annotations

from math import inf

from dashboard import measures
from dashboard.dataset import Dataset, Problem, Selection, areas, collecting, villages
from dashboard.exhibits import published
from dashboard.exhibits.model import Content, Table, exhibit
from dashboard.exhibits.rows import Record, records
from dashboard.exhibits.structure.wording import persons
from dashboard.text import Text

# The rules of `rule.toml` by what they check; each is in one group.
_RULES = {
    "files": """
        folder_missing folder_is_file folder_unreadable file_missing file_empty file_unreadable
        file_encoding file_binary file_workbook header_unknown column_missing column_unknown
        column_duplicate column_unnamed fields_few fields_many quote_open line_open""",
    "store": """
        store_missing store_unreadable version_missing version_differs version_unreadable
        version_number""",
    "about": """
        toml_syntax about_missing about_unknown about_flag about_text about_blank about_date about_unit
        about_collecting""",
    "cells": """
        required count count_large number date flag letter id code measure text_long text_hidden
        text_lost text_font""",
    "keys": "duplicate post_twice id_reserved",
    "links": "unknown_commune unknown_village parent_unknown village_not_in_force",
    "communes": """
        valid_order merged_open merged_self merged_cycle successor_late successor_ended commune_twin
        commune_left
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
    "officers": """
        position_missing positions_many position_reserved position_unnamed position_alike
        vacant_member holder_unstated holder_differs secretary_not_member""",
    "goals": "target_missing target_given target_range target_whole target_never goal_published_only",
    "published": "ratio_denominator ratio_whole ratio_large count_whole count_denominator share_range",
    "dates": "date_without_officers date_without_organizations",
    "whole": "fewer_organizations commune_without_organizations fewer_posts rows_lost",
}
GROUPS = {group: tuple(rules.split()) for group, rules in _RULES.items()}
_BROKEN_OFF = (*GROUPS["whole"], "line_open")
# Warnings on the card; the command line lists all.
_MOST = 20


@exhibit("data.provenance", size=8)
def about(dataset: Dataset, selection: Selection) -> Content:
    """Title, publisher, version, dates and size of the data set, and its own note."""
    text = selection.text
    about = dataset.about
    title, publisher, root, note = (
        about.localized(entry, text.lang) for entry in ("title", "publisher", "root", "note")
    )
    return Content(
        headline=text(f"data.provenance.headline_{'sample' if about.sample else 'real'}", title=title),
        sentences=[
            text("data.provenance.title", title=title),
            text("data.provenance.publisher", publisher=publisher),
            text("data.provenance.version", version=about.version),
            text("data.provenance.dates", dates=text.series([text.date(date) for date in dataset.dates])),
            text(
                "data.provenance.rows_by_village" if dataset.by_village else "data.provenance.rows",
                communes=len(areas.listed(dataset, selection.as_of, selection.boundaries)),
                n=len(villages.by_id(dataset, selection.as_of)),
                organizations=len(dataset.organizations),
                officers=len(dataset.officers),
            ),
        ],
        notes=[note],
        place=text("selection.everything", root=root) if dataset.scope is None else text("scope.place"),
    )


def status(dataset: Dataset, selection: Selection) -> list[str]:
    """What the checks found, whether the published figures agree, the date that is shown, and who has sent
    data for the one that is being collected: each a sentence."""
    text = selection.text
    exhibits = (checks(dataset, selection), compare(dataset, selection))
    date = text.date(dataset.default_date)
    last = text("card.period", date=date) if date else text("card.no_period")
    findings = (exhibit.headline for exhibit in exhibits if exhibit is not None)
    return list(filter(None, (*findings, last, collecting.progress_sentence(dataset, text))))


@exhibit("data.checks", size=8)
def checks(dataset: Dataset, selection: Selection) -> Content | None:
    """The groups of rules with their state, and where in the files a reader should look again; None for a
    reader of some communes (see `dataset.scoped`): the findings are about the rows of all."""
    if dataset.scope is not None:
        return None
    text = selection.text
    warnings = len(dataset.warnings)
    return Content(
        headline=text(f"data.checks.headline_{'warned' if warnings else 'clean'}", n=warnings),
        sentences=[problem.reader_line(text) for problem in sorted(dataset.warnings, key=_urgency)[:_MOST]],
        table=_states(dataset, text),
        notes=[
            text("data.checks.note"),
            text.some("data.more_problems", max(0, warnings - _MOST)),
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


@exhibit("reconciliation.compare", size=8)
def compare(dataset: Dataset, selection: Selection) -> Content | None:
    """What was published, what all data give, and whether they agree; None for a reader of some communes."""
    if dataset.scope is not None:
        return None
    text = selection.text
    rows = records(measures.reconciliation.compare(dataset))
    computable = [row for row in rows if row["status"] != "not_computable"]
    agreeing = sum(row["status"] == "agrees" for row in computable)
    key = "reconciliation.all_agree" if agreeing == len(computable) else "reconciliation.some_differ"
    heads = {name: text(f"column_short.{name}") for name in ("published", "computed")}
    assumed = sorted({row["as_of"] for row in computable if not row["stated"]})
    return Content(
        headline=text(key, agreeing=agreeing, n=len(computable), apart=len(computable) - agreeing)
        if computable
        else text("reconciliation.empty"),
        table=Table.of(
            {
                text("column_short.figure"): [published.name(row["measure"], text) for row in rows],
                text("column_short.published"): [published.value(row, text) for row in rows],
                text("column_short.computed"): [_computed(row, text) for row in rows],
                text("column_short.result"): [_result(row, text) for row in rows],
            }
        )
        if rows
        else None,
        notes=[
            *(text("reconciliation.assumed", date=text.date(date)) for date in assumed),
            # Which column is published and which is counted from invented rows.
            text("reconciliation.in_sample", **heads) if rows and dataset.about.sample else "",
        ],
        place=text("selection.everything", root=dataset.about.localized("root", text.lang)),
    )


@exhibit("reconciliation.quotes", size=8)
def quotes(dataset: Dataset, selection: Selection) -> Content | None:
    """How the source states every published figure, and the source; None for a reader of some communes."""
    if dataset.scope is not None:
        return None
    text = selection.text
    rows = records(dataset.published)
    sources = list(dict.fromkeys(row["source"] for row in rows))
    number = {source: f" [{i}]" if len(sources) > 1 else "" for i, source in enumerate(sources, 1)}
    return Content(
        headline=text(f"reconciliation.quotes.{'headline' if rows else 'none'}", n=len(rows)),
        sentences=[
            f"{published.name(row['measure'], text)}: {row['quote']}{number[row['source']]}" for row in rows
        ],
        source=text(
            "reconciliation.quotes.source",
            sources="; ".join(f"{source}{number[source]}" for source in sources),
        )
        if rows
        else "",
        # What no source states in words is invented as well.
        sample=dataset.about.sample and not all(row["quote"] for row in rows),
        period=_period(rows, text),
        place=text("selection.everything", root=dataset.about.localized("root", text.lang)),
    )


def _period(rows: list[Record], text: Text) -> str:
    """The as-of dates that the sources state."""
    dates = sorted({row["as_of"] for row in rows if row["as_of"]})
    stated = [text("card.period", date=text.series([text.date(date) for date in dates]))] if dates else []
    undated = [text("reconciliation.quotes.undated")] if any(not row["as_of"] for row in rows) else []
    return "; ".join(stated + undated)


def _computed(row: Record, text: Text) -> str:
    if row["status"] == "not_computable":
        return text("common.no_data")
    if row["computed_denominator"] is not None:
        return text.ratio(row["computed"], row["computed_denominator"])
    return persons(row["computed"], row["complete"], text)


def _result(row: Record, text: Text) -> str:
    """Whether they agree, or by how much they differ; and that what is not reported may make it another."""
    result = _difference(row, text)
    unsure = row["status"] != "not_computable" and not row["complete"]
    return text("reconciliation.incomplete", text=result) if unsure else result


def _difference(row: Record, text: Text) -> str:
    """Whether they agree, else by how much the figure (computed − published) or the whole differs."""
    difference = row["difference"] or 0
    stated, computed = row["denominator"], row["computed_denominator"]
    if row["status"] == "differs" and None not in (stated, computed) and stated != computed:
        whole_differs = text.change(computed - stated)
        if not difference:
            return text("reconciliation.status.whole_differs", whole=whole_differs)
        return text(
            "reconciliation.status.both_differ", difference=text.change(int(difference)), whole=whole_differs
        )
    whole = difference == int(difference)
    change = text.change(int(difference)) if whole else text.number(difference, 2)
    return text(f"reconciliation.status.{row['status']}", difference=change)
