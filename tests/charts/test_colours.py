"""Colours that carry meaning are told apart by every eye and in grey print, or a shape says the same."""

from __future__ import annotations

import json
import re
from itertools import combinations

import pytest
from colour_vision import BLINDNESS, contrast, distance, lightness

from dashboard import charts, exhibits
from dashboard.charts import goals, overlap, structure, theme
from dashboard.dataset import default_folder, load, scenario, select

# Colours that stand in one chart, by what they mean.
GROUPS = {
    "combination": overlap.COMBINATION_COLOURS,
    "pool": overlap.POOL_COLOURS,
    "state": overlap.STATE_COLOURS,
    "status": goals.STATUS_COLOURS,
    "level": structure.LEVEL_COLOURS,
    "members": {"commune": theme.BLUE, "outside": theme.STEEL},
    "peers": {"mine": theme.RED, "others": theme.STEEL},
    "path": {"share": theme.BLUE, "target": theme.RED},
    "changes": {"now": theme.BLUE, "between": theme.STEEL},
}
# What is told by more than its colour: two of one group that differ here may look alike.
SIGNS = {
    "status": goals.STATUS_SHAPES,
    "level": dict(zip(structure.LEVEL_COLOURS, structure.LEVEL_SHAPES, strict=True)),
}
# What is drawn around, below and upon: it means nothing by its colour.
FURNITURE = {theme.PALE, theme.TRACK, theme.INK, theme.SOFT_INK, theme.WHITE}
# A mark of these alone is seen on the page; every other filled mark has an edge.
ALONE = {theme.RED, theme.BLUE, theme.STEEL, theme.INK, theme.SOFT_INK, overlap.STATE_COLOURS["not_reported"]}

OF_ONE = [
    "structure.organizations",
    "commune.peers",
    "commune.goals_over_time",
    "village.history:huong-son-2",
]

# Just seen side by side is 2 (distance) and 1 (lightness): over a chart's width it takes several times that.
APART = 12
GREY_STEP = 10

PAIRS = [
    (group, one, other)
    for group, colours in GROUPS.items()
    for one, other in combinations(colours, 2)
    if SIGNS.get(group, {}).get(one, "") == SIGNS.get(group, {}).get(other, "")
]


@pytest.fixture(scope="module")
def plots() -> list[charts.Plot]:
    """Every chart of the bundled data: of all, of one commune, of one village, of a what-if."""
    data = load(default_folder())
    whole = select(data, (), data.dates[-1])
    one = select(data, ("huong-son",), data.dates[-1])
    built = exhibits.every(data, whole)
    built += exhibits.build(data, one, OF_ONE)
    change = scenario.parse("khe-tre-1.member.front_head")
    assert isinstance(change, scenario.Change)
    built += exhibits.build(data, select(data, (), data.dates[-1], scenario=[change]), ["what_if.goals"])
    return [exhibit.plot for exhibit in built if exhibit.plot is not None]


@pytest.mark.parametrize(("group", "one", "other"), PAIRS)
def test_a_pair_is_told_apart_by_the_colour_blind_and_in_grey(group: str, one: str, other: str):
    first, second = GROUPS[group][one], GROUPS[group][other]
    found = {blindness: distance(first, second, blindness) for blindness in BLINDNESS}
    assert min(found.values()) >= APART, found
    assert abs(lightness(first) - lightness(second)) >= GREY_STEP


def test_every_colour_of_a_chart_is_in_a_group_or_means_nothing(plots: list[charts.Plot]):
    known = {colour for colours in GROUPS.values() for colour in colours.values()} | FURNITURE | {theme.AMBER}
    for plot in plots:
        used = set(re.findall(r"#[0-9A-Fa-f]{6}", json.dumps(plot.spec)))
        assert used <= known, plot.draw


def test_what_is_reached_is_navy_and_what_is_missing_amber(plots: list[charts.Plot]):
    colour = {
        scale["domain"][i]: scale["range"][i]
        for plot in plots
        for layer in plot.spec["layer"]
        if (scale := layer.get("encoding", {}).get("color", {}).get("scale", {})) and "met" in scale["domain"]
        for i in range(len(scale["domain"]))
    }
    assert (colour["met"], colour["not_met"]) == ("#173F6F", "#E0A038")


@pytest.mark.parametrize("colour", sorted(ALONE))
def test_a_mark_without_an_edge_stands_out_from_the_page(colour: str):
    assert contrast(colour, theme.WHITE) >= 3


def test_the_edge_stands_out_from_all_that_is_filled_with_a_light_colour():
    colours = {colour for group in GROUPS.values() for colour in group.values()} | {theme.AMBER, theme.TRACK}
    for colour in colours - ALONE:
        assert contrast(theme.EDGE["stroke"], colour) >= 3, colour


def test_what_is_filled_has_an_edge(plots: list[charts.Plot]):
    for plot in plots:
        for layer in plot.spec["layer"]:
            mark = layer["mark"]
            if mark["type"] not in ("bar", "point") or mark.get("filled") is False:
                continue
            furniture = mark.get("color") == theme.TRACK
            edge = mark.get("stroke") in (theme.SOFT_INK, theme.INK)
            assert edge or furniture or mark.get("color") in ALONE, (plot.draw, mark)


@pytest.mark.parametrize("state", overlap.STATE_COLOURS)
def test_rings_signs_and_lines_stand_out_from_the_cells_below_them(state: str):
    cell = overlap.STATE_COLOURS[state]
    assert contrast(theme.INK, cell) >= 4.5
    if state in ("member", "not_member"):  # only these have a holder, who may hold further posts
        assert contrast(theme.RED, cell) >= 3


@pytest.mark.parametrize("group", ["combination", "pool", "state"])
def test_numbers_on_bars_are_read(group: str):
    for colour in GROUPS[group].values():
        ink = theme.WHITE if colour in theme.DARK else theme.INK
        assert contrast(ink, colour) >= 4.5, colour
    assert contrast(theme.INK, theme.AMBER) >= 4.5


def test_writing_is_read_on_the_page():
    for colour in (theme.INK, theme.SOFT_INK, theme.RED, theme.BLUE):
        assert contrast(colour, theme.WHITE) >= 4.5
        assert contrast(colour, "#F4F6F8") >= 4.5  # the sidebar
