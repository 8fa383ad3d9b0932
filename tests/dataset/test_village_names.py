"""Which Thôn 1: villages of one name in one commune, each with what tells it apart."""

from __future__ import annotations

import pytest

from dashboard import text
from dashboard.dataset import areas, village_names

VI, EN = text.get("vi"), text.get("en")
THEN, AFTER = "2024-12-31", "2025-12-31"
TODAY = "2026-01-01"

MERGED = """
    commune_id | name | kind | valid_from | valid_to | merged_into
    son | Hương Sơn | xa | | 2025-06-30 | dong
    xuan | Hương Xuân | xa | | 2025-06-30 | dong
    dong | Nam Đông | xa | 2025-07-01 | |
    """


def shown_names(data, as_of=THEN, boundaries="then", words=VI) -> dict[str, str]:
    """The villages in force whose name is not all that is shown, by id."""
    data = data.on(TODAY)
    names = village_names.shown(data, as_of, boundaries, words, range(len(data.villages)))
    area = areas.of_villages(data, as_of, boundaries)
    rows = zip(data.villages["village_id"], data.villages["name"], names, area, strict=True)
    return {village: label for village, name, label, commune in rows if commune and label != name}


def test_after_a_merger_a_village_carries_the_commune_that_it_was_in(build):
    data = build(
        communes=MERGED,
        villages="""
            village_id | commune_id | name
            s1 | son | Thôn 1
            x1 | xuan | thôn 1
            x2 | xuan | Thôn 2
            """,
    )
    assert shown_names(data) == {}
    after = {"s1": "Thôn 1 (Hương Sơn cũ)", "x1": "thôn 1 (Hương Xuân cũ)"}
    assert shown_names(data, boundaries="now") == after == shown_names(data, AFTER)
    assert shown_names(data, AFTER, words=EN)["s1"] == "Thôn 1 (formerly Hương Sơn)"


# Rows of villages.csv below MERGED, and what is shown at the end of 2025.
PERIODS = {
    "a second period in the new commune": (
        """
        s1 | son | Thôn 1 | | 2025-06-30 |
        s1 | dong | Thôn 1 | 2025-07-01 | |
        x1 | xuan | Thôn 1 | | 2025-06-30 |
        x1 | dong | Thôn 1 | 2025-07-01 | |
        """,
        {"s1": "Thôn 1 (Hương Sơn cũ)", "x1": "Thôn 1 (Hương Xuân cũ)"},
    ),
    "renamed into the same name later": (
        """
        s1 | son | Thôn 1 | | 2025-06-30 |
        s1 | dong | Thôn 9 | 2025-07-01 | 2025-09-30 |
        s1 | dong | Thôn 1 | 2025-10-01 | |
        x1 | xuan | Thôn 1 | | |
        """,
        {"s1": "Thôn 1 (Hương Sơn cũ)", "x1": "Thôn 1 (Hương Xuân cũ)"},
    ),
    "formed of villages of one commune": (
        """
        s1 | son | Thôn 1 | | 2025-06-30 | m
        s2 | son | Thôn 2 | | 2025-06-30 | m
        m | dong | Thôn 1 | 2025-07-01 | |
        x1 | xuan | Thôn 1 | | |
        """,
        {"m": "Thôn 1 (Hương Sơn cũ)", "x1": "Thôn 1 (Hương Xuân cũ)"},
    ),
    "formed of villages of two communes": (
        """
        s1 | son | Thôn 1 | | 2025-06-30 | m
        x2 | xuan | Thôn 2 | | 2025-06-30 | m
        m | dong | Thôn 1 | 2025-07-01 | |
        x1 | xuan | Thôn 1 | | |
        """,
        {"x1": "Thôn 1 (Hương Xuân cũ)"},
    ),
    "the same former commune": (
        """
        s1 | son | Thôn 1 | | |
        s9 | son | Thôn 1 | | |
        x1 | xuan | Thôn 1 | | |
        """,
        {
            "s1": "Thôn 1 (Hương Sơn cũ, s1)",
            "s9": "Thôn 1 (Hương Sơn cũ, s9)",
            "x1": "Thôn 1 (Hương Xuân cũ)",
        },
    ),
    "a former commune that is not known": (
        "s1 | son | Thôn 1 | | |\nd1 | dong | Thôn 1 | | |",
        {"s1": "Thôn 1 (Hương Sơn cũ)"},
    ),
    "one of them ended": ("s1 | son | Thôn 1 | | 2025-06-30 |\nx1 | xuan | Thôn 1 | | |", {}),
}


@pytest.mark.parametrize("case", PERIODS)
def test_the_former_commune_is_that_of_the_period_before(build, case):
    rows, expected = PERIODS[case]
    head = "village_id | commune_id | name | valid_from | valid_to | merged_into\n"
    assert shown_names(build(communes=MERGED, villages=head + rows.strip()), AFTER) == expected


def test_without_a_former_commune_the_kind_tells_them_apart_else_the_id(build):
    data = build(
        villages="""
            village_id | name | kind
            a | 1 | thon
            b | 1 | to_dan_pho
            c | 2 | thon
            d | 2 | thon
            """,
    )
    assert shown_names(data) == {"a": "1 (thôn)", "b": "1 (tổ dân phố)", "c": "2 (c)", "d": "2 (d)"}


def test_of_one_former_commune_the_first_one_tells_them_apart(build):
    data = build(
        communes="""
            commune_id | name | valid_from | valid_to | merged_into
            giang | Hương Giang | | 2019-12-31 | xuan
            hoa | Hương Hoà | | 2019-12-31 | xuan
            xuan | Hương Xuân | 2020-01-01 | 2025-06-30 | dong
            son | Hương Sơn | | 2025-06-30 | dong
            dong | Nam Đông | 2025-07-01 | |
            """,
        villages="""
            village_id | commune_id | name
            g | giang | Thôn 1
            h | hoa | Thôn 1
            s | son | Thôn 1
            """,
    )
    assert shown_names(data) == {"g": "Thôn 1 (Hương Giang cũ)", "h": "Thôn 1 (Hương Hoà cũ)"}
    assert shown_names(data, boundaries="now") == {
        "g": "Thôn 1 (Hương Xuân cũ, Hương Giang cũ)",
        "h": "Thôn 1 (Hương Xuân cũ, Hương Hoà cũ)",
        "s": "Thôn 1 (Hương Sơn cũ)",
    }


def test_a_commune_that_took_others_in_tells_its_own_by_its_name(build):
    data = build(
        communes="""
            commune_id | name | valid_to | merged_into
            tre | Khe Tre | |
            phu | Hương Phú | 2025-06-30 | tre
            """,
        villages="""
            village_id | commune_id | name | valid_from
            t1 | tre | Thôn 1 |
            p1 | phu | Thôn 1 |
            p2 | phu | Thôn 2 |
            new | tre | Thôn 2 | 2025-10-01
            """,
    )
    assert shown_names(data, AFTER) == {
        "t1": "Thôn 1 (Khe Tre cũ)",
        "p1": "Thôn 1 (Hương Phú cũ)",
        "p2": "Thôn 2 (Hương Phú cũ)",
    }


def test_communes_of_one_name_are_told_apart_by_their_kind(build):
    data = build(
        communes="""
            commune_id | name | kind | valid_to | merged_into
            town | Khe Tre | thi_tran | 2025-06-30 | new
            rural | Khe Tre | xa | 2025-06-30 | new
            other | Hương Lộc | xa | 2025-06-30 | new
            new | Nam Đông | xa | |
            """,
        villages="""
            village_id | commune_id | name
            t | town | Thôn 1
            r | rural | Thôn 1
            o | other | Thôn 2
            p | town | Thôn 2
            """,
    )
    assert shown_names(data, AFTER) == {
        "t": "Thôn 1 (Thị trấn Khe Tre cũ)",
        "r": "Thôn 1 (Xã Khe Tre cũ)",
        "o": "Thôn 2 (Hương Lộc cũ)",
        "p": "Thôn 2 (Khe Tre cũ)",
    }


def test_a_village_that_moved_from_a_commune_that_goes_on(build):
    data = build(
        communes="commune_id | name\nbac | Bắc\nnam | Nam",
        villages="""
            village_id | commune_id | name | valid_from | valid_to
            v | bac | Thôn 1 | | 2025-06-30
            v | nam | Thôn 1 | 2025-07-01 |
            n | nam | Thôn 1 | |
            """,
    )
    assert shown_names(data) == {}
    assert (
        shown_names(data, AFTER) == {"v": "Thôn 1 (trước thuộc Bắc)"} == shown_names(data, boundaries="now")
    )


def test_an_old_commune_with_the_name_of_one_of_today_says_that_it_is_old(build):
    data = build(
        communes="""
            commune_id | name | valid_from | valid_to
            old | Nam Đông | | 2025-06-30
            new | Nam Đông | 2025-07-01 |
            other | Khe Tre | |
            """,
        organizations=f"as_of | org_id | level | commune_id\n{THEN} | a | cell | old",
    ).on(TODAY)
    names = {"old": "Xã Nam Đông cũ", "new": "Xã Nam Đông", "other": "Xã Khe Tre"}
    assert areas.labels(data, THEN, "now", VI) == names | {"outside": VI("code.outside")}
    assert areas.labels(data, THEN, "then", VI)["old"] == "Xã Nam Đông"
