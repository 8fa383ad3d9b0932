"""The alt text of every chart says its finding, its extremes or trend, counted again from what is drawn."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard import charts, exhibits, schema, text
from dashboard.charts.theme import Draw
from dashboard.dataset import Dataset, areas, default_folder, load, select
from dashboard.exhibits import Exhibit, alt

# The column by which the rows of a chart are ranked.
RANKED = {
    charts.structure.by_commune: "members",
    charts.structure.cells: "members",
    charts.overlap.combinations: "villages",
    charts.goals.by_commune: "share",
    charts.goals.changes: "changes",
}
OVER_DATES = {charts.structure.over_time: "value", charts.goals.path: "share"}
MOVED = (charts.changes.shares, charts.changes.counts)
STACKED = (charts.overlap.by_commune, charts.overlap.pool, charts.overlap.post_states)
WITH_CHARTS = ("structure", "overlap", "goals", "changes")
OF_ONE = ("commune.peers", "commune.goals_over_time")
MOST_NAMED = 3


@pytest.fixture(scope="module")
def data() -> Dataset:
    return load(default_folder())


def cases(data: Dataset) -> list[tuple[tuple[str, ...], str, str]]:
    """All at every date, every commune at one; the languages by turns, the last date in both."""
    found = [((), date, text.LANGUAGES[i % 2]) for i, date in enumerate(data.dates)]
    for i, area in enumerate(areas.choices(data, data.dates[-1], "then")):
        found.append(((area,), data.dates[-1 - i % 4], text.LANGUAGES[(i + i // 4) % 2]))
    return [*found, ((), data.dates[-1], text.LANGUAGES[0])]


@pytest.fixture(scope="module")
def drawn(data: Dataset) -> list[Exhibit]:
    """Every exhibit with a chart of every case."""
    of_all = [key for key in exhibits.known(data) if key.partition(".")[0] in WITH_CHARTS]
    found = []
    for communes, date, lang in cases(data):
        selection = select(data, communes, date, lang=lang)
        found += exhibits.build(data, selection, of_all)
        if selection.only and selection.only != schema.OUTSIDE:
            village = data.villages.loc[data.villages["commune_id"] == communes[0], "village_id"].iloc[0]
            found += exhibits.build(data, selection, [*OF_ONE, f"village.history:{village}"])
    return [exhibit for exhibit in found if exhibit.plot is not None]


def of(drawn: list[Exhibit], *draws: Draw) -> list[Exhibit]:
    found = [exhibit for exhibit in drawn if exhibit.plot is not None and exhibit.plot.draw in draws]
    assert found
    return found


def rows(exhibit: Exhibit) -> pd.DataFrame:
    assert exhibit.plot is not None
    return exhibit.plot.frame


def test_every_chart_has_its_finding_its_kind_and_a_table(drawn: list[Exhibit]):
    for exhibit in drawn:
        assert exhibit.plot is not None
        mark = exhibit.plot.text("common.sample")
        assert exhibit.alt.startswith(f"{mark}. {exhibit.headline}."), exhibit.id
        assert exhibit.alt.endswith(exhibit.subtitle), exhibit.id
        kinds = [exhibit.plot.text(key) for key in KINDS]
        assert sum(kind in exhibit.alt for kind in kinds) == 1, exhibit.alt
        assert exhibit.table is not None, exhibit.id
        assert len(exhibit.table.frame), exhibit.id
        assert "  " not in exhibit.alt
        assert "nan" not in exhibit.alt.split()


def test_every_kind_of_chart_is_described(drawn: list[Exhibit]):
    assert {e.plot.draw for e in drawn if e.plot} >= {*RANKED, *OVER_DATES, *MOVED, *STACKED}


@pytest.mark.parametrize(
    "draw", RANKED, ids=lambda draw: f"{draw.__module__.rsplit('.')[-1]}.{draw.__name__}"
)
def test_the_highest_and_the_lowest_row_are_named(drawn: list[Exhibit], draw: Draw):
    ranked = 0
    for exhibit in of(drawn, draw):
        frame = rows(exhibit)
        if "outside" in frame:
            frame = frame[~frame["outside"].astype(bool)]
        values = frame[RANKED[draw]].astype(float)
        if values.notna().sum() < 2 or values.max() == values.min():
            continue
        ranked += 1
        for end in (values.max(), values.min()):
            names = list(frame.loc[values == end, "name"])
            named = names if len(names) <= MOST_NAMED else names[:1]
            assert all(name in exhibit.alt for name in named), (exhibit.id, named, exhibit.alt)
    assert ranked


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_the_district_bodies_are_not_ranked_among_communes(build, lang):
    data = build(
        communes="commune_id | name\na | Một\nb | Hai",
        organizations="""
        org_id | level | commune_id | members
        one | cell | a | 7
        two | cell | b | 8
        office | cell | | 90""",
    )
    selection = select(data, lang=lang)
    plot = exhibits.structure.by_commune(data, selection).plot
    figures = dict(zip(plot.frame["name"], plot.frame["says"], strict=True))
    ends = [f"{name} ({figures[name]})" for name in plot.frame["name"][:2]]
    told = alt.described(plot, selection.text, "")
    assert selection.text("alt.extremes", highest=ends[1], lowest=ends[0]) in told
    district = selection.text("code.outside_short")
    assert f"{district} ({figures[district]})" in told, "it is among the figures"


@pytest.mark.parametrize("draw", OVER_DATES, ids=lambda draw: draw.__name__)
def test_the_first_and_the_last_date_are_told_with_their_figures(drawn: list[Exhibit], draw: Draw):
    for exhibit in of(drawn, draw):
        assert exhibit.table is not None
        frame = rows(exhibit).sort_values("row")
        known = frame[frame[OVER_DATES[draw]].notna()]
        for row in (known.iloc[0], known.iloc[-1]):
            day, year, *figures = row["date"].split("\n")
            assert f"{day}/{year}" in exhibit.alt
            said = row["says"] if "says" in frame else figures[0]
            assert said in exhibit.alt, (exhibit.id, said, exhibit.alt)


def test_the_way_of_a_trend_is_that_of_its_figures(drawn: list[Exhibit]):
    ways = {"vi": ("Tăng từ", "Giảm từ", "Không đổi:"), "en": ("Up from", "Down from", "Unchanged:")}
    told = 0
    for exhibit in of(drawn, *OVER_DATES):
        assert exhibit.plot is not None
        frame = rows(exhibit).sort_values("row")
        values = frame[OVER_DATES[exhibit.plot.draw]].dropna().astype(float)
        change = values.iloc[-1] - values.iloc[0]
        right = 0 if change > 0 else 1 if change < 0 else 2
        said = [way in exhibit.alt for way in ways[exhibit.plot.text.lang]]
        told += any(said)
        assert not any(there for way, there in enumerate(said) if way != right), exhibit.alt
    assert told


def test_the_rows_that_moved_most_are_named(drawn: list[Exhibit]):
    moved = 0
    for exhibit in of(drawn, *MOVED):
        frame = rows(exhibit)
        change = (frame["now"] - frame["before"]).astype(float)
        if change.notna().sum() < 2:
            continue
        for end in (change.max(), change.min()):
            names = list(frame.loc[change == end, "name"])
            if end and len(names) <= MOST_NAMED:
                moved += 1
                assert all(name in exhibit.alt for name in names), (exhibit.id, exhibit.alt)
    assert moved


def test_the_parts_of_stacked_bars_are_counted(drawn: list[Exhibit]):
    for exhibit in of(drawn, *STACKED):
        assert exhibit.plot is not None
        frame = rows(exhibit)
        for part in frame["part"].unique():
            n = int(frame.loc[frame["part"] == part, "count"].sum())
            assert f"{part} {exhibit.plot.text.number(n)}" in exhibit.alt


def test_the_cells_of_a_matrix_are_counted_as_in_its_table(drawn: list[Exhibit]):
    for exhibit in of(drawn, charts.overlap.matrix):
        assert exhibit.plot is not None
        assert exhibit.table is not None
        cells = exhibit.table.frame.stack().astype(str)
        member = exhibit.plot.text("overlap.state.member")
        n = int((cells.eq(member) | cells.str.startswith(f"{member} (")).sum())
        assert (f"{member} {exhibit.plot.text.number(n)}" in exhibit.alt) or n == 0


KINDS = [
    f"alt.kind.{kind}"
    for kind in ("bars", "stacked", "columns", "line", "squares", "tree", "matrix", "dumbbell", "strip")
]
