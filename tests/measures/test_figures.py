"""The figures as other programs read them."""

import json

from dashboard import measures
from dashboard.dataset import select

PAIRS = ("secretary+village_head", "secretary+front_head", "village_head+front_head")


def figures(data, *communes, **options):
    """As they arrive after a journey through JSON."""
    return json.loads(json.dumps(measures.figures(data, select(data, communes, **options)), allow_nan=False))


def test_the_documented_example(bundled):
    result = figures(bundled, "huong-son")
    assert result["structure"] == {
        "grassroots": 1,
        "committees": 1,
        "cells": 0,
        "subcells": 11,
        "members": 156,
        "admitted": 6,
        "villages": 6,
        "households": 640,
        "population": 2600,
        "incomplete": {"members": 0, "admitted": 0, "households": 0, "population": 0},
    }
    no_overlap = {"villages": 6, PAIRS[0]: 0, PAIRS[1]: 0, "all_three": 0, "none": 6}
    assert result["overlap"] == {
        "villages": 6,
        "pairs": dict.fromkeys(PAIRS, 0),
        "all_three": 0,
        "any": 0,
        "none": 6,
        "unreported": 0,
        "vacant": {"front_head": 1},
        "by_commune": [{"commune_id": "huong-son", **no_overlap}],
    }
    heads = {"numerator": 4, "denominator": 6, "status": "not_met", "needed": 1}
    heads |= {"unreported": 0, "certain": True}
    assert result["goals"][0] == {
        "goal_id": "village_head_member",
        **heads,
        "share": 0.6667,
        "operator": ">",
        "target": 80.0,
        "by_commune": [{"commune_id": "huong-son", **heads}],
    }


def test_the_figures_say_what_was_chosen(bundled):
    result = figures(bundled, "outside", "huong-son", as_of="2022-12-31", boundaries="then")
    assert (result["as_of"], result["communes"]) == ("2022-12-31", ["huong-son", "outside"])
    assert (result["sample"], result["version"]) == (True, bundled.about.version)


def test_reconciliation_is_of_the_whole_data_set_whatever_is_chosen(bundled):
    whole = figures(bundled)["reconciliation"]
    assert figures(bundled, "huong-son", as_of="2021-12-31")["reconciliation"] == whole
    assert {
        "figure_id": "village_heads_members",
        "published": 50,
        "denominator": 60,
        "computed": 50,
        "computed_denominator": 60,
        "status": "agrees",
    } in whole
