"""What-if changes: how they are written, the rules with their reasons, and one form for one effect."""

from itertools import permutations

import pytest

from dashboard import registry, schema
from dashboard.dataset import Change, RefusedChangeError, scenario, select
from dashboard.dataset.scenario import Refusal

DATE = "2024-12-31"
# A of "one" holds two posts and is no member; "two" has a vacant post, "three" no secretary, "four" reports
# none; in "five" one person holds three posts; "none" reports nothing.
OFFICERS = """
    village_id | secretary | village_head | front_head | farmers_head | youth_head
    one        | S+        | A-           | B+         | A-           | C-
    two        | S+        | S+           | vacant     |              | B+
    three      | vacant    | A+           | B-         | A+           | vacant
    four       |           | A+           | B-         |              |
    five       | S+        | A+           | A+         | A+           |
"""


@pytest.fixture(scope="module")
def data(build):
    return build(villages="village_id\nnone", officers=OFFICERS)


def refusals(data, *written):
    return [(refusal.written, refusal.reason) for refusal in scenario.read(data, DATE, written).refused]


def accepted(data, *written):
    return [change.written for change in scenario.read(data, DATE, written).scenario]


@pytest.mark.parametrize(
    ("written", "reason", "known"),
    [
        ("", "form", ()),
        ("one", "form", ()),
        ("one.member", "form", ()),
        ("one.member.village_head.more", "form", ()),
        (".member.village_head", "form", ()),
        ("one.vote.village_head", "kind", scenario.KINDS),
        ("one.member.mayor", "position", schema.POSITIONS),
        ("one.merge.farmers_head", "position", scenario.MERGED),
        ("one.merge.secretary", "position", scenario.MERGED),
    ],
)
def test_what_is_not_understood_is_named_with_what_is_known(written, reason, known):
    assert scenario.parse(written, schema.POSITIONS) == Refusal(written, reason, known=known)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("nowhere.member.village_head", "village"),
        ("none.member.village_head", "not_reported"),
        ("two.fill.farmers_head", "not_reported"),
        ("two.member.front_head", "no_holder"),
        ("one.member.front_head", "already_member"),
        ("one.fill.front_head", "not_vacant"),
        ("two.merge.front_head", "no_holder"),
        ("two.merge.village_head", "already_same"),
        ("one.merge.village_head", "not_member"),
        ("four.merge.village_head", "no_secretary"),
    ],
)
def test_a_rule_refuses_a_change_with_its_reason(data, written, reason):
    assert refusals(data, written) == [(written, reason)]
    assert accepted(data, written) == []


@pytest.mark.parametrize("first", ["one.member.village_head", "two.fill.front_head"])
def test_one_may_be_merged_who_becomes_a_member_or_fills_a_vacant_post_by_another_change(data, first):
    village, _, post = first.split(".")
    both = [first, f"{village}.merge.{post}"]
    assert accepted(data, *reversed(both)) == both


def test_a_village_has_one_new_secretary(data):
    two = ["one.member.village_head", "one.merge.village_head", "one.merge.front_head"]
    assert refusals(data, *two) == [("one.merge.front_head", "one_secretary")]
    assert refusals(data, "three.fill.secretary", "three.merge.village_head") == [
        ("three.merge.village_head", "one_secretary")
    ]


def test_one_effect_has_one_form(data):
    assert accepted(data, "one.member.farmers_head", "one.member.village_head") == ["one.member.village_head"]
    assert accepted(data, "five.merge.front_head", "five.merge.village_head") == ["five.merge.village_head"]


def test_the_order_of_writing_does_not_matter(data):
    expected = ["one.member.youth_head", "one.merge.front_head"]
    expected += ["two.fill.front_head", "three.merge.village_head"]
    for written in permutations(expected):
        assert accepted(data, *written) == expected


def test_more_changes_than_a_link_holds_are_refused(build):
    lines = "\n".join(f"v{number:03d} | vacant" for number in range(scenario.MOST + 2))
    data = build(officers=f"village_id | youth_head\n{lines}")
    result = scenario.read(data, DATE, [f"v{n:03d}.fill.youth_head" for n in range(scenario.MOST + 2)])
    assert len(result.scenario) == scenario.MOST
    assert [refusal.reason for refusal in result.refused] == ["too_many", "too_many"]


def test_a_post_that_is_vacated_by_a_merge_leaves_the_other_posts_of_its_holder(build):
    data = build(officers="village_id | secretary | village_head | youth_head\none | S+ | A+ | S+")
    held = scenario.posts_with(data, DATE, (Change("one", "merge", "village_head"),))
    posts = dict(zip(schema.POSITIONS, held.holder[0].tolist(), strict=True))
    assert posts["secretary"] == posts["village_head"] != posts["youth_head"] > 0


def test_a_selection_refuses_a_change_that_cannot_be(data):
    with pytest.raises(RefusedChangeError, match="already_member"):
        select(data, scenario=[Change("one", "member", "front_head")])


def test_a_selection_keeps_changes_outside_the_chosen_communes(bundled):
    change = Change("khe-tre-1", "member", "front_head")
    selection = select(bundled, ["huong-son"], scenario=[change])
    assert selection.scenario == (change,)
    assert selection.sentence(bundled).endswith(" · giả định: 1 thay đổi")


def test_a_link_gives_the_same_changes(data):
    changes = [Change("two", "fill", "front_head"), Change("one", "merge", "front_head")]
    selection = select(data, scenario=changes)
    query = registry.written(data, selection)
    written = [value for key, value in query if key == registry.SCENARIO.key]
    assert scenario.read(data, selection.as_of, written).scenario == selection.scenario
    assert [pair for pair in registry.canonical(data, query) if pair[0] == registry.SCENARIO.key] == [
        (registry.SCENARIO.key, value) for value in written
    ]


def test_a_link_made_by_hand_becomes_canonical_and_drops_nothing(data):
    query = [
        ("giadinh", "two.fill.front_head"),
        ("giadinh", "gone.fill.front_head"),
        ("lang", "en"),
        ("giadinh", "one.member.farmers_head"),
        ("giadinh", "one.member.village_head"),
    ]
    once = registry.canonical(data, query)
    assert once == [
        ("giadinh", "one.member.village_head"),
        ("giadinh", "two.fill.front_head"),
        ("lang", "en"),
        ("giadinh", "gone.fill.front_head"),
    ]
    assert registry.canonical(data, once) == once
