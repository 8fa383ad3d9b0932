"""What villages are called: by name, and where two in force of one commune have the same name also by what
tells them apart: "Thôn 1 (Hương Sơn cũ)"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard import schema
from dashboard.dataset import areas, villages
from dashboard.dataset.memo import memoize
from dashboard.dataset.model import Dataset
from dashboard.dataset.villages import Rows
from dashboard.text import Text

Words = npt.NDArray[np.object_]
# They are in the words for a name and a mark: those of a country are too many to put each into a sentence.
_NAME, _MARK = "\0", "\1"


def shown(dataset: Dataset, as_of: str, boundaries: str, text: Text, rows: Sequence[int]) -> list[str]:
    """Rows of `dataset.villages` by name, told apart from others in the commune that they count under."""
    at = np.array(rows, dtype=np.intp)
    row_marks = marks(dataset, as_of, boundaries, text)[at]
    pattern = marked(_NAME, _MARK, text)
    return [
        pattern.replace(_NAME, name).replace(_MARK, mark) if mark else str(name)
        for name, mark in zip(dataset.villages["name"].array.take(at), row_marks, strict=True)
    ]


@memoize(size=32)
def marks(dataset: Dataset, as_of: str, boundaries: str, text: Text) -> Words:
    """Per row of `dataset.villages` what is behind its name; "" where the name alone tells it from all
    villages in force in its commune, and for a row that is not in force.

    That is the commune that it was in before; where that is the same or not known the first one that it was
    in, then its kind, then its id.
    """
    area = areas.of_villages(dataset, as_of, boundaries)
    return _marks(dataset, area, areas.day_of(dataset, as_of, boundaries), text)


def marked(name: str, mark: str, text: Text, commune: str = "") -> str:
    """A name with what tells it apart and the commune in words, each where there is one: the one place where
    these are joined."""
    if mark and commune:
        return text("village.marked_in_commune", name=name, mark=mark, commune=commune)
    if mark:
        return text("village.marked", name=name, mark=mark)
    return text("takeaway.in_commune", name=name, commune=commune) if commune else name


def _marks(dataset: Dataset, area: Words, day: str, text: Text) -> Words:
    """What tells apart the rows that count under an `area` each; "" is none."""
    result = np.full(len(area), "", dtype=object)
    group = area + "\n" + dataset.villages["name"].str.casefold().to_numpy(dtype=object)
    rows = np.flatnonzero((area != "") & pd.Series(group).duplicated(keep=False).to_numpy())
    group = group[rows]
    for label in (_former, _first, _kind, _id):
        tied = pd.Series(group).duplicated(keep=False).to_numpy()
        rows, group = rows[tied], pd.factorize(group[tied])[0]
        if not len(rows):
            break
        words = _telling(group, label(dataset, _Alike(rows, area[rows], day, text)))
        both = np.where((result[rows] != "") & (words != ""), ", ", "")
        result[rows] = result[rows] + both.astype(object) + words
        group = pd.factorize(group)[0] * (len(rows) + 1) + pd.factorize(words)[0]
    return result


def _telling(group: Rows, labels: list[Words]) -> Words:
    """Per row the first of its labels that differs most within its group; "" where none differs at all."""
    result, most = np.full(len(group), "", dtype=object), np.ones(len(group), dtype=np.intp)
    for words in labels:
        codes, different = pd.factorize(words)
        pairs = np.unique(group * (len(different) + 1) + codes)
        kinds = np.bincount(pairs // (len(different) + 1), minlength=group.max() + 1)[group]
        result = np.where(kinds > most, words, result)
        most = np.maximum(kinds, most)
    return result


class _Alike(NamedTuple):
    """Rows of `dataset.villages` with a name that another one has in the `area` (on a day) that they count
    under, and the words for what tells them apart."""

    rows: Rows
    area: Words
    day: str
    text: Text


def _former(dataset: Dataset, alike: _Alike) -> list[Words]:
    """The commune that each was in before it came to count under its area; the area itself of one that was in
    it when it took others in."""
    communes, earlier = dataset.villages["commune_id"].to_numpy(dtype=object), _earlier(dataset)
    result, at = np.full(len(alike.rows), "", dtype=object), alike.rows
    while (still := (result == "") & (at >= 0)).any():
        elsewhere = still & (communes[at] != alike.area)
        result[elsewhere] = communes[at[elsewhere]]
        at = np.where(at >= 0, earlier[at], -1)
    pairs = list(zip(result, alike.area, strict=True))
    last = _last_before(dataset, {*pairs})
    result = np.array([last[pair] for pair in pairs], dtype=object)
    begun = dataset.villages["valid_from"].to_numpy(dtype=object)[oldest(dataset)[alike.rows]]
    grown = _grown(dataset, alike.day)
    took_in = np.array([grown.get(area, "") for area in alike.area], dtype=object)
    stayed = (result == "") & (took_in != "") & (begun <= took_in)
    return _in_words(dataset, alike, np.where(stayed, alike.area, result))


def _first(dataset: Dataset, alike: _Alike) -> list[Words]:
    """The first commune that each is known to have been in."""
    first = dataset.villages["commune_id"].to_numpy(dtype=object)[oldest(dataset)[alike.rows]]
    return _in_words(dataset, alike, np.where(first == alike.area, "", first))


def _kind(dataset: Dataset, alike: _Alike) -> list[Words]:
    kinds = dataset.villages["kind"].array.take(alike.rows)
    return [np.array([alike.text(f"code.village_kind.{kind}") for kind in kinds], dtype=object)]


def _id(dataset: Dataset, alike: _Alike) -> list[Words]:
    return [dataset.villages["village_id"].to_numpy(dtype=object)[alike.rows]]


def _in_words(dataset: Dataset, alike: _Alike, communes: Words) -> list[Words]:
    """Former communes in words, without and with their kind; of another one that goes on, that it is
    another."""
    columns = (dataset.communes[name].to_list() for name in ("commune_id", "name", "kind", "valid_to"))
    by_id = {commune: row for commune, *row in zip(*columns, strict=True)}
    words = _patterns(alike.text)
    in_words = {("", True): ("", "")}
    pairs = list(zip(communes, communes != alike.area, strict=True))
    for commune, is_other in {*pairs} - {("", True)}:
        name, kind, ended = by_id[commune]
        goes_on = is_other and (not ended or alike.day <= ended)
        first, second = words[goes_on, kind]
        in_words[commune, is_other] = first.replace(_NAME, name), second.replace(_NAME, name)
    return [np.array([in_words[pair][longer] for pair in pairs], dtype=object) for longer in (False, True)]


def _patterns(text: Text) -> dict[tuple[bool, str], tuple[str, str]]:
    """The words for a former commune of each kind, and for one that goes on: without and with the kind."""
    result = {}
    for goes_on, kind in product((False, True), schema.COMMUNE_KINDS):
        key = f"village.{'from' if goes_on else 'former'}"
        longer = text(f"code.commune_kind.{kind}", name=_NAME)
        result[goes_on, kind] = (text(key, name=_NAME), text(key, name=longer))
    return result


def _last_before(dataset: Dataset, pairs: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """For a commune and what it became the last before that on the way; the commune itself where none leads
    there."""
    into = dict(zip(dataset.communes["commune_id"], dataset.communes["merged_into"], strict=True))
    result = {}
    for commune, area in pairs:
        last = commune
        while last and into[last] not in ("", area):
            last = into[last]
        result[commune, area] = last if last and into[last] == area else commune
    return result


@memoize(size=4)
def _grown(dataset: Dataset, day: str) -> dict[str, str]:
    """Of every commune that took others in by a day the last day of the last of these, where it was in force
    beside them."""
    rows = dataset.communes
    begun = dict(zip(rows["commune_id"], rows["valid_from"], strict=True))
    merged = rows[(rows["merged_into"] != "") & (rows["valid_to"] < day)]
    ended = merged.groupby("merged_into")["valid_to"].max()
    return {commune: last for commune, last in ended.items() if begun[commune] <= last}


@memoize(size=1)
def _earlier(dataset: Dataset) -> Rows:
    """Per row of `dataset.villages` the one that it was before: the period before of its village, or where it
    was formed of others, all of one commune, the first of these; -1 for none."""
    result = np.full(len(dataset.villages), -1, dtype=np.intp)
    if not villages.dated(dataset.villages):
        return result
    begins, ends, merged, communes = (
        dataset.villages[name].to_list() for name in ("valid_from", "valid_to", "merged_into", "commune_id")
    )
    came: dict[int, list[int]] = {}
    for row in np.flatnonzero(dataset.villages["merged_into"] != "").tolist():
        day = villages.day_after(ends[row])
        into = villages.row_on(dataset, merged[row], day)
        if into >= 0 and begins[into] == day:
            came.setdefault(into, []).append(row)
    for rows in villages.periods(dataset).values():
        result[list(rows[1:])] = rows[:-1]
    for row, origins in came.items():
        if result[row] < 0 and len({communes[origin] for origin in origins}) == 1:
            result[row] = origins[0]
    return result


@memoize(size=1)
def oldest(dataset: Dataset) -> Rows:
    """Per row the first on the way back."""
    result, earlier = np.arange(len(dataset.villages)), _earlier(dataset)
    while (further := earlier[result] >= 0).any():
        result = np.where(further, earlier[result], result)
    return result
