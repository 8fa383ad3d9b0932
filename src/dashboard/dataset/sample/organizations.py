"""Party organisations at each date: who is under whom, how many members, how many newly admitted."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.dataset.sample import scale
from dashboard.dataset.sample.establishment import drawn_register
from dashboard.dataset.sample.scale import Draws, Mask, Whole, lowest, nudged

# Members of a cell: below the 30 at which a cell is expected to become a committee.
FEWEST, MOST = 3, 29
# Newly admitted members, and members who left (moved away, died, were struck off), in the year that ends
# at each date, per 156 cells: 28 grassroots and 128 subordinate ones. What the first date follows is unknown.
# The source article says that more were admitted every year: so far apart, the numbers rise in the smallest
# sample too.
ADMITTED = (57, 60, 63, 72)
LEFT = (0, 34, 40, 46)
CELLS_OF_PATHS = scale.CELLS + scale.SUBCELLS
# At most so many of either in one cell and year.
MOST_A_YEAR = 3


def drawn(communes: pd.DataFrame, villages: pd.DataFrame, draws: Draws) -> pd.DataFrame:
    """One row per organisation and date at which it exists, in the columns of the contract.

    Members and admitted stand on cells and subcells only; committees and the root leave them blank.
    """
    register = drawn_register(communes, villages, draws)
    leaf = register["level"].isin(["cell", "subcell"]).to_numpy()
    cells = register[leaf]
    existing = np.array([_exists_at(cells, date) for date in range(len(scale.DATES))])
    example = (cells["commune_id"] == scale.EXAMPLE).to_numpy()
    admitted = _admitted(existing, example, draws)
    members = _members(cells, existing, example, admitted, draws)

    frames = []
    for date, as_of in enumerate(scale.DATES):
        counts = pd.DataFrame({"members": members[date], "admitted": admitted[date]}, index=cells.index)
        frame = register.join(counts.astype("Int64"))
        frames.append(frame.assign(as_of=as_of)[_exists_at(register, date)])
    return pd.concat(frames, ignore_index=True)


def _exists_at(register: pd.DataFrame, date: int) -> Mask:
    """Which organisations exist at the date of that number in `scale.DATES`."""
    return ((register["since"] <= date) & (date <= register["until"])).to_numpy()


def _admitted(existing: Mask, example: Mask, draws: Draws) -> Whole:
    """Newly admitted members per date (rows) and cell (columns); in all, more at each date."""
    admitted = np.array(
        [
            # For as many cells as exist in the end: one that is dissolved takes nothing off.
            _spread(_of_cells(count, existing[-1]), there, draws)
            for count, there in zip(ADMITTED, existing, strict=True)
        ]
    )
    if example.any():
        others = ADMITTED[-1] - scale.EXAMPLE_ADMITTED
        admitted[-1] = _spread(scale.EXAMPLE_ADMITTED, existing[-1] & example, draws)
        admitted[-1] += _spread(others, existing[-1] & ~example, draws)
    return admitted


def _members(cells: pd.DataFrame, existing: Mask, example: Mask, admitted: Whole, draws: Draws) -> Whole:
    """Members per date (rows) and cell (columns), where it exists.

    Reckoned backwards from the last date: members before = members after − admitted + left.
    """
    sizes = draws.whole(cells["fewest"].to_numpy(), cells["most"].to_numpy(), len(cells))
    if example.any():
        for among, total in (
            (example, scale.EXAMPLE_MEMBERS),
            (existing[-1] & ~example, scale.MEMBERS - scale.EXAMPLE_MEMBERS),
        ):
            order = draws.order(int(among.sum()))
            sizes[among] = nudged(sizes[among], total, FEWEST, MOST, order)

    members = [sizes]
    for date in range(len(scale.DATES) - 1, 0, -1):
        there = existing[date - 1] & existing[date]
        left = _spread(_of_cells(LEFT[date], there), there, draws)
        stayed = members[0] - admitted[date]
        left = np.clip(left, np.maximum(FEWEST - stayed, 0), MOST - stayed)
        members.insert(0, np.where(there, stayed + left, members[0]))
    return np.array(members)


def _of_cells(count: int, existing: Mask) -> int:
    """`count` per 156 cells, for as many as exist."""
    return scale.scaled(count, int(existing.sum()), per=CELLS_OF_PATHS)


def _spread(count: int, among: Mask, draws: Draws) -> Whole:
    """`count` people over the cells `among`, none to three in each."""
    places = np.tile(among, MOST_A_YEAR)
    taken = lowest(draws.shares(len(places)), count, places).reshape(MOST_A_YEAR, len(among))
    people: Whole = taken.sum(axis=0, dtype=np.int64)
    return people
