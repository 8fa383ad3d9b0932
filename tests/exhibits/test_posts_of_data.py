"""Posts that a data set names itself, in what the reader sees (see `posts_of_data`)."""

from __future__ import annotations

from itertools import combinations

import pytest

from chart_words import words_of_exhibit
from dashboard import exhibits, measures, schema, text
from dashboard.charts.model import Bars, PostMatrix
from dashboard.dataset import Change, positions, select
from dashboard.dataset.words import texts
from dashboard.exhibits import glossary, places
from posts_of_data import EIGHT, THREE

ELDERS = {"vi": "Chi hội trưởng người cao tuổi", "en": "Elders' association head"}


@pytest.fixture
def eight(build):
    return build(**EIGHT)


@pytest.fixture
def three(build):
    return build(**THREE)


def exhibits_of(data, lang, scenario=()):
    """Every exhibit that there is of a data set, of its places too."""
    ids = [*exhibits.known(data), "commune.portrait", "commune.peers", "commune.goals_over_time"]
    ids += places.of_village("v1")
    return {
        exhibit.id: exhibit
        for exhibit in exhibits.build(data, select(data, lang=lang, scenario=scenario), ids)
    }


def words_of(exhibit):
    return " ".join(words_of_exhibit(exhibit))


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_every_exhibit_is_built_with_eight_posts(eight, lang):
    words_by_id = {name: words_of(exhibit) for name, exhibit in exhibits_of(eight, lang).items()}
    inside = ELDERS[lang][0].lower() + ELDERS[lang][1:]
    naming = {name for name, words in words_by_id.items() if ELDERS[lang] in words or inside in words}
    assert {"overlap.matrix", "overlap.post_states", "goals.gap", "changes.by_post"} <= naming
    assert {"village.portrait:v1", "village.history:v1", "goals.by_commune:pair"} <= naming


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_every_exhibit_is_built_with_three_posts(three, lang):
    left_out = [text.get(lang)(f"code.position.{post}") for post in schema.POSITIONS[3:]]
    for exhibit in exhibits_of(three, lang).values():
        assert not [post for post in left_out if post in words_of(exhibit)], exhibit.id


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_what_if_is_told_of_a_post_of_the_data_set(eight, lang):
    scenario = (Change("v2", "fill", "elders_head"),)
    built = exhibits_of(eight, lang, scenario)
    assert any(
        ELDERS[lang][1:] in words_of(exhibit) for name, exhibit in built.items() if name.startswith("what_if")
    )
    assert "v2.fill.elders_head" in [
        change.written for change in measures.what_if.offers(eight, select(eight), 100).changes
    ]


def test_the_matrix_has_a_column_for_each_post_in_their_order(eight):
    chart = exhibits_of(eight, "vi")["overlap.matrix"].chart
    assert isinstance(chart, PostMatrix)
    assert chart.heads == (
        "Bí\nthư",
        "Tr.\nthôn",
        "Mặt\ntrận",
        "Cao\ntuổi",
        "Nông\ndân",
        "Phụ\nnữ",
        "CCB",
        "Chi\nđoàn",
    )
    row = chart.groups[0].rows[0]
    assert row.joined == ((0, 1), (2, 3))
    assert row.posts[2:5] == ("member", "member", "not_member")
    assert "Chi hội trưởng người cao tuổi: Đảng viên (cùng người: Trưởng ban công tác Mặt trận)" in row.label


def test_the_states_have_a_bar_for_each_post(eight, three):
    for data, last in ((eight, "Bí thư chi đoàn"), (three, "Trưởng ban CTMT")):
        chart = exhibits_of(data, "vi")["overlap.post_states"].chart
        assert isinstance(chart, Bars)
        assert (len(chart.rows), chart.rows[-1].name) == (len(data.position_ids), last)
    assert chart.rows[0].name == "Trưởng bản"


def test_a_goal_without_an_english_name_says_the_vietnamese_one(eight):
    assert "Chi hội trưởng NCT là đảng viên" in words_of(exhibits_of(eight, "en")["goals.progress"])


def test_two_posts_that_are_not_of_the_policy_have_a_name_together(build):
    pairs = list(combinations(schema.POSITIONS, 2))
    goals = "".join(f"g{n} | overlap_share:{a}+{b} | up\n" for n, (a, b) in enumerate(pairs))
    data = build(goals="goal_id | measure | operator\n" + goals)
    assert len(set(exhibits.goals.wording.short_names(data, text.get()).values())) == len(pairs)


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_the_glossary_has_the_posts_of_the_data_set(build, eight, three, lang):
    other = "en" if lang == "vi" else "vi"
    terms = glossary.terms(texts(eight)[lang])
    plain = glossary.terms(texts(build())[lang])
    assert terms[:-1] == plain
    assert (terms[-1].name, terms[-1].others) == (ELDERS[lang], (ELDERS[other],))
    names = {term.name for term in glossary.terms(texts(three)[lang])}
    assert {"vi": "Trưởng bản", "en": "Hamlet head"}[lang] in names
    left_out = [
        text.get(lang)(f"glossary.{term}.term") for term in ("village_head", "branch_heads", "youth_head")
    ]
    assert not names & {"", *left_out}


def test_the_seven_under_the_names_of_the_program_keep_its_words(build):
    rows = "".join(
        f"{position} | {text.get()(f'code.position.{position}')}\n" for position in schema.POSITIONS
    )
    data = build(positions=f"position_id | name_vi\n{rows}")
    for lang in text.LANGUAGES:
        said_of_all = {"overlap.matrix.open", "overlap.matrix.note"}
        assert set(positions.words(data, text.get(lang))) == said_of_all


def test_a_renamed_head_is_called_so_whatever_the_kind_of_village(three):
    words = texts(three)["vi"]
    keys = ("takeaway.position.thon", "takeaway.position.to_dan_pho", "chart.inside.village_head")
    assert {words(key) for key in keys} == {"trưởng bản"}
    assert words("changes.names.post.group_head") == words("changes.names.post.village_head") == "Trưởng bản"


@pytest.mark.parametrize(
    ("short", "vi", "en"),
    [
        ("Cao tuổi | Elders", "Cao\ntuổi", "Elders"),
        ("Cao tuổi |", "Cao\ntuổi", "Elders'\nassoci-\nation\nhead"),
        ("|", "Chi\nhội\ntrưởng\nngười…", "Elders'\nassoci-\nation\nhead"),
        ("Cooperative | {x} {0}", "Cooper-\native", "{x}\n{0}"),
    ],
)
def test_the_heading_of_a_narrow_column(build, short, vi, en):
    table = EIGHT["positions"].replace("Cao tuổi | Elders", short)
    words = texts(build(**{**EIGHT, "positions": table}))
    assert [words[lang]("code.position_head.elders_head") for lang in text.LANGUAGES] == [vi, en]


def test_without_an_english_name_every_form_is_the_vietnamese_one(build):
    table = EIGHT["positions"].replace("| Elders' association head | Cao tuổi | Elders", "| | Cao tuổi |")
    words = texts(build(**{**EIGHT, "positions": table}))["en"]
    assert words("code.position.elders_head") == ELDERS["vi"]
    assert words("changes.names.post.elders_head") == "Cao tuổi"
