"""Questions about rows that each point at one other row (-1: at none)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Pointers = npt.NDArray[np.intp]


def ahead(pointers: Pointers, steps: Pointers) -> Pointers:
    """`steps` taken once more: where each row's `pointers` lead from there."""
    return np.where(pointers >= 0, steps[pointers], -1)


def cycles(pointers: Pointers) -> Iterator[tuple[int, ...]]:
    """Every circle once, in the order of its arrows, from its first row on."""
    # After at least as many steps as there are rows, only circles are left to stand on.
    far = pointers
    for _ in range(len(pointers).bit_length()):
        far = ahead(far, far)
    seen: set[int] = set()
    for start in np.unique(far[far >= 0]).tolist():
        circle = []
        place = start
        while place not in seen:
            seen.add(place)
            circle.append(place)
            place = int(pointers[place])
        if circle:
            yield tuple(circle)
