"""What the terms mean: one list, for the screen and for the definitions in files."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dashboard.text import LANGUAGES, Text

# The terms that the exhibits of a noun use, page by page.
_USED = {
    "overview": ("grassroots", "committee", "cell", "subcell", "members", "admitted"),
    "structure": ("grassroots", "committee", "cell", "subcell", "section", "members", "admitted", "outside"),
    "commune": ("commune", "grassroots", "subcell", "members", "admitted", "member_share", "overlap_share"),
    "village": ("village", "overlap", "vacant", "not_reported", "member_share", "as_of"),
    "overlap": ("overlap", "posts", "overlap_share", "vacant", "not_reported"),
    "changes": ("member_share", "overlap", "needed", "pace", "as_of"),
    "goals": ("member_share", "overlap_share", "needed", "as_of"),
    "what_if": ("hypothetical", "member_share", "overlap_share", "needed", "vacant", "not_reported"),
    "reconciliation": ("published", "as_of"),
    "data": ("as_of",),
}
_NAME = re.compile(r"glossary\.(\w+)\.term")


@dataclass(frozen=True)
class Term:
    """A term by its name in the reader's language, in each of the others, and what it means. `source` is
    the document with that definition, "" where it is the dashboard's own."""

    name: str
    others: tuple[str, ...]
    means: str
    source: str

    def __str__(self) -> str:
        """As a line: "Chi bộ cơ sở: … (Điều lệ Đảng, Điều 21)."."""
        return f"{self.name}: {self.means}{f' ({self.source})' if self.source else ''}."


def terms(text: Text) -> list[Term]:
    """Every term, in the order of the glossary; posts that the data set names itself come last."""
    names = [match[1] for match in map(_NAME.fullmatch, text.keys()) if match]
    return [_term(name, text) for name in names if text(f"glossary.{name}.term")]


def used(name: str, text: Text) -> list[Term]:
    """The terms of the exhibits whose id begins with the noun `name`; none for a noun without exhibits."""
    return [_term(term, text) for term in _USED.get(name, ())]


def _term(term: str, text: Text) -> Term:
    key = f"glossary.{term}"
    others = tuple(text.other(lang)(f"{key}.term") for lang in LANGUAGES if lang != text.lang)
    source = text(f"{key}.source") if f"{key}.source" in text else ""
    return Term(text(f"{key}.term"), others, text(f"{key}.means"), source)
