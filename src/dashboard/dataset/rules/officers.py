"""Posts in villages: one person is a party member or is not."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.dataset.problems import Problem
from dashboard.dataset.sheet import Sheet


def check(sheet: Sheet) -> list[Problem]:
    """Holders who are a member in one post and none in another of the same village and date."""
    rows = sheet.sound("as_of", "village_id", "holder", "party_member")
    rows = rows[(rows["holder"] != "") & rows["party_member"].notna()]
    person = np.zeros(len(rows), dtype=np.int64)
    for column in ("as_of", "village_id", "holder"):
        codes, known = pd.factorize(rows[column])
        person = person * len(known) + codes
    person, _ = pd.factorize(person)
    first = ~pd.Series(person).duplicated().to_numpy()
    member = rows["party_member"].to_numpy(dtype=bool)
    # Persons are numbered in the order in which they appear, so the first post of each gives a lookup.
    differs = member != member[first][person]
    firsts = rows.index[first]
    where = dict(zip(rows.index[differs].tolist(), firsts[person[differs]].tolist(), strict=True))
    return sheet.problems(
        "holder_differs", "party_member", rows.index[differs], lambda row: {"first": where[row]}
    )
