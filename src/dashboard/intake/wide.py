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
# What is below the rows: who made the sheet, who signs, who gets it, and the day.
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
class _PostCell:
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
    other_grids = tuple(grid for grid in book.grids if grid.name not in heads)
    result = sheets.located(replace(book, grids=other_grids), forms.of(base), findings)
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
        self.post_ids: dict[str, str] = {}
        for row in base.positions.to_dict("records"):
            labels = [row[name] for name in ("name_vi", "name_en", "short_vi", "short_en")]
            for words_of in self.form.texts:
                labels += [
                    words_of(f"code.{group}.{row['position_id']}") for group in ("position", "position_head")
                ]
            self.post_ids |= {headings.plain(name): row["position_id"] for name in labels if name}

    def head(self, grid: Grid) -> _Head | None:
        """The headings of a wide sheet; None of a sheet that is none, or the form of officers itself."""
        columns = range(max(map(len, grid.rows), default=0))
        rows = range(min(HEAD_ROWS, len(grid.rows)))
        posts = [{self._post(grid, row, column) for column in columns} - {""} for row in rows]
        row = max(rows, key=lambda row: len(posts[row]), default=0)
        fields = forms.headings(self.form)
        if not posts or len(posts[row]) < _FEWEST_POSTS:
            return None
        if any(fields.get(names.folded(cell), "").endswith(MEMBER) for cell in grid.rows[row]):
            return None
        last = row + any(headings.plain(_cell(grid, row + 1, column)) in headings.ROLES for column in columns)
        places = {
            headings.plain(_cell(grid, at, column)).removeprefix("ten "): (at, column)
            for at in range(max(row - 1, 0), last + 1)
            for column in reversed(columns)
        }
        village = next((places[name] for name in places if name in headings.VILLAGE), None)
        commune = next((places[name][1] for name in places if name in headings.COMMUNE), None)
        return village and _Head(min(row, village[0]), row, last, village[1], commune)

    def _post(self, grid: Grid, row: int, column: int) -> str:
        """The post that a heading names, with the one over it or by itself; "" for none."""
        plain = headings.plain(_cell(grid, row, column))
        over = (headings.plain(_cell(grid, row - 1, at)) for at in range(column, -1, -1) if row)
        for heading in map(
            headings.without_member, (f"{next(filter(None, over), '')} {plain}", plain) if plain else ()
        ):
            if post := self.post_ids.get(heading) or headings.post(heading):
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
        occupied = [cell for _, posts in rows for cell in posts.values() if not cell.vacant]
        letters = any(cell.letter not in ("", schema.UNKNOWN_HOLDER) for cell in occupied)
        if apart := sum(not cell.letter for cell in occupied):
            rule, list_name = ("wide_apart", "warnings") if letters else ("wide_unknown", "notes")
            getattr(self.findings, list_name).append(Finding(rule, values={"n": apart}, where=grid.name))
        for entry, posts in rows:
            holders = self._holders(posts, letters=letters)
            filled.entries.append(replace(entry, cells={**entry.cells, **holders}))

    def _columns(self, grid: Grid, head: _Head) -> None:
        """Find the columns of each post; say how headings were understood, and which are of no post."""
        labels = {position: self.words(f"code.position.{position}") for position in self.base.position_ids}
        names_by_rule: dict[str, list[str]] = {"wide_taken": [], "wide_passed": [], "wide_missing": []}
        post = ""
        for column in range(max(map(len, grid.rows))):
            heading = _cell(grid, head.row, column)
            plain, place = headings.plain(heading), (grid.name, head.row, column)
            role = "member" if plain != headings.without_member(plain) else ""
            if head.last > head.row:
                role = headings.ROLES.get(headings.plain(_cell(grid, head.last, column)), "")
            post = self._post(grid, head.row, column) or (post if role and not heading else "")
            if post and role in head.posts.setdefault(post, {}):
                self.findings.add("heading_twice", place, heading)
            elif post:
                head.posts[post][role] = column
                if heading and plain != headings.plain(labels[post]):
                    names_by_rule["wide_taken"].append(f"“{heading}” = {labels[post]}")
            elif headings.may_be_a_post(plain, self.base.position_ids):
                self.findings.add("wide_heading", place, heading, known=", ".join(labels.values()))
            elif column not in (head.village, head.commune):
                heading = heading or _cell(grid, head.first, column)
                names_by_rule["wide_passed"] += (
                    [f"“{heading}”"] if headings.plain(heading) not in headings.RUNNING else []
                )
        names_by_rule["wide_missing"] = [
            labels[position] for position in labels if position not in head.posts
        ]
        for rule, listed in names_by_rule.items():
            if listed:
                self.findings.notes.append(
                    Finding(rule, values={"names": "; ".join(listed)}, where=grid.name)
                )

    def _commune(self, grid: Grid, head: _Head) -> tuple[str, Place]:
        """The commune that the name of the sheet or the text above the headings names; "" for none."""
        match = self.communes.find(grid.name)
        corner = (grid.name, 0, 0)
        if match.id is not None:
            return grid.name, corner
        labels = sorted({commune.label for commune in self.communes.all}, key=len, reverse=True)
        for label in labels:
            for row, column, cell in _above(grid, head):
                if f" {names.folded(label)} " in f" {names.folded(cell)} ":
                    return label, (grid.name, row, column)
        return (grid.name if match.candidates else ""), corner

    def _date(self, grid: Grid, head: _Head, filled: Filled) -> None:
        """The as-of date: behind the label of the form or in a title above the headings."""
        labels = tuple(forms.labels("template.as_of"))
        for row, column, cell in _above(grid, head):
            within = _UNTIL.search(cell)
            if within or names.folded(cell).startswith(labels):
                beside = next(
                    (at for at in range(column + 1, len(grid.rows[row])) if _cell(grid, row, at)), 0
                )
                value = within[1] if within else _cell(grid, row, beside) if beside else ""
                place = (grid.name, row, column if within or not beside else beside)
                if filled.as_of and filled.as_of_place and iso(value) != iso(filled.as_of):
                    values = {"sheet": filled.as_of_place[0], "first": filled.as_of}
                    self.findings.add("as_of_differs", place, value, **values)
                elif not filled.as_of:
                    filled.as_of, filled.as_of_place = value, place
                return

    def _rows(
        self, grid: Grid, head: _Head, commune: str, place: Place
    ) -> Iterator[tuple[Entry, dict[str, _PostCell]]]:
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
            every = {post: self._post_cell(grid, row, columns) for post, columns in head.posts.items()}
            posts = {post: post_cell for post, post_cell in every.items() if post_cell is not None}
            section = next(filter(None, map(_section, grid.rows[row][: head.village + 1])), "")
            if section and not posts:
                commune, place = section, (grid.name, row, head.village)
            elif village or posts:
                commune_cell = "" if head.commune is None else _cell(grid, row, head.commune)
                at = (grid.name, row, head.commune or 0) if commune_cell else place
                places = {"commune_id": at, "village_id": (grid.name, row, head.village)}
                for post, post_cell in posts.items():
                    places |= {post: post_cell.place, post + MEMBER: post_cell.place}
                yield Entry({"commune_id": commune_cell or commune, "village_id": village}, places), posts

    def _post_cell(self, grid: Grid, row: int, columns: Mapping[str, int]) -> _PostCell | None:
        """What the cells of one post in a row say together; None where they are blank or cannot be read."""
        result = None
        for role, column in columns.items():
            place, cell = (grid.name, row, column), _cell(grid, row, column)
            if place[1:] in grid.faults:
                self.findings.add(grid.faults[row, column], place)
            elif cell and (part := _read(cell, role, place)) is None:
                self.findings.add("wide_cell", place, cell)
            elif cell and part:
                result = part if result is None else _both(result, part)
        return result

    def _holders(self, posts: Mapping[str, _PostCell], *, letters: bool) -> dict[str, str]:
        """The cells of the form; who is not said to be a member or none is a finding, unless another post of
        the same letter says so."""
        used = {post_cell.letter for post_cell in posts.values()}
        free = (letter for letter in ascii_uppercase if letter not in used)
        members = {
            post_cell.letter: post_cell.member for post_cell in posts.values() if post_cell.member is not None
        }
        if (secretary := posts.get("secretary")) and not secretary.vacant:
            members.setdefault(secretary.letter, True)
        cells = {}
        for post, post_cell in posts.items():
            has_letter = post_cell.letter not in ("", schema.UNKNOWN_HOLDER)
            member = (
                post_cell.member
                if post_cell.member is not None or not has_letter
                else members.get(post_cell.letter)
            )
            if post_cell.vacant:
                cells[post] = self.words("template.vacant")
            elif member is None and post != "secretary":
                self.findings.add("wide_member", post_cell.place, post_cell.letter)
            else:
                cells[post] = post_cell.letter or (next(free) if letters else schema.UNKNOWN_HOLDER)
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


def _section(cell: str) -> str:
    """The commune that a row names for the rows below it: "II. Xã Hương Sơn (cũ)"; "" for none."""
    match = _SECTION.fullmatch(names.tidy(cell))
    name = match[1] if match else ""
    return name if names.split(name)[0] in schema.COMMUNE_KINDS else ""


def _read(cell: str, role: str, place: Place) -> _PostCell | None:
    """What one cell says; None where it cannot be read."""
    if words.is_vacant(cell):
        return _PostCell(place, vacant=True)
    if cell.isdigit():
        return None
    if (member := words.member(cell)) is not None:
        return _PostCell(place, member={"holder": None, "none": not member}.get(role, member))
    first, *others = re.findall(r"[^\s,;:/().-]+", cell) or [""]
    for letter, rest in ((first, " ".join(others)), ((others or [""])[-1], " ".join([first, *others[:-1]]))):
        member = words.member(rest)
        if re.fullmatch(r"[A-Za-z?]", letter) and (member is not None or not rest):
            return _PostCell(place, letter.upper(), member)
    return None


def _both(one: _PostCell, other: _PostCell) -> _PostCell:
    """What two cells of one post say together."""
    letter, member = one.letter or other.letter, other.member if one.member is None else one.member
    return _PostCell(one.place, letter, member, vacant=one.vacant and other.vacant)
