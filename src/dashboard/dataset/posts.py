"""Who holds which post, as arrays: the base of every count of posts, members and role overlap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard import schema
from dashboard.dataset import villages
from dashboard.dataset.memo import memoize
from dashboard.dataset.model import Dataset

Flags = npt.NDArray[np.bool_]

NOT_REPORTED = 0
VACANT = -1


@dataclass(frozen=True)
class Posts:
    """The posts of one date: a row per row of `dataset.villages`, a column per `schema.POSITIONS`. In a row
    that is not in force then no post is reported.

    `holder` is `NOT_REPORTED`, `VACANT`, or a number above 0 that one person of that village has in every
    post that he or she holds; `member` is True where the holder is a party member.
    """

    holder: npt.NDArray[np.int8]
    member: Flags

    @property
    def filled(self) -> Flags:
        """Posts with a holder."""
        return self.holder > 0

    @property
    def vacant(self) -> Flags:
        """Posts reported without a holder."""
        return self.holder == VACANT

    @property
    def not_reported(self) -> Flags:
        """Posts without a row."""
        return self.holder == NOT_REPORTED

    def same_holder(self, first: str, second: str) -> Flags:
        """Per village: one person holds both posts, whatever else that person holds."""
        one, other = (self.holder[:, schema.POSITIONS.index(post)] for post in (first, second))
        return (one > 0) & (one == other)

    def reported(self, positions: tuple[str, ...]) -> Flags:
        """Per village: every one of the posts is reported, filled or vacant."""
        columns = [schema.POSITIONS.index(position) for position in positions]
        return np.logical_and.reduce(~self.not_reported[:, columns], axis=1)


@memoize(size=1)
def all_dates(dataset: Dataset) -> dict[str, Posts]:
    """`Posts` for every as-of date of the data set."""
    rows = dataset.officers
    date = rows["as_of"].astype("category")
    place = (
        date.cat.codes.to_numpy(),
        villages.rows_at(dataset.villages, rows["as_of"], rows["village_id"]),
        pd.Index(schema.POSITIONS).get_indexer(pd.Index(rows["position"])),
    )
    shape = (len(date.cat.categories), len(dataset.villages), len(schema.POSITIONS))
    letters = rows["holder"].astype("category")
    numbers = [ord(letter) - ord("A") + 1 if letter else VACANT for letter in letters.cat.categories]
    holder = np.full(shape, NOT_REPORTED, dtype=np.int8)
    holder[place] = np.asarray([*numbers, 0], dtype=np.int8)[letters.cat.codes.to_numpy()]
    member = np.zeros(shape, dtype=bool)
    member[place] = rows["party_member"].fillna(False).to_numpy(dtype=bool)
    result = {day: Posts(holder[i], member[i]) for i, day in enumerate(date.cat.categories)}
    return {day: result.get(day, none_reported(dataset)) for day in dataset.dates}


def none_reported(dataset: Dataset) -> Posts:
    """`Posts` of a date at which no post is reported."""
    shape = (len(dataset.villages), len(schema.POSITIONS))
    return Posts(np.full(shape, NOT_REPORTED, dtype=np.int8), np.zeros(shape, dtype=bool))
