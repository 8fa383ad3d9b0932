"""Two as-of dates side by side, like for like: over what both of them report.

A commune is at both dates what it is at the chosen one, as everywhere (`aggregates.at_date`).
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard import schema
from dashboard.dataset import Dataset, Selection, areas, memoize
from dashboard.measures import aggregates, families, organizations, two_dates
from dashboard.measures.families import NO_DATA, Count


@dataclass(frozen=True)
class Comparison:
    """What a measure counts at two dates, each as it is, and what came in between.

    `gained` is by how much the count grew over the units (posts, villages, organisations) that both dates
    report, of which there are `compared`: it may differ from the difference of `before` and `now`. `unknown`
    are the units that one of the dates knows of and not both report, `single` those of them that just one
    reports; `bounded` where each unit counts one at most. `apart` of those `unknown` are of villages that are
    in force at just one of the dates: they lack no report, there is nothing to compare them with.
    """

    before: Count
    now: Count
    gained: int = 0
    compared: int = 0
    unknown: int = 0
    single: int = 0
    bounded: bool = True
    apart: int = 0

    @property
    def comparable(self) -> bool:
        """Whether there is a unit that both dates report; all posts of one of them may be vacant."""
        return self.compared > 0

    @property
    def unreported(self) -> int:
        """The units that lack a report at one of the dates."""
        return self.unknown - self.apart

    @property
    def direction(self) -> int:
        """1 where the count rose, -1 where it fell, 0 where it is the same: posts that became vacant raise a
        share and gain nothing."""
        return (self.gained > 0) - (self.gained < 0)

    @property
    def certain(self) -> bool:
        """Whether the direction is the same whatever the units did that just one date reports."""
        return not self.single or (self.bounded and abs(self.gained) > self.single)

    @property
    def plain(self) -> bool:
        """Whether the difference of the two dates tells all: no unit is left out of it."""
        return not self.unknown and self.gained == self.now.numerator - self.before.numerator


NOT_COMPARABLE = Comparison(NO_DATA, NO_DATA)


def by_posts(dataset: Dataset, selection: Selection, family: str) -> dict[str, Comparison]:
    """At the earlier date and at the chosen one, by name: of `member_share` how many members hold each post,
    of those filled; of `overlap_share` the villages where one person has both posts of each of
    `aggregates.PAIRS` ("A+B"), of all. None where there is no earlier date."""
    since = selection.compared_with(dataset)
    if since is None:
        return {}
    names = aggregates.PAIR_NAMES if family == "overlap_share" else dataset.position_ids
    every = ((name, schema.Measure.of(f"{family}:{name}")) for name in names)
    return {name: measured(dataset, selection, measure, since, selection.as_of)[0] for name, measure in every}


def goal_comparison(
    dataset: Dataset, selection: Selection, goal_id: str
) -> tuple[Comparison, dict[str, Comparison]]:
    """A goal's measure at the earlier date and at the chosen one, for all that is chosen and for each chosen
    commune, by rank. The district bodies have no villages and are no commune."""
    since = selection.compared_with(dataset)
    if since is None:
        return NOT_COMPARABLE, {}
    return measured(dataset, selection, dataset.goal[goal_id].measure, since, selection.as_of)


def measured(
    dataset: Dataset, selection: Selection, measure: schema.Measure, then: str, now: str
) -> tuple[Comparison, dict[str, Comparison]]:
    """A measure at two dates, for all that is chosen and for each chosen commune, by rank.

    Units are the posts of `member_share`, the villages of `overlap_share` and `cell_share`, the organisations
    of members, admissions and `admitting_share`. Organisations themselves are counted in the areas of which
    both dates report any. Of villages, households and population all that is in force at either date counts.
    """
    rows = _rows(dataset, selection, measure, then, now)
    at = [aggregates.at_date(dataset, selection, date) for date in (then, now)]
    counts = [families.by_area(table, measure) for table in at]
    known = {
        area
        for find in (areas.listed, areas.regions)
        for area in find(dataset, selection.as_of, selection.boundaries)
    }
    comparisons = {
        area: _compared(sums, measure, *(count.get(area, NO_DATA) for count in counts))
        for area, sums in aggregates.each(rows).items()
        if area in known
    }
    totals = (families.count(aggregates.summed(table), measure) for table in at)
    return _compared(aggregates.summed(rows), measure, *totals), comparisons


def merged(dataset: Dataset, selection: Selection) -> dict[str, tuple[str, ...]]:
    """The chosen communes that were something else at the earlier date, each with the commune_ids that were
    then what it is at the chosen one, or of which a part was (see `areas.divided`), by rank."""
    since = selection.compared_with(dataset)
    if since is None:
        return {}
    parts = _parts(dataset, since, selection.as_of, selection.boundaries)
    return {area: then for area, then in parts.items() if selection.everything or area in selection.communes}


@memoize(size=16)
def _parts(dataset: Dataset, since: str, as_of: str, boundaries: str) -> dict[str, tuple[str, ...]]:
    into = areas.successor(dataset, as_of, boundaries)
    divided = areas.divided(dataset, since, boundaries, as_of)
    came_to = {commune: {divided.get(commune, area)} for commune, area in into.items()}
    villages = (
        areas.of_villages(dataset, since, "then"),
        areas.of_villages(dataset, since, boundaries, as_of),
    )
    for commune, area in {*zip(*villages, strict=True)}:
        if commune in divided:
            came_to[commune].add(area)
    result: dict[str, list[str]] = {area: [] for area in areas.listed(dataset, as_of, boundaries)}
    for commune in areas.listed(dataset, since, "then"):
        for area in came_to[commune] - {""}:
            result.setdefault(area, []).append(commune)
    return {area: tuple(then) for area, then in result.items() if then and then != [area]}


def _compared(sums: aggregates.Sums, measure: schema.Measure, before: Count, now: Count) -> Comparison:
    """From summed rows of `_rows`, and the counts of the dates as they are."""
    then, after, reported, unreported, single, apart = (
        sum(sums.get(f"{name}:{column}", 0) for name in _columns(measure))
        for column in ("before", "now", "reported", "unreported", "single", "apart")
    )
    if measure.family == "admission_rate" and not (before.known and now.known):
        reported, unreported, after, then = 0, unreported + reported, 0, 0
    bounded = measure.percent and measure.family != "admission_rate"
    return Comparison(before, now, after - then, reported, unreported + apart, single, bounded, apart)


def _columns(measure: schema.Measure) -> tuple[str, ...]:
    """The names of the measure's columns in `_rows`."""
    if measure.family == "member_share":
        return measure.parts
    if measure.family == "overlap_share":
        return (aggregates.pair_name(measure.parts),)
    return (str(measure),)


def _rows(
    dataset: Dataset, selection: Selection, measure: schema.Measure, then: str, now: str
) -> pd.DataFrame:
    """One row per chosen area, with the columns that `_compared` reads."""
    every = selection.unfiltered
    if measure.family in ("member_share", "overlap_share", "cell_share"):
        rows = two_dates.posts_by_area(dataset, every, then, now)
    elif measure.parts[0] in ("members", "admitted") or measure.family == "admitting_share":
        rows = _organizations_by_area(dataset, every, str(measure), then, now)
    elif measure.parts[0] in aggregates.OF_VILLAGES:
        rows = two_dates.counts_by_area(dataset, every, str(measure), then, now)
    else:
        before, after = (aggregates.at_date(dataset, selection, date) for date in (then, now))
        return _counted(before, after, measure)
    if not selection.everything:
        rows = rows[rows.index.isin(selection.communes)]
    return aggregates.summed_by_region(dataset, selection, rows) if selection.by_region else rows


def _counted(before: pd.DataFrame, now: pd.DataFrame, measure: schema.Measure) -> pd.DataFrame:
    """Counts of organisations, over the areas of which both dates report any and no commune of which is
    unreported. Rows of `aggregates.at_date`."""
    area = now.index.union(before.index, sort=False)
    before, now = (rows.reindex(area, fill_value=0) for rows in (before, now))
    name, part = str(measure), measure.parts[0]
    known = [(rows["organizations"] > 0) & (rows["unreported_areas"] == 0) for rows in (before, now)]
    both = known[0] & known[1]
    single = ((before["organizations"] > 0) | (now["organizations"] > 0)) & ~both
    columns = {
        "reported": now["organizations"].where(both, 0),
        "unreported": single,
        "single": single,
        "before": aggregates.total(before, part)[0].where(both, 0),
        "now": aggregates.total(now, part)[0].where(both, 0),
    }
    return pd.DataFrame({f"{name}:{key}": column for key, column in columns.items()}).astype("int64")


@memoize(size=32)
def _organizations_by_area(
    dataset: Dataset, selection: Selection, measure: str, then: str, now: str
) -> pd.DataFrame:
    """One row per area of the filter list and the district bodies (index `area`), with integer columns.

    `MEASURE:reported`, `:unreported`, `:single` (organisations that report its figure at both dates, not at
    both, at just one) and `:before`, `:now` (the sum of those reported: persons, or organisations that
    admitted anyone).
    """
    at = [_placed(dataset, selection, date) for date in (then, now)]
    ids = at[1].index.union(at[0].index, sort=False)
    values, unit = zip(*(_stated(rows, measure, ids) for rows in at), strict=True)
    counts = unit[0] | unit[1]
    known = [value[counts].notna() for value in values]
    area = at[1]["area"].reindex(ids).fillna(at[0]["area"].reindex(ids))[counts]
    frame = pd.DataFrame(two_dates.both_dates(measure, known, [value[counts].fillna(0) for value in values]))
    listed = [*areas.listed(dataset, selection.as_of, selection.boundaries), schema.OUTSIDE]
    return frame.groupby(area.to_numpy()).sum().reindex(pd.Index(listed, name="area"), fill_value=0)


def _placed(dataset: Dataset, selection: Selection, as_of: str) -> pd.DataFrame:
    """The rows of `organizations.at_date` by org_id, `area` by the communes of the chosen date."""
    rows = organizations.at_date(dataset, as_of)
    area = areas.of_homes(dataset, as_of, selection.boundaries, selection.as_of)[rows["row"].to_numpy()]
    return rows.assign(area=area).set_index("org_id")


def _stated(rows: pd.DataFrame, measure: str, ids: pd.Index[str]) -> tuple[pd.Series[float], pd.Series[bool]]:
    """What each organisation states for a measure: persons, or whether it admitted anyone; NaN for none. And
    whether it is a unit: it states the figure, or should and does not."""
    if measure.startswith("admitting_share"):
        flags = aggregates.admitting(rows.reset_index())
        figures = pd.Series(flags["admitting"], rows.index).astype(float).where(flags["admitting_known"])
        lacking = rows["level"].isin(("committee", "cell"))
    else:
        name = "members" if measure == "count:members" else "admitted"
        figures, lacking = rows[f"own_{name}"].astype("float64"), rows[f"missing_{name}"]
    return figures.reindex(ids), (figures.notna() | lacking).reindex(ids, fill_value=False)
