"""A headline is read at a glance: at most 70 letters, the finding first."""

import re

import pytest

from dashboard import exhibits, text
from dashboard.dataset import select
from dashboard.exhibits.goals import wording
from dashboard.exhibits.names import area_names

MOST_LETTERS = 70
SELECTIONS = [(), ("huong-son",), ("huong-phu", "huong-son", "huong-loc"), ("outside",)]
OF_COMMUNE = ("commune.portrait", "commune.peers", "commune.goals_over_time")
OF_VILLAGE = tuple(f"village.{name}:huong-son-1" for name in ("portrait", "goals", "history"))
# What no one reports, cannot be compared or may change stays beside a figure, however long it gets.
DOUBT = re.compile(r"báo cáo|khuyết|so sánh|có thể thay đổi|report|vacant|compared|may change")


def without_names(headline, names):
    """The headline without names, which no wording shortens, and without the clauses of doubt."""
    for name in sorted(names, key=len, reverse=True):
        headline = headline.replace(name, "\0")
    headline = re.sub("\0(?:(?:, | và | and )\0)*", "", headline)
    clauses = re.split(r"(?<=[;·]) |(?<=^Trên số đã báo cáo,) |(?<=^Over what is reported,) ", headline)
    return " ".join(clause for clause in clauses if not DOUBT.search(clause)).rstrip(";· ")


def names_of(data, selection):
    """The names of places and goals, as they stand in headlines."""
    words = selection.text
    return {
        selection.place(data),
        *area_names(data, selection).values(),
        *data.villages["name"],
        *wording.goal_names(data, words).values(),
        *wording.short_names(data, words).values(),
    }


@pytest.mark.parametrize("lang", text.LANGUAGES)
@pytest.mark.parametrize("communes", SELECTIONS, ids=lambda communes: "+".join(communes) or "everything")
def test_headlines_are_short(bundled, communes, lang):
    long = {}
    for as_of in (bundled.dates[0], bundled.dates[-1]):
        selection = select(bundled, communes, as_of, lang=lang)
        built = exhibits.every(bundled, selection)
        if selection.only:
            built += exhibits.build(bundled, selection, (*OF_COMMUNE, *OF_VILLAGE))
        names = names_of(bundled, selection)
        assert len(built) > 10
        for exhibit in built:
            left = without_names(exhibit.headline, names)
            if len(left) > MOST_LETTERS:
                long[exhibit.id, as_of] = left
    assert long == {}


def test_names_and_doubts_alone_make_a_headline_longer():
    headline = "Trưởng ban CTMT: 42/58 (72,4%) · 2 khuyết, 1 chưa báo cáo · còn thiếu 3 vị trí"
    assert without_names(headline, {"Trưởng ban CTMT"}) == ": 42/58 (72,4%) · còn thiếu 3 vị trí"


def test_the_bodies_outside_of_communes_are_among_the_rows_that_add_up_to_the_whole(build):
    communes = [f"c{n:02}" for n in range(41)]
    rows = [f"cell-{commune} | cell | {commune} | 3" for commune in communes]
    data = build(
        communes="\n".join(["commune_id", *communes]),
        organizations="\n".join(["org_id | level | commune_id | members", *rows, "office | cell | | 7"]),
    )
    chart = exhibits.structure.by_commune(data, select(data)).chart
    assert len(chart.rows) == 41
    assert chart.rows[-1].name == "Khối cơ quan huyện"
