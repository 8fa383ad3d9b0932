"""The forms as filled → rows of the tables, names become ids and words become codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from dashboard import schema, text
from dashboard.dataset import Dataset
from dashboard.dataset.read import cells as parse
from dashboard.intake import forms, names, places, words
from dashboard.intake.findings import Finding, Findings, place_name
from dashboard.intake.forms import ENTRIES, MEMBER
from dashboard.intake.rows import UNREAD, Ids, Row, World
from dashboard.intake.sheets import Entry, Filled


@dataclass(frozen=True)
class Converted:
    """What a file holds: rows by table (only of the tables that it gives), entries of dataset.toml, the
    as-of date ("" where it gives no dated table or the date cannot be read)."""

    tables: dict[str, list[Row]]
    entries: dict[str, Row]
    as_of: str


def converted(filled: Mapping[str, Filled], base: Dataset, findings: Findings) -> Converted:
    """The rows of every form that has any. A form without rows gives nothing, and takes nothing away."""
    with_rows = {name: form for name, form in filled.items() if form.entries}
    as_of = _as_of(filled, findings)
    world = World(base, as_of, findings)
    tables = {
        name: convert(with_rows[name], world) for name, convert in _CONVERSIONS.items() if name in with_rows
    }
    entries = _about(with_rows["about"], findings) if "about" in with_rows else {}
    return Converted(tables, entries, as_of)


def _as_of(located: Mapping[str, Filled], findings: Findings) -> str:
    """The one as-of date of the dated forms, as ISO text; a form without one takes that of the other, also of
    one without rows."""
    read: dict[str, Filled] = {}
    dated = [filled for filled in located.values() if filled.form.dated]
    with_rows = [filled for filled in dated if filled.entries]
    with_date = [filled for filled in with_rows if filled.as_of] or [
        filled for filled in dated if filled.as_of
    ]
    if with_rows and not with_date:
        findings.add("as_of_missing", with_rows[0].as_of_place)
    for filled in with_date if with_rows else ():
        try:
            read.setdefault(parse.iso_date(filled.as_of), filled)
        except parse.CellError:
            findings.add("as_of_wrong", filled.as_of_place, filled.as_of)
    if not read:
        return ""
    first, *others = read.values()
    for other in others:
        values = {"sheet": first.sheet, "first": first.as_of}
        findings.add("as_of_differs", other.as_of_place, other.as_of, **values)
    for filled in with_rows:
        filled.as_of = first.as_of  # what follows from another date is not said again of every row
    return next(iter(read))


def _about(filled: Filled, findings: Findings) -> dict[str, Row]:
    """The entries of the sheet by their keys."""
    key_by_word = forms.by_word("entry", ENTRIES)
    rows: dict[str, Row] = {}
    for entry in filled.entries:
        word = entry.get("entry")
        key = key_by_word.get(names.folded(word)) or (word if word in ENTRIES else None)
        if key is None:
            entries = ", ".join(text.get()(f"template.entry.{key}") for key in ENTRIES)
            findings.add("entry_unknown", entry.place("entry"), word, known=entries)
        elif key in rows:
            first = place_name(rows[key].places["content"])
            findings.add("row_twice", entry.place("entry"), word, first=first)
        else:
            content = _content(key, entry, findings)
            rows[key] = Row({"content": content}, {"content": entry.place("content")})
    return rows


def _content(key: str, entry: Entry, findings: Findings) -> str:
    """The value as dataset.toml has it; a finding where a word or a date cannot be. Text is checked there."""
    cell, place = entry.get("content"), entry.place("content")
    if not cell:
        if key in schema.ABOUT_REQUIRED:
            findings.add("required", place)
        return ""
    try:
        if key == "sample":
            return str(parse.flag(cell)).lower()
        if key == "assumed_as_of":
            return parse.iso_date(cell)
    except parse.CellError as error:
        findings.add(str(error), place, cell)
        return ""
    return cell


def _listed(key: str, name_fields: Sequence[str], filled: Filled, world: World) -> list[Row]:
    """One row per row of the sheet; one without an id takes it from the first filled one of these fields."""
    ids, rows = Ids(filled, key, getattr(world.base, filled.form.name)[key]), []
    coded = [field.name for field in filled.form.fields if field.column.codes]
    for entry in filled.entries:
        name = next(filter(None, map(entry.get, name_fields)), "")
        codes = {field: world.code(filled, field, entry) for field in coded}
        rows.append(Row({**entry.cells, **codes, key: ids.take(entry.get(key), name)}, entry.places))
    return rows


def _officers(filled: Filled, world: World) -> list[Row]:
    """One row per post that is filled or vacant."""
    rows: list[Row] = []
    first: dict[str, Entry] = {}
    if wrong := _sorted_alone(filled, world):
        world.findings.add("sorted_alone", wrong[0].place("village_id"), n=len(wrong))
        return rows
    for entry in filled.entries:
        commune = world.commune(entry)
        village = world.village(entry, commune)
        if not village:
            world.findings.add("required", entry.place("village_id"))
            village = UNREAD
        elif village in first and not village.startswith(UNREAD):
            world.named_twice(entry, "village_id", first[village])
            village = UNREAD
        first.setdefault(village, entry)
        rows += _posts(filled, entry, village, commune)
    _compare_posts(filled, world.findings)
    if blank := len(filled.entries) * len(filled.form.posts) - len(rows):
        world.findings.notes.append(Finding("posts_blank", values={"n": blank}, where=filled.sheet))
    return rows


def _sorted_alone(filled: Filled, world: World) -> list[Entry]:
    """The rows of communes and villages that are not together, where one of the columns was sorted without
    the other: each has exactly what it should have."""
    cells = [(entry.get("commune_id"), names.folded(entry.get("village_id"))) for entry in filled.entries]
    communes = {cell: world.communes.area(world.communes.match(cell).id or "") for cell, _ in cells}
    pairs = [(communes[commune], village) for commune, village in cells]
    in_data = Counter(
        (village.within[0], names.folded(village.label))
        for village in world.villages.all
        if village.id in world.villages_in_force and village.within[0] in communes.values()
    )
    wrong = Counter(pairs) - in_data
    alike = all(
        Counter(pair[column] for pair in pairs) == Counter(pair[column] for pair in in_data.elements())
        for column in (0, 1)
    )
    return (
        [entry for entry, pair in zip(filled.entries, pairs, strict=True) if pair in wrong] if alike else []
    )


def _posts(filled: Filled, entry: Entry, village: str, commune: str) -> Iterator[Row]:
    for post in filled.form.posts:
        holder, member = entry.get(post), entry.get(post + MEMBER)
        if not holder and not member:
            continue
        vacant = words.is_vacant(holder or member)
        if (is_member := words.member(member)) is not None:
            member = str(is_member).lower()
        # Each column of the table, and the field of the form that it comes from.
        values = {
            "village_id": (village, "village_id"),
            "position": (post, post),
            "holder": ("" if vacant else holder, post),
            "party_member": ("" if words.is_vacant(member) else member, post + MEMBER),
        }
        cells = {"as_of": filled.as_of, **{name: value for name, (value, _) in values.items()}}
        cell_places = {name: entry.place(field) for name, (_, field) in values.items()}
        yield Row(cells, {"as_of": filled.as_of_place or entry.place(post), **cell_places}, commune)


def _compare_posts(filled: Filled, findings: Findings) -> None:
    """The total row: how many posts are filled, and how many of their holders are members."""
    if filled.total is None:
        return
    for name in filled.form.field_names[2:]:
        cells = [entry.get(name) for entry in filled.entries]
        if name.endswith(MEMBER):
            expected = sum(words.member(cell) is True for cell in cells)
        else:
            expected = sum(bool(cell) and not words.is_vacant(cell) for cell in cells)
        total = filled.total.get(name)
        if total and total != str(expected):
            findings.add("total_differs", filled.total.place(name), total, total=expected)


# In the order in which they need each other.
_CONVERSIONS: dict[str, Callable[[Filled, World], list[Row]]] = {
    "communes": places.communes,
    "villages": places.villages,
    "organizations": places.organizations,
    "officers": _officers,
    "goals": partial(_listed, "goal_id", ("name_en", "name_vi")),
    "published": partial(_listed, "figure_id", ("measure",)),
}
