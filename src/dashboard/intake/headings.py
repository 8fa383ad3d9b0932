"""The headings of wide sheets in the words of offices: the posts and places that they name."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from dashboard.intake import names

VILLAGE = {"thon", "to dan pho", "thon to dan pho", "khu dan cu", "don vi", "village"}
COMMUNE = {"xa", "xa phuong", "xa phuong thi tran", "commune"}
RUNNING = {"", "stt", "tt", "so tt", "so thu tu", "no"}
# What the columns below a post say: who holds it, that it is a member, that it is none.
ROLES = {
    **dict.fromkeys(("nguoi giu", "nguoi giu chuc danh", "chu cai", "ky hieu", "holder"), "holder"),
    **dict.fromkeys(("dang vien", "la dang vien", "member", "party member"), "member"),
    **dict.fromkeys(("quan chung", "chua la dang vien", "khong phai dang vien"), "none"),
}
_ABBREVIATIONS = {
    **{"bt": "bi thu", "btcb": "bi thu chi bo", "cb": "chi bo", "cd": "chi doan", "tr": "truong"},
    **{"tb": "truong ban", "cht": "chi hoi truong", "ch": "chi hoi", "nd": "nong dan", "pn": "phu nu"},
    **{"hnd": "hoi nong dan", "hpn": "hoi phu nu", "ccb": "cuu chien binh", "mt": "mat tran"},
    **{"ctmt": "cong tac mat tran", "mttq": "mat tran to quoc", "tn": "thanh nien", "dv": "dang vien"},
    **{"dtn": "doan thanh nien", "tdp": "to dan pho", "qc": "quan chung"},
}
# The words that name a post, and those that may be beside them.
_TELLING = {
    **dict.fromkeys(("truong thon", "thon truong", "to truong", "truong to dan pho"), "village_head"),
    **dict.fromkeys(("thanh nien", "chi doan", "bi thu doan"), "youth_head"),
    **{"bi thu": "secretary", "mat tran": "front_head", "nong dan": "farmers_head"},
    **{"phu nu": "women_head", "cuu chien binh": "veterans_head"},
}
_BESIDE = (
    "chi hoi truong ban cong tac bo to quoc viet nam lien hiep thon dan pho san ho minh chuc danh doan thu"
)
_WORDS = {*_BESIDE.split(), *" ".join(_TELLING).split()}
_LIKE_A_POST = re.compile(r"\b(bi thu|truong|chi hoi)\b")
# Counts, deputies and notes have posts in their headings, too.
_NO_POST = re.compile(r"\b(so|tong|ty le|vien|nam sinh|trinh do|dien thoai|ghi chu)\b|(?<!dan )\bpho\b")
_OF_MEMBER = re.compile(r"(?<=\w)( la)? dang vien$")


@lru_cache(maxsize=4_096)
def plain(heading: str) -> str:
    """A heading without marks, signs and abbreviations."""
    parts = re.findall(r"[a-z0-9]+", names.bare(heading))
    return " ".join(_ABBREVIATIONS.get(word, word) for word in parts)


def without_member(heading: str) -> str:
    """A plain heading without the end that asks whether the holder is a party member."""
    return _OF_MEMBER.sub("", heading)


def post(heading: str) -> str:
    """The one of the posts of `schema.POSITIONS` that a plain heading names; "" for none."""
    posts = _posts_named(heading)
    certain = len(posts) == 1 and _WORDS.issuperset(heading.split()) and not _NO_POST.search(heading)
    return posts.pop() if certain else ""


def may_be_a_post(heading: str, positions: Collection[str]) -> bool:
    """Whether a plain heading that names none of these posts may mean one of them."""
    posts = _posts_named(heading)
    only_others = bool(posts) and posts.isdisjoint(positions)
    return bool(posts or _LIKE_A_POST.search(heading)) and not only_others and not _NO_POST.search(heading)


def _posts_named(heading: str) -> set[str]:
    """The posts that the words of a heading name; a secretary of the youth is none of a cell."""
    posts = {post for phrase, post in _TELLING.items() if re.search(rf"\b{phrase}\b", heading)}
    return posts - {"secretary"} if "youth_head" in posts else posts
