"""Posts whose holder has another one or not, which is unknown (`?`): nothing is said of overlap
there, while members are counted."""

import pytest

from dashboard import exhibits, intake, measures, text
from dashboard.dataset import DataError, scenario, select
from dashboard.exhibits import tiles
from dashboard.exhibits.overlap.posts import three_posts
from dashboard.exhibits.places import village

VI = text.get()
# v1: nothing known of overlap; v2: the secretary's post is vacant; v3: only the Front head is not known.
OFFICERS = """
    village_id | secretary | village_head | front_head
    v1 | ?+ | ?+ | ?-
    v2 | vacant | ?+ | A-
    v3 | A+ | A+ | ?-
    """
GOALS = """
    goal_id | measure | operator | target
    heads | member_share:village_head | > | 80
    pair | overlap_share:secretary+village_head | >= | 50
    fronts | member_share:front_head | > | 80
    """


@pytest.fixture
def data(build):
    return build(officers=OFFICERS, goals=GOALS)


def portrait(data, village_id):
    return village.portrait(data, select(data), village_id)


def test_overlap_is_unreported_and_members_are_counted(data):
    heads, pair, _ = measures.figures(data, select(data))["goals"]
    assert (heads["numerator"], heads["denominator"], heads["unreported"]) == (3, 3, 0)
    assert (pair["numerator"], pair["denominator"], pair["unreported"]) == (1, 3, 1)
    assert not pair["certain"]


def test_a_secretary_is_a_member_and_two_unknown_ones_may_differ(build):
    with pytest.raises(DataError):
        build(officers="village_id | secretary\nv1 | ?-")
    assert build(officers="village_id | village_head | front_head\nv1 | ?+ | ?-").dates


def test_no_two_of_them_are_drawn_as_one(data):
    rows = {row.name: row for group in three_posts(data, select(data)).chart.groups for row in group.rows}
    assert [rows[village].joined for village in ("v1", "v2", "v3")] == [(), (), ((0, 1),)]
    key = three_posts(data, select(data)).chart.key
    assert key == "5 vị trí vẽ đứng riêng vì chưa rõ người giữ có kiêm nhiệm hay không."


def test_overlap_that_is_known_is_not_unreported_too(data):
    selection = select(data)
    headline = exhibits.overlap.combinations(data, selection).headline
    assert "1/3 (33,3%) thôn có kiêm nhiệm; 0 thôn không kiêm nhiệm; 2 thôn chưa" in headline
    shown = exhibits.overlap.by_commune(data, selection)
    assert "trưởng ban CTMT: 0/3 (0,0%) · 2 chưa báo cáo" in shown.headline
    assert "Ở 1 thôn có kiêm nhiệm chưa rõ một người có giữ cả ba chức danh hay không." in shown.notes
    head, front, three, none = tiles.overlap(data, selection).rows
    assert [(tile.value, tile.notes[-1]) for tile in (head, front, three, none)] == [
        ("1/3", "1 thôn chưa báo cáo"),
        ("0/3", "2 thôn chưa báo cáo"),
        ("0/3", "2 thôn chưa báo cáo"),
        ("0/3", "2 thôn chưa báo cáo"),
    ]


def test_the_page_of_a_village_says_what_is_not_known(data):
    sentences_of = {village: portrait(data, village).sentences for village in ("v1", "v2", "v3")}
    unclear = "Chưa rõ có kiêm nhiệm hay không: {}trưởng ban công tác Mặt trận."
    assert unclear.format("bí thư chi bộ, trưởng thôn, tổ trưởng tổ dân phố và ") in sentences_of["v1"]
    assert unclear.format("") in sentences_of["v3"]
    assert not any(
        "Không ai giữ hai chức danh" in sentence
        for sentences in sentences_of.values()
        for sentence in sentences
    )


def test_who_may_be_the_secretary_already_is_not_offered_as_one(data):
    refused = scenario.read(data, data.dates[-1], ["v1.merge.village_head"]).refused
    assert [refusal.reason for refusal in refused] == ["unknown"]
    merges = [
        change for change in measures.what_if.offers(data, select(data), 50).changes if change.kind == "merge"
    ]
    assert [change.village_id for change in merges] == ["v2"]
    assert list(measures.overlap.merge_candidates(data, select(data))["village_id"]) == ["v2"]


@pytest.mark.parametrize("name", ["goals.gap", "goals.plan", "overlap.three_posts", "overlap.matrix"])
def test_where_persons_are_counted_it_is_said_that_there_may_be_fewer(data, name):
    (exhibit,) = [exhibit for exhibit in exhibits.every(data, select(data)) if exhibit.id == name]
    assert any(note.startswith("Ở 5 vị trí chưa rõ người giữ") for note in exhibit.notes)


def test_the_form_takes_them_and_gives_them_back(data):
    _, result = intake.receive_all([("x.xlsx", intake.template(data, None, VI))], data)
    assert result.changes == ()
    assert list(result.dataset.officers["holder"]) == list(data.officers["holder"])
