"""Who holds the posts of each village at each date: which posts are one person's, who is a member."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard import schema
from dashboard.dataset.sample import scale
from dashboard.dataset.sample.scale import Draws, Mask, Shares, Whole, lowest

# Party members among the holders of each post, per 60 villages, at each date. Published are the last
# figure of the village heads and the last ones of the two overlaps; all others are invented.
MEMBERS = {
    "secretary": (60, 60, 60, 60),
    "village_head": (44, 46, 47, 50),
    "front_head": (39, 42, 41, 44),
    "farmers_head": (42, 44, 46, 49),
    "women_head": (34, 36, 38, 40),
    "veterans_head": (46, 47, 49, 50),
    "youth_head": (35, 39, 38, 42),
}
# Villages where the secretary is also village head, is also Front head, holds all three posts (in both).
ALSO_VILLAGE_HEAD = (17, 20, 23, 26)
ALSO_FRONT_HEAD = (2, 2, 3, 4)
ALL_THREE = (1, 1, 1, 1)
# Posts without a holder, and posts that were not reported.
VACANT = {
    "front_head": (3, 2, 2, 2),
    "farmers_head": (1, 0, 1, 0),
    "women_head": (2, 1, 1, 1),
    "veterans_head": (1, 2, 1, 1),
    "youth_head": (4, 3, 3, 2),
}
UNREPORTED = {"veterans_head": (2, 2, 1, 1)}
NOWHERE = (0, 0, 0, 0)

# Readiness decides which villages come first: the village's own part (0 to 1), a part that its commune
# shares (0 to COMMUNE), and a step from date to date (up to STEP either way), so that a few fall back.
COMMUNE, STEP = 0.6, 0.06
FIRST, LAST = -1.0, 9.0
# Villages of the example commune, by their place in it: heads who are no members at any date, and the
# one without a Front head at the last date.
EXAMPLE_NO_MEMBER = (1, 5)
EXAMPLE_VACANT = 3

# The first letter is the secretary's in every village.
LETTERS = ("A", "B", "C", "D", "E", "F", "G", "")
SECRETARY = LETTERS[0]
FLAGS = ("false", "true", "")


@dataclass(frozen=True)
class Posts:
    """The posts of one position: one row per date, one column per village."""

    reported: Mask
    filled: Mask
    member: Mask
    also_secretary: Mask


def drawn(villages: pd.DataFrame, draws: Draws) -> pd.DataFrame:
    """One row per date, village and post that is reported, in the columns of the contract."""
    example: Whole = np.flatnonzero(villages["commune_id"] == scale.EXAMPLE).astype(np.int64)
    ready = {position: _readiness(villages, draws) for position in schema.POSITIONS}
    if len(example):
        ready["village_head"][:, example] = FIRST
        ready["village_head"][:, example[list(EXAMPLE_NO_MEMBER)]] = LAST
    also_head, also_front = _overlaps(ready["village_head"], example, draws)
    nobody = np.zeros_like(also_head)
    overlaps = {"village_head": also_head, "front_head": also_front}
    posts = [
        _posts(position, ready[position], overlaps.get(position, nobody), example, draws)
        for position in schema.POSITIONS
    ]
    return _rows(villages, posts)


def _readiness(villages: pd.DataFrame, draws: Draws) -> Shares:
    """How ready each village (column) is at each date (row): the lower, the readier."""
    commune, communes = pd.factorize(villages["commune_id"])
    last = draws.shares(len(villages)) + COMMUNE * draws.shares(len(communes))[commune]
    steps = [STEP * (2 * draws.shares(len(villages)) - 1) for _ in scale.DATES[1:]]
    return np.cumsum([last, *steps], axis=0)[::-1]


def _overlaps(ready: Shares, example: Whole, draws: Draws) -> tuple[Mask, Mask]:
    """Where the secretary is also village head, and where also Front head; never in the example commune."""
    elsewhere = np.ones_like(ready, dtype=np.bool_)
    elsewhere[:, example] = False
    also_head = _picked(ALSO_VILLAGE_HEAD, ready, elsewhere)
    # A person who holds three posts, or is Front head beside, does so at all dates.
    settled = np.tile(draws.shares(ready.shape[1]), (len(ready), 1))
    always = np.tile(also_head.all(axis=0), (len(ready), 1))
    never = np.tile(~also_head.any(axis=0), (len(ready), 1))
    all_three = _picked(ALL_THREE, settled, always)
    return also_head, all_three | _picked(ALSO_FRONT_HEAD, settled, never & elsewhere, less=ALL_THREE)


def _posts(position: str, ready: Shares, also_secretary: Mask, example: Whole, draws: Draws) -> Posts:
    """The posts of one position; those that the secretary holds are filled, by a member."""
    free = ~also_secretary
    free[:, example] = False
    at_random = draws.shares(ready.size).reshape(ready.shape)
    if position == "front_head" and len(example):
        free[-1, example[EXAMPLE_VACANT]] = True
        at_random[-1, example[EXAMPLE_VACANT]] = FIRST
    vacant = _picked(VACANT.get(position, NOWHERE), at_random, free)
    unreported = _picked(UNREPORTED.get(position, NOWHERE), at_random, free & ~vacant)
    filled = ~vacant & ~unreported
    member = _picked(MEMBERS[position], np.where(also_secretary, FIRST, ready), filled)
    return Posts(~unreported, filled, member, also_secretary)


def _picked(counts: Sequence[int], scores: Shares, among: Mask, less: Sequence[int] = NOWHERE) -> Mask:
    """At each date as many of the villages `among` as `counts` (− `less`) says per 60, lowest score first."""
    size = scores.shape[1]
    numbers = [
        scale.scaled(count, size) - scale.scaled(known, size)
        for count, known in zip(counts, less, strict=True)
    ]
    return np.array(
        [lowest(*of_date) for of_date in zip(scores, numbers, among, strict=True)], dtype=np.bool_
    )


def _rows(villages: pd.DataFrame, posts: Sequence[Posts]) -> pd.DataFrame:
    """The posts as rows of the contract: by date, then village, then position.

    Persons get letters in the order of the positions, so that the secretary has the first.
    """
    reported, filled, member, also_secretary = (
        np.stack([getattr(post, field) for post in posts], axis=2)
        for field in ("reported", "filled", "member", "also_secretary")
    )
    dates, count, positions = reported.shape
    person = filled & ~also_secretary
    letter = np.where(person, person.cumsum(axis=2) - 1, 0)
    codes: dict[str, Whole] = {
        "as_of": np.arange(dates)[:, None, None],
        "village_id": np.arange(count)[None, :, None],
        "position": np.arange(positions)[None, None, :],
        "holder": np.where(filled, letter, len(LETTERS) - 1),
        "party_member": np.where(filled, member, len(FLAGS) - 1),
    }
    words: dict[str, Sequence[str]] = {
        "as_of": scale.DATES,
        "village_id": villages["village_id"].tolist(),
        "position": schema.POSITIONS,
        "holder": LETTERS,
        "party_member": FLAGS,
    }
    rows: dict[str, Whole] = {
        column: np.broadcast_to(code, reported.shape)[reported] for column, code in codes.items()
    }
    return pd.DataFrame(
        {
            column: pd.Categorical.from_codes(rows[column], categories=pd.Index(list(of), dtype="str"))
            for column, of in words.items()
        }
    )
