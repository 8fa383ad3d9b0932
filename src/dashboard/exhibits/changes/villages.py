"""What was gained and lost, by village and post."""

from __future__ import annotations

from itertools import groupby

import pandas as pd

from dashboard import measures
from dashboard.charts.model import NameColumn, NameGroup, Names, Status
from dashboard.dataset import Dataset, Selection
from dashboard.exhibits import takeaways
from dashboard.exhibits.changes import two_dates
from dashboard.exhibits.model import Content, Table, exhibit
from dashboard.exhibits.names import AREA, area_names, became, link, named_villages
from dashboard.exhibits.rows import Record, records
from dashboard.measures import aggregates
from dashboard.measures.changes import Changes
from dashboard.text import Text

# Rows of the table behind the card: more is a list for a file, not for a reader.
_MOST_ROWS = 500
# Villages named in one column of the chart, at most.
_IN_COLUMN = 25
# Sentences on what became of villages, at most.
_BECAME = 8
_PAIRS = tuple(aggregates.pair_name(pair) for pair in aggregates.PAIRS)


@exhibit("changes.villages")
def villages(dataset: Dataset, selection: Selection) -> Content | None:
    """The villages where a member came to hold a post, one person two posts, or no longer does."""
    if not selection.since:
        return None
    text = selection.text
    posts = {
        position: measures.changes.held_posts(dataset, selection, "member", (position,), _MOST_ROWS)
        for position in dataset.position_ids
    }
    pairs = {pair: measures.changes.villages(dataset, selection, pair, _MOST_ROWS) for pair in _PAIRS}
    compared = {what: changes for what, changes in (posts | pairs).items() if changes is not None}
    # The first rows of all, by commune, village and post.
    rows = pd.DataFrame()
    if compared:
        rows = pd.concat([changes.rows.assign(what=what) for what, changes in compared.items()])
        rows = rows.sort_values("place", kind="stable").head(_MOST_ROWS)
        rows = named_villages(dataset, selection, rows)
    total = sum(changes.gained + changes.lost for changes in compared.values())
    history = _became(dataset, selection)
    unreported_posts = sum(changes.unknown for changes in posts.values() if changes is not None)
    unreported_pairs = max((changes.unknown for changes in pairs.values() if changes is not None), default=0)
    return Content(
        headline=_headline(dataset, selection, total),
        sentences=[
            *history,
            *(
                _sentence(dataset, selection, what, changes)
                for what, changes in compared.items()
                if len(changes.rows)
            ),
        ],
        chart=_names(dataset, selection, compared, records(rows), " ".join(history)) if total else None,
        table=_table(dataset, selection, records(rows)) if len(rows) else None,
        notes=[
            text("changes.villages.more", n=len(rows), all=total) if total > len(rows) else "",
            text.some("changes.unreported_posts", unreported_posts),
            text.some("changes.unreported_pairs", unreported_pairs),
            *two_dates.notes(dataset, selection),
            text("changes.villages.note"),
        ],
        period=two_dates.dated(selection, "changes.period"),
    )


def _became(dataset: Dataset, selection: Selection) -> list[str]:
    """What became of villages between the dates: formed, merged, renamed, moved."""
    events = measures.periods.between(dataset, selection)
    sentences = became(dataset, events[:_BECAME], selection, selection.only)
    more = len(events) - _BECAME
    return [*sentences, selection.text("changes.villages.became_more", n=more)] if more > 0 else sentences


def _headline(dataset: Dataset, selection: Selection, total: int) -> str:
    text = selection.text
    both = {
        "member": measures.changes.held_posts(dataset, selection, "member"),
        "overlap": measures.changes.villages(dataset, selection, "any"),
    }
    compared = [takeaways.change_of(kind, changes) for kind, changes in both.items() if changes is not None]
    if not compared:
        return two_dates.dated(selection, "changes.villages.empty")
    left_out = [clause for change in compared for clause in takeaways.unknown(text, change)]
    if not total:
        none = text(f"changes.villages.{'none_known' if left_out else 'none'}")
        return "; ".join([none, *left_out])
    return two_dates.finding(
        [clause for change in compared for clause in takeaways.clauses(text, change)] + left_out
    )


def _sentence(dataset: Dataset, selection: Selection, what: str, changes: Changes) -> str:
    """ "Trưởng thôn: thêm 3 vị trí do đảng viên giữ: A, B và C."; fewer names where it gets long."""
    text = selection.text
    change = takeaways.named_change(dataset, selection, "pair" if what in _PAIRS else "member", changes)
    sentences = [
        text(
            "changes.villages.of",
            post=_post(what, text),
            text="; ".join(takeaways.clauses(text, change, few)),
        )
        for few in range(takeaways.MOST_NAMED, -1, -1)
    ]
    return takeaways.shortest(sentences)


def _post(what: str, text: Text) -> str:
    return text(f"changes.pair.{what}" if what in _PAIRS else f"code.position.{what}")


def _table(dataset: Dataset, selection: Selection, rows: list[Record]) -> Table:
    text, names = selection.text, area_names(dataset, selection)
    return Table.of(
        {
            text("column_short.group"): [names[row["area"]] for row in rows],
            text("column_short.village"): [row["name"] for row in rows],
            text("column_short.position"): [_post(row["what"], text) for row in rows],
            text("changes.column.change"): [
                text(f"changes.villages.{'pair_' if row['what'] in _PAIRS else ''}{_way(row)}")
                for row in rows
            ],
            two_dates.dated(selection, "changes.column.states"): [_states(row, text) for row in rows],
        }
    )


def _way(row: Record) -> str:
    return "gained" if row["gained"] else "lost"


def _states(row: Record, text: Text) -> str:
    """The post at both dates: "Khuyết › Đảng viên"; of a pair whether one person held both."""
    if row["what"] in _PAIRS:
        states = ("apart", "same") if row["gained"] else ("same", "apart")
        then, now = (text(f"changes.pair_state.{state}") for state in states)
    else:
        then, now = (text(f"overlap.state.{row[side]}") for side in ("before", "now"))
    return text("changes.then_now", then=then, now=now)


def _names(
    dataset: Dataset, selection: Selection, compared: dict[str, Changes], rows: list[Record], key: str
) -> Names:
    """Up to four columns of villages by commune: posts gained and lost, pairs of posts gained and lost."""
    text, columns = selection.text, []
    ways: tuple[tuple[str, Status], ...] = (("gained", "rising"), ("lost", "falling"))
    for pairs in (False, True):
        of_kind = [changes for what, changes in compared.items() if (what in _PAIRS) == pairs]
        for way, status in ways:
            n = sum(changes.gained if way == "gained" else changes.lost for changes in of_kind)
            if not n:
                continue
            of_way = [row for row in rows if _way(row) == way and (row["what"] in _PAIRS) == pairs]
            groups, shown = _groups(dataset, selection, of_way)
            head = text(f"changes.names.{'pair_' if pairs else ''}{way}", n=n)
            columns.append(NameColumn(head, groups, status, text.some("changes.names.more", n - shown)))
    return Names(tuple(columns), key=key)


def _groups(dataset: Dataset, selection: Selection, rows: list[Record]) -> tuple[tuple[NameGroup, ...], int]:
    """The first villages by commune, and how many changes these have."""
    names = area_names(dataset, selection)
    villages = groupby(rows, key=lambda row: str(row["village_id"]))
    shown = [list(village_rows) for _, village_rows in villages][:_IN_COLUMN]
    groups: dict[str, list[list[Record]]] = {}
    for village_rows in shown:
        groups.setdefault(village_rows[0]["area"], []).append(village_rows)
    result = tuple(
        NameGroup(
            "" if area == selection.only else names[area],
            tuple(_village(village_rows, selection.text) for village_rows in inside),
            link(AREA, area),
        )
        for area, inside in groups.items()
    )
    return result, sum(map(len, shown))


def _village(rows: list[Record], text: Text) -> tuple[str, str, str]:
    """The name, its posts that changed, and where it leads."""
    posts = []
    for row in rows:
        head = row["what"] == "village_head" and row["kind"] == "to_dan_pho"
        post = text(f"changes.names.post.{'group_head' if head else row['what']}")
        vacant = row["what"] not in _PAIRS and not row["gained"] and row["now"] == "vacant"
        posts.append(text("changes.names.vacant", text=post) if vacant else post)
    return rows[0]["name"], ", ".join(posts), link("village", rows[0]["village_id"])
