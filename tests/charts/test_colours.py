"""Colours that carry meaning are told apart by every eye and in grey print, or a shape says the same."""

from __future__ import annotations

from itertools import combinations

import pytest
from colour_vision import BLINDNESS, contrast, distance, lightness

from dashboard.charts import theme
from dashboard.charts.theme import COLOURS, KINDS, UNKNOWN

# Kinds and colours that are in one chart.
TOGETHER = [
    ("member", "not_member", "vacant", "not_reported"),
    ("all_three", "head", "front", "pair", "none", "unreported"),
    ("same", "ready", "member_first", "no_head"),
    ("value", "outside"),
]
LINES = ("value", "chosen", "neutral-pale")

# Just seen side by side is 2 (distance) and 1 (lightness): over a chart's width it takes several times that.
APART = 12
GREY_STEP = 10


def looks(kind: str) -> tuple[str, str]:
    """Fill and edge of a kind."""
    fill, edge = KINDS[kind]
    return COLOURS[fill], COLOURS[edge or fill]


@pytest.mark.parametrize(("one", "other"), [pair for kinds in TOGETHER for pair in combinations(kinds, 2)])
def test_a_pair_is_told_apart_by_the_colour_blind_and_in_grey(one: str, other: str):
    if (one in UNKNOWN) != (other in UNKNOWN):  # only one of them has a dashed edge
        return
    pairs = list(zip(looks(one), looks(other), strict=True))
    for blindness in BLINDNESS:
        assert max(distance(first, second, blindness) for first, second in pairs) >= APART, blindness
    assert max(abs(lightness(first) - lightness(second)) for first, second in pairs) >= GREY_STEP


def test_lines_are_told_apart():
    for first, second in combinations((COLOURS[name] for name in LINES), 2):
        assert min(distance(first, second, blindness) for blindness in BLINDNESS) >= APART
        assert abs(lightness(first) - lightness(second)) >= GREY_STEP


def test_every_kind_is_in_a_group():
    assert {kind for kinds in TOGETHER for kind in kinds} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_mark_stands_out_from_the_page(kind: str):
    assert contrast(looks(kind)[1], theme.WHITE) >= 3


def test_what_is_reached_is_navy_and_what_is_missing_amber():
    assert [looks(kind)[0] for kind in ("value", "member", "not_member", "member_first")] == [
        *("#173F6F", "#173F6F"),
        *("#E0A038", "#E0A038"),
    ]
    amber = {kind for kind in KINDS if looks(kind)[0] == COLOURS["missing"]}
    assert amber == {"not_member", "member_first"}


def test_red_is_the_chosen_place_and_the_mark_alone():
    assert [kind for kind in KINDS if COLOURS["chosen"] in looks(kind)] == []


def test_a_ground_of_the_heat_table_is_read():
    for depth in (0, 0.4, 0.8):
        assert contrast(theme.INK, theme.mixed(theme.AMBER, depth)) >= 4.5


def test_a_colour_of_which_nothing_is_seen_is_white():
    assert (theme.mixed("#173F6F", 0), theme.mixed("#173F6F", 1)) == ("#FFFFFF", "#173F6F")


def test_writing_is_read_on_the_page():
    for colour in (theme.INK, theme.SOFT_INK, theme.RED, theme.BLUE):
        assert contrast(colour, theme.WHITE) >= 4.5
        assert contrast(colour, "#F4F6F8") >= 4.5  # the sidebar
