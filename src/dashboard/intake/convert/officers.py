"""Officers: one row of the sheet per village becomes one row per post."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard import schema
from dashboard.dataset.read import cells as parse
from dashboard.intake import names
from dashboard.intake.convert.places import commune_of, village_of
from dashboard.intake.convert.rows import UNREAD, Row
from dashboard.intake.convert.world import World
from dashboard.intake.findings import Findings, place_name
from dashboard.intake.forms import MEMBER
from dashboard.intake.sheets import Entry, Filled

# How a vacant post is written (without marks); a blank one was not reported.
VACANT = ("khuyet", "vacant", "trong", "chua co")


def officers(filled: Filled, world: World, findings: Findings) -> list[Row]:
    """One row per post that is filled or vacant."""
    rows: list[Row] = []
    first: dict[str, Entry] = {}
    for entry in filled.entries:
        commune = commune_of(entry, world, findings)
        village = village_of(entry, commune, world, findings)
        if not village:
            findings.add("required", entry.place("village_id"))
            village = UNREAD
        elif village in first and not village.startswith(UNREAD):
            at = first[village].place("village_id")
            findings.add(
                "row_twice", entry.place("village_id"), entry.cells["village_id"], first=place_name(at)
            )
            village = UNREAD
        first.setdefault(village, entry)
        rows += _posts(filled, entry, village)
    _total(filled, findings)
    return rows


def is_vacant(written: str) -> bool:
    """Whether a cell says that nobody holds the post."""
    return names.bare(written) in VACANT


def _posts(filled: Filled, entry: Entry, village: str) -> Iterator[Row]:
    for post in schema.POSITIONS:
        holder, member = (entry.cells.get(name, "") for name in (post, post + MEMBER))
        if not holder and not member:
            continue
        cells = {
            "as_of": filled.as_of,
            "village_id": village,
            "position": post,
            "holder": "" if is_vacant(holder) else holder,
            "party_member": member,
        }
        places = {
            "as_of": filled.as_of_place or entry.place(post),
            "village_id": entry.place("village_id"),
            "position": entry.place(post),
            "holder": entry.place(post),
            "party_member": entry.place(post + MEMBER),
        }
        yield Row(cells, places)


def _total(filled: Filled, findings: Findings) -> None:
    """The total row: how many posts are filled, and how many of their holders are members."""
    if filled.total is None:
        return
    for name in filled.form.field_names[2:]:
        written = filled.total.cells.get(name, "")
        said = [entry.cells.get(name, "") for entry in filled.entries]
        if name.endswith(MEMBER):
            expected = sum(_yes(cell) for cell in said)
        else:
            expected = sum(bool(cell) and not is_vacant(cell) for cell in said)
        if written and written != str(expected):
            findings.add("total_differs", filled.total.place(name), written, total=expected)


def _yes(written: str) -> bool:
    try:
        return bool(written) and parse.flag(written)
    except parse.CellError:
        return False
