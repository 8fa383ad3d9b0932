"""The sheets that a clerk fills: which columns of `schema` are on them, and under which headings.

Officers have one row per village, with the posts beside each other; every other sheet has one row per row of
its table. The as-of date is above the sheets that need it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache

from dashboard import schema, text
from dashboard.dataset import Dataset, memoize
from dashboard.dataset.words import texts
from dashboard.intake import names
from dashboard.text import Text

MEMBER = "_member"  # ends the name of the field that says whether the holder of a post is a party member


@dataclass(frozen=True)
class Field:
    """One column of a sheet. `column` is the one of `schema` that its cells become; `post` the post that
    it is about, on the sheet of officers."""

    name: str
    column: schema.Column
    post: str = ""

    @property
    def is_own_id(self) -> bool:
        """Whether its cells are the ids of the rows, which a clerk leaves as they are."""
        return self.column.key and self.column.kind is schema.Kind.ID and self.column.refers_to is None

    @property
    def needed(self) -> bool:
        """Whether a file must have the column."""
        return not (self.name == "rank" or self.column.optional or self.is_own_id)


@dataclass(frozen=True)
class Form:
    """One sheet. `dated` = the as-of date is above its headings; `clerk` = not the administrator's. `texts`
    are the words of its headings in each language."""

    name: str
    fields: tuple[Field, ...]
    dated: bool = False
    clerk: bool = False
    texts: tuple[Text, ...] = tuple(map(text.get, text.LANGUAGES))

    def words(self, lang: str) -> Text:
        """The words of its headings in a language."""
        return next(words for words in self.texts if words.lang == lang)

    @property
    def posts(self) -> tuple[str, ...]:
        """The posts that its columns are about."""
        return tuple(dict.fromkeys(field.post for field in self.fields if field.post))

    @property
    def field_names(self) -> tuple[str, ...]:
        """The fields in the order in which they are on the sheet."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """The field of that name."""
        return next(field for field in self.fields if field.name == name)


def _fields(table: str, *names: str) -> tuple[Field, ...]:
    """These columns of a table, or all of them, its own id last."""
    definition = schema.table(table)
    fields = [Field(name, definition.column(name)) for name in names or definition.column_names]
    return tuple(fields if names else sorted(fields, key=lambda field: field.is_own_id))


def _posts(positions: tuple[str, ...]) -> tuple[Field, ...]:
    officers = schema.table("officers")
    holder, member = officers.column("holder"), officers.column("party_member")
    return tuple(
        field
        for post in positions
        for field in (Field(post, holder, post), Field(f"{post}{MEMBER}", member, post))
    )


ABOUT = "about"
_COMMUNE = Field("commune_id", schema.table("villages").column("commune_id"))
_ORGANIZATION = ("name", "level", "category", "parent_id", "commune_id", "village_id", "members", "admitted")
# What the members were, for the eye: beside the number to update, and passed over on reading.
BEFORE = Field("members_before", schema.Column("members_before", schema.Kind.COUNT, optional=True))
FORMS = (
    Form("villages", _fields("villages"), clerk=True),
    Form("organizations", _fields("organizations", *_ORGANIZATION, "org_id"), dated=True, clerk=True),
    Form(
        "officers",
        (_COMMUNE, *_fields("officers", "village_id"), *_posts(schema.POSITIONS)),
        dated=True,
        clerk=True,
    ),
    Form("communes", _fields("communes")),
    Form("goals", _fields("goals")),
    Form("published", _fields("published")),
    Form(
        ABOUT,
        (
            Field("entry", schema.Column("entry", schema.Kind.TEXT)),
            Field("content", schema.Column("content", schema.Kind.TEXT, blank=True)),
        ),
    ),
)
# What is being collected is no entry of the form: one that is older than the data would turn it back.
ENTRIES = tuple(key for key in (*schema.ABOUT_REQUIRED, *schema.ABOUT_OPTIONAL) if key != "collecting")


def form(name: str) -> Form:
    """The form of that name; of officers with the posts of `schema.POSITIONS`."""
    return next(entry for entry in FORMS if entry.name == name)


@memoize(size=1)
def of(dataset: Dataset) -> tuple[Form, ...]:
    """The forms with the posts of a data set, by their names there."""
    words = texts(dataset)
    officers = form("officers")
    places = tuple(field for field in officers.fields if not field.post)
    extended = replace(officers, fields=(*places, *_posts(dataset.position_ids)), texts=tuple(words.values()))
    return tuple(extended if entry is officers else entry for entry in FORMS)


def beside_the_last(form: Form) -> Form:
    """The form of organisations with the members of the period before; every other as it is."""
    at = form.field_names.index("members") + 1 if form.name == "organizations" else 0
    return replace(form, fields=(*form.fields[:at], BEFORE, *form.fields[at:])) if at else form


@cache
def labels(*keys: str) -> frozenset[str]:
    """The words under these keys, folded, in all languages."""
    return frozenset(names.folded(text.get(lang)(key)) for lang in text.LANGUAGES for key in keys)


def heading(form: Form, field: str, words: Text) -> str:
    """The words above a column."""
    if not (post := form.field(field).post):
        return words(f"template.heading.{form.name}.{field}")
    position = form.words(words.lang)(f"code.position.{post}")
    return position if field == post else words("template.member", position=position)


def meaning(form: Form, field: str, words: Text) -> str:
    """What the column means, for the comment on its heading."""
    if not (post := form.field(field).post):
        return words(f"template.help.{form.name}.{field}")
    return words("template.help.holder" if field == post else "template.help.member")


def word(column: schema.Column, code: str, words: Text) -> str:
    """The word for a code of a column."""
    if column.codes is schema.OPERATORS:
        return words(f"template.operator.{_OPERATORS[code]}")
    return words(f"{_WORDS[column.codes]}.{code}")


_OPERATORS = {">": "above", ">=": "at_least", "up": "up"}
_WORDS = {
    schema.COMMUNE_KINDS: "template.commune_kind",
    schema.VILLAGE_KINDS: "code.village_kind",
    schema.LEVELS: "code.level",
    schema.CATEGORIES: "code.category",
}


def _by_label(values: Iterable[str], label: Callable[[str, Text], str]) -> dict[str, str]:
    """Each value by its name, folded, in all languages."""
    return {names.folded(label(value, text.get(lang))): value for lang in text.LANGUAGES for value in values}


@cache
def headings(form: Form) -> dict[str, str]:
    """The field of every heading, folded, in all languages."""
    former = [name for name in form.field_names if f"template.former_heading.{name}" in text.get()]
    return _by_label(former, lambda field, words: words(f"template.former_heading.{field}")) | _by_label(
        form.field_names, lambda field, words: heading(form, field, words)
    )


@memoize(size=16)
def codes(dataset: Dataset, column: schema.Column) -> dict[str, str]:
    """The code of every word of a column, folded, in all languages, with those of the data set; the codes
    themselves too."""
    former = [code for code, now in schema.FORMER_CODES.items() if now in column.codes]
    standard = _by_label([*former, *column.codes], lambda code, words: word(column, code, words))
    own_words = {
        names.folded(word(column, code, words)): code
        for words in texts(dataset).values()
        for code in column.codes
    }
    return standard | own_words | {code: code for code in column.codes}


@cache
def by_word(group: str, values: tuple[str, ...]) -> dict[str, str]:
    """The values by the words ``template.GROUP.VALUE``, folded, in all languages."""
    return _by_label(values, lambda value, words: words(f"template.{group}.{value}"))


def titles() -> dict[str, str]:
    """The form of every name of a sheet, folded, in all languages."""
    return by_word("sheet", tuple(form.name for form in FORMS))
