"""What became of villages: which was formed, merged, renamed, moved, and on which day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dashboard.dataset import Dataset, Selection, areas, memoize, villages

# The events of a village, in the order of those of one day.
KINDS = ("formed", "founded", "returned", "took_in", "renamed", "moved", "merged", "ended")


@dataclass(frozen=True)
class Event:
    """One thing that came about on `day`, of the village in `row` of `dataset.villages`.

    `others` are rows: what it was `formed` from or `took_in`, what it was `merged` into, what it was before
    (`renamed`, `moved`); none where it was `founded`, `returned`, or `ended` without anything that follows.
    """

    day: str
    row: int
    kind: str
    others: tuple[int, ...] = ()


def of_village(dataset: Dataset, village_id: str) -> tuple[Event, ...]:
    """All that came about of one village, the oldest first."""
    return tuple(
        event
        for row in villages.periods(dataset).get(village_id, ())
        for event in _by_row(dataset).get(row, ())
    )


def between(dataset: Dataset, selection: Selection) -> tuple[Event, ...]:
    """What came about in the chosen communes after the earlier date and up to the chosen one, by day, then by
    rank. A merger is listed once, of what took the others in."""
    since = selection.compared_with(dataset)
    if since is None:
        return ()
    into = areas.successor(dataset, selection.as_of, selection.boundaries)
    communes = dataset.villages["commune_id"].array

    def chosen(event: Event) -> bool:
        where = {into[communes[row]] for row in (event.row, *event.others)}
        return selection.everything or not where.isdisjoint(selection.communes)

    result = (event for events in _by_row(dataset).values() for event in events)
    chosen_events = [
        event
        for event in result
        if since < event.day <= selection.as_of and event.kind != "merged" and chosen(event)
    ]
    return tuple(sorted(chosen_events, key=lambda event: (event.day, event.row)))


@memoize(size=1)
def _by_row(dataset: Dataset) -> dict[int, tuple[Event, ...]]:
    """The events of every row that begins or ends on a day, the oldest first."""
    result: defaultdict[int, list[Event]] = defaultdict(list)
    if villages.dated(dataset.villages):
        ended = list(_endings(dataset))
        for event in (*ended, *_beginnings(dataset, ended)):
            result[event.row].append(event)
    return {
        row: tuple(sorted(events, key=lambda event: (event.day, KINDS.index(event.kind))))
        for row, events in result.items()
    }


def _endings(dataset: Dataset) -> Iterator[Event]:
    """What follows on the rows that end: a further period of the village, another village, or nothing."""
    columns = ("valid_from", "valid_to", "merged_into", "name", "commune_id")
    begins, ends, merged, names, communes = (dataset.villages[column].to_list() for column in columns)
    rows_of = villages.periods(dataset)
    for village in dataset.villages.loc[dataset.villages["valid_to"] != "", "village_id"].unique():
        rows = rows_of[village]
        for row, later in zip(rows, (*rows[1:], -1), strict=True):
            if not ends[row]:
                continue
            day = villages.day_after(ends[row])
            if later < 0 or begins[later] != day:
                target = villages.row_on(dataset, merged[row], day)
                yield Event(day, row, "ended") if target < 0 else Event(day, row, "merged", (target,))
                continue
            if names[later] != names[row]:
                yield Event(day, later, "renamed", (row,))
            # A village stays where it is when its commune becomes another.
            into = areas.successor(dataset, day, areas.BOUNDARIES[0])
            if into[communes[later]] != into[communes[row]]:
                yield Event(day, later, "moved", (row,))


def _beginnings(dataset: Dataset, ended: Iterable[Event]) -> Iterator[Event]:
    """The rows that no earlier period leads to, and those that others were merged into."""
    begins, ends = (dataset.villages[column].to_list() for column in ("valid_from", "valid_to"))
    merged: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for event in ended:
        if event.kind == "merged":
            merged[event.others[0], event.day].append(event.row)
    rows_of = villages.periods(dataset)
    for village in dataset.villages.loc[dataset.villages["valid_from"] != "", "village_id"].unique():
        rows = rows_of[village]
        for before, row in zip((-1, *rows[:-1]), rows, strict=True):
            if begins[row] and (before < 0 or villages.day_after(ends[before]) != begins[row]):
                others = tuple(merged.pop((row, begins[row]), ()))
                kind = "formed" if others else "founded" if before < 0 else "returned"
                yield Event(begins[row], row, kind, others)
    for (row, day), former in merged.items():
        yield Event(day, row, "took_in", tuple(former))
