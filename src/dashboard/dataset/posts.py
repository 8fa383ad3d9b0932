"""Who holds which post, as arrays: the base of every count of posts, members and role overlap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard import schema
from dashboard.dataset import villages
from dashboard.dataset.memo import memoize
from dashboard.dataset.model import Dataset

Flags = npt.NDArray[np.bool_]
Holders = npt.NDArray[np.int8]

NOT_REPORTED = 0
VACANT = -1
# From here on each post has a number of its own: its holder may hold another post, too.
UNKNOWN = 64
_BY_MEMBER = ":member"


@dataclass(frozen=True)
class Posts:
    """The posts of one date: a row per row of `dataset.villages`, a column per post of `positions`, those of
    the data set. In a row that is not in force then no post is reported.

    `holder` is `NOT_REPORTED`, `VACANT`, or a number above 0 that one person of that village has in every
    post that he or she holds, from `UNKNOWN` on one of whom that is not known; `member` is True where the
    holder is a party member.
    """

    positions: tuple[str, ...]
    holder: Holders
    member: Flags

    def of(self, rows: npt.NDArray[np.intp]) -> Posts:
        """The posts of some rows."""
        return replace(self, holder=self.holder[rows], member=self.member[rows])

    def columns(self, positions: Iterable[str]) -> list[int]:
        """The columns of some posts."""
        return [self.positions.index(position) for position in positions]

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

    @property
    def unknown(self) -> Flags:
        """Posts with a holder of whom it is not known whether he or she holds another one."""
        return self.holder >= UNKNOWN

    def same_holder(self, first: str, second: str) -> Flags:
        """Per village: one person holds both posts, whatever else that person holds."""
        one, other = (self.holder[:, column] for column in self.columns((first, second)))
        return (one > 0) & (one == other)

    def reported(self, positions: tuple[str, ...]) -> Flags:
        """Per village: it is known which of the posts one person holds."""
        columns = self.columns(positions)
        pairs = combinations(columns, 2)
        return np.logical_and.reduce(
            [same_holder_known(self.holder[:, first], self.holder[:, second]) for first, second in pairs]
        )


def same_holder_known(one: Holders, other: Holders) -> Flags:
    """Whether it is known if one person holds both posts: both are reported, and where both are filled both
    holders are known."""
    unreported = (one == NOT_REPORTED) | (other == NOT_REPORTED)
    unclear = (np.maximum(one, other) >= UNKNOWN) & (np.minimum(one, other) > 0) & (one != other)
    return np.asarray(~(unreported | unclear))


def of_row(row: Iterable[str]) -> list[str]:
    """The posts in a row, or the frame, of `measures.overlap.villages`."""
    return [name.removesuffix(_BY_MEMBER) for name in row if name.endswith(_BY_MEMBER)]


@memoize(size=1)
def all_dates(dataset: Dataset) -> dict[str, Posts]:
    """`Posts` for every as-of date of the data set as reported: see `Selection.posts` for the chosen one."""
    rows = dataset.officers
    date = rows["as_of"].astype("category")
    place = (
        date.cat.codes.to_numpy(),
        villages.rows_at(dataset.villages, rows["as_of"], rows["village_id"]),
        pd.Index(dataset.position_ids).get_indexer(pd.Index(rows["position"])),
    )
    positions = dataset.position_ids
    shape = (len(date.cat.categories), len(dataset.villages), len(positions))
    letters = rows["holder"].astype("category")
    special = {"": VACANT, schema.UNKNOWN_HOLDER: UNKNOWN}
    numbers = [special.get(letter) or ord(letter) - ord("A") + 1 for letter in letters.cat.categories]
    holder = np.full(shape, NOT_REPORTED, dtype=np.int8)
    holder[place] = np.asarray([*numbers, 0], dtype=np.int8)[letters.cat.codes.to_numpy()]
    holder += np.where(holder == UNKNOWN, np.arange(len(positions), dtype=np.int8), np.int8(0))
    member = np.zeros(shape, dtype=bool)
    member[place] = rows["party_member"].fillna(False).to_numpy(dtype=bool)
    result = {day: Posts(positions, holder[i], member[i]) for i, day in enumerate(date.cat.categories)}
    return {day: result.get(day) or _none_reported(dataset) for day in dataset.dates}


def at(dataset: Dataset, as_of: str) -> Posts:
    """`Posts` of a date; none is reported at one that the data set does not have."""
    return all_dates(dataset).get(as_of) or _none_reported(dataset)


def _none_reported(dataset: Dataset) -> Posts:
    positions = dataset.position_ids
    shape = (len(dataset.villages), len(positions))
    return Posts(positions, np.full(shape, NOT_REPORTED, dtype=np.int8), np.zeros(shape, dtype=bool))
