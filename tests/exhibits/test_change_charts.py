"""The charts of two dates and of the organisation: every number counted again from the data set."""

import pytest

from dashboard import exhibits, schema
from dashboard.charts.model import Bars, Dumbbells, Icicle, Names
from dashboard.dataset import select
from dashboard.exhibits.names import area_names

THEN, NOW = "2023-12-31", "2024-12-31"


def held(data, position, as_of, communes):
    """How many members hold a post, of those filled, and how many villages do not report it."""
    villages = data.villages
    if communes:
        villages = villages[villages["commune_id"].isin(communes)]
    rows = data.officers[(data.officers["as_of"] == as_of) & (data.officers["position"] == position)]
    rows = rows[rows["village_id"].isin(villages["village_id"])]
    filled = rows[rows["holder"] != ""]
    member = filled["party_member"].astype("boolean").fillna(value=False)
    return int(member.sum()), len(filled), len(villages) - len(rows)


@pytest.mark.parametrize("communes", [(), ("huong-son",), ("huong-son", "thuong-lo", "huong-phu")])
def test_the_posts_stand_at_both_dates_and_the_unchanged_are_folded(bundled, communes):
    chart = exhibits.changes.by_post(bundled, select(bundled, communes)).chart
    assert isinstance(chart, Dumbbells)
    words = select(bundled).text
    rows = {row.name: row for row in chart.rows}
    for position in schema.POSITIONS:
        (then, whole_then, silent_then), (now, whole_now, silent_now) = (
            held(bundled, position, date, communes) for date in (THEN, NOW)
        )
        name = words(f"chart.position.{position}")
        if (then, whole_then) == (now, whole_now) and not silent_then + silent_now:
            assert name not in rows
            assert f"{name} {now}/{whole_now}" in chart.folded or "chức danh không đổi." in chart.folded
            continue
        row = rows[name]
        assert (row.before, row.now) == (then / whole_then, now / whole_now)
        assert row.before_label.startswith(f"{then}/{whole_then}")
        assert row.now_label.startswith(f"{now}/{whole_now}")
        assert row.now_label.endswith(f"{silent_now}") or not silent_now
        assert ("?" in row.now_label) == bool(silent_now)
        assert chart.low <= min(row.before, row.now) <= max(row.before, row.now) <= chart.high
    targets = {name: row.target for name, row in rows.items() if row.target}
    assert set(targets.values()) <= {0.8}
    assert words("chart.position.women_head") not in targets  # its goal counts other posts too


def test_what_cannot_be_compared_is_said_beside_the_change(bundled):
    chart = exhibits.changes.by_post(bundled, select(bundled)).chart
    unsure = {row.name: row.change.unreported for row in chart.rows if row.change.unreported}
    assert unsure == {"Chi hội trưởng CCB": "2 không so sánh được"}


def test_the_goals_have_their_pace_in_a_column(bundled):
    chart = exhibits.changes.pace(bundled, select(bundled)).chart
    more = {row.name: row.more for row in chart.rows}
    assert more["Trưởng thôn, TDP"] == "+3; đã đạt"
    assert more["Bí thư chi đoàn"] == "+4 › +5"
    assert all(row.target == 0.8 for row in chart.rows)


def listed(column):
    """The names of a column, and how many changes its heading counts and its lines name."""
    items = [item for group in column.groups for item in group.items]
    n = int(column.head.rpartition("(")[2].rstrip(")"))
    return items, n, sum(posts.count(",") + 1 for _, posts, _ in items)


@pytest.mark.parametrize("communes", [(), ("huong-son",), ("huong-son", "thuong-lo", "huong-phu")])
def test_every_village_that_changed_is_named_once_a_column(bundled, communes):
    found = exhibits.changes.villages(bundled, select(bundled, communes))
    assert isinstance(found.chart, Names)
    links = set("village:" + bundled.villages["village_id"])
    ways = found.table.frame.iloc[:, 3].value_counts().tolist()
    counts = []
    for column in found.chart.columns:
        items, n, named = listed(column)
        assert {link for *_, link in items} <= links
        assert len({link for *_, link in items}) == len(items)
        assert n == named
        counts.append(n)
    assert sorted(counts) == sorted(ways)
    alone = all(group.name == "" for column in found.chart.columns for group in column.groups)
    assert alone == (len(communes) == 1)


def test_a_long_list_says_how_many_it_leaves_out(bundled):
    columns = exhibits.changes.villages(bundled, select(bundled, since="2021-12-31")).chart.columns
    for column in columns:
        items, n, named = listed(column)
        assert column.more == (f"Còn {n - named} thay đổi khác." if n > named else "")
        assert len(items) <= 25
    assert any(column.more for column in columns)


def members(data, area, as_of, name="members"):
    """Of the organisations of a commune: those that name it, and all under them."""
    rows = data.organizations
    rows = rows[rows["as_of"] == as_of]
    found = set(rows.loc[rows["commune_id"] == area, "org_id"])
    while more := set(rows.loc[rows["parent_id"].isin(found), "org_id"]) - found:
        found |= more
    return int(rows.loc[rows["org_id"].isin(found), name].sum())


@pytest.mark.parametrize("communes", [(), ("huong-son",), ("huong-son", "thuong-lo", "outside")])
def test_members_stand_among_the_other_communes(bundled, communes):
    selection = select(bundled, communes)
    names = area_names(bundled, selection)
    moved = exhibits.changes.members(bundled, selection).chart
    bars = exhibits.structure.by_commune(bundled, selection).chart
    assert isinstance(bars, Bars)
    by_name = {row.name: row for row in bars.rows}
    changed = {row.name: row for row in moved.rows}
    areas = [area for area in names if area != "outside"]
    assert len(areas) == 10
    for area in areas:
        now, then = members(bundled, area, NOW), members(bundled, area, THEN)
        bar = by_name[names[area]]
        assert (bar.segments[0].value, bar.label.count) == (now, str(now))
        assert bar.beside.value == members(bundled, area, NOW, "admitted")
        assert (bar.chosen, bar.link) == (area in communes, f"commune:{area}")
        row = changed[names[area]]
        assert (row.before, row.now, row.chosen) == (then, now, area in communes)
    assert moved.whole.now_label == "1.407"
    assert bars.rows[-1].segments[0].kind == "outside"
    assert bars.rows[-1].chosen == ("outside" in communes)
    assert bars.whole.label.count == "2.198"


@pytest.mark.parametrize("communes", [(), ("huong-son", "thuong-lo", "huong-phu")])
def test_the_icicle_has_every_organisation_once(bundled, communes):
    chart = exhibits.structure.organizations(bundled, select(bundled, communes)).chart
    assert isinstance(chart, Icicle)
    rows = bundled.organizations
    rows = rows[(rows["as_of"] == NOW) & rows["members"].notna()]
    assert chart.root.size == rows["members"].sum() == 2198
    assert [len(group.children) for group in chart.root.children] == [10, 4, 28]
    heads = [node for group in chart.root.children for node in group.children]
    leaves = [cell for head in heads for cell in (head.children or [head])]
    assert sorted((leaf.name, leaf.size) for leaf in leaves) == sorted(
        zip(rows["name"], rows["members"].astype(float), strict=True)
    )
    assert {head.link for head in heads if head.chosen} == {f"area:{area}" for area in communes}


def test_one_commune_has_its_cells_by_name_with_admissions(bundled):
    chart = exhibits.structure.organizations(bundled, select(bundled, ["huong-son"])).chart
    rows = bundled.organizations
    rows = rows[(rows["as_of"] == NOW) & (rows["parent_id"] == "db-huong-son")]
    expected = [
        (row["name"], f"{row['members']} · kết nạp {row['admitted']}", row["village_id"])
        for row in rows.to_dict("records")
    ]
    assert expected == [
        (node.name, node.label, node.link.removeprefix("village:")) for node in chart.root.children
    ]


def test_an_organisation_without_a_figure_has_a_dash_and_the_key_says_so(build):
    data = build(
        organizations="""org_id | parent_id | level     | commune_id | members
                         c      | root      | committee | north      |
                         c1     | c         | subcell   |            | 10
                         c2     | c         | subcell   |            |
                         """
    )
    chart = exhibits.structure.organizations(data, select(data)).chart
    ((committee,),) = [group.children for group in chart.root.children]
    assert committee.label == "ít nhất 10"
    assert [cell.label for cell in committee.children] == ["10", "–"]
    assert "Dấu –" in chart.key


def test_a_figure_at_each_date_has_its_change(bundled):
    rows = exhibits.structure.members_over_time(bundled, select(bundled)).chart.rows
    counts = bundled.organizations.groupby("as_of")["members"].sum()
    assert [row.segments[0].value for row in rows] == counts.tolist()
    assert rows[-1].label.status_label == f"+{counts.iloc[-1] - counts.iloc[-2]}"


def test_the_tiles_say_what_was_gained_and_lost(bundled):
    tiles = {tile.name: tile for tile in exhibits.changes.tiles(bundled, select(bundled)).rows}
    assert tiles["Vị trí do đảng viên giữ"].value == "+22 / −7"
    assert any("2 không so sánh được" in note for note in tiles["Vị trí do đảng viên giữ"].notes)
    assert tiles["Chỉ tiêu đạt thêm"].value == "+1 / −0"
    assert tiles["Chỉ tiêu đạt thêm"].notes == ("Trưởng thôn, TDP: 50/60, so với 47/60",)
    assert len(exhibits.changes.tiles(bundled, select(bundled, ["outside"])).rows) == 1
    assert exhibits.changes.tiles(bundled, select(bundled, as_of="2021-12-31")) is None
