"""A commune divided and one merged twice: every figure of a small set, counted by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard import exhibits, schema, text
from dashboard.dataset import areas, select
from dashboard.measures import aggregates, comparison, structure
from dividing_communes import AFTER, BEFORE, BETWEEN, tables

SETTINGS = ("", "east", "west")
BOUNDARIES = ("then", "now")


@pytest.fixture(params=SETTINGS)
def data(request, build):
    return build(**tables(request.param)).on("2026-01-01")


# As of a date, seen from a day ("" = then): members and villages of every area. What is said of the whole of
# the divided commune decides where the 5 members of its office count.
WHOLE = "whole"
COUNTED = {
    (BEFORE, ""): {"old": (65, 4), "first": (4, 1), "west": (7, 1)},
    (BETWEEN, ""): {"old": (65, 4), "second": (4, 1), "west": (7, 1)},
    (AFTER, ""): {"west": (57, 2), "east": (12, 1), "third": (4, 1)},
    (BEFORE, "2024-01-01"): {"old": (65, 4), "second": (4, 1), "west": (7, 1)},
    (BEFORE, "2025-06-30"): {"old": (65, 4), "second": (4, 1), "west": (7, 1)},
    (BEFORE, "2026-01-01"): {WHOLE: (5, 1), "west": (57, 3), "east": (10, 1), "third": (4, 1)},
    (BETWEEN, "2026-01-01"): {WHOLE: (5, 1), "west": (57, 3), "east": (10, 1), "third": (4, 1)},
    (AFTER, "2026-01-01"): {"west": (57, 2), "east": (12, 1), "third": (4, 1)},
}


@pytest.mark.parametrize("merged_into", SETTINGS)
@pytest.mark.parametrize(("as_of", "today"), COUNTED)
def test_members_and_villages_of_every_area(build, merged_into, as_of, today):
    data = build(**tables(merged_into)).on(today or "2026-01-01")
    expected = dict(COUNTED[as_of, today])
    if WHOLE in expected:
        left, into = expected.pop(WHOLE), merged_into or "old"
        expected[into] = tuple(map(sum, zip(left, expected.get(into, (0, 0)), strict=True)))
    rows = aggregates.by_area(data, as_of, "now" if today else "then")
    counts = {area: (row["members"], row["villages"]) for area, row in rows.iterrows()}
    assert counts.pop("outside") == (9, 0)
    assert counts == expected
    assert set(areas.listed(data, as_of, "now" if today else "then")) == expected.keys()


def test_every_column_summed_over_the_areas_is_the_same_under_both_boundaries(data):
    for as_of in data.dates:
        then, now = (aggregates.by_area(data, as_of, kind).sum() for kind in BOUNDARIES)
        differs = then.index[then != now].tolist()
        assert differs == []


def test_the_figures_of_an_earlier_date_count_in_the_communes_of_the_chosen_one(data):
    """Under the boundaries of then, too: a divided commune is followed village by village."""
    selection = select(data, as_of=AFTER)
    rows = aggregates.at_date(data, selection, BETWEEN)
    assert rows.loc[["west", "east", "third"], "villages"].tolist() == [
        3 + (whole(data) == "west"),
        1 + (whole(data) == "east"),
        1,
    ]
    assert rows["members"].sum() == 85
    measure = schema.Measure("count", ("members",))
    gained = comparison.measured(data, selection, measure, BETWEEN, AFTER)[1]
    assert {area: (comparison.compared, comparison.gained) for area, comparison in gained.items()} == {
        "west": (2, 30),
        "east": (1, 2),
        "third": (1, 0),
    }


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_a_part_of_what_was_divided_is_said_to_be_one(data, lang):
    selection = select(data, as_of=AFTER, since=BETWEEN, lang=lang)
    parts = {"third": ("second",), "west": ("old", "west"), "east": ("old",)}
    assert comparison.merged(data, selection) == parts
    (exhibit,) = exhibits.build(data, selection, ["changes.members"])
    part = selection.text("changes.part", name=selection.text("code.commune_kind.xa", name="Đồng"))
    assert sum(part in note for note in exhibit.notes) == 2


def whole(data) -> str:
    row = data.communes[data.communes["commune_id"] == "old"].iloc[0]
    return row["merged_into"] or "old"


def test_an_organisation_under_that_of_a_village_follows_it(build):
    data = build(
        communes="commune_id | valid_to\na | 2025-06-30\nb |",
        villages="""
            village_id | commune_id | valid_from | valid_to
            v | a | | 2025-06-30
            v | b | 2025-07-01 | """,
        organizations="""
            org_id | parent_id | level | commune_id | village_id | members
            top | root | committee | a | v |
            inner | top | subcell | a | | 8
            apart | root | cell | a | | 3""",
    ).on("2026-01-01")
    rows = structure.by_commune(data, select(data, boundaries="now")).set_index("area")
    assert rows.loc[["a", "b"], "members"].tolist() == [3, 8]
    assert rows.loc[["a", "b"], "committees"].tolist() == [0, 1]


def test_an_unreported_commune_that_was_divided_leaves_a_gap_in_each_part(build):
    data = build(
        communes="commune_id | valid_to\na | 2025-06-30\nb |\nc |",
        villages="""
            village_id | commune_id | valid_from | valid_to
            v | a | | 2025-06-30
            w | a | | 2025-06-30
            v | b | 2025-07-01 |
            w | c | 2025-07-01 | """,
        organizations="org_id | level | commune_id | members\nb1 | cell | b | 8\nc1 | cell | c | 8",
    ).on("2026-01-01")
    rows = aggregates.by_area(data, data.dates[-1], "now")
    assert rows.loc[["b", "c", "outside"], "unreported_areas"].tolist() == [1, 1, 0]
    assert "a" not in rows.index


def test_a_choice_is_carried_over_a_division(data):
    assert set(areas.carried(data, ["old"], AFTER, "then")) == {"east", "west"}
    assert set(areas.carried(data, ["east"], BETWEEN, "then")) == {"old"}
    assert set(areas.carried(data, ["first"], BETWEEN, "then")) == {"second"}
    assert set(areas.carried(data, ["third"], BEFORE, "then")) == {"first"}


# The chosen areas, the date, the boundaries, and the date that changes are told from.
DRAWN = (
    ((), BETWEEN, "now", ""),
    (("east",), BETWEEN, "now", BEFORE),
    (("west", "outside"), BEFORE, "now", ""),
    ((), AFTER, "then", BETWEEN),
    (("west",), AFTER, "then", BEFORE),
    (("third",), AFTER, "now", ""),
)


@pytest.mark.parametrize("drawn", DRAWN)
def test_every_exhibit_can_be_drawn(data, drawn):
    chosen, as_of, kind, since = drawn
    selection = select(data, chosen, as_of, kind, since=since)
    ids = [*exhibits.known(data), *(["commune.portrait", "commune.peers"] if selection.only else [])]
    ids += [f"village.{part}:{village}" for village in ("o1", "o3", "o4") for part in ("portrait", "history")]
    assert exhibits.build(data, selection, ids)


NOTES = {
    "": "Không ghi nhập vào đâu khi chia tách: Xã Đồng. ",
    "east": "tổ chức không gắn với thôn được tính theo nơi đã nhập vào: Xã Đồng vào Xã Đồng.",
    "west": "tổ chức không gắn với thôn được tính theo nơi đã nhập vào: Xã Đồng vào Xã Tây.",
}


@pytest.mark.parametrize("merged_into", SETTINGS)
def test_exhibits_say_where_a_divided_commune_counts(build, merged_into):
    data = build(**tables(merged_into)).on("2026-01-01")

    def notes(name, as_of, kind, *chosen):
        (exhibit,) = exhibits.build(data, select(data, chosen, as_of, kind), [name])
        return " ".join(exhibit.notes)

    for name in ("structure.by_commune", "overlap.by_commune", "goals.attention", "commune.portrait"):
        chosen = ["west"] if name.startswith("commune.") else []
        assert NOTES[merged_into] in notes(name, BETWEEN, "now", *chosen)
    assert "Xã Đồng" not in notes("structure.by_commune", BETWEEN, "now", "third")
    for as_of, kind in ((BETWEEN, "then"), (AFTER, "then"), (AFTER, "now")):
        assert "chia tách" not in notes("structure.by_commune", as_of, kind)
    assert NOTES[merged_into] in notes("changes.members", AFTER, "then")


def test_an_old_commune_is_told_from_the_new_one_of_its_name(build):
    data = build(**tables()).on("2026-01-01")
    names = areas.labels(data, BETWEEN, "now", text.get())
    assert (names["old"], names["east"]) == ("Xã Đồng cũ", "Xã Đồng")
    assert pd.Index(names.values()).is_unique
