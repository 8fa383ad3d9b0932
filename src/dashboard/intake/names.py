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
_Thing = TypeVar("_Thing")


def tidy(written: str) -> str:
    """Composed letters, single spaces, Đ for its look-alike."""
    meant = written.replace("\u00d0", "Đ").replace("\u00f0", "đ")
    return " ".join(unicodedata.normalize("NFC", meant).split())


@lru_cache(maxsize=65_536)
def folded(written: str) -> str:
    """The same text for the same name: lower case, tone marks at the end of each word (uỷ = ủy)."""
    return " ".join(_tone_last(word) for word in _DASHES.split(tidy(written).lower()) if word)


def _tone_last(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    tones = "".join(sign for sign in decomposed if sign in _TONES)
    return unicodedata.normalize("NFC", "".join(sign for sign in decomposed if sign not in _TONES)) + tones


def bare(written: str) -> str:
    """Without any mark, to find similar names."""
    decomposed = unicodedata.normalize("NFD", folded(written).replace("đ", "d"))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def split(written: str) -> tuple[str, str]:
    """The kind that the words before a name tell ("" for none), and the folded name without them."""
    low = tidy(written).lower()
    for pattern, kind in _PREFIXES:
        if prefix := pattern.match(low):
            return kind, folded(low[prefix.end() :])
    return "", folded(low)


def without_kind(written: str, kind: str) -> str:
    """A name as it is written, without the words before it that only tell its kind."""
    name = tidy(written)
    found = (pattern.match(name.lower()) for pattern, told in _PREFIXES if told == kind)
    return next((name[prefix.end() :] for prefix in found if prefix), name)


def similar(written: str, things: Mapping[str, _Thing], limit: int = 1) -> tuple[_Thing, ...]:
    """The things whose key, a bare name, is nearly the text."""
    close = difflib.get_close_matches(bare(written), things, limit, _LEAST_SIMILARITY)
    return tuple(dict.fromkeys(things[name] for name in close))


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
    """What a cell names: one id, or None and the things that it may have meant; `several` where these are
    all of that name."""

    id: str | None
    meant: tuple[Named, ...] = ()
    several: bool = False


class Names:
    """Things by their names, as offices write them. A near miss is suggested, never taken.

    `former` are names that were known before: they count where nothing has that name now.
    """

    def __init__(self, things: Iterable[Named], former: Iterable[Named] = ()) -> None:
        self.things = tuple(things)
        self.by_id = {thing.id: thing for thing in self.things}
        earlier = [thing for thing in former if thing.id in self.by_id]
        self._former = Names(earlier) if earlier else None
        # By the commune, None for any: a country has thousands of villages called "Thôn 1".
        self._by_name: defaultdict[tuple[str | None, str], list[Named]] = defaultdict(list)
        for thing in self.things:
            for name in {split(thing.name)[1], *map(folded, (thing.name, thing.label, *thing.also))}:
                for commune in (None, *thing.within):
                    self._by_name[commune, name].append(thing)
        self._bare: dict[str | None, dict[str, Named]] = {}

    def called(self, written: str) -> list[str]:
        """The ids of the things of exactly that name, however it is written."""
        name = folded(written)
        return [thing.id for thing in self._by_name.get((None, name), ()) if folded(thing.name) == name]

    def unique(self, thing: Named) -> bool:
        """Whether no other one is written like it in its commune."""
        alike = self._by_name.get((thing.within[0], folded(thing.label)), ())
        return sum((one.label, one.within[0]) == (thing.label, thing.within[0]) for one in alike) < 2

    def find(self, written: str, within: str | None = None, prefer: frozenset[str] = frozenset()) -> Match:
        """The thing that a cell names, by its name or id; of several the one in `prefer`.

        `within` narrows the choice to one commune.
        """
        if (known := self.by_id.get(written.strip())) and within in (None, *known.within):
            return Match(known.id)
        kind, rest = split(written)
        things = self._by_name.get((within, folded(written))) or [
            thing for thing in self._by_name.get((within, rest), ()) if kind in ("", thing.kind)
        ]
        if len(things) > 1:
            things = [thing for thing in things if thing.id in prefer] or things
        if len(things) == 1:
            return Match(things[0].id)
        if self._former and not things:
            earlier = self._former.find(written, within, prefer)
            if earlier.id is not None:
                return earlier
        return Match(None, tuple(things[:_MAX_NAMED]) or self._similar(written, within), bool(things))

    def _similar(self, written: str, within: str | None) -> tuple[Named, ...]:
        if within not in self._bare:
            by_name = self._bare[within] = {}
            for thing in self.things:
                if within in (None, *thing.within):
                    by_name.setdefault(bare(thing.label), thing)
                    by_name.setdefault(bare(thing.name), thing)
        return similar(written, self._bare[within], _MAX_SUGGESTIONS)
