"""A reader of some communes: the data set holds nothing of the others, and says the same of its own."""

import pytest

from dashboard import exhibits, registry, schema
from dashboard.dataset import UnknownChoiceError, areas, scoped, select
from dividing_communes import AFTER, BETWEEN, tables

TABLES = tuple(table.name for table in schema.TABLES)
# Tables that are for all.
OF_EACH = ("goals", "positions")
# Of the whole, or of a place among all others.
OF_ALL = {"data.provenance", "data.checks", "commune.peers"}
OF_ALL |= {"reconciliation.compare", "reconciliation.quotes"}

THREE = {
    "communes": """
        commune_id | valid_from | valid_to | merged_into
        a | | 2025-06-30 | united
        b | | 2025-06-30 | united
        c | | |
        united | 2025-07-01 | |
        """,
    "villages": """
        village_id | commune_id
        a1 | a
        b1 | b
        c1 | c
        """,
    "organizations": """
        org_id | parent_id | level | commune_id | village_id | members | admitted
        office | root | cell | | | 10 | 1
        offices | root | committee | | | 30 | 3
        office-a | offices | subcell | | | 30 | 3
        pa | root | committee | a | | 20 | 2
        pa1 | pa | subcell | a | a1 | 20 | 2
        pb | root | committee | b | | 40 | 4
        pc | root | committee | c | | |
        pc1 | pc | subcell | c | c1 | 50 | 5
        """,
    "officers": """
        village_id | secretary | village_head
        a1 | A+ | A+
        b1 | A+ | B-
        c1 | A+ | vacant
        """,
    "goals": """
        goal_id | measure | operator | target | deadline
        heads | member_share:village_head | > | 80 | 2025-12-31
        """,
    "published": """
        figure_id | measure | value
        all | count:members | 132
        """,
}


@pytest.fixture
def three(build):
    return build(**THREE)


def cells(dataset):
    """Every text of every table but those for all."""
    frames = [getattr(dataset, name) for name in TABLES if name not in OF_EACH]
    return {str(cell) for frame in frames for cell in frame.to_numpy().ravel() if isinstance(cell, str)}


def test_one_scope_is_one_data_set_however_it_is_written(bundled):
    assert scoped(bundled, ("thuong-lo", "huong-son")) is scoped(bundled, ("huong-son", "thuong-lo", "x"))


def test_nothing_of_another_commune_is_in_any_cell(bundled):
    every = dict(zip(bundled.communes["commune_id"], bundled.communes["name"], strict=True))
    for scope in areas.listed(bundled, "2024-12-31", "then"):
        left = cells(scoped(bundled, (scope,)))
        for other, name in every.items():
            # "Nam Đông" is the district's name, too, and "Khe Tre" that of the commune after it.
            strange = [] if other == scope or name in (every[scope], "Nam Đông") else [name]
            strange += [] if scope.startswith(other) or other == scope else [other]
            leaks = {cell for cell in left for word in strange if word in cell.replace(scope, "")}
            assert not leaks, (scope, other)


def test_totals_of_bodies_above_others_are_left_out(build):
    data = build(
        communes="commune_id\na\nb",
        villages="village_id | commune_id\na1 | a\nb1 | b",
        organizations="""
        org_id | parent_id | level | commune_id | members | admitted
        top | root | committee | | 90 | 9
        under | top | section | a | 20 | 2
        beside | top | section | b | 70 | 7
        """,
    )
    rows = scoped(data, ("a",)).organizations.set_index("org_id")
    assert set(rows.index) == {"root", "top", "under"}
    assert rows.loc["top", ["members", "admitted"]].isna().all()
    assert list(rows.loc["under", ["members", "admitted"]]) == [20, 2]


def test_the_root_stands_at_every_date(build):
    rows = "as_of | org_id | level | commune_id\n2023-12-31 | pa | cell | a\n2024-12-31 | pb | cell | b"
    data = build(communes="commune_id\na\nb", organizations=rows)
    assert scoped(data, ("a",)).dates == data.dates


def test_a_commune_covers_what_was_merged_into_it(three):
    part = scoped(three, ("united",))
    assert set(part.communes["commune_id"]) == {"a", "b", "united"}
    assert select(part, boundaries="now").communes == ("united",)
    assert select(part).communes == ("a", "b")


def test_what_a_commune_was_merged_into_stays_closed(three):
    part = scoped(three, ("a",))
    assert select(part, boundaries="now").communes == ("a",)
    assert "united" not in cells(part)


def test_district_bodies_only_where_they_are_listed(three):
    assert select(scoped(three, ("a",))).communes == ("a",)
    part = scoped(three, ("a", schema.OUTSIDE))
    assert select(part).communes == ("a", schema.OUTSIDE)
    assert {"office", "offices", "office-a"} <= set(part.organizations["org_id"])
    assert not {"b", "c", "b1", "c1"} & cells(part)


@pytest.mark.parametrize("communes", [(), ("gone",)])
def test_where_no_commune_is_left_there_is_nothing(three, communes):
    part = scoped(three, communes)
    assert part.scope == ()
    assert all(getattr(part, name).empty for name in TABLES if name not in OF_EACH)
    with pytest.raises(UnknownChoiceError):
        select(part)


def test_no_choice_is_every_commune_of_the_scope_by_name(bundled):
    selection = select(scoped(bundled, ("huong-son", "thuong-lo")))
    assert not selection.everything
    assert selection.place(bundled) == "Xã Hương Sơn, Xã Thượng Lộ"


def test_another_commune_is_as_unknown_as_one_that_does_not_exist(three):
    for commune in ("b", "nowhere"):
        with pytest.raises(UnknownChoiceError) as refused:
            select(scoped(three, ("a",)), [commune])
        assert refused.value.known == ("a",)


@pytest.mark.parametrize(
    ("key", "value"), [("xa", "b"), ("xa", "Xã b"), ("thon", "b1"), ("giadinh", "b1.x.y")]
)
def test_a_link_to_another_place_stays_as_it_was_written(three, key, value):
    assert registry.canonical(scoped(three, ("a",)), [(key, value)]) == [(key, value)]


def test_a_commune_of_a_later_time_is_shown_without_figures(build):
    data = build(
        communes="commune_id | valid_from\na |\nlater | 2026-01-01",
        organizations="org_id | level | commune_id | members\npa | committee | a | 10",
    )
    part = scoped(data, ("later",))
    selection = select(part)
    assert selection.communes == ("later",)
    assert exhibits.every(part, selection)


@pytest.mark.parametrize(
    ("scope", "boundaries"), [(("huong-son", "outside"), "then"), (("nam-dong",), "now")]
)
def test_every_exhibit_says_what_it_says_of_these_communes_to_a_reader_of_all(bundled, scope, boundaries):
    says_the_same(bundled, scoped(bundled, scope), boundaries)


def says_the_same(whole, part, boundaries, as_of=None):
    selection = select(part, as_of=as_of, boundaries=boundaries)
    same = select(whole, selection.communes, as_of, boundaries)
    ids = [*exhibits.known(whole), "commune.goals_over_time"]
    expected, actual = (
        [said(exhibit) for exhibit in exhibits.build(*choice, ids) if exhibit.id not in OF_ALL]
        for choice in ((whole, same), (part, selection))
    )
    assert actual == expected


def said(exhibit):
    parts = ("id", "headline", "subtitle", "takeaways", "notes", "sentences", "figures")
    table = exhibit.table and exhibit.table.frame.to_csv(index=False)
    return [*(getattr(exhibit, part) for part in parts), table]


@pytest.mark.parametrize("boundaries", areas.BOUNDARIES)
def test_a_reader_of_what_follows_a_divided_commune_sees_what_the_whole_says(build, boundaries):
    data = build(**tables("east")).on("2026-01-01")
    part = scoped(data, ("east",))
    assert part.scope == ("old", "east")
    says_the_same(data, part, boundaries, BETWEEN)


def test_a_reader_is_told_of_villages_that_lay_elsewhere(build):
    data = build(**tables()).on("2026-01-01")
    part = scoped(data, ("west",))
    assert part.scope == ("west",)
    assert {*part.villages["village_id"]} == {"w", "o2"}
    seen = part.officers.loc[part.officers["as_of"] == BETWEEN, "village_id"]
    assert set(seen) == {"w"}
    for as_of, boundaries, count in ((BETWEEN, "now", "2 thôn"), (BETWEEN, "then", ""), (AFTER, "now", "")):
        selection = select(part, as_of=as_of, boundaries=boundaries)
        (exhibit,) = exhibits.build(part, selection, ["structure.by_commune"])
        notes = " ".join(exhibit.notes)
        assert ("số liệu ngày đó của các thôn này không có ở đây" in notes) == bool(count)
        assert count in notes
