"""The forms as filled → rows of the tables, names become ids and words become codes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from dashboard import schema, text
from dashboard.dataset import Dataset, wording
from dashboard.dataset.read import cells as parse
from dashboard.intake import names, places
from dashboard.intake.findings import Findings, Place, place_name
from dashboard.intake.forms import ENTRIES, MEMBER
from dashboard.intake.names import Names
from dashboard.intake.places import commune_of, village_of
from dashboard.intake.rows import (
    UNREAD,
    Row,
    World,
    coded,
    communes_named,
    in_force,
    looked_up,
    named_twice,
    new_id,
    with_iso_dates,
)
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
    world = World(base, as_of)
    tables = {
        name: work(given[name], world, findings) for name, work in _CONVERSIONS.items() if name in given
    }
    entries = _about(given["about"], findings) if "about" in given else {}
    return Converted(tables, entries, as_of)


def _as_of(given: Mapping[str, Filled], findings: Findings) -> str:
    """The one as-of date of the dated forms, as ISO text."""
    found: dict[str, Place] = {}
    for form in given.values():
        if not form.form.dated or form.as_of_place is None:
            continue
        if not form.as_of:
            findings.add("as_of_missing", form.as_of_place)
            continue
        try:
            found.setdefault(parse.iso_date(form.as_of), form.as_of_place)
        except parse.CellError:
            findings.add("as_of_wrong", form.as_of_place, form.as_of)
    if len(found) > 1:
        first, *others = found
        for other in others:
            findings.add("as_of_differs", found[other], other, first=first)
    return next(iter(found), "")


def _about(filled: Filled, findings: Findings) -> dict[str, Row]:
    """The entries of the sheet by their keys; what they say is checked here, since they are no table."""
    known = {
        names.folded(text.get(lang)(f"template.entry.{key}")): key
        for lang in text.LANGUAGES
        for key in ENTRIES
    }
    found: dict[str, Row] = {}
    for entry in filled.entries:
        written = entry.cells.get("entry", "")
        key = known.get(names.folded(written)) or (written if written in ENTRIES else None)
        if key is None:
            names_known = ", ".join(text.get()(f"template.entry.{key}") for key in ENTRIES)
            findings.add("entry_unknown", entry.place("entry"), written, known=names_known)
        elif key in found:
            findings.add(
                "row_twice", entry.place("entry"), written, first=place_name(found[key].places["content"])
            )
        else:
            content = _content(key, entry, findings)
            found[key] = Row({"content": content}, {"content": entry.place("content")})
    return found


def _content(key: str, entry: Entry, findings: Findings) -> str:
    """The value as dataset.toml has it; a finding where it cannot be."""
    written = entry.cells.get("content", "")
    if not written:
        if key in schema.ABOUT_REQUIRED:
            findings.add("required", entry.place("content"))
        return ""
    try:
        if key == "sample":
            return str(parse.flag(written)).lower()
        if key == "assumed_as_of":
            return parse.iso_date(written)
    except parse.CellError as error:
        findings.add(str(error), entry.place("content"), written)
        return ""
    if rule := wording.fault(written, key):
        limit = {"longest": wording.longest(key)} if rule == "text_long" else {}
        findings.add(rule, entry.place("content"), written, **limit)
    return written


def _communes(filled: Filled, world: World, findings: Findings) -> list[Row]:
    """One row per commune of the sheet; the other sheets name communes by it."""
    taken = {entry.cells.get("commune_id", "") for entry in filled.entries} | set(world.communes.by_id)
    prepared = []
    regions = dict(zip(world.base.communes["commune_id"], world.base.communes["region"], strict=True))
    for entry in filled.entries:
        kind = coded(filled.form, "kind", entry, findings)
        own = entry.cells.get("commune_id", "") or _known_commune(entry, kind, world)
        own = own or new_id(entry.cells.get("name", ""), taken)
        taken.add(own)
        # A sheet without the column says nothing of regions: what stands there stays.
        region = entry.cells["region"] if "region" in entry.places else regions.get(own, "")
        prepared.append((entry, {**entry.cells, "commune_id": own, "kind": kind, "region": region}))
    known = communes_named(cells for _, cells in prepared)
    by_name = Names(known, world.communes.things)
    world.communes = by_name
    world.in_force = in_force((with_iso_dates(cells) for _, cells in prepared), world.as_of)
    rows = []
    for entry, cells in prepared:
        if written := cells.get("merged_into", ""):
            later = frozenset(by_name.by_id) - {cells["commune_id"]}
            match = by_name.find(written, prefer=later & _unended(prepared))
            place = entry.place("merged_into")
            cells["merged_into"] = looked_up(match, "commune", place, written, findings)
        rows.append(Row(cells, entry.places))
    return rows


def _known_commune(entry: Entry, kind: str, world: World) -> str:
    """The commune of that name, kind and beginning that stands in the data."""
    frame = world.base.communes
    alike = frame[
        (frame["name"].map(names.folded) == names.folded(entry.cells.get("name", "")))
        & (frame["kind"] == kind)
    ]
    return str(alike["commune_id"].iloc[0]) if len(alike) == 1 else ""


def _unended(prepared: list[tuple[Entry, dict[str, str]]]) -> frozenset[str]:
    return frozenset(cells["commune_id"] for _, cells in prepared if not cells.get("valid_to"))


def _goals(filled: Filled, world: World, findings: Findings) -> list[Row]:
    """One row per goal."""
    taken = set(world.base.goals["goal_id"])
    rows = _with_ids(filled, "goal_id", "name_en", taken)
    return [
        Row({**row.cells, "operator": coded(filled.form, "operator", entry, findings)}, row.places)
        for row, entry in zip(rows, filled.entries, strict=True)
    ]


def _published(filled: Filled, world: World, findings: Findings) -> list[Row]:
    """One row per published figure."""
    return _with_ids(filled, "figure_id", "measure", set(world.base.published["figure_id"]))


def _with_ids(filled: Filled, key: str, named: str, taken: set[str]) -> list[Row]:
    taken |= {entry.cells.get(key, "") for entry in filled.entries}
    rows = []
    for entry in filled.entries:
        own = entry.cells.get(key, "") or new_id(entry.cells.get(named, ""), taken)
        taken.add(own)
        rows.append(Row({**entry.cells, key: own}, entry.places))
    return rows


def _officers(filled: Filled, world: World, findings: Findings) -> list[Row]:
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
            named_twice("village_id", entry, first[village], findings)
            village = UNREAD
        first.setdefault(village, entry)
        rows += _posts(filled, entry, village)
    _compare_posts(filled, findings)
    return rows


def _is_vacant(written: str) -> bool:
    """Whether a cell says that nobody holds the post."""
    return names.bare(written) in VACANT


def _posts(filled: Filled, entry: Entry, village: str) -> Iterator[Row]:
    for post in schema.POSITIONS:
        holder, member = (entry.cells.get(name, "") for name in (post, post + MEMBER))
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
        places = {name: entry.place(field) for name, (_, field) in values.items()}
        yield Row(cells, {"as_of": filled.as_of_place or entry.place(post), **places})


def _compare_posts(filled: Filled, findings: Findings) -> None:
    """The total row: how many posts are filled, and how many of their holders are members."""
    if filled.total is None:
        return
    for name in filled.form.field_names[2:]:
        written = filled.total.cells.get(name, "")
        said = [entry.cells.get(name, "") for entry in filled.entries]
        if name.endswith(MEMBER):
            expected = sum(_yes(cell) for cell in said)
        else:
            expected = sum(bool(cell) and not _is_vacant(cell) for cell in said)
        if written and written != str(expected):
            findings.add("total_differs", filled.total.place(name), written, total=expected)


def _yes(written: str) -> bool:
    try:
        return bool(written) and parse.flag(written)
    except parse.CellError:
        return False


# In the order in which they need each other.
_CONVERSIONS: dict[str, Callable[[Filled, World, Findings], list[Row]]] = {
    "communes": _communes,
    "villages": places.villages,
    "organizations": places.organizations,
    "officers": _officers,
    "goals": _goals,
    "published": _published,
}
