"""Exhibits of the overview: where do we stand?"""

from __future__ import annotations

from dashboard import measures, schema
from dashboard.dataset import Dataset, Selection, villages
from dashboard.exhibits import changes, empty, goals, overlap, published, reported, structure, takeaways
from dashboard.exhibits.model import Content, KeyFigure, exhibit

_FIGURES = ("grassroots", "subcells", "members", "admitted", "villages", "households", "population")
_DATED = ("grassroots", "subcells", "members", "admitted")


@exhibit("overview.key_figures")
def key_figures(dataset: Dataset, selection: Selection) -> Content:
    """The counts at a glance with the change since the date before."""
    text = selection.text
    now = measures.structure.counts(dataset, selection)
    before = measures.structure.counts_before(dataset, selection)
    before_date = dataset.date_before(selection.as_of)
    real = published.agreeing(dataset, selection)
    unheard = measures.structure.unheard(dataset, selection)
    figures = []
    for name in _DATED if empty.outside_only(selection) else _FIGURES:
        value, was = now[name], before.get(name)
        known = value is not None and was is not None
        known = known and structure.comparable(dataset, selection, name)
        change = text.change(value - was) if known else ""  # type: ignore[operator]
        count = structure.total(dataset, selection, name)
        label, lacking = text(f"count.{name}"), reported.left_out(count, name, text)
        shown = text.number(value) if count.complete else text("common.at_least", n=value)
        if real:
            # Beside a published figure an invented one, its change too, would pass for published.
            basis = "published" if f"count:{name}" in real else "sample"
            label = text(f"reconciliation.mark_{basis}", said=label)
            change = text("reconciliation.mark_sample", said=change) if change else ""
        figures.append(
            KeyFigure(
                text("overview.lacking", label=label, lacking=lacking) if lacking else label,
                shown if value is not None else text.number(None),
                change,
            )
        )
    return Content(
        headline=text(
            "overview.key_figures.headline" if now["grassroots"] is not None else "structure.tree.empty",
            place=selection.place(dataset),
            grassroots=text("goals.unit.grassroots", n=now["grassroots"]),
            committees=text("structure.committees_count", n=now["committees"]),
            cells=text("structure.cells_count", n=now["cells"]),
            members=structure.members(
                now["members"], structure.total(dataset, selection, "members").complete, text
            ),
        )
        + structure.silent_says(dataset, selection),
        takeaways=[_changed(dataset, selection, now, before)],
        figures=figures,
        notes=[
            text("overview.change_note", date=text.date(before_date)) if before_date else "",
            published.note(dataset, selection, *(f"count:{name}" for name in schema.COUNTS)),
            "" if empty.outside_only(selection) else text(_of_villages(dataset)),
            text("overview.unheard", n=unheard) if unheard else "",
            structure.incomplete(dataset, selection, "members", "admitted"),
            structure.only_once(dataset, selection, "members", before_date),
            structure.scope(selection),
            text("structure.grassroots_note"),
        ],
    )


@exhibit("overview.findings")
def findings(dataset: Dataset, selection: Selection) -> Content:
    """The headlines of the other pages, for who reads no chart."""
    text = selection.text
    sentences = [
        structure.members_over_time(dataset, selection).headline,
        goals.progress(dataset, selection).headline,
    ]
    if not empty.outside_only(selection):
        sentences[1:1] = [overlap.headline(dataset, selection)]
        sentences += [goals.attention(dataset, selection).headline]
    return Content(
        headline=text("overview.findings.headline"),
        sentences=sentences,
        notes=[published.note(dataset, selection, "count:members", *published.OVERLAP)],
    )


@exhibit("overview.changed")
def changed(dataset: Dataset, selection: Selection) -> Content | None:
    """What changed since the date before: members, posts, overlap; None without an earlier date."""
    if dataset.date_before(selection.as_of) is None:
        return None
    now = measures.structure.counts(dataset, selection)
    sentences = [_changed(dataset, selection, now, measures.structure.counts_before(dataset, selection))]
    if not empty.outside_only(selection):
        posts, joined = changes.by_post(dataset, selection), changes.overlap(dataset, selection)
        sentences += [posts.headline, *(joined.takeaways if joined else ())]
    return Content(
        headline=selection.text("overview.changed.headline"),
        sentences=[sentence for sentence in sentences if sentence],
    )


def _of_villages(dataset: Dataset) -> str:
    """The note on the counts of villages: whether they are of the date."""
    return "overview.dated_note" if villages.dated(dataset.villages) else "overview.undated_note"


def _changed(
    dataset: Dataset, selection: Selection, now: dict[str, int | None], before: dict[str, int | None]
) -> str:
    """The dated figures that differ from those at the date before; "" where none can be compared."""
    text = selection.text
    before_date = dataset.date_before(selection.as_of)
    if before_date is None or not (before["grassroots"] or before["subcells"]):
        return ""
    said = []
    compared = False
    for name in _DATED:
        value, was = now[name], before[name]
        if value is None or was is None:
            continue
        if not structure.comparable(dataset, selection, name):
            continue
        compared = True
        if value != was:
            said.append(takeaways.moved(text, text(f"overview.figure.{name}"), was, value))
    words = "; ".join(said) or text("overview.key_figures.unchanged")
    return text("takeaway.since", date=text.date(before_date), said=words) if compared else ""
