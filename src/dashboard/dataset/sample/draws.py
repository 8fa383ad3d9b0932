"""What is drawn for a sample: the same numbers on every machine and with every version of NumPy."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Shares = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

# Every sample has so many dates, the last one LAST.
NUMBER_OF_DATES, LAST = 4, 3
# Counts are written for as many villages as Nam Đông district has.
VILLAGES = 60


def scaled(count: int, size: int, per: int = VILLAGES) -> int:
    """`count` of `per`, carried over to `size` and rounded."""
    return (2 * count * size + per) // (2 * per)


class Draws:
    """A stream of random numbers for one `topic`: what one topic draws never moves another.

    Only the raw bits of PCG64 are used, which NumPy promises to keep; its distributions may change.
    """

    def __init__(self, seed: int, topic: int) -> None:
        self._bits = np.random.PCG64([seed, topic])

    def shares(self, size: int) -> Shares:
        """`size` numbers from 0 to below 1."""
        raw = np.asarray(self._bits.random_raw(size), dtype=np.uint64)
        return (raw >> np.uint64(11)).astype(np.float64) * 2.0**-53

    def whole(self, low: int | Whole, high: int | Whole, size: int) -> Whole:
        """`size` whole numbers from `low` to `high`, both included; the bounds may differ per number."""
        return (low + np.floor(self.shares(size) * (np.asarray(high) - low + 1))).astype(np.int64)


def lowest(scores: Shares, count: int, among: Mask) -> Mask:
    """True for the `count` lowest scores of those `among` (all of them where they are fewer)."""
    candidates = np.flatnonzero(among)
    chosen = np.zeros(len(scores), dtype=np.bool_)
    chosen[candidates[np.argsort(scores[candidates], kind="stable")[: max(count, 0)]]] = True
    return chosen


def apportioned(total: int, weights: Whole) -> Whole:
    """Whole numbers in proportion to `weights` that sum to `total` exactly (largest remainder)."""
    parts, rest = np.divmod(total * weights, weights.sum())
    parts[np.argsort(-rest, kind="stable")[: total - int(parts.sum())]] += 1
    return parts.astype(np.int64)
