"""Single sentences about data with gaps, each of which was false once."""

import pytest

from dashboard import exhibits, measures, text
from dashboard.dataset import select
from dashboard.exhibits import tiles

COMMUNES = "commune_id | name\na | Một\nb | Hai"
VILLAGES = "village_id | commune_id\na1 | a\nb1 | b"


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_district_bodies_that_vanish_are_no_loss(build, lang):
    data = build(
        communes=COMMUNES,
        villages=VILLAGES,
        organizations="""
        as_of | org_id | level | commune_id | members
        2023-12-31 | one | cell | a | 40
        2023-12-31 | two | cell | b | 40
        2023-12-31 | office | cell | | 20
        2024-12-31 | one | cell | a | 40
        2024-12-31 | two | cell | b | 40""",
        goals="goal_id | measure | operator | target\nmembers | count:members | >= | 95",
    )
    selection = select(data, lang=lang)
    headline = exhibits.structure.members_over_time(data, selection).headline
    least = selection.text("common.at_least", n=80)
    assert headline.lower().startswith(least)
    assert selection.text("goals.unreported.places", n=1) in headline
    assert "20" not in headline
    assert not measures.goals.progress(data, selection)["certain"].iloc[0]


def test_bodies_that_are_new_are_no_gap_of_the_date_before(build):
    data = build(
        communes=COMMUNES,
        villages=VILLAGES,
        organizations="""
        as_of | org_id | level | commune_id | members
        2023-12-31 | one | cell | a | 40
        2023-12-31 | two | cell | b | 40
        2024-12-31 | one | cell | a | 40
        2024-12-31 | two | cell | b | 40
        2024-12-31 | office | cell | | 20""",
    )
    selection = select(data)
    exhibit = exhibits.structure.members_over_time(data, selection)
    assert "100 đảng viên, tăng 20 so với 31/12/2023" in exhibit.headline
    assert selection.text("structure.only_once", n=1) in exhibit.notes


def test_a_commune_without_villages_that_reports_nothing_is_missed(build):
    data = build(
        communes=COMMUNES + "\nc | Ba",
        villages=VILLAGES,
        organizations="""
        as_of | org_id | level | commune_id | members
        2022-12-31 | one | cell | a | 40
        2022-12-31 | two | cell | b | 40
        2022-12-31 | three | cell | c | 8
        2023-12-31 | one | cell | a | 40
        2023-12-31 | two | cell | b | 40
        2024-12-31 | one | cell | a | 40
        2024-12-31 | two | cell | b | 40
        2024-12-31 | three | cell | c | 8""",
    )
    exhibit = exhibits.structure.members_over_time(data, select(data))
    assert "tăng" not in exhibit.headline
    assert [(row.label.count, row.label.unreported) for row in exhibit.chart.rows] == [
        ("88", ""),
        ("80", "1 chưa báo cáo"),
        ("88", ""),
    ]


def test_two_posts_of_one_person_are_of_their_kind_while_the_third_is_unknown(build):
    data = build(
        villages="village_id\na\nb",
        officers="village_id | secretary | village_head | front_head\na | A+ | | A+\nb | A+ | A+ | B-",
    )
    table = exhibits.overlap.combinations(data, select(data)).table.frame
    counted = dict(table.itertuples(index=False))
    assert counted["Bí thư kiêm trưởng ban CTMT"] == 1
    assert "Chưa báo cáo đủ" not in counted
    assert counted["Bí thư kiêm trưởng thôn"] == 1


def test_a_goal_met_because_posts_emptied_is_told_with_both_counts(build):
    data = build(
        communes=COMMUNES,
        villages="village_id | commune_id\na1 | a\na2 | a\nb1 | b",
        officers="""
        as_of | village_id | village_head
        2023-12-31 | a1 | A+
        2023-12-31 | a2 | A-
        2023-12-31 | b1 | A+
        2024-12-31 | a1 | A+
        2024-12-31 | a2 | vacant
        2024-12-31 | b1 | A+""",
        goals="goal_id | measure | operator | target\nheads | member_share:village_head | >= | 80",
    )
    takeaways = " ".join(exhibits.goals.by_commune(data, select(data), "heads").takeaways)
    assert "Xã Một (1/2 › 1/1)" in takeaways


def test_places_that_differ_are_not_called_the_same(build):
    data = build(
        communes=COMMUNES,
        villages="village_id | commune_id\na1 | a\na2 | a\nb1 | b",
        officers="village_id | village_head\na1 | A+\na2 | A+\nb1 | A+",
        goals="goal_id | measure | operator | target\nheads | member_share:village_head | >= | 80",
    )
    alt = exhibits.goals.by_commune(data, select(data), "heads").alt
    assert "2/2" in alt
    assert text.get()("alt.alike", n=2) not in alt


@pytest.mark.parametrize("communes", [(), ("outside",)])
def test_without_goals_every_page_is_there(build, communes):
    data = build(villages="village_id\na", officers="village_id | secretary\na | A+")
    selection = select(data, communes)
    assert exhibits.goals.stated(data, selection)["goal_id"].tolist() == []
    assert exhibits.goals.progress(data, selection).headline == selection.text("goals.progress.none")
    assert exhibits.places.village.goals(data, selection, "a").sentences == ()


@pytest.mark.parametrize(
    ("lang", "took_in"),
    [("vi", "Xã Ba nhận thêm Xã Một sau ngày 31/12/2023."), ("en", "Ba commune took in Một")],
)
def test_a_commune_that_was_there_before_took_others_in(build, lang, took_in):
    data = build(
        communes="""
        commune_id | name | valid_to | merged_into
        a | Một | 2024-05-31 | c
        c | Ba | |""",
        organizations="""
        as_of | org_id | level | commune_id | members
        2023-12-31 | x | cell | a | 5
        2023-12-31 | y | cell | c | 5
        2024-12-31 | y | cell | c | 10""",
    )
    notes = exhibits.changes.members(data, select(data, lang=lang)).notes
    assert any(took_in in note for note in notes)


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


def test_what_changed_has_the_tiles_that_the_earlier_date_allows(bundled):
    assert len(exhibits.changes.tiles(bundled, select(bundled, ["outside"])).rows) == 1
    assert exhibits.changes.tiles(bundled, select(bundled, as_of="2021-12-31")) is None


def test_counts_of_organisations_are_at_least_where_a_commune_reports_none(build):
    data = build(
        communes=COMMUNES,
        villages=VILLAGES,
        organizations="""
        org_id | level | commune_id | parent_id | members
        one | committee | a | root |
        one-1 | subcell | a | one | 40
        office | cell | | root | 20""",
    )
    selection = select(data)
    organizations, cells = (
        exhibits.structure.organizations(data, selection),
        exhibits.structure.cells(data, selection),
    )
    assert organizations.headline == ("Ít nhất 1 đảng bộ cơ sở với 1 chi bộ trực thuộc, ít nhất 40 đảng viên")
    assert cells.headline == "Ít nhất 1 chi bộ cơ sở với ít nhất 20 đảng viên"
    by_commune = exhibits.structure.by_commune(data, selection).headline
    assert by_commune == "Ít nhất 60 đảng viên, ít nhất 2 TCCSĐ"
    figures = exhibits.overview.key_figures(data, selection).headline
    assert figures.startswith("Ít nhất 2 TCCSĐ (1 đảng bộ cơ sở, 1 chi bộ cơ sở)")
    grassroots, subcells, *_ = tiles.structure_counts(data, selection).rows
    lacking = "1 nơi chưa báo cáo tổ chức"
    assert grassroots.value == "ít nhất 2"
    assert grassroots.notes == ("ít nhất 1 đảng bộ cơ sở + 1 chi bộ cơ sở", lacking)
    assert subcells.value == "ít nhất 1"
    assert subcells.notes == ("không tính là tổ chức cơ sở đảng", lacking)


def test_a_tile_says_what_its_count_lacks_and_what_the_whole_does(build):
    data = build(
        communes=COMMUNES,
        villages="village_id | commune_id\nv1 | a\nv2 | b",
        officers="village_id | secretary | village_head\nv1 | A+ | A+\nv2 | A+ |",
        organizations="""
        org_id | level | commune_id | members
        one | cell | a | 40
        two | cell | b |""",
        goals="""
        goal_id | measure | operator | target
        heads | member_share:village_head | >= | 50
        members | count:members | >= | 50""",
    )
    assert tiles.targets(data, select(data)).rows[1].value == "ít nhất 40"
    chosen = select(data, ["a"])
    heads, members = tiles.targets(data, chosen).rows
    assert heads.notes[-1] == "toàn đảng bộ 100,0% · 1 chưa báo cáo"
    assert (members.value, members.notes[-1]) == ("40", "toàn đảng bộ ít nhất 40 · 1 chưa báo cáo")
    assert "toàn đảng bộ 1/2 · 1 chưa báo cáo" in tiles.pair_of_posts(data, chosen, tiles.HEAD).notes


def test_cells_without_a_committee_are_not_told_as_no_organisation(build):
    data = build(
        organizations="org_id | level | commune_id | members\none | cell | north | 20\ntwo | cell | | 10"
    )
    headline = exhibits.structure.organizations(data, select(data)).headline
    assert headline == "2 TCCSĐ, 0 chi bộ trực thuộc, 30 đảng viên"


def test_a_commune_whose_posts_are_vacant_is_not_said_to_lack_figures(build):
    data = build(
        communes=COMMUNES,
        villages=VILLAGES,
        officers="""
        as_of | village_id | village_head
        2023-12-31 | a1 | A-
        2023-12-31 | b1 | vacant
        2024-12-31 | a1 | A+
        2024-12-31 | b1 | A+""",
        goals="goal_id | measure | operator | target\nheads | member_share:village_head | >= | 50",
    )
    (changed,) = exhibits.goals.by_commune(data, select(data), "heads").takeaways[1:]
    assert changed == "So với 31/12/2023, thêm 1 xã đạt: Xã Một; không so sánh được 1 xã."


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("vi", "Đảng bộ cơ sở đông đảng viên nhất: one (9); ít nhất: two (8)."),
        ("en", "Most members of a grassroots committee: one (9); fewest: two (8)."),
    ],
)
def test_the_largest_committee_is_not_said_to_be_the_largest_of_all_that_is_drawn(build, lang, sentence):
    data = build(
        organizations="""
        org_id | level | commune_id | parent_id | members
        one | committee | north | root |
        one-1 | subcell | north | one | 9
        two | committee | north | root |
        two-1 | subcell | north | two | 8
        cell | cell | north | root | 20"""
    )
    assert exhibits.structure.organizations(data, select(data, lang=lang)).takeaways == (sentence,)


def test_boxes_of_grassroots_committees_are_not_called_cells(build):
    data = build(
        root_level="province",
        communes=COMMUNES,
        organizations="""
        org_id | level | commune_id | parent_id | members
        one | superior | a | root |
        two | committee | a | one |
        three | subcell | a | two | 30
        four | superior | b | root |
        five | cell | b | four | 20""",
    )
    key = exhibits.structure.organizations(data, select(data)).chart.key
    assert (
        key == "Bên phải mỗi đảng bộ: mỗi ô một tổ chức cơ sở đảng, rộng theo số đảng viên, cùng một thước."
    )


def test_the_tile_of_targets_met_says_how_many_have_no_data(build):
    data = build(
        officers="village_id | village_head | front_head\na | A+ |",
        goals="""
        goal_id | measure | operator | target
        heads | member_share:village_head | >= | 50
        fronts | member_share:front_head | >= | 50""",
    )
    (met,) = tiles.goals_met(data, select(data))
    assert (met.value, met.notes) == ("1/1", ("đạt", "1 chỉ tiêu chưa có số liệu"))


def test_no_date_is_the_highest_where_one_may_be_higher(build):
    members = {"2021-12-31": "20", "2022-12-31": "25", "2023-12-31": "18", "2024-12-31": "22"}
    rows = [f"{date} | one | cell | north | {n}" for date, n in members.items()]
    whole = build(organizations="\n".join(["as_of | org_id | level | commune_id | members", *rows]))
    lacking = "2022-12-31 | two | cell | north |"
    partly = build(organizations="\n".join(["as_of | org_id | level | commune_id | members", *rows, lacking]))
    told = [exhibits.structure.members_over_time(data, select(data)).takeaways for data in (whole, partly)]
    assert [len(takeaways) for takeaways in told] == [2, 1]
    assert told[0][1] == "Cao nhất: 25 (31/12/2022); thấp nhất: 18 (31/12/2023)."


def test_a_committee_has_at_least_the_members_that_are_reported_under_it(build):
    data = build(
        root_level="province",
        communes=COMMUNES,
        organizations="""
        org_id | level | commune_id | parent_id | members
        one | superior | a | root |
        two | committee | a | one |
        two-1 | subcell | a | two | 30
        two-2 | subcell | a | two |
        office | superior | | root |
        cell | cell | | office |""",
    )
    exhibit = exhibits.structure.organizations(data, select(data))
    communes, others = exhibit.chart.root.children
    assert (communes.label, others.label) == ("ít nhất 30 đảng viên", "chưa có số đảng viên")
    (one,) = communes.children
    assert (one.label, one.children[0].label) == ("ít nhất 30", "ít nhất 30")
    lacking = exhibit.table.frame[exhibit.text("column_short.without_figure")].tolist()
    assert lacking == [1, 1, 0, 1, 1, 1]
    (portrait,) = exhibits.build(data, select(data, ["a"]), ["commune.portrait"])
    assert portrait.chart.columns[0].groups[1].items[0][1] == "ít nhất 30"


@pytest.mark.parametrize(
    ("lang", "headline"),
    [
        ("vi", "Xã north chưa đạt 1 chỉ tiêu; số này có thể thay đổi khi báo cáo đủ"),
        ("en", "north commune misses 1 target; this may change once all is reported"),
    ],
)
def test_one_commune_that_may_miss_a_target_is_not_one_of_one(build, lang, headline):
    data = build(
        villages="village_id\na\nb\nc",
        officers="village_id | village_head\na | A-\nb | A+",
        goals="goal_id | measure | operator | target\nheads | member_share:village_head | > | 50",
    )
    assert exhibits.goals.attention(data, select(data, lang=lang)).headline == headline


@pytest.mark.parametrize(
    ("lang", "of_village", "of_commune"),
    [
        (
            "vi",
            "không vị trí nào đã báo cáo có người giữ; 2 vị trí khuyết",
            "Chưa tính được chỉ tiêu nào của Xã north",
        ),
        (
            "en",
            "nobody holds any post that is reported; 2 vacant posts",
            "No target of North commune can be judged",
        ),
    ],
)
def test_where_every_post_is_vacant_no_share_of_none_is_told(build, lang, of_village, of_commune):
    data = build(
        officers="""
        village_id | secretary | village_head
        a | vacant | vacant""",
        goals="""
        goal_id | measure | target
        heads | member_share:village_head | 80""",
    )
    selection = select(data, ["north"], lang=lang)
    portrait, attention = exhibits.build(data, selection, ["village.portrait:a", "goals.attention"])
    assert portrait.headline.partition(": ")[2].startswith(of_village)
    assert attention.headline.lower() == of_commune.lower()
