"""The integer program behind the fewest changes, exact at any size.

SciPy is loaded with the first problem: a server that starts has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy.sparse import csr_array

# Problems solved in one call: each call costs more than a small problem.
_TOGETHER = 100


@dataclass(frozen=True, eq=False)
class Problem:
    """The least Σ x with gains · x >= lacks and 0 <= x <= limits, x whole.

    `gains` (a row per goal, a column per group of changes that move every goal alike) are 0 or more.
    """

    gains: npt.NDArray[np.float64]
    lacks: npt.NDArray[np.float64]
    limits: npt.NDArray[np.float64]

    @property
    def possible(self) -> bool:
        """Whether all changes together are enough: then some are."""
        return bool((self.gains @ self.limits >= self.lacks).all())


def least(problems: Sequence[Problem]) -> list[npt.NDArray[np.intp] | None]:
    """A solution x of each problem; None where it has none."""
    solved: list[npt.NDArray[np.intp] | None] = [None] * len(problems)
    waiting = []
    for i, problem in enumerate(problems):
        if not len(problem.limits) and problem.possible:
            solved[i] = np.zeros(0, np.intp)
        elif problem.possible:
            waiting.append(i)
    for start in range(0, len(waiting), _TOGETHER):
        chunk = waiting[start : start + _TOGETHER]
        for i, x in zip(chunk, _together([problems[i] for i in chunk]), strict=True):
            solved[i] = x
    return solved


def preferred(problem: Problem, x: npt.NDArray[np.intp], worth: Sequence[int]) -> npt.NDArray[np.intp]:
    """Among the solutions as small as `x` one with the most Σ worth · x."""
    total = float(x.sum())
    rows = np.vstack([problem.gains, np.ones(len(x))])
    at_least, at_most = [*problem.lacks, total], [*[np.inf] * len(problem.lacks), total]
    return _solved(-np.asarray(worth, dtype=float), problem.limits, rows, at_least, at_most)


def _together(problems: Sequence[Problem]) -> Iterator[npt.NDArray[np.intp]]:
    """Problems that share nothing are the blocks of one."""
    from scipy.sparse import block_diag, csr_array  # noqa: PLC0415

    limits = np.concatenate([problem.limits for problem in problems])
    gains = csr_array(block_diag([problem.gains for problem in problems]))
    lacks = np.concatenate([problem.lacks for problem in problems])
    x = _solved(np.ones(len(limits)), limits, gains, lacks, np.inf)
    ends = np.cumsum([len(problem.limits) for problem in problems])
    yield from np.split(x, ends[:-1])


def _solved(
    cost: npt.NDArray[np.float64],
    limits: npt.NDArray[np.float64],
    rows: npt.NDArray[np.float64] | csr_array,
    at_least: npt.ArrayLike,
    at_most: npt.ArrayLike,
) -> npt.NDArray[np.intp]:
    """Whole x with the least cost · x, at_least <= rows · x <= at_most and 0 <= x <= limits."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415

    result = milp(
        cost,
        integrality=np.ones(len(cost)),
        bounds=Bounds(0, limits),
        constraints=LinearConstraint(rows, at_least, at_most),
        options={"mip_rel_gap": 0},
    )
    if not result.success:
        raise RuntimeError(f"the integer program was not solved: {result.message}")
    return np.round(result.x).astype(np.intp)
