"""The figures as other programs read them."""

import json

from dashboard import measures, schema
from dashboard.dataset import select

PAIRS = ("secretary+village_head", "secretary+front_head", "village_head+front_head")
# The shape of design.md, section 5: a dict's keys, a list's first entry.
SHAPE = {
    "as_of": str,
    "communes": [str],
    "boundaries": str,
    "sample": bool,
    "version": str,
    "structure": {
        **dict.fromkeys(schema.COUNTS, int),
        "incomplete": dict.fromkeys(("members", "admitted", "households", "population"), int),
    },
    "overlap": {
        "villages": int,
        "pairs": dict.fromkeys(PAIRS, int),
        "all_three": int,
        "any": int,
        "none": int,
        "vacant": {"front_head": int},
        "by_commune": [
            {"commune_id": str, "villages": int, PAIRS[0]: int, PAIRS[1]: int, "all_three": int, "none": int}
        ],
    },
    "goals": [
        {
            "goal_id": str,
            "numerator": int,
            "denominator": int,
            "share": float,
            "operator": str,
            "target": float,
            "status": str,
            "needed": int,
            "unreported": int,
            "certain": bool,
            "by_commune": [
                {
                    "commune_id": str,
                    "numerator": int,
                    "denominator": int,
                    "status": str,
                    "needed": int,
                    "unreported": int,
                    "certain": bool,
                }
            ],
        }
    ],
    "reconciliation": [
        {
            "figure_id": str,
            "published": int,
            "denominator": (int, type(None)),
            "computed": int,
            "computed_denominator": (int, type(None)),
            "status": str,
        }
    ],
}


def figures(data, *communes, **options):
    """As they arrive after a journey through JSON."""
    return json.loads(json.dumps(measures.figures(data, select(data, communes, **options)), allow_nan=False))


def shape_differs(value, shape, place="figures"):
    """The first place where a value has another shape; None where there is none."""
    if isinstance(shape, dict):
        if not isinstance(value, dict) or list(value) != list(shape):
            return f"{place}: {value}"
        found = (shape_differs(value[key], shape[key], f"{place}.{key}") for key in shape)
        return next((place for place in found if place), None)
    if isinstance(shape, list):
        if not isinstance(value, list) or not value:
            return f"{place}: {value}"
        return shape_differs(value[0], shape[0], f"{place}[0]")
    return None if isinstance(value, shape) else f"{place}: {value!r}"


def test_they_have_the_keys_of_the_contract(bundled):
    assert shape_differs(figures(bundled, "huong-son"), SHAPE) is None


def test_the_documented_example(bundled):
    found = figures(bundled, "huong-son")
    assert found["structure"] == {
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
    assert found["overlap"] == {
        "villages": 6,
        "pairs": dict.fromkeys(PAIRS, 0),
        "all_three": 0,
        "any": 0,
        "none": 6,
        "vacant": {"front_head": 1},
        "by_commune": [{"commune_id": "huong-son", **no_overlap}],
    }
    heads = {"numerator": 4, "denominator": 6, "status": "not_met", "needed": 1}
    heads |= {"unreported": 0, "certain": True}
    assert found["goals"][0] == {
        "goal_id": "village_head_member",
        **heads,
        "share": 0.6667,
        "operator": ">",
        "target": 80.0,
        "by_commune": [{"commune_id": "huong-son", **heads}],
    }


def test_the_figures_say_what_was_chosen(bundled):
    found = figures(bundled, "outside", "huong-son", as_of="2022-12-31", boundaries="then")
    assert (found["as_of"], found["communes"]) == ("2022-12-31", ["huong-son", "outside"])
    assert (found["sample"], found["version"]) == (True, bundled.about.version)


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
