"""The fewest changes that reach every goal, compared with trying all of them out."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import combinations

import pytest

from dashboard import schema
from dashboard.dataset import select
from dashboard.measures import gap

POSTS = schema.POSITIONS[1:]


def officers(*villages: dict[str, str]) -> str:
    """A table of villages v0, v1, … with the holder of each post as the builder writes it."""
    lines = [f"v{i} | " + " | ".join(held.get(post, "") for post in POSTS) for i, held in enumerate(villages)]
    return "\n".join(["village_id | " + " | ".join(POSTS), *lines])


def goals(**targets: str) -> str:
    """Goals written as positions="> 80"."""
    lines = [
        f"g{i} | member_share:{positions.replace('__', '+')} | {target.split()[0]} | {target.split()[1]}"
        for i, (positions, target) in enumerate(targets.items())
    ]
    return "\n".join(["goal_id | measure | operator | target", *lines])


def plan_of(build, table: str, written: str) -> gap.Plan:
    data = build(
        villages="village_id\n" + "\n".join(f"v{i}" for i in range(9)), officers=table, goals=written
    )
    return gap.fewest(data, select(data))


def test_one_holder_of_two_posts_serves_two_goals_at_once(build):
    table = officers({"front_head": "A-", "youth_head": "A-"}, {"front_head": "B-"}, {"youth_head": "C-"})
    plan = plan_of(build, table, goals(front_head=">= 50", youth_head=">= 50"))
    assert plan.changes == 1
    assert plan.choices == (gap.Choice(gap.MEMBER, ("front_head", "youth_head"), 2, 1, 1),)


def test_a_vacant_post_may_be_filled_by_a_member(build):
    plan = plan_of(
        build,
        officers({"front_head": "A+"}, {"front_head": "B-"}, {"front_head": "vacant"}),
        goals(front_head=">= 66"),
    )
    assert plan.changes == 1


def test_holders_that_move_the_goals_alike_are_one_choice(build):
    table = officers({"farmers_head": "A-"}, {"women_head": "B-"}, {"veterans_head": "C-"})
    plan = plan_of(build, table, goals(farmers_head__women_head__veterans_head="> 60"))
    assert plan.choices == (gap.Choice(gap.MEMBER, ("farmers_head", "women_head", "veterans_head"), 1, 2, 3),)


def test_what_cannot_be_reached_has_no_number(build):
    assert plan_of(build, officers({"front_head": "A-"}), goals(front_head="> 100")).changes is None


def test_goals_that_are_met_need_nothing(build):
    plan = plan_of(build, officers({"front_head": "A+"}), goals(front_head="> 80"))
    assert (plan.goals, plan.changes, plan.choices) == ((), 0, ())


def test_a_post_that_is_not_reported_is_in_the_way_but_no_change(build):
    data = build(
        villages="village_id\nv0\nv1",
        officers=officers({"front_head": "A-", "youth_head": "A-"}, {"youth_head": "vacant"}),
        goals=goals(front_head="> 80", youth_head="> 80"),
    )
    found = gap.obstacles(data, select(data))
    assert list(
        zip(found["village_id"], found["positions"], found["reason"], found["goals"], strict=True)
    ) == [
        ("v0", ("front_head", "youth_head"), "not_member", 2),
        ("v1", ("youth_head",), "vacant", 1),
        ("v1", ("front_head",), "not_reported", 1),
    ]


def tried_out(
    villages: list[dict[str, str]], targets: list[tuple[tuple[str, ...], str, Fraction]]
) -> int | None:
    """The fewest changes by trying every set of them, the small ones first."""
    changes = []
    for i, held in enumerate(villages):
        outsiders = {holder for holder in held.values() if holder.endswith("-")}
        changes += [[(i, post) for post in POSTS if held.get(post) == holder] for holder in sorted(outsiders)]
        changes += [[(i, post)] for post in POSTS if held.get(post) == "vacant"]
    for size in range(len(changes) + 1):
        for chosen in combinations(changes, size):
            members = {place for change in chosen for place in change}
            if all(reached(villages, members, *target) for target in targets):
                return size
    return None


def reached(
    villages: list[dict[str, str]],
    members: set[tuple[int, str]],
    positions: tuple[str, ...],
    operator: str,
    target: Fraction,
) -> bool:
    """Whether a goal is met once the holders of these posts are members; one without posts has no say."""
    filled = part = 0
    for i, held in enumerate(villages):
        for post in positions:
            if held.get(post, "").endswith(("+", "-")) or (i, post) in members:
                filled += 1
                part += held.get(post, "").endswith("+") or (i, post) in members
    if not any(held.get(post, "").endswith(("+", "-")) for held in villages for post in positions):
        return True
    return Fraction(part, filled) > target if operator == ">" else Fraction(part, filled) >= target


@pytest.mark.parametrize("seed", range(10))
def test_no_smaller_set_of_changes_does(build, seed):
    dice = random.Random(seed)
    for _ in range(10):
        villages = [_village(dice) for _ in range(dice.randint(1, 4))]
        targets = {}
        for _ in range(dice.randint(1, 4)):
            positions = tuple(post for post in POSTS if dice.random() < 0.4) or (dice.choice(POSTS),)
            targets["__".join(positions)] = (
                f"{dice.choice(['>', '>='])} {dice.choice([50, 66.7, 80, 100, 33.3])}"
            )
        plan = plan_of(build, officers(*villages), goals(**targets))
        expected = tried_out(
            villages,
            [
                (tuple(name.split("__")), target.split()[0], Fraction(target.split()[1]) / 100)
                for name, target in targets.items()
            ],
        )
        assert plan.changes == expected, (villages, targets)


def _village(dice: random.Random) -> dict[str, str]:
    """Few holders, so that one often has several posts, and few of them outside the party."""
    states = {letter: dice.choice("+-") for letter in "ABCD"}
    held = {}
    for post in POSTS:
        letter = dice.choice("ABCD")
        held[post] = dice.choices([f"{letter}{states[letter]}", "vacant", ""], [8, 1, 1])[0]
    return held
