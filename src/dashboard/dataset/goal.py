"""The goals of a data set, parsed from its table."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard import schema


@dataclass(frozen=True)
class Goal:
    """One row of `goals.csv`: `target` in percent, or of a count in its unit; None for "up"."""

    goal_id: str
    name_vi: str
    name_en: str
    measure: schema.Measure
    operator: str
    target: float | None
    deadline: str
    source: str

    def name(self, lang: str) -> str:
        """Its name in the reader's language."""
        return self.name_en if lang == "en" else self.name_vi

    @property
    def line(self) -> float | None:
        """The target on a share as a fraction; None without one, and for a count."""
        return self.target / 100 if self.target is not None and self.measure.percent else None


def parsed(goals: pd.DataFrame) -> dict[str, Goal]:
    """The rows of the checked table by their id, in its order."""
    found = {}
    for row in goals.to_dict("records"):
        measure = schema.parse_measure(row["measure"])
        assert measure is not None, "checked on reading"
        target = None if pd.isna(row["target"]) else float(row["target"])
        found[row["goal_id"]] = Goal(**{**row, "measure": measure, "target": target})
    return found
