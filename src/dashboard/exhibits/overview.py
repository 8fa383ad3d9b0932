"""Exhibits of the overview: how far are we?"""

from __future__ import annotations

from dashboard import measures, schema
from dashboard.charts.model import Tile
from dashboard.dataset import Dataset, Selection, villages
from dashboard.exhibits import changes, empty, goals, overlap, published, reported, structure, takeaways
from dashboard.exhibits.model import Content, exhibit
from dashboard.exhibits.structure import wording
from dashboard.text import capital

_FIGURES = ("grassroots", "subcells", "members", "admitted", "villages", "households", "population")
_DATED = ("grassroots", "subcells", "members", "admitted")


@exhibit("overview.key_figures")
def key_figures(dataset: Dataset, selection: Selection) -> Content:
    """The counts at a glance with the change since the date before."""
    text = selection.text
    now = measures.structure.counts(dataset, selection)
    before_date = dataset.date_before(selection.as_of)
    unreported = measures.structure.unreported_villages(dataset, selection)
    names = _DATED if empty.outside_only(selection) else _FIGURES
    # Whether the counts of villages are of the date.
    dated = "overview.dated_note" if villages.dated(dataset.villages) else "overview.undated_note"
    return Content(
        headline=capital(
            text(
                "overview.key_figures.headline" if now["grassroots"] is not None else "structure.tree.empty",
                place=selection.place(dataset),
                grassroots=wording.at_least(
                    dataset, selection, text("goals.unit.grassroots", n=now["grassroots"])
                ),
                committees=text("structure.committees_count", n=now["committees"]),
                cells=text("structure.cells_count", n=now["cells"]),
                members=wording.headcount(dataset, selection),
            )
        )
        + wording.unreported_label(dataset, selection),
        takeaways=[_changed(dataset, selection)],
        figures=[_figure(dataset, selection, name) for name in names],
        notes=[
            text("overview.change_note", date=text.date(before_date)) if before_date else "",
            published.note(dataset, selection, *(f"count:{name}" for name in schema.COUNTS)),
            "" if empty.outside_only(selection) else text(dated),
            text.some("overview.unheard", unreported),
            wording.incomplete(dataset, selection, "members", "admitted"),
            wording.only_once(dataset, selection, "members", before_date),
            wording.scope(selection),
            text("structure.grassroots_note"),
        ],
    )


def _figure(dataset: Dataset, selection: Selection, name: str) -> Tile:
    """A count with its change, and what it lacks."""
    text = selection.text
    change = ""
    if name in _DATED and (both := _both(dataset, selection, name)):
        was, now = both
        change = published.beside(dataset, selection, text.change(now - was))
    count = measures.structure.count(dataset, selection, name)
    label = published.marked(dataset, selection, f"count:{name}", text(f"count.{name}"))
    if lacking := reported.left_out(count, name, text):
        label = text("overview.lacking", label=label, lacking=lacking)
    return Tile(label, wording.persons(count.value, count.complete, text), (change,))


@exhibit("overview.findings")
def findings(dataset: Dataset, selection: Selection) -> Content:
    """The headlines of the other pages, for readers of no chart."""
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
    sentences = [_changed(dataset, selection)]
    if not empty.outside_only(selection):
        posts, joined = changes.by_post(dataset, selection), changes.overlap(dataset, selection)
        sentences += [posts.headline, *(joined.takeaways if joined else ())]
    return Content(
        headline=selection.text("overview.changed.headline"),
        sentences=[sentence for sentence in sentences if sentence],
    )


def _both(dataset: Dataset, selection: Selection, name: str) -> tuple[int, int] | None:
    return measures.structure.since(dataset, selection, name, dataset.date_before(selection.as_of))


def _changed(dataset: Dataset, selection: Selection) -> str:
    """The dated figures that differ from those at the date before; "" where none can be compared."""
    text, before_date = selection.text, dataset.date_before(selection.as_of)
    compared = {name: both for name in _DATED if (both := _both(dataset, selection, name))}
    # A date with the root alone reports no organisation that could be compared.
    if before_date is None or not any(compared.get(name, (0, 0))[0] for name in ("grassroots", "subcells")):
        return ""
    moves = [
        takeaways.moved(text, text(f"overview.figure.{name}"), was, now)
        for name, (was, now) in compared.items()
        if was != now
    ]
    return takeaways.since(text, before_date, *(moves or [text("overview.key_figures.unchanged")]))
