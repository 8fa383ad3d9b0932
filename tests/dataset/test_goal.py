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
    assert (heads.operator, heads.deadline) == (">", "2025-12-31")
    assert (heads.name("vi"), heads.name("en"), heads.source) == ("Trưởng thôn", "Heads", "Nghị quyết")
    # Only a share has a target on the axis of shares.
    targets = [(goal.target, goal.line) for goal in goals.values()]
    assert targets == [(80.0, 0.8), (None, None), (2500.0, None)]
