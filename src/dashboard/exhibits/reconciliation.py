"""Published figures beside the same figures from the data set."""

from __future__ import annotations

from dashboard import measures
from dashboard.dataset import Dataset, Selection
from dashboard.exhibits import published
from dashboard.exhibits.model import Content, Table, exhibit
from dashboard.exhibits.rows import Record, records
from dashboard.text import Text


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
        ),
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
    return text.number(row["computed"])


def _result(row: Record, text: Text) -> str:
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
    written = text.change(int(difference)) if whole else text.number(difference, 2)
    return text(f"reconciliation.status.{row['status']}", difference=written)
