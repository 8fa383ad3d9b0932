"""The forms as filled → rows of the tables, names become ids and words become codes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from dashboard import schema, text
from dashboard.dataset import Dataset, wording
from dashboard.dataset.read import cells as parse
from dashboard.intake import forms, names, places
from dashboard.intake.findings import Findings, Place, place_name
from dashboard.intake.forms import ENTRIES, MEMBER
from dashboard.intake.rows import UNREAD, Ids, Row, World, parsed
from dashboard.intake.sheets import Entry, Filled

# How a vacant post is written (without marks); a blank one was not reported.
VACANT = ("khuyet", "vacant", "trong", "chua co")


@dataclass(frozen=True)
class Converted:
    """What a file holds: rows by table (only of the tables that it gives), entries of dataset.toml, the
    as-of date ("" where it gives no dated table or the date cannot be read)."""

    tables: dict[str, list[Row]]
    entries: dict[str, Row]
    as_of: str


def converted(filled: Mapping[str, Filled], base: Dataset, findings: Findings) -> Converted:
    """The rows of every form that has any. A form without rows gives nothing, and takes nothing away."""
    given = {name: form for name, form in filled.items() if form.entries}
    as_of = _as_of(given, findings)
    world = World(base, as_of, findings)
    tables = {name: convert(given[name], world) for name, convert in _CONVERSIONS.items() if name in given}
    entries = _about(given["about"], findings) if "about" in given else {}
    return Converted(tables, entries, as_of)


def _as_of(given: Mapping[str, Filled], findings: Findings) -> str:
    """The one as-of date of the dated forms, as ISO text."""
    places: dict[str, Place] = {}
    for filled in given.values():
        if not filled.form.dated or filled.as_of_place is None:
            continue
        if not filled.as_of:
            findings.add("as_of_missing", filled.as_of_place)
            continue
        try:
            places.setdefault(parse.iso_date(filled.as_of), filled.as_of_place)
        except parse.CellError:
            findings.add("as_of_wrong", filled.as_of_place, filled.as_of)
    first = next(iter(places), "")
    for other in list(places)[1:]:
        findings.add("as_of_differs", places[other], other, first=first)
    return first


def _about(filled: Filled, findings: Findings) -> dict[str, Row]:
    """The entries of the sheet by their keys; their content is checked here, since they are no table."""
    known = forms.by_word("entry", ENTRIES)
    rows: dict[str, Row] = {}
    for entry in filled.entries:
        written = entry.get("entry")
        key = known.get(names.folded(written)) or (written if written in ENTRIES else None)
        if key is None:
            entries = ", ".join(text.get()(f"template.entry.{key}") for key in ENTRIES)
            findings.add("entry_unknown", entry.place("entry"), written, known=entries)
        elif key in rows:
            first = place_name(rows[key].places["content"])
            findings.add("row_twice", entry.place("entry"), written, first=first)
        else:
            content = _content(key, entry, findings)
            rows[key] = Row({"content": content}, {"content": entry.place("content")})
    return rows


def _content(key: str, entry: Entry, findings: Findings) -> str:
    """The value as dataset.toml has it; a finding where it cannot be."""
    written, place = entry.get("content"), entry.place("content")
    if not written:
        if key in schema.ABOUT_REQUIRED:
            findings.add("required", place)
        return ""
    try:
        if key == "sample":
            return str(parse.flag(written)).lower()
        if key == "assumed_as_of":
            return parse.iso_date(written)
    except parse.CellError as error:
        findings.add(str(error), place, written)
        return ""
    if rule := wording.fault(written, key):
        limit = {"longest": wording.longest(key)} if rule == "text_long" else {}
        findings.add(rule, place, written, **limit)
    return written


def _goals(filled: Filled, world: World) -> list[Row]:
    """One row per goal."""
    rows = _with_ids(filled, "goal_id", "name_en", world)
    return [
        Row({**row.cells, "operator": world.code(filled, "operator", entry)}, row.places)
        for row, entry in zip(rows, filled.entries, strict=True)
    ]


def _published(filled: Filled, world: World) -> list[Row]:
    """One row per published figure."""
    return _with_ids(filled, "figure_id", "measure", world)


def _with_ids(filled: Filled, key: str, name: str, world: World) -> list[Row]:
    ids = Ids(filled, key, getattr(world.base, filled.form.name)[key])
    return [
        Row({**entry.cells, key: ids.take(entry.get(key), entry.get(name))}, entry.places)
        for entry in filled.entries
    ]


def _officers(filled: Filled, world: World) -> list[Row]:
    """One row per post that is filled or vacant."""
    rows: list[Row] = []
    first: dict[str, Entry] = {}
    for entry in filled.entries:
        village = world.village(entry, world.commune(entry))
        if not village:
            world.findings.add("required", entry.place("village_id"))
            village = UNREAD
        elif village in first and not village.startswith(UNREAD):
            world.named_twice(entry, "village_id", first[village])
            village = UNREAD
        first.setdefault(village, entry)
        rows += _posts(filled, entry, village)
    _compare_posts(filled, world.findings)
    return rows


def _is_vacant(written: str) -> bool:
    """Whether a cell says that the post has no holder."""
    return names.bare(written) in VACANT


def _posts(filled: Filled, entry: Entry, village: str) -> Iterator[Row]:
    for post in schema.POSITIONS:
        holder, member = entry.get(post), entry.get(post + MEMBER)
        if not holder and not member:
            continue
        # Each column of the table, and the field of the form that it comes from.
        values = {
            "village_id": (village, "village_id"),
            "position": (post, post),
            "holder": ("" if _is_vacant(holder) else holder, post),
            "party_member": (member, post + MEMBER),
        }
        cells = {"as_of": filled.as_of, **{name: value for name, (value, _) in values.items()}}
        cell_places = {name: entry.place(field) for name, (_, field) in values.items()}
        yield Row(cells, {"as_of": filled.as_of_place or entry.place(post), **cell_places})


def _compare_posts(filled: Filled, findings: Findings) -> None:
    """The total row: how many posts are filled, and how many of their holders are members."""
    if filled.total is None:
        return
    for name in filled.form.field_names[2:]:
        cells = [entry.get(name) for entry in filled.entries]
        if name.endswith(MEMBER):
            expected = sum(parsed(parse.flag, cell, False, False) for cell in cells)
        else:
            expected = sum(bool(cell) and not _is_vacant(cell) for cell in cells)
        written = filled.total.get(name)
        if written and written != str(expected):
            findings.add("total_differs", filled.total.place(name), written, total=expected)


# In the order in which they need each other.
_CONVERSIONS: dict[str, Callable[[Filled, World], list[Row]]] = {
    "communes": places.communes,
    "villages": places.villages,
    "organizations": places.organizations,
    "officers": _officers,
    "goals": _goals,
    "published": _published,
}
