"""Every word on the screen, in Vietnamese (default) and English, and how numbers and dates are written.

The words are in ``vi/*.toml`` and ``en/*.toml``: one file per noun, the same keys in both languages.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

LANGUAGES = ("vi", "en")

_FOLDER = Path(__file__).parent
# Day first in both languages: one date must not read differently after a switch of language.
_DATE_PATTERN = "dd/MM/yyyy"
_SHARE_DECIMALS = 1
_TERM = "term."


# Words that a data set brings along: language, key, words.
Own = tuple[tuple[str, str, str], ...]


class Text:
    """The words and forms of one language; `text("overlap.title", n=3)` gives a finished sentence.

    `own` are words of a data set, in the place of those of the files. Every sentence may hold the words under
    ``term.``: "{unit}", or "{Unit}" with a capital.
    """

    def __init__(self, lang: str, own: Own = ()) -> None:
        if lang not in LANGUAGES:
            raise ValueError(f"{lang!r} is not one of {', '.join(LANGUAGES)}")
        self.lang = lang
        self._own = own
        self._words = {**_file_words(lang), **{key: word for language, key, word in own if language == lang}}
        terms = {
            key.removeprefix(_TERM): str(self._words[key]) for key in self._words if key.startswith(_TERM)
        }
        self._terms = terms | {name.capitalize(): capital(word) for name, word in terms.items()}

    def __call__(self, key: str, /, **values: object) -> str:
        """The sentence under `key` with `values` put in.

        A key that holds "one" and "other" is chosen by the value `n`; whole numbers are written in the
        form of the language. KeyError where the key or a value is missing.
        """
        words = self._words[key]
        if isinstance(words, dict):
            words = words["one" if values["n"] == 1 and "one" in words else "other"]
        return str(words).format(
            **self._terms | {name: self._in_form(value) for name, value in values.items()}
        )

    def some(self, key: str, /, n: int, **values: object) -> str:
        """The sentence under `key` on `n` things; "" for none."""
        return self(key, n=n, **values) if n else ""

    def __reduce__(self) -> tuple[Callable[..., Text], tuple[str, Own]]:
        """In another process the one `Text` of the language and these words there."""
        return get, (self.lang, self._own)

    def other(self, lang: str) -> Text:
        """The words of another language, with those of the same data set."""
        return get(lang, self._own)

    def __contains__(self, key: str) -> bool:
        return key in self._words

    def keys(self) -> Iterator[str]:
        """Every key, for the test that compares the languages."""
        yield from self._words

    def number(self, value: float | None, decimals: int = 0) -> str:
        """2198 as "2.198" (en "2,198"); "chưa có số liệu" for None."""
        if value is None:
            return self("common.no_data")
        return _number(self.lang, value, decimals)

    def change(self, value: int) -> str:
        """A difference with its sign: "+5", "−3" (a true minus), "0"."""
        sign = "+" if value > 0 else "−" if value < 0 else ""
        return sign + self.number(abs(value))

    def share(self, part: int, whole: int, target: float | None = None) -> str:
        """50 of 60 as "83,3%"; "chưa có số liệu" where the whole is empty. `target`: see `short_of`."""
        return self.rate(Decimal(part) / Decimal(whole), target) if whole else self("common.no_data")

    def rate(self, fraction: Decimal, target: float | None = None) -> str:
        """0.8333 as "83,3%"; 2.000 of 2.001 is not rounded up to 100%."""
        return self.number(float(short_of(fraction, target) * 100), _SHARE_DECIMALS) + "%"

    def ratio(self, part: int, whole: int, target: float | None = None) -> str:
        """50 of 60 as "50/60 (83,3%)": the count is always beside the rate."""
        if whole == 0:
            return self("common.no_data")
        return f"{self.fraction(part, whole)} ({self.share(part, whole, target)})"

    def fraction(self, part: int, whole: int) -> str:
        """50 of 60 as "50/60"."""
        return f"{self.number(part)}/{self.number(whole)}"

    def percent(self, value: float) -> str:
        """A percent as it was set, with no more decimals than it has: 80.0 as "80%", 43.31 as "43,31%"."""
        digits = f"{value:f}".rstrip("0").rstrip(".")
        return self.number(value, len(digits.partition(".")[2])) + "%"

    def date(self, iso: str) -> str:
        """ "2024-12-31" as "31/12/2024"; "" stays ""."""
        return str(format_date(date.fromisoformat(iso), _DATE_PATTERN, locale=self.lang)) if iso else ""

    def series(self, items: Sequence[str]) -> str:
        """Items as a list in a sentence: "A, B và C"."""
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self('common.and')} {items[-1]}"

    def _in_form(self, value: object) -> object:
        """Whole numbers in the form of the language; None as "no data"; everything else as it is."""
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return self.number(value)
        return value


def short_of(fraction: Decimal, target: float | None = None) -> Decimal:
    """A share as it may be rounded: cut where it would be rounded up to 100%, or to a `target` (in percent),
    that it does not reach. 799 of 999 is 79.9% where 80% is the target, else 80.0%."""
    percent, unit = fraction * 100, Decimal(1).scaleb(-_SHARE_DECIMALS)
    rounded = percent.quantize(unit, ROUND_HALF_UP)
    limits = (Decimal(100), *([] if target is None else [Decimal(str(target))]))
    if any(percent < limit <= rounded for limit in limits):
        return percent.quantize(unit, ROUND_DOWN) / 100
    return fraction


@lru_cache(maxsize=100_000)
def _number(lang: str, value: float, decimals: int) -> str:
    """Thousands of communes share their small numbers, and Babel takes 50 µs for each."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(exact, pattern, locale=lang)


def capital(words: str) -> str:
    """The words with a capital at their beginning."""
    return words[:1].upper() + words[1:]


def slug(words: str) -> str:
    """Words as part of a file name: "Xã Hương Sơn" as "xa-huong-son"."""
    bare = unicodedata.normalize("NFD", words.lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in bare if not unicodedata.combining(c))).strip("-")


@lru_cache(maxsize=64)
def get(lang: str = "vi", own: Own = ()) -> Text:
    """The one `Text` of a language and the words of a data set, shared by all sessions (it never changes)."""
    return Text(lang, own)


@cache
def _file_words(lang: str) -> dict[str, str | dict[str, str]]:
    tables = {file.stem: tomllib.loads(file.read_text("utf-8")) for file in (_FOLDER / lang).glob("*.toml")}
    return {key: words for name in sorted(tables) for key, words in _flatten(tables[name], name)}


def _flatten(table: dict[str, Any], prefix: str) -> Iterator[tuple[str, str | dict[str, str]]]:
    for name, value in table.items():
        key = f"{prefix}.{name}"
        if isinstance(value, dict) and "other" not in value:
            yield from _flatten(value, key)
        else:
            yield key, value
