"""What is asked of the posts of a data set as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dashboard import schema
from dashboard.dataset.problems import Problem
from dashboard.dataset.sheet import Sheet


def known(sheets: Mapping[str, Sheet]) -> tuple[str, ...] | None:
    """The posts that other tables may name; None where it is not known which they are."""
    sheet = sheets.get("positions")
    if sheet is None or sheet.unknown_keys("position_id"):
        return None
    return tuple(sheet.frame["position_id"])


def check(sheet: Sheet) -> Iterator[Problem]:
    """The posts whose overlap is the policy are there, the posts are no more than can be read side by side,
    and no two have one name."""
    ids = sheet.frame["position_id"]
    if not sheet.unknown_keys("position_id"):
        for position in schema.OVERLAP_POSITIONS:
            if position not in set(ids):
                values = {"position": position, "known": ", ".join(schema.OVERLAP_POSITIONS)}
                yield Problem("position_missing", sheet.table.file, None, "position_id", values=values)
    if len(ids) > schema.MOST_POSITIONS:
        most = {"most": schema.MOST_POSITIONS, "found": len(ids)}
        yield Problem("positions_many", sheet.table.file, None, "position_id", values=most)
