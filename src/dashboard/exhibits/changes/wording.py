"""What every exhibit of two dates says: the dates, what cannot be compared, what was merged in between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard import measures
from dashboard.dataset import Dataset, Selection, areas
from dashboard.exhibits import reported, takeaways
from dashboard.exhibits.names import area_names
from dashboard.measures.changes import Changes, Comparison
from dashboard.text import Text, capital

# More sentences on merged communes are no note.
_MERGED = 5


def dated(selection: Selection, key: str, **values: object) -> str:
    """The sentence `key` with both dates."""
    text = selection.text
    return text(key, since=text.date(selection.since), date=text.date(selection.as_of), **values)


def marked(selection: Selection) -> str:
    """Both dates with the mark that each has in the charts, so that they are understood alone."""
    return dated(selection, "changes.marked")


def finding(clauses: Sequence[str]) -> str:
    """The clauses as a headline; the dates stand in its subtitle."""
    return capital("; ".join(clauses))


def clauses(kind: str, changes: Changes, text: Text) -> list[str]:
    """ "thêm 3 vị trí do đảng viên giữ", "giảm 1", what cannot be compared."""
    change = takeaways.change_of(kind, changes)
    return [*takeaways.clauses(text, change), *takeaways.unknown(text, change)]


def notes(dataset: Dataset, selection: Selection) -> list[str]:
    """How many chosen villages are in force at just one of the dates, and which communes were merged."""
    return [apart(dataset, selection), *merged(dataset, selection)]


def merged(dataset: Dataset, selection: Selection) -> list[str]:
    """A sentence for every chosen commune that was something else, or several, at the earlier date."""
    text, names = selection.text, area_names(dataset, selection)
    then = areas.labels(dataset, selection.since, areas.BOUNDARIES[0], text)
    parts = measures.changes.merged(dataset, selection)
    sentences = [
        text(
            "changes.took_in" if area in communes else "changes.merged",
            name=names[area],
            since=text.date(selection.since),
            names=text.series([then[commune] for commune in communes if commune != area]),
        )
        for area, communes in parts.items()
    ]
    return [*sentences[:_MERGED], text.some("changes.merged_more", max(0, len(sentences) - _MERGED))]


def apart(dataset: Dataset, selection: Selection) -> str:
    """How many chosen villages are in force at just one of the dates; "" where there are none."""
    both = measures.changes.villages_between(dataset, selection)
    return "" if both is None else selection.text.some("changes.apart", len(both.came) + len(both.went))


def extremes(text: Text, key: str, sides: Mapping[str, Comparison], room: int = 2) -> list[str]:
    """The sentences `key`.most_up and `key`.most_down on those with the largest gain and the largest loss, by
    name; only of those of which all can be compared, the others named as left out. No more than `room`."""
    plain = [(name, one.before.numerator, one.now.numerator) for name, one in sides.items() if one.plain]
    sentences = []
    for way, sign in (("most_up", 1), ("most_down", -1)):
        most = max((sign * (now - before) for _, before, now in plain), default=0)
        if most <= 0 or len(plain) < 2:
            continue
        group = [one for one in plain if sign * (one[2] - one[1]) == most]
        named = (takeaways.movers(text, group), takeaways.movers(text, group, few=0))
        sentences.append(takeaways.shortest([text(f"{key}.{way}", names=names) for names in named]))
    sentences = sentences[:room]
    lacking = reported.not_ranked([name for name, one in sides.items() if not one.plain], text)
    return [*sentences[:-1], f"{sentences[-1]} {lacking}"] if sentences and lacking else sentences


def compared_columns(sides: Sequence[Comparison], text: Text) -> dict[str, list[int | None]]:
    """The columns of a table on what changed over what both dates report, and how much they do not."""
    return {
        text("changes.column.change"): [one.gained if one.comparable else None for one in sides],
        text("changes.column.silent"): [one.unknown for one in sides],
    }
