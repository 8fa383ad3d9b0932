"""Wide sheets as offices keep them, a commune each, villages down and posts across → the form of officers.

A cell says "x" or "ĐV" (a member), "không" or "QC" (none), "khuyết", or a letter with either: "A ĐV". A sheet
without letters does not tell who holds two posts: its holders are `schema.UNKNOWN_HOLDER`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from string import ascii_uppercase

from dashboard import schema, text
from dashboard.dataset import Dataset
from dashboard.intake import forms, headings, names, sheets, words
from dashboard.intake.communes import communes_named
from dashboard.intake.findings import Finding, Findings, Place
from dashboard.intake.forms import MEMBER
from dashboard.intake.names import Names
from dashboard.intake.read import HEAD_ROWS, Book, Grid
from dashboard.intake.rows import iso
from dashboard.intake.sheets import Entry, Filled

_FEWEST_POSTS = 2
_TOTAL = re.compile(r"(tong|cong|tong cong|tong so|total)( (toan|xa|phuong|thi tran|dac khu)\b.*)?")
# What stands below the rows: who made the sheet, who signs, who gets it, and the day.
_SIGNED = re.compile(
    r"(nguoi lap|tm|kt|noi nhan|ky ten|xac nhan|thu truong)\b.*|.*\bngay .*\bthang .*\bnam .*"
)
# The row of numbers below the headings of a printed form.
_NUMBERED = re.compile(r"(\(?\d+\)?|[abc]) (\(?\d+\)?|[abc])( \(?\d+\)?)+")
_DATE = r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2} tháng \d{1,2} năm \d{4}"
_UNTIL = re.compile(rf"\b(?:đến|chốt)\b[^\d]*({_DATE})", re.IGNORECASE)
_SECTION = re.compile(r"(?:[IVX\d]+[.)]?\s+)?(.+?)(?:\s+\(?cũ\)?)?")


@dataclass
class _Head:
    """The headings of a sheet: their rows from `first` to `last`, that of the posts (`row`), the columns of
    villages and (None = not there) of communes, and of each post by role ("" = one cell says all)."""

    first: int
    row: int
    last: int
    village: int
    commune: int | None
    posts: dict[str, dict[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Said:
    """What a post's cells say: a letter ("" = none), whether that is a member (None = not said)."""

    place: Place
    letter: str = ""
    member: bool | None = None
    vacant: bool = False


def located(book: Book, base: Dataset, findings: Findings) -> dict[str, Filled]:
    """`sheets.located`, with all the wide sheets of a book as one form of officers."""
    reader = _Reader(base, findings)
    heads = {grid.name: head for grid in book.grids if (head := reader.head(grid)) is not None}
    wide = [grid for grid in book.grids if grid.name in heads]
    others = tuple(grid for grid in book.grids if grid.name not in heads)
    result = sheets.located(replace(book, grids=others), forms.of(base), findings)
    if wide and reader.form.name in result:
        findings.add("sheet_twice", (wide[0].name, 0, 0), wide[0].name, other=result[reader.form.name].sheet)
    elif wide:
        filled = Filled(reader.form, ", ".join(heads))
        for grid in wide:
            reader.read(grid, heads[grid.name], filled)
        filled.as_of_place = filled.as_of_place or (wide[0].name, 0, 0)
        result[reader.form.name] = filled
    return result


class _Reader:
    """Reads the wide sheets of a book against the posts and communes of the data."""

    def __init__(self, base: Dataset, findings: Findings) -> None:
        self.base = base
        self.findings = findings
        self.form = next(form for form in forms.of(base) if form.name == "officers")
        self.words = self.form.words(text.get().lang)
        self.communes = Names(communes_named(base.communes.to_dict("records")))
        self.called: dict[str, str] = {}
        for row in base.positions.to_dict("records"):
            told = [row[name] for name in ("name_vi", "name_en", "short_vi", "short_en")]
            for own in self.form.texts:
                told += [own(f"code.{group}.{row['position_id']}") for group in ("position", "position_head")]
            self.called |= {headings.plain(name): row["position_id"] for name in told if name}

    def head(self, grid: Grid) -> _Head | None:
        """The headings of a wide sheet; None of a sheet that is none, or the form of officers itself."""
        columns = range(max(map(len, grid.rows), default=0))
        rows = range(min(HEAD_ROWS, len(grid.rows)))
        told = [{self._post(grid, row, column) for column in columns} - {""} for row in rows]
        row = max(rows, key=lambda row: len(told[row]), default=0)
        own = forms.headings(self.form)
        if not told or len(told[row]) < _FEWEST_POSTS:
            return None
        if any(own.get(names.folded(cell), "").endswith(MEMBER) for cell in grid.rows[row]):
            return None
        last = row + any(headings.plain(_cell(grid, row + 1, column)) in headings.ROLES for column in columns)
        found = {
            headings.plain(_cell(grid, at, column)).removeprefix("ten "): (at, column)
            for at in range(max(row - 1, 0), last + 1)
            for column in reversed(columns)
        }
        village = next((found[name] for name in found if name in headings.VILLAGE), None)
        commune = next((found[name][1] for name in found if name in headings.COMMUNE), None)
        return village and _Head(min(row, village[0]), row, last, village[1], commune)

    def _post(self, grid: Grid, row: int, column: int) -> str:
        """The post that a heading names, with the one over it or by itself; "" for none."""
        own = headings.plain(_cell(grid, row, column))
        over = (headings.plain(_cell(grid, row - 1, at)) for at in range(column, -1, -1) if row)
        for heading in map(
            headings.without_member, (f"{next(filter(None, over), '')} {own}", own) if own else ()
        ):
            if post := self.called.get(heading) or headings.post(heading):
                return post if post in self.base.position_ids else ""
        return ""

    def read(self, grid: Grid, head: _Head, filled: Filled) -> None:
        """Add the rows of a sheet, and say how it was understood."""
        self._columns(grid, head)
        self._date(grid, head, filled)
        commune, place = self._commune(grid, head)
        several = (self.base.communes["valid_to"] == "").sum() > 1
        if not commune and head.commune is None and several:
            self.findings.add("wide_commune", place, grid.name)
            return
        rows = list(self._rows(grid, head, commune, place))
        said = [one for _, posts in rows for one in posts.values() if not one.vacant]
        letters = any(one.letter not in ("", schema.UNKNOWN_HOLDER) for one in said)
        if apart := sum(not one.letter for one in said):
            rule, told = ("wide_apart", "warnings") if letters else ("wide_unknown", "notes")
            getattr(self.findings, told).append(Finding(rule, values={"n": apart}, where=grid.name))
        for entry, posts in rows:
            holders = self._holders(posts, letters=letters)
            filled.entries.append(replace(entry, cells={**entry.cells, **holders}))

    def _columns(self, grid: Grid, head: _Head) -> None:
        """Find the columns of each post; say how headings were understood, and which are of no post."""
        named = {one: self.words(f"code.position.{one}") for one in self.base.position_ids}
        told: dict[str, list[str]] = {"wide_taken": [], "wide_passed": [], "wide_missing": []}
        post = ""
        for column in range(max(map(len, grid.rows))):
            heading = _cell(grid, head.row, column)
            own, place = headings.plain(heading), (grid.name, head.row, column)
            role = "member" if own != headings.without_member(own) else ""
            if head.last > head.row:
                role = headings.ROLES.get(headings.plain(_cell(grid, head.last, column)), "")
            post = self._post(grid, head.row, column) or (post if role and not heading else "")
            if post and role in head.posts.setdefault(post, {}):
                self.findings.add("heading_twice", place, heading)
            elif post:
                head.posts[post][role] = column
                if heading and own != headings.plain(named[post]):
                    told["wide_taken"].append(f"“{heading}” = {named[post]}")
            elif headings.may_be_a_post(own, self.base.position_ids):
                self.findings.add("wide_heading", place, heading, known=", ".join(named.values()))
            elif column not in (head.village, head.commune):
                heading = heading or _cell(grid, head.first, column)
                told["wide_passed"] += (
                    [f"“{heading}”"] if headings.plain(heading) not in headings.RUNNING else []
                )
        told["wide_missing"] = [named[one] for one in named if one not in head.posts]
        for rule, said in told.items():
            if said:
                self.findings.notes.append(Finding(rule, values={"names": "; ".join(said)}, where=grid.name))

    def _commune(self, grid: Grid, head: _Head) -> tuple[str, Place]:
        """The commune that the name of the sheet or what stands above the headings names; "" for none."""
        own = self.communes.find(grid.name)
        corner = (grid.name, 0, 0)
        if own.id is not None:
            return grid.name, corner
        labels = sorted({named.label for named in self.communes.things}, key=len, reverse=True)
        for label in labels:
            for row, column, cell in _above(grid, head):
                if f" {names.folded(label)} " in f" {names.folded(cell)} ":
                    return label, (grid.name, row, column)
        return (grid.name if own.meant else ""), corner

    def _date(self, grid: Grid, head: _Head, filled: Filled) -> None:
        """The as-of date: behind the label of the form or in a title above the headings."""
        labels = tuple(names.folded(text.get(lang)("template.as_of")) for lang in text.LANGUAGES)
        for row, column, cell in _above(grid, head):
            within = _UNTIL.search(cell)
            if within or names.folded(cell).startswith(labels):
                beside = next(
                    (at for at in range(column + 1, len(grid.rows[row])) if _cell(grid, row, at)), 0
                )
                written = within[1] if within else _cell(grid, row, beside) if beside else ""
                place = (grid.name, row, column if within or not beside else beside)
                if filled.as_of and filled.as_of_place and iso(written) != iso(filled.as_of):
                    values = {"sheet": filled.as_of_place[0], "first": filled.as_of}
                    self.findings.add("as_of_differs", place, written, **values)
                elif not filled.as_of:
                    filled.as_of, filled.as_of_place = written, place
                return

    def _rows(
        self, grid: Grid, head: _Head, commune: str, place: Place
    ) -> Iterator[tuple[Entry, dict[str, _Said]]]:
        """Every village with its posts, each commune as its row, its section or the sheet has it."""
        for row in range(head.last + 1, len(grid.rows)):
            cells = [names.bare(cell) for cell in grid.rows[row] if cell.strip()]
            if any(_SIGNED.fullmatch(cell) for cell in cells):
                return
            village = _cell(grid, row, head.village)
            if (
                not cells
                or _NUMBERED.fullmatch(" ".join(cells))
                or _TOTAL.fullmatch(cells[0])
                or _TOTAL.fullmatch(names.bare(village))
            ):
                continue
            every = {post: self._said(grid, row, columns) for post, columns in head.posts.items()}
            posts = {post: said for post, said in every.items() if said is not None}
            section = next(filter(None, map(_section, grid.rows[row][: head.village + 1])), "")
            if section and not posts:
                commune, place = section, (grid.name, row, head.village)
            elif village or posts:
                own = "" if head.commune is None else _cell(grid, row, head.commune)
                at = (grid.name, row, head.commune or 0) if own else place
                places = {"commune_id": at, "village_id": (grid.name, row, head.village)}
                for post, said in posts.items():
                    places |= {post: said.place, post + MEMBER: said.place}
                yield Entry({"commune_id": own or commune, "village_id": village}, places), posts

    def _said(self, grid: Grid, row: int, columns: Mapping[str, int]) -> _Said | None:
        """What the cells of one post in a row say together; None where they are blank or cannot be read."""
        result = None
        for role, column in columns.items():
            place, cell = (grid.name, row, column), _cell(grid, row, column)
            if place[1:] in grid.faults:
                self.findings.add(grid.faults[row, column], place)
            elif cell and (said := _read(cell, role, place)) is None:
                self.findings.add("wide_cell", place, cell)
            elif cell and said:
                result = said if result is None else _both(result, said)
        return result

    def _holders(self, posts: Mapping[str, _Said], *, letters: bool) -> dict[str, str]:
        """The cells of the form; who is not said to be a member or none is a finding, unless another post of
        the same letter says so."""
        used = {said.letter for said in posts.values()}
        free = (letter for letter in ascii_uppercase if letter not in used)
        members = {said.letter: said.member for said in posts.values() if said.member is not None}
        if (secretary := posts.get("secretary")) and not secretary.vacant:
            members.setdefault(secretary.letter, True)
        cells = {}
        for post, said in posts.items():
            known = said.letter not in ("", schema.UNKNOWN_HOLDER)
            member = said.member if said.member is not None or not known else members.get(said.letter)
            if said.vacant:
                cells[post] = self.words("template.vacant")
            elif member is None and post != "secretary":
                self.findings.add("wide_member", said.place, said.letter)
            else:
                cells[post] = said.letter or (next(free) if letters else schema.UNKNOWN_HOLDER)
                cells[post + MEMBER] = self.words(f"template.{str(member is not False).lower()}")
        return cells


def _cell(grid: Grid, row: int, column: int) -> str:
    """A cell, or the merged one that it is a part of."""
    return names.tidy(grid.cell(row, column) or grid.cell(*grid.merged.get((row, column), (row, column))))


def _above(grid: Grid, head: _Head) -> Iterator[tuple[int, int, str]]:
    """The cells above the headings: row, column and text."""
    for row in range(head.first):
        for column, cell in enumerate(grid.rows[row]):
            if cell.strip():
                yield row, column, names.tidy(cell)


def _section(written: str) -> str:
    """The commune that a row names for the rows below it: "II. Xã Hương Sơn (cũ)"; "" for none."""
    match = _SECTION.fullmatch(names.tidy(written))
    name = match[1] if match else ""
    return name if names.split(name)[0] in schema.COMMUNE_KINDS else ""


def _read(cell: str, role: str, place: Place) -> _Said | None:
    """What one cell says; None where it cannot be read."""
    if words.is_vacant(cell):
        return _Said(place, vacant=True)
    if cell.isdigit():
        return None
    if (member := words.member(cell)) is not None:
        return _Said(place, member={"holder": None, "none": not member}.get(role, member))
    first, *others = re.findall(r"[^\s,;:/().-]+", cell) or [""]
    for letter, rest in ((first, " ".join(others)), ((others or [""])[-1], " ".join([first, *others[:-1]]))):
        member = words.member(rest)
        if re.fullmatch(r"[A-Za-z?]", letter) and (member is not None or not rest):
            return _Said(place, letter.upper(), member)
    return None


def _both(one: _Said, other: _Said) -> _Said:
    """What two cells of one post say together."""
    letter, member = one.letter or other.letter, other.member if one.member is None else one.member
    return _Said(one.place, letter, member, vacant=one.vacant and other.vacant)
