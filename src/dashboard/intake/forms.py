"""The sheets that a clerk fills: which columns of `schema` stand on them, and under which headings.

Officers stand in one row per village, with the posts beside each other; every other sheet has one row per
row of its table. The as-of date stands above the sheets that need it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dashboard import schema, text
from dashboard.intake import names
from dashboard.text import Text

MEMBER = "_member"  # ends the name of the field that says whether the holder of a post is a party member


@dataclass(frozen=True)
class Field:
    """One column of a sheet. `column` is the one of `schema` that its cells become; without `needed` the
    column may be left out of a file."""

    name: str
    column: schema.Column
    needed: bool = True


@dataclass(frozen=True)
class Form:
    """One sheet. `dated` = the as-of date stands above its headings; `clerk` = not the administrator's."""

    name: str
    fields: tuple[Field, ...]
    dated: bool = False
    clerk: bool = False

    @property
    def field_names(self) -> tuple[str, ...]:
        """The fields in the order in which they stand on the sheet."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """The field of that name."""
        return next(field for field in self.fields if field.name == name)


def _fields(table: str, *names: str) -> tuple[Field, ...]:
    own = schema.table(table)
    return tuple(
        Field(
            name,
            own.column(name),
            needed=name != "rank" and not own.column(name).optional and not _is_own_id(own, name),
        )
        for name in names
    )


def _is_own_id(table: schema.Table, name: str) -> bool:
    column = table.column(name)
    return column.key and column.kind is schema.Kind.ID and column.refers_to is None


def _posts() -> tuple[Field, ...]:
    officers = schema.table("officers")
    holder, member = officers.column("holder"), officers.column("party_member")
    return tuple(
        field
        for post in schema.POSITIONS
        for field in (Field(post, holder), Field(f"{post}{MEMBER}", member))
    )


def _all(table: str) -> tuple[Field, ...]:
    """Every column of a table, its id last."""
    own = schema.table(table)
    return _fields(table, *sorted(own.column_names, key=lambda name: _is_own_id(own, name)))


ABOUT = "about"
_COMMUNE = Field("commune_id", schema.table("villages").column("commune_id"))
FORMS = (
    Form("villages", _all("villages"), clerk=True),
    Form(
        "organizations",
        _fields(
            "organizations",
            *("name", "level", "category", "parent_id", "commune_id", "village_id", "members", "admitted"),
            "org_id",
        ),
        dated=True,
        clerk=True,
    ),
    Form("officers", (_COMMUNE, *_fields("officers", "village_id"), *_posts()), dated=True, clerk=True),
    Form("communes", _all("communes")),
    Form("goals", _all("goals")),
    Form("published", _all("published")),
    Form(
        ABOUT,
        (
            Field("entry", schema.Column("entry", schema.Kind.TEXT)),
            Field("content", schema.Column("content", schema.Kind.TEXT, blank=True)),
        ),
    ),
)
ENTRIES = (*schema.ABOUT_REQUIRED, *schema.ABOUT_OPTIONAL)


def form(name: str) -> Form:
    """The form of that name."""
    return next(entry for entry in FORMS if entry.name == name)


def heading(own: Form, field: str, words: Text) -> str:
    """What stands above a column."""
    post = field.removesuffix(MEMBER)
    if post not in schema.POSITIONS:
        return words(f"template.heading.{own.name}.{field}")
    position = words(f"code.position.{post}")
    return position if field == post else words("template.member", position=position)


def meaning(own: Form, field: str, words: Text) -> str:
    """What the column means, for the comment on its heading."""
    post = field.removesuffix(MEMBER)
    if post not in schema.POSITIONS:
        return words(f"template.help.{own.name}.{field}")
    return words("template.help.holder" if field == post else "template.help.member")


@cache
def headings(own: Form) -> dict[str, str]:
    """The field of every heading, folded, in all languages."""
    return {
        names.folded(heading(own, field, text.get(lang))): field
        for lang in text.LANGUAGES
        for field in own.field_names
    }


@cache
def titles() -> dict[str, str]:
    """The form of every name of a sheet, folded, in all languages."""
    return {
        names.folded(text.get(lang)(f"template.sheet.{own.name}")): own.name
        for lang in text.LANGUAGES
        for own in FORMS
    }


@cache
def passed_over() -> frozenset[str]:
    """The names of the sheets that hold nothing to read, folded: the guide and the lists."""
    return frozenset(
        names.folded(text.get(lang)(f"template.sheet.{name}"))
        for lang in text.LANGUAGES
        for name in ("guide", "lists")
    )


def word(column: schema.Column, code: str, words: Text) -> str:
    """What a code of a column is called."""
    if column.codes is schema.COMMUNE_KINDS:
        return words(f"template.commune_kind.{code}")
    if column.codes is schema.OPERATORS:
        return words(f"template.operator.{_OPERATORS[code]}")
    group = {schema.VILLAGE_KINDS: "village_kind", schema.LEVELS: "level", schema.CATEGORIES: "category"}
    return words(f"code.{group[column.codes]}.{code}")


_OPERATORS = {">": "above", ">=": "at_least", "up": "up"}


@cache
def codes(column: schema.Column) -> dict[str, str]:
    """The code of every word of a column, folded, in all languages; the codes themselves too."""
    known = {
        names.folded(word(column, code, text.get(lang))): code
        for lang in text.LANGUAGES
        for code in column.codes
    }
    return known | {code: code for code in column.codes}
