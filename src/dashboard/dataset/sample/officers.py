"""Who holds the posts of each village at each date: which posts are one person's, who is a member."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from dashboard import schema
from dashboard.dataset.sample.draws import NUMBER_OF_DATES, Draws, Mask, Shares, lowest, scaled

# Party members among the holders of each post, per 60 villages, at each date.
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
ALSO_VILLAGE_HEAD, ALSO_FRONT_HEAD, ALL_THREE = (17, 20, 23, 26), (2, 2, 3, 4), (1, 1, 1, 1)
# Posts without a holder, and posts that were not reported.
NONE = (0, 0, 0, 0)
VACANT = {
    "front_head": (3, 2, 2, 2),
    "farmers_head": (1, 0, 1, 0),
    "women_head": (2, 1, 1, 1),
    "veterans_head": (1, 2, 1, 1),
    "youth_head": (4, 3, 3, 2),
}
UNREPORTED = {"veterans_head": (2, 2, 1, 1)}

# Readiness decides which villages come first: the village's own part (0 to 1), a part that its commune
# shares (0 to COMMUNE), and a step from date to date (up to STEP either way), so that a few fall back.
COMMUNE, STEP = 0.6, 0.06
FIRST = -1.0  # before every readiness

# The first letter is the secretary's in every village; the last entry is no holder.
LETTERS = ("A", "B", "C", "D", "E", "F", "G", "")
SECRETARY = LETTERS[0]
FLAGS = ("false", "true", "")


def drawn(villages: pd.DataFrame, dates: Sequence[str], draws: Draws) -> pd.DataFrame:
    """One row per date, village that is there (see `places.villages`) and post that is reported, in the
    columns of the contract.

    Persons get letters in the order of the positions, so that the secretary has the first.
    """
    ready = {position: _readiness(villages, draws) for position in schema.POSITIONS}
    overlaps = _overlaps(ready["village_head"], draws)
    nowhere = np.zeros_like(overlaps["village_head"])
    posts = [
        _posts(position, ready[position], overlaps.get(position, nowhere), draws)
        for position in schema.POSITIONS
    ]
    # Each by date, village and position.
    reported, filled, member, person = (np.stack(flags, axis=2) for flags in zip(*posts, strict=True))
    letter = np.where(person, person.cumsum(axis=2) - 1, 0)
    date = np.arange(NUMBER_OF_DATES)[:, np.newaxis]
    exists = (villages["since"].to_numpy() <= date) & (date <= villages["until"].to_numpy())
    reported &= exists[:, :, np.newaxis]
    date, village, position = np.nonzero(reported)
    codes = {
        "as_of": (date, dates),
        "village_id": (village, villages["village_id"].tolist()),
        "position": (position, schema.POSITIONS),
        "holder": (np.where(filled, letter, len(LETTERS) - 1)[reported], LETTERS),
        "party_member": (np.where(filled, member, len(FLAGS) - 1)[reported], FLAGS),
    }
    return pd.DataFrame(
        {
            column: pd.Categorical.from_codes(code, categories=pd.Index(list(words), dtype="str"))
            for column, (code, words) in codes.items()
        }
    )


def _readiness(villages: pd.DataFrame, draws: Draws) -> Shares:
    """How ready each village (column) is at each date (row): the lower, the readier."""
    commune, communes = pd.factorize(villages["commune_id"])
    last = draws.shares(len(villages)) + COMMUNE * draws.shares(len(communes))[commune]
    steps = [STEP * (2 * draws.shares(len(villages)) - 1) for _ in range(1, NUMBER_OF_DATES)]
    return np.cumsum([last, *steps], axis=0)[::-1]


def _overlaps(ready: Shares, draws: Draws) -> dict[str, Mask]:
    """Where the secretary is also village head, and where also Front head."""
    also_head = _picked(ALSO_VILLAGE_HEAD, ready, np.ones_like(ready, dtype=np.bool_))
    # A person who holds three posts, or is Front head beside, does so at all dates.
    settled = np.tile(draws.shares(ready.shape[1]), (len(ready), 1))
    always = np.tile(also_head.all(axis=0), (len(ready), 1))
    never = np.tile(~also_head.any(axis=0), (len(ready), 1))
    all_three = _picked(ALL_THREE, settled, always)
    also_front = all_three | _picked(ALSO_FRONT_HEAD, settled, never, less=ALL_THREE)
    return {"village_head": also_head, "front_head": also_front}


def _posts(position: str, ready: Shares, also_secretary: Mask, draws: Draws) -> tuple[Mask, Mask, Mask, Mask]:
    """The posts of one position, by date and village: reported, filled, held by a member, held by a person
    who is not the secretary. Those that the secretary holds are filled, by a member."""
    at_random = draws.shares(ready.size).reshape(ready.shape)
    vacant = _picked(VACANT.get(position, NONE), at_random, ~also_secretary)
    unreported = _picked(UNREPORTED.get(position, NONE), at_random, ~also_secretary & ~vacant)
    filled = ~vacant & ~unreported
    member = _picked(MEMBERS[position], np.where(also_secretary, FIRST, ready), filled)
    return ~unreported, filled, member, filled & ~also_secretary


def _picked(counts: Sequence[int], scores: Shares, among: Mask, less: Sequence[int] = NONE) -> Mask:
    """At each date as many of the villages `among` as `counts` (− `less`) says per 60, lowest score first."""
    size = scores.shape[1]
    numbers = [scaled(count, size) - scaled(fewer, size) for count, fewer in zip(counts, less, strict=True)]
    by_date = [lowest(*of_date) for of_date in zip(scores, numbers, among, strict=True)]
    return np.array(by_date, dtype=np.bool_)
