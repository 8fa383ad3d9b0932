"""Names as offices write them: one place under many spellings, and what a misspelt one may have meant."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_DASHES = re.compile(r"[\s.,;:_/\u2010-\u2015-]+")
# The words before a name, and the kind that they tell.
_PREFIXES = (
    (re.compile(r"(xã|x\.)\s*(?=\S)"), "xa"),
    (re.compile(r"(thị\s+trấn|tt\.?)\s+(?=\S)|tt\.(?=\S)"), "thi_tran"),
    (re.compile(r"(phường|p\.)\s*(?=\S)"), "phuong"),
    (re.compile(r"(đặc\s+khu|đk\.?)\s+(?=\S)"), "dac_khu"),
    (re.compile(r"(thôn|th\.)\s*(?=\S)"), "thon"),
    (re.compile(r"(tổ\s+dân\s+phố|tổ\s*dp|tdp)\.?\s*(?=\S)"), "to_dan_pho"),
)
_LEAST_SIMILARITY = 0.72
_MAX_SUGGESTIONS = 3
_MAX_NAMED = 12
_Item = TypeVar("_Item")


def tidy(text: str) -> str:
    """Composed letters, single spaces, Đ for its look-alike."""
    unified = text.replace("\u00d0", "Đ").replace("\u00f0", "đ")
    return " ".join(unicodedata.normalize("NFC", unified).split())


@lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """The same text for the same name: lower case, tone marks at the end of each word (uỷ = ủy)."""
    return " ".join(_tone_last(word) for word in _DASHES.split(tidy(text).lower()) if word)


def _tone_last(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    tones = "".join(sign for sign in decomposed if sign in _TONES)
    return unicodedata.normalize("NFC", "".join(sign for sign in decomposed if sign not in _TONES)) + tones


def bare(text: str) -> str:
    """Without any mark, to find similar names."""
    decomposed = unicodedata.normalize("NFD", folded(text).replace("đ", "d"))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def split(text: str) -> tuple[str, str]:
    """The kind that the words before a name tell ("" for none), and the folded name without them."""
    low = tidy(text).lower()
    for pattern, kind in _PREFIXES:
        if prefix := pattern.match(low):
            return kind, folded(low[prefix.end() :])
    return "", folded(low)


def without_kind(text: str, kind: str) -> str:
    """A name as it is written, without the words before it that only tell its kind."""
    name = tidy(text)
    prefixes = (pattern.match(name.lower()) for pattern, prefix_kind in _PREFIXES if prefix_kind == kind)
    return next((name[prefix.end() :] for prefix in prefixes if prefix), name)


def similar(text: str, items: Mapping[str, _Item], limit: int = 1) -> tuple[_Item, ...]:
    """The items whose key, a bare name, is nearly the text."""
    close = difflib.get_close_matches(bare(text), items, limit, _LEAST_SIMILARITY)
    return tuple(dict.fromkeys(items[name] for name in close))


@dataclass(frozen=True)
class Named:
    """Something that a cell can name; `label` is how it is written in full, `also` how else it may be.

    A village lies `within` a commune, the first; the others are those that it may be named with besides.
    `mark` tells it from others of its name there.
    """

    id: str
    name: str
    label: str
    kind: str = ""
    within: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    mark: str = ""


@dataclass(frozen=True)
class Match:
    """What a cell names: one id, or None and the candidates that it may have meant; `several` where these are
    all of that name."""

    id: str | None
    candidates: tuple[Named, ...] = ()
    several: bool = False


class Names:
    """Items by their names, as offices write them. A near miss is suggested, never taken.

    `former` are names that were known before: they count where nothing has that name now.
    """

    def __init__(self, items: Iterable[Named], former: Iterable[Named] = ()) -> None:
        self.all = tuple(items)
        self.by_id = {item.id: item for item in self.all}
        earlier = [item for item in former if item.id in self.by_id]
        self._former = Names(earlier) if earlier else None
        # By the commune, None for any: a country has thousands of villages called "Thôn 1".
        self._by_name: defaultdict[tuple[str | None, str], list[Named]] = defaultdict(list)
        for item in self.all:
            for name in {split(item.name)[1], *map(folded, (item.name, item.label, *item.also))}:
                for commune in (None, *item.within):
                    self._by_name[commune, name].append(item)
        self._bare: dict[str | None, dict[str, Named]] = {}

    def called(self, text: str) -> list[str]:
        """The ids of the items of exactly that name, however it is written."""
        name = folded(text)
        return [item.id for item in self._by_name.get((None, name), ()) if folded(item.name) == name]

    def unique(self, item: Named) -> bool:
        """Whether no other one is written like it in its commune."""
        alike = self._by_name.get((item.within[0], folded(item.label)), ())
        return sum((other.label, other.within[0]) == (item.label, item.within[0]) for other in alike) < 2

    def find(self, text: str, within: str | None = None, prefer: frozenset[str] = frozenset()) -> Match:
        """The item that a cell names, by its name or id; of several the one in `prefer`.

        `within` narrows the choice to one commune.
        """
        if (exact := self.by_id.get(text.strip())) and within in (None, *exact.within):
            return Match(exact.id)
        kind, rest = split(text)
        items = self._by_name.get((within, folded(text))) or [
            item for item in self._by_name.get((within, rest), ()) if kind in ("", item.kind)
        ]
        if len(items) > 1:
            items = [item for item in items if item.id in prefer] or items
        if len(items) == 1:
            return Match(items[0].id)
        if self._former and not items:
            earlier = self._former.find(text, within, prefer)
            if earlier.id is not None:
                return earlier
        return Match(None, tuple(items[:_MAX_NAMED]) or self._similar(text, within), bool(items))

    def _similar(self, text: str, within: str | None) -> tuple[Named, ...]:
        if within not in self._bare:
            by_name = self._bare[within] = {}
            for item in self.all:
                if within in (None, *item.within):
                    by_name.setdefault(bare(item.label), item)
                    by_name.setdefault(bare(item.name), item)
        return similar(text, self._bare[within], _MAX_SUGGESTIONS)
