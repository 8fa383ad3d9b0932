"""The goals of a data set, parsed once."""

from __future__ import annotations

from dashboard import schema

GOALS = """
goal_id | name_vi | name_en | measure | operator | target | deadline | source
heads | Trưởng thôn | Heads | member_share:village_head | > | 80 | 2025-12-31 | Nghị quyết
both | Kiêm nhiệm | Both | overlap_share:secretary+village_head | up | | |
members | Đảng viên | Members | count:members | >= | 2500 | |"""


def test_a_goal_has_its_measure_target_and_names(build):
    goals = build(goals=GOALS).goal
    assert list(goals) == ["heads", "both", "members"]
    heads = goals["heads"]
    assert heads.measure == schema.Measure("member_share", ("village_head",))
    assert (heads.operator, heads.target, heads.line, heads.deadline) == (">", 80.0, 0.8, "2025-12-31")
    assert (heads.name("vi"), heads.name("en"), heads.source) == ("Trưởng thôn", "Heads", "Nghị quyết")


def test_only_a_share_has_a_target_on_the_axis_of_shares(build):
    goals = build(goals=GOALS).goal
    assert (goals["both"].target, goals["both"].line) == (None, None)
    assert (goals["members"].target, goals["members"].line) == (2500.0, None)
