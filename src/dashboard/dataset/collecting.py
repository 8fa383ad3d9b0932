"""Who has sent figures for an as-of date: communes send theirs one by one."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from dashboard import schema
from dashboard.dataset import areas, villages
from dashboard.dataset.memo import memoize
from dashboard.dataset.model import Dataset
from dashboard.text import Text

_THEN = areas.BOUNDARIES[0]


@dataclass(frozen=True)
class Collected:
    """The areas of a date that have sent, and those `missing` that reported at the date before, by name in
    display order; the bodies of no commune are `schema.OUTSIDE`."""

    sent: tuple[str, ...]
    missing: tuple[str, ...]

    def part(self, text: Text) -> str:
        """ "7/10 xã đã gửi": of the communes alone, where there are any."""
        counted = {*self.sent, *self.missing} - {schema.OUTSIDE} or {schema.OUTSIDE}
        return text("collecting.part", part=text.fraction(len(counted & {*self.sent}), len(counted)))


@memoize(size=8)
def collected(dataset: Dataset, as_of: str) -> Collected:
    """Who has sent for a date; of the first one none is missing."""
    before = dataset.date_before(as_of)
    sent = _reporting(dataset, as_of)
    missing = _reporting(dataset, before, as_of) - sent if before else set()
    choices = areas.choices(dataset, as_of, _THEN)
    return Collected(*(tuple(area for area in choices if area in chosen) for chosen in (sent, missing)))


def progress_sentence(dataset: Dataset, text: Text) -> str:
    """Who has sent for the date that is being collected, and who has not, by name; "" where there is none."""
    as_of = dataset.about.collecting
    if not as_of:
        return ""
    result, names = collected(dataset, as_of), areas.labels(dataset, as_of, _THEN, text)
    sent = text("collecting.sent", part=result.part(text), date=text.date(as_of))
    missing = ", ".join(names[area] for area in result.missing)
    return text("collecting.missing", sent=sent, names=missing) if missing else sent


def continued(before: Dataset, after: Dataset, as_of: str) -> Dataset:
    """What a hand-in of `as_of` has made of a data set, with the date that is being collected from then on: a
    new last date, or the one that was, until none is missing."""
    now = before.about.collecting
    if as_of and before.dates and (as_of == now or as_of > before.dates[-1]):
        now = as_of if collected(after, as_of).missing else ""
    return replace(after, about=replace(after.about, collecting=now))


def completed(dataset: Dataset) -> Dataset:
    """The data set once its figures are said to be complete."""
    return replace(dataset, about=replace(dataset.about, collecting=""))


def _reporting(dataset: Dataset, as_of: str, later: str = "") -> set[str]:
    """The areas of a date, or of a later one, with a post or an organisation; what is above others comes
    along with these and tells nothing."""
    officers = dataset.officers.loc[dataset.officers["as_of"] == as_of, "village_id"].unique()
    rows, lies_in = villages.by_id(dataset, as_of), areas.of_villages(dataset, as_of, _THEN, later)
    parent = areas.homes(dataset, as_of).parent
    leaf = parent >= 0
    leaf[parent[leaf]] = False
    organizations = areas.of_homes(dataset, as_of, _THEN, later)[leaf]
    return {*np.unique(organizations), *(lies_in[rows[village]] for village in officers)}
