"""Data sets that no chart was drawn for: every file is made, nothing slips into its words."""

import re
from xml.etree import ElementTree

import pytest

from dashboard.dataset import select
from dashboard.outputs import briefing, pack, pictures
from file_words import pages_of
from posts_of_data import EIGHT, THREE

HOSTILE = '=1+1 <b>&amp; "x" $y$ *z* #q @s {w}'
COMMUNES = f"""
    commune_id | name
    north      | {HOSTILE}
    south      | Sơn Hà
    empty      | Sơn Hạ"""
GOALS = """
    goal_id | measure                    | operator | target
    heads   | member_share:village_head  | >        | 80
    both    | overlap_share:secretary+village_head | up |"""
CELLS = """
    as_of      | org_id | level     | commune_id | members
    2023-12-31 | a      | cell      | north      | 12
    2024-12-31 | a      | cell      | north      |
    2024-12-31 | b      | cell      |            | 7"""
OFFICERS = """
    as_of      | village_id | secretary | village_head | front_head
    2023-12-31 | v1         | A+        | A+           | vacant
    2024-12-31 | v1         | vacant    | B-           | vacant
    2024-12-31 | v2         |           |              |"""
VILLAGES = f"""
    village_id | commune_id | name
    v1         | north      | {HOSTILE}
    v2         | south      | Thôn Một"""
DATA = {
    "nothing": {},
    "no dates": {"communes": COMMUNES, "villages": VILLAGES, "goals": GOALS},
    "no goals": {"communes": COMMUNES, "organizations": CELLS, "officers": OFFICERS, "villages": VILLAGES},
    "only vacant and unreported": {
        "communes": COMMUNES,
        "villages": VILLAGES,
        "goals": GOALS,
        "officers": """
            village_id | secretary | village_head
            v1         | vacant    | vacant
            v2         |           |""",
    },
    "hostile": {
        "communes": COMMUNES,
        "organizations": CELLS,
        "officers": OFFICERS,
        "villages": VILLAGES,
        "goals": GOALS,
    },
}
DATA |= {"eight posts": EIGHT, "three posts": THREE}
SLIPPED = re.compile(r"\bNone\b(?! of)|\bnan\b|<NA>|NaT")


@pytest.fixture(params=DATA, ids=str)
def data(request, build):
    return build(**DATA[request.param])


def test_every_file_is_made(data):
    for kind, lang, full in (
        ("pptx", "vi", True),
        ("pptx", "en", False),
        ("docx", "en", False),
        ("xlsx", "vi", True),
    ):
        assert len(pack.make(briefing.brief(data, select(data, lang=lang), full=full), kind)) > 1000


def test_every_picture_is_drawn(data):
    for exhibit in briefing.brief(data, select(data), full=True).exhibits:
        words = "".join(ElementTree.fromstring(pictures.picture_svg(exhibit, "16x9")).itertext())
        assert SLIPPED.search(words) is None, exhibit.id


def test_no_value_slips_into_the_report(data):
    brief = briefing.brief(data, select(data, lang="en"), full=True)
    assert SLIPPED.search(" ".join(pages_of(pack.make(brief, "pdf")))) is None
