"""The charts of role overlap: every square, post and name recounted from the rows of the files."""

from __future__ import annotations

from collections import Counter

import pytest
from plain_places import Plain

from dashboard import exhibits, text
from dashboard.charts.model import Bars, Names, PostMatrix, Units
from dashboard.dataset import default_folder, select
from dashboard.exhibits.places import tiles

PLAIN = Plain(default_folder())
DATE = PLAIN.dates[-1]
THREE = ["secretary", "village_head", "front_head"]
CHOICES = [(), ("huong-son",), ("huong-son", "thuong-lo", "khe-tre")]


def kind(village: str) -> str:
    """Which of the three posts one person holds in a village that reports them all."""
    rows = PLAIN.posts[DATE, village]
    secretary, head, front = (rows[one]["holder"] for one in THREE)
    same = (secretary and secretary == head, secretary and secretary == front, head and head == front)
    if all(same):
        return "all_three"
    return next((name for name, one in zip(("head", "front", "pair"), same, strict=True) if one), "none")


@pytest.mark.parametrize("chosen", CHOICES)
def test_every_village_is_a_square_of_its_commune_and_what_is_chosen_stays_among_its_peers(bundled, chosen):
    selection = select(bundled, chosen, lang="en")
    chart = exhibits.overlap.by_commune(bundled, selection).chart
    assert isinstance(chart, Units)
    names = {select(bundled, [one], lang="en").place(bundled): one for one in PLAIN.communes("then")}
    assert {row.name for row in chart.rows} == set(names)
    shares = []
    for row in chart.rows:
        area = names[row.name]
        villages = PLAIN.villages(area, "then")
        found = Counter(kind(one) for one in villages)
        assert Counter(row.units) == found
        part = len(villages) - found["pair"] - found["none"]
        assert row.label.count == f"{part}/{len(villages)}"
        assert row.chosen == (area in chosen)
        assert row.link == f"{'commune' if chosen == (area,) else 'area'}:{area}"
        shares.append(part / len(villages))
    assert shares == sorted(shares, reverse=True)
    assert chart.whole is not None
    every = Counter(kind(row["village_id"]) for row in PLAIN.tables["villages"])
    assert chart.whole.label.count == f"{sum(every.values()) - every['pair'] - every['none']}/60"
    assert dict(chart.kinds).keys() == every.keys()


def test_a_commune_that_does_not_report_all_stands_last_and_says_so(build):
    data = build(
        communes="commune_id\nnorth\nsouth\nwest",
        villages="village_id | commune_id\na | north\nb | north\nc | south\nd | south\ne | west",
        officers="""
        village_id | secretary | village_head | front_head
        a | A+ | A+ | B+
        b | A+ | A+ |
        c | A+ | B+ | C-
        d | A+ | B+ |""",
    )
    north, south, west = exhibits.overlap.by_commune(data, select(data)).chart.rows
    assert [row.units for row in (north, south, west)] == [("head", "head"), ("none", "silent"), ("silent",)]
    assert [row.label.count for row in (north, south)] == ["2/2", "0/2"]
    assert [row.label.unreported for row in (north, south, west)] == ["", "1 chưa báo cáo", "1 chưa báo cáo"]
    assert (west.label.status, west.label.share) == ("no_data", "")


@pytest.mark.parametrize("chosen", CHOICES)
def test_the_posts_of_each_village_and_who_holds_several(bundled, chosen):
    chart = exhibits.overlap.three_posts(bundled, select(bundled, chosen)).chart
    assert isinstance(chart, PostMatrix)
    areas = list(chosen or PLAIN.communes("then"))
    rows = {row.link.partition(":")[2]: row for group in chart.groups for row in group.rows}
    assert list(rows) == [
        one for area in PLAIN.communes("then") if area in areas for one in PLAIN.villages(area, "then")
    ]
    for village, row in rows.items():
        assert list(row.posts) == PLAIN.states(DATE, village, THREE)
        together = [[one for one in posts if one in THREE] for posts in PLAIN.several(DATE, village)]
        joined = [[THREE[place] for place in places] for places in row.joined]
        assert sorted(joined) == sorted(sorted(one, key=THREE.index) for one in together if len(one) > 1)
    links = [group.link for group in chart.groups]
    assert links == (
        [""] if len(chosen) == 1 else [f"area:{area}" for area in PLAIN.communes("then") if area in areas]
    )


def test_what_is_not_reported_and_what_is_vacant_have_their_signs(build):
    data = build(
        officers="village_id | secretary | village_head | front_head\na | A+ | vacant | A+\nb | | B- | "
    )
    chart = exhibits.overlap.three_posts(data, select(data)).chart
    first, second = chart.groups[0].rows
    assert (first.posts, first.joined) == (("member", "vacant", "member"), ((0, 2),))
    assert (second.posts, second.joined) == (("not_reported", "not_member", "not_reported"), ())
    assert [state for state, _ in chart.states] == [
        "joined",
        "member",
        "not_member",
        "vacant",
        "not_reported",
    ]


def test_villages_where_posts_can_be_joined_stand_by_name(bundled):
    chart = exhibits.overlap.pool(bundled, select(bundled)).chart
    assert isinstance(chart, Names)
    expected = {"ready": set(), "member_first": set()}
    for row in PLAIN.tables["villages"]:
        posts = PLAIN.posts[DATE, row["village_id"]]
        head, secretary = posts["village_head"], posts["secretary"]
        if head["holder"] and head["holder"] != secretary["holder"]:
            expected["ready" if head["party_member"] == "true" else "member_first"].add(row["village_id"])
    for column, (part, villages) in zip(chart.columns, expected.items(), strict=True):
        links = {link.partition(":")[2] for group in column.groups for _, _, link in group.items}
        assert links == villages
        assert column.head == text.get()(f"overlap.pool.count.{part}", n=len(villages))


def test_each_post_is_a_bar_of_its_states(bundled):
    chart = exhibits.overlap.post_states(bundled, select(bundled, ["huong-son"])).chart
    assert isinstance(chart, Bars)
    for position, row in zip(bundled_positions(), chart.rows, strict=True):
        states = Counter(
            PLAIN.states(DATE, one, [position])[0] for one in PLAIN.villages("huong-son", "then")
        )
        assert {one.kind: one.value for one in row.segments if one.value} == states
        assert row.label.count == f"{states['member']}/{states['member'] + states['not_member']}"


def bundled_positions() -> list[str]:
    return list(dict.fromkeys(row["position"] for row in PLAIN.tables["officers"]))


def test_communes_of_many_villages_are_bars_of_the_same_counts(build):
    villages = "\n".join(f"v{n:02} | north" for n in range(20))
    officers = "\n".join(f"v{n:02} | A+ | {'A' if n < 5 else 'B'}+ | C+" for n in range(20))
    data = build(
        communes="commune_id\nnorth\nsouth",
        villages=f"village_id | commune_id\n{villages}\nx | south",
        officers=f"village_id | secretary | village_head | front_head\n{officers}",
    )
    chart = exhibits.overlap.by_commune(data, select(data)).chart
    assert isinstance(chart, Bars)
    first, second = chart.rows
    assert {one.kind: one.value for one in first.segments if one.value} == {"head": 5, "none": 15}
    assert {one.kind: one.value for one in second.segments if one.value} == {"silent": 1}


def test_the_district_bodies_get_no_chart(bundled):
    selection = select(bundled, ["outside"])
    for build in (exhibits.overlap.by_commune, exhibits.overlap.three_posts, exhibits.overlap.pool):
        assert not build(bundled, selection).has_body


@pytest.mark.parametrize("area", PLAIN.communes("then"))
def test_a_commune_has_its_place_among_those_that_report_all(bundled, area):
    words = text.get()
    found = tiles.of_commune(bundled, select(bundled, [area])).rows
    shares = {}
    for one in PLAIN.communes("then"):
        kinds = [kind(village) for village in PLAIN.villages(one, "then")]
        shares[one] = (kinds.count("head") + kinds.count("all_three")) / len(kinds)
    first = 1 + sum(other > shares[area] for other in shares.values())
    place = words("commune.rank.place", first=first, all=len(shares))
    if list(shares.values()).count(shares[area]) > 1:
        place = words("commune.rank.tied", place=place)
    assert found[-1].notes[-1] == words("commune.rank.high", place=place)


def test_no_place_is_told_of_a_commune_that_does_not_report_all(build):
    data = build(
        communes="commune_id\nnorth\nsouth\nwest",
        villages="village_id | commune_id\na | north\nb | south\nc | west",
        officers="""
        village_id | secretary | village_head | front_head
        a | A+ | A+ | B+
        b | A+ | B+ | C+
        c | A+ | A+ |""",
    )
    north, south, west = (
        " ".join(tiles.of_commune(data, select(data, [area])).rows[-1].notes)
        for area in ("north", "south", "west")
    )
    assert "cao thứ 1/2 nơi đủ số liệu" in north
    assert "cao thứ 2/2 nơi đủ số liệu" in south
    assert "thứ" not in west
