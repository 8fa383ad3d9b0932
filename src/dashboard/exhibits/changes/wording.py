"""What every exhibit of two dates says: the dates, what cannot be compared, what was merged in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from dashboard import measures
from dashboard.dataset import Dataset, Selection, areas
from dashboard.exhibits import takeaways
from dashboard.exhibits.model import area_names
from dashboard.measures.goals import Count
from dashboard.text import Text


def since(dataset: Dataset, selection: Selection) -> Selection:
    """The selection with the earlier date named; none where there is none."""
    return replace(selection, since=selection.compared_with(dataset) or "")


def period(selection: Selection) -> str:
    """ "so sánh ngày 31/12/2023 với ngày 31/12/2024"."""
    return dated(selection, "changes.period")


def dated(selection: Selection, key: str, **values: object) -> str:
    """The sentence `key` with both dates."""
    text = selection.text
    return text(key, since=text.date(selection.since), date=text.date(selection.as_of), **values)


def marked(selection: Selection) -> str:
    """The same with the mark that each date has in the charts, so that they are understood alone."""
    return dated(selection, "changes.marked")


def merged(dataset: Dataset, selection: Selection) -> list[str]:
    """A sentence for every chosen commune that was something else, or several, at the earlier date."""
    text = selection.text
    names = area_names(dataset, selection)
    then = areas.labels(dataset, selection.since, areas.BOUNDARIES[0], text)
    parts = measures.changes.merged(dataset, selection)
    said = [
        text(
            "changes.merged",
            name=names[area],
            since=text.date(selection.since),
            names=text.series([then[commune] for commune in communes]),
        )
        for area, communes in parts.items()
    ]
    if len(said) <= _MERGED:
        return said
    return [*said[:_MERGED], text("changes.merged_more", n=len(said) - _MERGED)]


# More sentences on merged communes are no note.
_MERGED = 5


def count_says(count: Count, text: Text) -> str:
    """ "46/58 (79,3%)", or the bare count."""
    if count.denominator is None:
        return text.number(count.numerator)
    return text.ratio(count.numerator, count.denominator)


def from_to(sides: measures.changes.Sides, text: Text) -> str:
    """ "46/58 › 50/60 · +4"; that it cannot be compared where it cannot."""
    if not sides.comparable:
        return text("changes.not_comparable")
    before, now = (
        text.number(count.numerator)
        if count.denominator is None
        else f"{text.number(count.numerator)}/{text.number(count.denominator)}"
        for count in (sides.before, sides.now)
    )
    return text("changes.change", then=before, now=now, change=text.change(sides.gained))


def extremes(text: Text, key: str, changed: Sequence[tuple[str, int, int]]) -> list[str]:
    """The sentences `key`.most_up and `key`.most_down on those with the largest gain and the largest loss:
    `changed` are name, count before and count now."""
    said = []
    for way, sign in (("most_up", 1), ("most_down", -1)):
        most = max((sign * (now - before) for _, before, now in changed), default=0)
        if most <= 0:
            continue
        group = [one for one in changed if sign * (one[2] - one[1]) == most]
        named = text.series([takeaways.moved(text, *one) for one in group])
        many = text(
            "takeaway.many", many=text("takeaway.communes", n=len(group)), each=_each(text, sign * most)
        )
        sentences = [text(f"{key}.{way}", names=names) for names in (named, many)]
        said.append(takeaways.shortest(sentences[len(group) > takeaways.TIED :]))
    return said


def _each(text: Text, change: int) -> str:
    return text("takeaway.each", each=text.change(change))


def drawn(sides: Sequence[measures.changes.Sides], side: str) -> pd.api.extensions.ExtensionArray:
    """What a chart draws of one side ("before" or "now"): a share, or the bare count; <NA> where the two
    cannot be compared."""
    counts = [getattr(one, side) if one.comparable else None for one in sides]
    return pd.array(
        [None if count is None else count.numerator / (count.denominator or 1) for count in counts],
        dtype="Float64",
    )
