"""The fewest changes that reach every goal, compared with trying all of them out."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import combinations

import pandas as pd
import pytest

from dashboard import schema
from dashboard.dataset import About, Dataset, positions, scenario, select
from dashboard.measures import gap

POSTS = schema.POSITIONS[1:]
DATE = "2024-12-31"
Held = dict[str, str]
Target = tuple[tuple[str, ...], str, Fraction]


def officers(*villages: Held) -> str:
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


def data_of(build, table: str, goal_table: str) -> Dataset:
    return build(
        villages="village_id\n" + "\n".join(f"v{i}" for i in range(9)), officers=table, goals=goal_table
    )


def plan_of(build, table: str, goal_table: str) -> gap.Plan:
    data = data_of(build, table, goal_table)
    return gap.fewest(data, select(data))


def choices_of(plan: gap.Plan) -> list[tuple[object, ...]]:
    return [
        (choice.change, choice.positions, choice.posts, choice.chosen, choice.available)
        for choice in plan.choices
    ]


def test_holders_that_move_the_goals_alike_are_one_choice(build):
    table = officers({"farmers_head": "A-"}, {"women_head": "B-"}, {"veterans_head": "C-"})
    plan = plan_of(build, table, goals(farmers_head__women_head__veterans_head="> 60"))
    assert choices_of(plan) == [(scenario.MEMBER, ("farmers_head", "women_head", "veterans_head"), 1, 2, 3)]


def test_a_post_that_is_not_reported_is_in_the_way_but_no_change(build):
    data = build(
        villages="village_id\nv0\nv1",
        officers=officers({"front_head": "A-", "youth_head": "A-"}, {"youth_head": "vacant"}),
        goals=goals(front_head="> 80", youth_head="> 80"),
    )
    assert in_the_way(data) == [
        ("v0", ("front_head", "youth_head"), "not_member", 2),
        ("v1", ("youth_head",), "vacant", 1),
        ("v1", ("front_head",), "not_reported", 1),
    ]


def in_the_way(data: Dataset, limit: int = 100) -> list[tuple[object, ...]]:
    rows = gap.obstacles(data, select(data), limit).rows
    return list(zip(rows["village_id"], rows["positions"], rows["reason"], rows["goals"], strict=True))


TWO_COMMUNES = {
    "communes": "commune_id\nnorth\nsouth",
    "villages": "village_id | commune_id\nv0 | south\nv1 | north\nv2 | south",
    "officers": officers(
        {"front_head": "A-", "youth_head": "A-"},
        {"front_head": "B-"},
        {"front_head": "C-", "youth_head": "D-"},
    ),
}


def test_the_posts_in_the_way_stand_by_commune_and_there_by_how_much_they_move(build):
    data = build(**TWO_COMMUNES, goals=goals(front_head="> 80", youth_head="> 80"))
    assert [
        (village, served) for village, _, reason, served in in_the_way(data) if reason == "not_member"
    ] == [
        ("v1", 1),
        ("v0", 2),
        ("v2", 1),
        ("v2", 1),
    ]


def test_those_that_move_most_stay_where_there_is_no_room_for_all(build):
    data = build(**TWO_COMMUNES, goals=goals(front_head="> 80", youth_head="> 80"))
    assert in_the_way(data, limit=1) == [("v0", ("front_head", "youth_head"), "not_member", 2)]
    assert gap.obstacles(data, select(data), 1).more == 4


def test_the_first_of_those_that_are_alike_are_named(build):
    data = build(**TWO_COMMUNES, goals=goals(front_head=">= 60"))
    assert gap.concrete(data, select(data)) == (
        ("v1", scenario.MEMBER, "front_head"),
        ("v0", scenario.MEMBER, "front_head"),
    )
    assert gap.concrete(data, select(data, ["south"])) == (
        ("v0", scenario.MEMBER, "front_head"),
        ("v2", scenario.MEMBER, "front_head"),
    )


def test_a_plan_prefers_changes_that_serve_more_goals(build):
    # Two changes are needed for the youth; the holder who leads the Front as well serves a second goal that
    # two others could serve too.
    table = officers(
        {"youth_head": "A-"},
        {"youth_head": "B-"},
        {"youth_head": "C-", "front_head": "C-"},
        {"front_head": "D+"},
        {"front_head": "E-"},
    )
    plan = plan_of(build, table, goals(youth_head=">= 60", front_head=">= 60"))
    assert plan.changes == 2
    assert max(choice.goals for choice in plan.choices) == 2


@pytest.mark.parametrize("seed", range(12))
def test_no_smaller_set_of_changes_does(seed):
    dice = random.Random(seed)
    for _ in range(25):
        case = Case(dice)
        whole = select(case.data)
        rows = gap.by_commune(case.data, whole).set_index("area")["changes"]
        for selection, villages in (
            (whole, case.villages),
            *((select(case.data, [commune]), case.of(commune)) for commune in ("north", "south")),
        ):
            expected = tried_out(villages, case.targets)
            assert gap.fewest(case.data, selection).changes == expected, (villages, case.targets)
            if selection.only:
                assert (None if pd.isna(rows[selection.only]) else rows[selection.only]) == expected
            steps = gap.concrete(case.data, selection)
            assert len(set(steps)) == len(steps) == (expected or 0)
            if expected is not None:
                assert all(reached(villages, after(villages, steps), *target) for target in case.targets)


class Case:
    """A small data set: a few holders, so that one often has several posts, in two communes, with several
    goals at once, some of which nothing can reach."""

    def __init__(self, dice: random.Random) -> None:
        count = dice.randint(1, 4)
        self.villages = {f"v{i}": _village(dice) for i in range(count)}
        self.communes = {village: dice.choice(["north", "south"]) for village in self.villages}
        self.targets: list[Target] = []
        for _ in range(dice.randint(1, 4)):
            positions = tuple(post for post in POSTS if dice.random() < 0.4) or (dice.choice(POSTS),)
            percent = dice.choice(["50", "66.7", "80", "100", "33.3"])
            self.targets.append((positions, dice.choice([">", ">="]), Fraction(percent) / 100))
        self.data = _data(self)

    def of(self, commune: str) -> dict[str, Held]:
        return {village: held for village, held in self.villages.items() if self.communes[village] == commune}


def _village(dice: random.Random) -> Held:
    states = {letter: dice.choice("+-") for letter in "ABCD"}
    held = {}
    for post in POSTS:
        letter = dice.choice("ABCD")
        held[post] = dice.choices([f"{letter}{states[letter]}", "vacant", ""], [8, 1, 1])[0]
    return held


def _data(case: Case) -> Dataset:
    """The data set without its files: reading five hundred of them takes a minute."""
    rows = {
        "communes": [
            {"commune_id": commune, "name": commune, "kind": "xa"} for commune in ("north", "south")
        ],
        "villages": [
            {"village_id": village, "commune_id": commune, "name": village, "kind": "thon"}
            for village, commune in case.communes.items()
        ],
        "officers": [
            {
                "as_of": DATE,
                "village_id": village,
                "position": post,
                "holder": held[post].strip("+-") if held[post] != "vacant" else "",
                "party_member": None if held[post] == "vacant" else held[post].endswith("+"),
            }
            for village, held in case.villages.items()
            for post in POSTS
            if held[post]
        ],
        "goals": [
            {
                "goal_id": f"g{i}",
                "name_vi": f"g{i}",
                "name_en": f"g{i}",
                "measure": f"member_share:{'+'.join(positions)}",
                "operator": operator,
                "target": float(share * 100),
            }
            for i, (positions, operator, share) in enumerate(case.targets)
        ],
    }
    frames = {}
    for table in schema.TABLES:
        if table.optional:
            frames[table.name] = positions.default().frame
            continue
        frame = pd.DataFrame(rows.get(table.name, []), columns=list(table.column_names), dtype=object)
        for column in table.columns:
            kind = {"count": "Int64", "number": "Float64", "flag": "boolean"}.get(column.kind)
            frame[column.name] = (
                frame[column.name].astype(kind) if kind else frame[column.name].fillna("").astype("str")
            )
        frames[table.name] = frame
    return Dataset(About("Thử", "Thử", True, "Thử", "", "", "0"), **frames)


def tried_out(villages: dict[str, Held], targets: list[Target]) -> int | None:
    """The fewest changes by trying every set of them, the small ones first."""
    changes = []
    for village, held in villages.items():
        outsiders = {holder for holder in held.values() if holder.endswith("-")}
        changes += [
            [(village, post) for post in POSTS if held[post] == holder] for holder in sorted(outsiders)
        ]
        changes += [[(village, post)] for post in POSTS if held[post] == "vacant"]
    everything = {place for change in changes for place in change}
    if not all(reached(villages, everything, *target) for target in targets):
        return None  # a change never sets a goal back, so nothing less reaches them either
    for size in range(len(changes) + 1):
        for chosen in combinations(changes, size):
            members = {place for change in chosen for place in change}
            if all(reached(villages, members, *target) for target in targets):
                return size
    return None


def after(villages: dict[str, Held], steps: tuple[tuple[str, str, str], ...]) -> set[tuple[str, str]]:
    """The posts that come to be held by members."""
    members = set()
    for village, change, position in steps:
        held = villages[village]
        if change == scenario.FILL:
            assert held[position] == "vacant"
            members.add((village, position))
        else:
            assert held[position].endswith("-")
            members |= {(village, post) for post in POSTS if held[post] == held[position]}
    return members


def reached(
    villages: dict[str, Held],
    members: set[tuple[str, str]],
    positions: tuple[str, ...],
    operator: str,
    target: Fraction,
) -> bool:
    """Whether a goal is met once the holders of these posts are members; one without posts has no say."""
    filled = part = 0
    for village, held in villages.items():
        for post in positions:
            if held[post].endswith(("+", "-")) or (village, post) in members:
                filled += 1
                part += held[post].endswith("+") or (village, post) in members
    if not any(held[post].endswith(("+", "-")) for held in villages.values() for post in positions):
        return True
    return Fraction(part, filled) > target if operator == ">" else Fraction(part, filled) >= target
