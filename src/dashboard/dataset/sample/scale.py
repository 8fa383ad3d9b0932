"""How large an invented data set is, and what is drawn: the same numbers on every machine and with every
version of NumPy."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Shares = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

# The bundled data set: as many villages as Nam Đông district has. Any other number is an invented place.
VILLAGES = 60
SEED = 2021

DATES = ("2021-12-31", "2022-12-31", "2023-12-31", "2024-12-31")

# Totals that the source article publishes; the bundled data set meets them at the last date.
GRASSROOTS, COMMITTEES, CELLS, SUBCELLS = 42, 14, 28, 128
MEMBERS, HOUSEHOLDS, POPULATION = 2198, 6873, 28336

# One commune of the bundled data set is the worked example of the documentation: at the last date its
# figures are the same whatever the seed.
EXAMPLE = "huong-son"
EXAMPLE_MEMBERS, EXAMPLE_ADMITTED = 156, 6
EXAMPLE_HOUSEHOLDS, EXAMPLE_POPULATION = 640, 2600


def scaled(count: int, size: int, per: int = VILLAGES) -> int:
    """`count` of `per`, carried over to `size` and rounded; exact where `size` is `per`."""
    return (2 * count * size + per) // (2 * per)


class Draws:
    """A stream of random numbers for one `topic`: what one topic draws never moves another.

    Only the raw bits of PCG64 are used, which NumPy promises to keep; the distributions that NumPy
    builds on them may change with its version.
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

    def order(self, size: int) -> Whole:
        """The numbers 0 … size-1, shuffled."""
        return np.argsort(self.shares(size), kind="stable").astype(np.int64)


def lowest(scores: Shares, count: int, among: Mask) -> Mask:
    """True for the `count` lowest scores of those `among` (all of them where they are fewer)."""
    candidates = np.flatnonzero(among)
    picked = candidates[np.argsort(scores[candidates], kind="stable")[: max(count, 0)]]
    chosen = np.zeros(len(scores), dtype=np.bool_)
    chosen[picked] = True
    return chosen


def apportioned(total: int, weights: Whole) -> Whole:
    """Whole numbers in proportion to `weights` that sum to `total` exactly (largest remainder).

    Whole-number arithmetic throughout, so that no machine rounds differently.
    """
    parts, rest = np.divmod(total * weights, weights.sum())
    parts[np.argsort(-rest, kind="stable")[: total - int(parts.sum())]] += 1
    return parts.astype(np.int64)


def nudged(sizes: Whole, total: int, low: int, high: int, order: Whole) -> Whole:
    """`sizes` moved by ones, in turn by `order`, until they sum to `total`; none leaves low … high."""
    if not low * len(sizes) <= total <= high * len(sizes):
        raise ValueError(f"{len(sizes)} sizes from {low} to {high} cannot sum to {total}")
    sizes = sizes.copy()
    while missing := total - int(sizes.sum()):
        step = 1 if missing > 0 else -1
        movable = (sizes < high) if step > 0 else (sizes > low)
        sizes[order[movable[order]][: abs(missing)]] += step
    return sizes
