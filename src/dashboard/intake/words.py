"""The words for a post that offices write into its cells: vacant, held by a party member, by no member."""

from __future__ import annotations

import re

from dashboard.dataset.read import cells as parse
from dashboard.intake import names

_DASHES = re.compile(r"[-\u2010-\u2015]+")
# Without marks, as `names.bare` gives them.
_VACANT = frozenset(
    {
        *(
            "khuyet",
            "vacant",
            "trong",
            "bo trong",
            "khuyet nguoi",
            "dang khuyet",
            "khong co",
            "khong co nguoi",
        ),
        *("chua co", "chua co nguoi", "chua bau", "chua bau duoc", "chua kien toan"),
    }
)
_MEMBER = frozenset({"dv", "dang vien", "la dang vien", "party member", "member"})
_NOT_MEMBER = frozenset({"qc", "quan chung", "khong phai dang vien", "chua la dang vien", "not a member"})


def is_vacant(cell: str) -> bool:
    """Whether a cell says that the post has no holder; a blank one does not say so."""
    return names.bare(cell) in _VACANT or bool(_DASHES.fullmatch(cell))


def member(cell: str) -> bool | None:
    """Whether a cell says that the holder is a party member; None where it says neither."""
    word = names.bare(cell)
    if word in _MEMBER or word in _NOT_MEMBER:
        return word in _MEMBER
    try:
        return parse.flag(cell)
    except parse.CellError:
        return None
