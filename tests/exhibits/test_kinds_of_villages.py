"""Villages that are all of one kind are called by it."""

from __future__ import annotations

import re

import pytest

from chart_words import words_of_chart
from dashboard import exhibits
from dashboard.dataset import select
from dashboard.exhibits import overlap, places

TABLES = {
    "communes": "commune_id | kind\nnorth | phuong",
    "officers": "as_of | village_id | secretary | village_head | front_head\n"
    "2023-12-31 | a | A+ | B- | vacant\n2023-12-31 | b | A+ | B+ | \n"
    "2024-12-31 | a | A+ | A+ | vacant\n2024-12-31 | b | A+ | B+ | C-",
    "goals": "goal_id | measure | target\nheads | member_share:village_head | 80\n"
    "both | overlap_share:secretary+village_head | 50",
}
# The names of posts are those of the data contract.
POSTS = re.compile("trưởng thôn, tổ trưởng tổ dân phố|village head|village:", re.IGNORECASE)


def villages(first: str, second: str) -> str:
    return f"village_id | commune_id | kind\na | north | {first}\nb | north | {second}"


def sentences(dataset, lang):
    """All that the exhibits of the whole, a commune and a village say."""
    shown = exhibits.every(dataset, select(dataset, lang=lang))
    of_places = [*places.COMMUNE, *places.of_village("a")]
    shown += exhibits.build(dataset, select(dataset, ["north"], lang=lang), of_places)
    for exhibit in shown:
        yield from (exhibit.headline, exhibit.subtitle, exhibit.alt, *exhibit.takeaways, *exhibit.notes)
        yield from (*exhibit.sentences, *words_of_chart(exhibit.chart))
        yield from exhibit.table.frame if exhibit.table else ()


@pytest.mark.parametrize(
    ("kind", "lang", "other"),
    [
        ("to_dan_pho", "vi", r"\bthôn\b"),
        ("thon", "vi", r"tổ dân phố|TDP"),
        ("to_dan_pho", "en", r"\bvillages?\b"),
        ("thon", "en", r"residential|group"),
    ],
)
def test_nothing_calls_them_by_the_other_kind(build, kind, lang, other):
    dataset = build(villages=villages(kind, kind), **TABLES)
    words = [POSTS.sub("", sentence) for sentence in sentences(dataset, lang)]
    assert [sentence for sentence in words if re.search(other, sentence, re.IGNORECASE)] == []


@pytest.mark.parametrize(
    ("kinds", "headline"),
    [
        (("thon", "thon"), "1 trong 2 thôn có kiêm nhiệm"),
        (("to_dan_pho", "to_dan_pho"), "1 trong 2 tổ dân phố có kiêm nhiệm"),
        (("thon", "to_dan_pho"), "1 trong 2 thôn, tổ dân phố có kiêm nhiệm"),
    ],
)
def test_where_there_are_both_kinds_both_are_named(build, kinds, headline):
    dataset = build(villages=villages(*kinds), **TABLES)
    assert overlap.matrix(dataset, select(dataset)).headline.startswith(headline)
