"""The figures on top of a page: each with its trend, what changed, and what it leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dashboard import measures
from dashboard.charts.model import Status, Tile, Tiles, Trend
from dashboard.dataset import Dataset, Selection, remembered
from dashboard.exhibits import empty, goals, peers, published, reported, structure
from dashboard.exhibits.goals import drawn, wording
from dashboard.text import Text

HEAD, _FRONT = "secretary+village_head", "secretary+front_head"
# More goals than these are a chart, not tiles.
_MOST_GOALS = 6


@remembered(size=256)
def overview(dataset: Dataset, selection: Selection) -> Tiles:
    """Members, admissions, grassroots organisations, goals met, secretary = village head."""
    tiles = [stock(dataset, selection, "members"), stock(dataset, selection, "admitted")]
    tiles.append(grassroots(dataset, selection))
    if not empty.outside_only(selection):
        tiles += [*goals_met(dataset, selection), pair_of_posts(dataset, selection, HEAD)]
    return Tiles(tuple(tiles))


@remembered(size=256)
def structure_counts(dataset: Dataset, selection: Selection) -> Tiles:
    """Grassroots organisations, subordinate cells, members, admissions."""
    text = selection.text
    counts = measures.structure.counts(dataset, selection)
    subcells = Tile(
        _marked(dataset, selection, "subcells"),
        text.number(counts["subcells"]),
        (text("chart.not_grassroots"),),
    )
    return Tiles(
        (
            grassroots(dataset, selection, with_subcells=False),
            subcells,
            stock(dataset, selection, "members"),
            stock(dataset, selection, "admitted"),
        )
    )


@remembered(size=256)
def targets(dataset: Dataset, selection: Selection) -> Tiles | None:
    """One tile per goal with a target, beside it the figure of the whole; None where there is none."""
    text = selection.text
    rows = [row for row in wording.records(goals.stated(dataset, selection)) if row["target"] is not None]
    if not rows:
        return None
    names = wording.short_names(dataset, text)
    whole = {}
    if not selection.everything and dataset.scope is None:
        whole = {
            row["goal_id"]: row
            for row in wording.records(measures.goals.progress(dataset, peers.everything(dataset, selection)))
        }
    return Tiles(
        tuple(
            _goal(dataset, selection, row, names[row["goal_id"]], whole.get(row["goal_id"]))
            for row in rows[:_MOST_GOALS]
        )
    )


@remembered(size=256)
def overlap(dataset: Dataset, selection: Selection) -> Tiles | None:
    """The two pairs of the policy, villages where one person holds all three posts, and those without
    overlap; None where no village is chosen."""
    text = selection.text
    counts = measures.overlap.counts(dataset, selection)
    if not counts["villages"]:
        return None
    ready = int(measures.overlap.pool(dataset, selection)["ready"].sum())
    silent = (text("goals.unreported.villages", n=counts["silent"]),) if counts["silent"] else ()
    of = f"/{text.number(counts['villages'])}"
    return Tiles(
        (
            pair_of_posts(dataset, selection, HEAD),
            pair_of_posts(dataset, selection, _FRONT),
            Tile(text("chart.all_three"), known(counts["all_three"], of, counts, text), silent),
            Tile(
                text("chart.no_overlap"),
                known(counts["none:reported"], of, counts, text),
                (text("chart.ready_now", n=ready), *silent),
            ),
        )
    )


def known(n: int, of: str, counts: dict[str, int], text: Text) -> str:
    """A count of villages; "–" where none reports all three posts."""
    return f"{text.number(n)}{of}" if counts["reported"] else "–"


def way(change: int | None) -> Status:
    """Which sign a change has; none for no change, or an unknown one."""
    return "none" if not change else "rising" if change > 0 else "falling"


def _marked(dataset: Dataset, selection: Selection, name: str) -> str:
    """The name of a count, which says in a sample whether it is published or invented."""
    text, label = selection.text, selection.text(f"count.{name}")
    real = published.agreeing(dataset, selection)
    if not real:
        return label
    return text(f"reconciliation.mark_{'published' if f'count:{name}' in real else 'sample'}", said=label)


def stock(dataset: Dataset, selection: Selection, name: str, since: str | None = None) -> Tile:
    """Members or admissions: the sum, its change where both dates are complete, the dates that are."""
    text = selection.text
    rows = measures.structure.over_time(dataset, selection)
    complete = rows[f"{name}_missing"] == 0
    values = [
        float(value) if whole and value is not None else None
        for value, whole in zip(map(structure.or_none, rows[name]), complete, strict=True)
    ]
    count = structure.total(dataset, selection, name)
    value = measures.structure.counts(dataset, selection)[name]
    notes = [lacking] if (lacking := reported.left_out(count, name, text)) else []
    before = since or dataset.date_before(selection.as_of)
    by_date = dict(zip(rows["as_of"], values, strict=True))
    was, now = by_date.get(before or ""), by_date.get(selection.as_of)
    change = None
    if before is not None and was is not None and now is not None:
        change = int(now - was)
        said = text("chart.since", change=text.change(change), date=text.date(before))
        real = published.agreeing(dataset, selection)
        notes.insert(0, text("reconciliation.mark_sample", said=said) if real else said)
    elif before is not None and value is not None:
        notes.append(text("chart.not_comparable", date=text.date(before)))
    known = sum(one is not None for one in values)
    return Tile(
        _marked(dataset, selection, name),
        structure.persons(value, count.complete, text),
        tuple(notes),
        way(change),
        Trend(tuple(values)) if known > 1 else None,
    )


def grassroots(dataset: Dataset, selection: Selection, *, with_subcells: bool = True) -> Tile:
    """Grassroots organisations, of them committees and cells; with the cells under the committees."""
    text = selection.text
    counts = measures.structure.counts(dataset, selection)
    notes = []
    if counts["grassroots"] is not None:
        notes.append(
            text(
                "chart.grassroots",
                committees=text("structure.committees_count", n=counts["committees"]),
                cells=text("structure.cells_count", n=counts["cells"]),
            )
        )
        if with_subcells:
            notes.append(text("chart.subcells", n=counts["subcells"]))
    silent = measures.structure.silent(dataset, selection)
    notes += [text("goals.unreported.places", n=silent)] if silent else []
    return Tile(_marked(dataset, selection, "grassroots"), text.number(counts["grassroots"]), tuple(notes))


def goals_met(dataset: Dataset, selection: Selection) -> Iterator[Tile]:
    """How many goals are met and how many posts the others lack; nothing where none has data."""
    text = selection.text
    rows = [
        row
        for row in wording.records(measures.goals.progress(dataset, selection))
        if row["target"] is not None and row["status"] in ("met", "not_met")
    ]
    if not rows:
        return
    met = sum(row["status"] == "met" for row in rows)
    missed = [row for row in rows if row["status"] == "not_met"]
    # Posts and villages are not added up, and what cannot be reached is missing whatever is added.
    addable = all(row["unit"] == "posts" and row["needed"] is not None for row in missed)
    sure = all(row["certain"] for row in rows)
    notes = []
    if met == len(rows):
        notes.append(text("goals.status.met"))
    elif addable:
        notes.append(text("chart.still_missing", n=sum(row["needed"] for row in missed)))
    if not sure:
        notes.append(text("chart.may_change"))
    yield Tile(
        text("chart.goals_met"), f"{met}/{len(rows)}", tuple(notes), "met" if met == len(rows) else "not_met"
    )


def pair_of_posts(dataset: Dataset, selection: Selection, pair: str) -> Tile:
    """Villages where one person holds both posts, of all villages."""
    text = selection.text
    counts = measures.overlap.counts(dataset, selection)
    first, second = pair.split("+")
    name = text("chart.overlap", first=text(f"chart.position.{first}"), second=text(f"chart.inside.{second}"))
    villages, unreported = counts["villages"], counts[f"{pair}:unreported"]
    if not villages or unreported == villages:
        return Tile(name, "–", (text("common.no_data"),), "no_data")
    share, change_says, notes = text.share(counts[pair], villages), "", []
    status: Status = "none"
    before = dataset.date_before(selection.as_of)
    if before is not None:
        found = measures.changes.villages(dataset, selection, pair)
        if found is not None and not selection.since:
            change = found.gained - found.lost
            status = way(change)
            change_says = text("chart.since", change=text.change(change), date=text.date(before))
            notes += [text("chart.over_both", n=found.unknown)] if found.unknown else []
    if not selection.everything and dataset.scope is None:
        whole = measures.overlap.counts(dataset, peers.everything(dataset, selection))
        notes.append(
            text("chart.of_whole", ratio=f"{text.number(whole[pair])}/{text.number(whole['villages'])}")
        )
    if unreported:
        notes.append(text("goals.unreported.villages", n=unreported))
    real = f"overlap_share:{pair}" in published.agreeing(dataset, selection)
    if published.agreeing(dataset, selection):
        name = text(f"reconciliation.mark_{'published' if real else 'sample'}", said=name)
    first = " · ".join(part for part in (share, change_says) if part)
    return Tile(name, f"{text.number(counts[pair])}/{text.number(villages)}", (first, *notes), status)


def _goal(
    dataset: Dataset, selection: Selection, row: dict[str, Any], name: str, whole: dict[str, Any] | None
) -> Tile:
    text = selection.text
    label = wording.label(row, text)
    notes: Sequence[str] = [
        " · ".join(part for part in (label.count if label.share else "", label.says) if part),
        label.unreported,
    ]
    if whole is not None and wording.known(whole):
        ratio = wording.label(whole, text)
        notes = [*notes, text("chart.of_whole", ratio=ratio.share or ratio.count)]
    return Tile(
        name,
        label.share or label.count,
        tuple(note for note in notes if note),
        label.status,
        drawn.trend(dataset, selection, row["goal_id"]),
    )
