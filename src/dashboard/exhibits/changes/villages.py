"""What was gained and lost, by village and post."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard import measures, schema
from dashboard.dataset import Dataset, Selection, areas
from dashboard.exhibits import periods, takeaways
from dashboard.exhibits.changes import drawn, wording
from dashboard.exhibits.model import Content, Table, exhibit
from dashboard.exhibits.takeaways import Change, Named
from dashboard.measures import tally
from dashboard.measures.changes import Changes
from dashboard.text import Text

# Rows of the table behind the card: more is a list for a file, not for a reader.
_MOST_ROWS = 500
# Villages named in one sentence, at most.
_NAMED = 5
# Sentences on what became of villages, at most.
_BECAME = 8
_PAIRS = tuple(tally.pair_name(pair) for pair in tally.PAIRS)


@exhibit("changes.villages")
def villages(dataset: Dataset, selection: Selection) -> Content | None:
    """The villages where a post came to be held by a member or no longer is, or where one person came to hold
    two posts or no longer does: a sentence per post and pair, every village in the table."""
    if not selection.since:
        return None
    text = selection.text
    posts = {
        position: measures.changes.held_posts(dataset, selection, "member", (position,), _MOST_ROWS)
        for position in schema.POSITIONS
    }
    pairs = {pair: measures.changes.villages(dataset, selection, pair, _MOST_ROWS) for pair in _PAIRS}
    found = {key: one for key, one in (posts | pairs).items() if one is not None}
    rows = _rows(found)
    changes = sum(one.gained + one.lost for one in found.values())
    became = _became(dataset, selection)
    return Content(
        headline=_headline(dataset, selection, changes),
        sentences=[
            *became,
            *(_sentence(dataset, selection, key, one) for key, one in found.items() if one.gained + one.lost),
        ],
        chart=drawn.names(selection, rows, _counts(found), _communes(dataset, selection), " ".join(became))
        if changes
        else None,
        table=_table(dataset, selection, rows),
        notes=[
            text("changes.villages.more", n=len(rows), all=changes) if changes > len(rows) else "",
            _silent(posts, "posts", text),
            _silent(pairs, "pairs", text),
            wording.apart(dataset, selection),
            *wording.merged(dataset, selection),
            text("changes.villages.note"),
        ],
        period=wording.period(selection),
    )


def _became(dataset: Dataset, selection: Selection) -> list[str]:
    """What became of villages between the dates: formed, merged, renamed, moved."""
    text = selection.text
    events = measures.periods.between(dataset, selection)
    said = periods.says(dataset, events[:_BECAME], text, selection.only)
    more = len(events) - _BECAME
    return [*said, text("changes.villages.became_more", n=more)] if more > 0 else said


def _rows(found: dict[str, Changes]) -> pd.DataFrame:
    """The first rows of all, by commune, village and post; `what` is the position or the pair."""
    if not found:
        return pd.DataFrame()
    rows = pd.concat([one.rows.assign(what=what) for what, one in found.items()])
    return rows.sort_values("place", kind="stable").head(_MOST_ROWS)


def _counts(found: dict[str, Changes]) -> dict[tuple[bool, bool], int]:
    """How many changes there are, by (whether of pairs, whether gained)."""
    return {
        (pairs, gained): sum(
            one.gained if gained else one.lost for what, one in found.items() if (what in _PAIRS) == pairs
        )
        for pairs in (False, True)
        for gained in (True, False)
    }


def _headline(dataset: Dataset, selection: Selection, changes: int) -> str:
    text = selection.text
    posts = measures.changes.held_posts(dataset, selection, "member")
    overlap = measures.changes.villages(dataset, selection, "any")
    if posts is None and overlap is None:
        return wording.dated(selection, "changes.villages.empty")
    both = [(kind, one) for kind, one in (("member", posts), ("overlap", overlap)) if one is not None]
    left_out = [said for kind, one in both for said in takeaways.unknown(text, _change(kind, one, ([], [])))]
    if not changes:
        key = "none_known" if left_out else "none"
        return "; ".join([text(f"changes.villages.{key}"), *left_out])
    said = [clause for kind, one in both for clause in takeaways.clauses(text, _change(kind, one, ([], [])))]
    said += left_out
    return wording.finding(said)


def _change(kind: str, found: Changes, names: tuple[list[str], list[str]]) -> Change:
    gained, lost = (Named(n, tuple(some)) for n, some in zip((found.gained, found.lost), names, strict=True))
    return Change(kind, gained, lost, found.unknown)


def _sentence(dataset: Dataset, selection: Selection, what: str, found: Changes) -> str:
    """ "Trưởng thôn: thêm 3 vị trí do đảng viên giữ: A, B và C."; fewer names where it gets long."""
    text = selection.text
    names: tuple[list[str], list[str]] = ([], [])
    for gained, listed in zip((True, False), names, strict=True):
        rows = found.rows[found.rows["gained"] == gained].head(_NAMED)
        listed += [_village(dataset, selection, row) for row in rows.to_dict("records")]
    change = _change("pair" if what in _PAIRS else "member", found, names)
    post = text(f"changes.pair.{what}" if what in _PAIRS else f"code.position.{what}")
    return takeaways.shortest(
        [
            text("changes.villages.of", post=post, said="; ".join(takeaways.clauses(text, change, few)))
            for few in range(_NAMED, -1, -1)
        ]
    )


def _village(dataset: Dataset, selection: Selection, row: dict[Any, Any]) -> str:
    if row["commune"] == selection.only:
        return str(row["name"])
    commune = _communes(dataset, selection)[row["commune"]]
    return selection.text("takeaway.in_commune", name=row["name"], commune=commune)


def _communes(dataset: Dataset, selection: Selection) -> dict[str, str]:
    """The communes of the chosen date by name, whatever the boundaries."""
    return areas.labels(dataset, selection.as_of, areas.BOUNDARIES[0], selection.text)


def _table(dataset: Dataset, selection: Selection, rows: pd.DataFrame) -> Table | None:
    if rows.empty:
        return None
    text = selection.text
    names = _communes(dataset, selection)
    records = rows.to_dict("records")
    columns = {
        text("column_short.commune"): [names[row["commune"]] for row in records],
        text("column_short.village"): [row["name"] for row in records],
        text("column_short.position"): [
            text(f"changes.pair.{row['what']}" if row["what"] in _PAIRS else f"code.position.{row['what']}")
            for row in records
        ],
        text("changes.column.change"): [_way(row, text) for row in records],
        text("changes.column.states", since=text.date(selection.since), date=text.date(selection.as_of)): [
            _states(row, text) for row in records
        ],
    }
    return Table(pd.DataFrame(columns))


def _way(row: dict[Any, Any], text: Text) -> str:
    pair = "pair_" if row["what"] in _PAIRS else ""
    return text(f"changes.villages.{pair}{'gained' if row['gained'] else 'lost'}")


def _states(row: dict[Any, Any], text: Text) -> str:
    """The post at both dates: "Khuyết › Đảng viên"; of a pair whether one person held both."""
    if row["what"] in _PAIRS:
        before, now = ("apart", "same") if row["gained"] else ("same", "apart")
        return text(
            "changes.then_now",
            then=text(f"changes.pair_state.{before}"),
            now=text(f"changes.pair_state.{now}"),
        )
    before, now = (text(f"overlap.state.{row[side]}") for side in ("before", "now"))
    return text("changes.then_now", then=before, now=now)


def _silent(found: dict[str, Changes | None], noun: str, text: Text) -> str:
    """How many posts, or at most how many villages per pair, cannot be compared."""
    each = [one.unknown for one in found.values() if one is not None]
    n = sum(each) if noun == "posts" else max(each, default=0)
    return text(f"changes.silent_{noun}", n=n) if n else ""
