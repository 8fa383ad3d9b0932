"""What every exhibit of two dates says: the dates, what cannot be compared, what was merged in between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dashboard import measures
from dashboard.dataset import Dataset, Selection, areas
from dashboard.exhibits import reported, takeaways
from dashboard.exhibits.goals import wording as goal_wording
from dashboard.exhibits.names import area_names
from dashboard.measures.changes import Sides
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


def finding(clauses: Sequence[str]) -> str:
    """The clauses as a headline; the dates stand in its subtitle."""
    said = "; ".join(clauses)
    return said[:1].upper() + said[1:]


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
            "changes.took_in" if area in communes else "changes.merged",
            name=names[area],
            since=text.date(selection.since),
            names=text.series([then[commune] for commune in communes if commune != area]),
        )
        for area, communes in parts.items()
    ]
    if len(said) <= _MERGED:
        return said
    return [*said[:_MERGED], text("changes.merged_more", n=len(said) - _MERGED)]


def apart(dataset: Dataset, selection: Selection) -> str:
    """How many chosen villages are in force at just one of the dates; "" where there are none."""
    both = measures.changes.villages_between(dataset, selection)
    n = len(both.came) + len(both.went) if both is not None else 0
    return selection.text("changes.apart", n=n) if n else ""


# More sentences on merged communes are no note.
_MERGED = 5


def compared(sides: Sides, unit: str, text: Text) -> str:
    """What the difference of the two dates leaves out: "; tăng 5 ở các vị trí báo cáo cả hai ngày, …"; ""
    where it leaves out nothing."""
    if sides.plain:
        return goal_wording.apart_says(sides, text)
    row = {"unit": unit, "change": sides.gained, "incomparable": sides.unknown}
    return f"; {goal_wording.compared_says(row, text)}"


def extremes(text: Text, key: str, sides: Mapping[str, Sides], room: int = 2) -> list[str]:
    """The sentences `key`.most_up and `key`.most_down on those with the largest gain and the largest loss, by
    name; only of those of which all can be compared, the others named as left out. No more than `room`."""
    said = []
    changed = [
        (name, side.before.numerator, side.now.numerator) for name, side in sides.items() if side.plain
    ]
    lacking = reported.not_ranked([name for name, side in sides.items() if not side.plain], text)
    for way, sign in (("most_up", 1), ("most_down", -1)):
        most = max((sign * (now - before) for _, before, now in changed), default=0)
        if most <= 0 or len(changed) < 2:
            continue
        group = [one for one in changed if sign * (one[2] - one[1]) == most]
        named = text.series([takeaways.moved(text, *one) for one in group])
        many = text(
            "takeaway.many", many=text("takeaway.communes", n=len(group)), each=_each(text, sign * most)
        )
        sentences = [text(f"{key}.{way}", names=names) for names in (named, many)]
        said.append(takeaways.shortest(sentences[len(group) > takeaways.TIED :]))
    said = said[:room]
    return [*said[:-1], f"{said[-1]} {lacking}"] if said and lacking else said


def _each(text: Text, change: int) -> str:
    return text("takeaway.each", each=text.change(change))
