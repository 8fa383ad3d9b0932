"""Every exhibit of every selection: complete and readable, whatever the data hold."""

import re

import pandas as pd
import pytest

from chart_words import words_of_exhibit
from dashboard import charts, exhibits, text
from dashboard.dataset import select
from dashboard.exhibits import Table

# Everything at the first and the last date, a commune, several, the district bodies alone and beside one.
CHOICES = [
    ((), "2021-12-31", "vi"),
    ((), "2024-12-31", "en"),
    (("khe-tre",), "2024-12-31", "vi"),
    (("thuong-lo",), "2022-12-31", "en"),
    (("khe-tre", "huong-son"), "2023-12-31", "vi"),
    (("huong-son", "outside"), "2024-12-31", "en"),
    (("outside",), "2024-12-31", "vi"),
]


def numbers(sentence):
    """Every number and date in a text, sorted."""
    return sorted(re.findall(r"\d{2}/\d{2}/\d{4}|\d+(?:[.,]\d+)*%?", sentence))


# "None of the 4 goals" is English; the rest are values that slipped into a sentence.
SLIPPED = re.compile(r"\bNone\b(?! of the)|\bnan\b|<NA>|NaT|[{}]")


@pytest.mark.parametrize(("communes", "as_of", "lang"), CHOICES)
def test_every_exhibit_is_complete(bundled, communes, as_of, lang):
    selection = select(bundled, communes, as_of, lang=lang)
    root, place = bundled.about.localized("root", lang), selection.place(bundled)
    for exhibit in exhibits.every(bundled, selection):
        about_the_data = exhibit.id.startswith(("data.", "reconciliation."))
        assert exhibit.headline.strip(), exhibit.id
        if exhibit.id != "reconciliation.quotes":  # its sources state no date
            assert selection.text.date(as_of) in exhibit.subtitle, exhibit.id
        assert (root if about_the_data else place) in exhibit.subtitle, exhibit.id
        assert exhibit.source.strip(), exhibit.id
        assert exhibit.sample == (exhibit.id != "reconciliation.quotes"), exhibit.id
        assert [words for words in words_of_exhibit(exhibit) if SLIPPED.search(words)] == []
        assert (exhibit.chart is None) == (exhibit.alt == ""), exhibit.id
        assert exhibit.headline in exhibit.alt or exhibit.chart is None, exhibit.id


def test_above_the_bound_the_first_rows_are_drawn_and_all_are_in_the_table(build):
    cells = "\n".join(f"cell-{i} | cell | 5" for i in range(700))
    data = build(organizations=f"org_id | level | members\n{cells}")
    exhibit = exhibits.structure.cells(data, select(data))
    drawn = len(exhibit.chart.rows)
    assert drawn * 3 <= charts.MOST_MARKS
    assert numbers(exhibit.notes[0]) == sorted([str(drawn), "700"])
    assert len(exhibit.table.frame) == 700


def test_many_communes_that_tie_are_all_named_or_none(build):
    names = ["Một", "Hai", "Ba", "Bốn"]
    communes = "\n".join(f"c{i} | {name}" for i, name in enumerate(names))
    cells = "\n".join(f"cell-{i} | cell | c{i} | 7" for i in range(4))
    data = build(
        communes=f"commune_id | name\n{communes}",
        organizations=f"org_id | level | commune_id | members\n{cells}",
    )
    headline = exhibits.structure.by_commune(data, select(data)).headline
    assert [name for name in names if name in headline] in ([], names)


def test_a_cell_stands_on_no_other_committees_line(build):
    data = build(
        communes="commune_id\na\nb\nc",
        organizations="""
            org_id     | parent_id  | level     | commune_id | members
            a          | root       | committee | a          |
            in-a       | a          | subcell   | a          | 31
            b          | root       | committee | b          |
            in-b       | b          | subcell   | b          | 32
            district   | root       | committee |            |
            its-cell   | district   | subcell   | a          | 33""",
    )
    root = exhibits.structure.organizations(data, select(data, ["a", "b"])).chart.root
    cells = {
        node.name: [cell.name for cell in node.children] for group in root.children for node in group.children
    }
    assert cells == {"a": ["in-a"], "b": ["in-b"], "district": ["its-cell"]}


def test_a_table_says_where_there_are_no_data():
    table = Table(
        pd.DataFrame({"n": pd.array([2198, None], "Int64"), "share": [None, 23 / 80]}), shares=("share",)
    )
    cells = table.written(text.get("vi"))
    assert cells["n"].tolist() == ["2.198", "chưa có số liệu"]
    assert cells["share"].tolist() == ["chưa có số liệu", "28,8%"]  # 28.75, in binary a little less


ORGANIZATIONS = "org_id | level\nbank | cell"
OFFICERS = "village_id | village_head\nv1 | A+"
GOALS = """
    goal_id | measure                              | operator | target
    heads   | member_share:village_head            | >        | 80
    overlap | overlap_share:secretary+village_head | up       |
    members | count:members                        | up       |"""
SPARSE = {
    "nothing": {},
    "no-dates": {"villages": "village_id\nv1", "goals": GOALS},
    "no-figures": {"organizations": ORGANIZATIONS, "goals": GOALS},
    "no-officers": {"organizations": ORGANIZATIONS, "villages": "village_id\nv1", "goals": GOALS},
    "no-organizations": {"officers": OFFICERS, "goals": GOALS},
    "no-goals": {"organizations": ORGANIZATIONS, "officers": OFFICERS},
}


@pytest.mark.parametrize(("communes", "lang"), [((), "vi"), (("north",), "en")])
@pytest.mark.parametrize("name", SPARSE)
def test_sparse_data_give_sentences(build, name, communes, lang):
    data = build(**SPARSE[name])
    selection = select(data, communes, lang=lang)
    for exhibit in exhibits.every(data, selection):
        assert exhibit.headline.strip()
        assert not any(SLIPPED.search(words) for words in words_of_exhibit(exhibit)), exhibit.id


def test_what_nobody_reports_is_no_zero_share(build):
    data = build(**SPARSE["no-officers"])
    words_by_id = {
        exhibit.id: " ".join(words_of_exhibit(exhibit)) for exhibit in exhibits.every(data, select(data))
    }
    assert [name for name, words in words_by_id.items() if "0,0%" in words] == []


HEADS = "member_share:village_head"


@pytest.mark.parametrize(
    ("measure", "value", "denominator", "differs"),
    [
        ("count:villages", "5", "", ("lệch −3", "differs: −3")),
        ("count:villages", "2", "", ("khớp", "agrees")),
        (HEADS, "1", "4", ("mẫu số lệch −2", "denominator differs: −2")),
        (HEADS, "2", "4", ("lệch −1; mẫu số lệch −2", "differs: −1; denominator: −2")),
        (HEADS, "2", "2", ("lệch −1", "differs: −1")),
    ],
)
def test_a_published_figure_says_which_of_its_numbers_differs_and_by_how_much(
    build, measure, value, denominator, differs
):
    heading = "figure_id | measure | value | denominator"
    data = build(
        officers="village_id | village_head\nv1 | A+\nv2 | A-",
        published=f"{heading}\nfigure | {measure} | {value} | {denominator}",
    )
    for lang, result in zip(text.LANGUAGES, differs, strict=True):
        exhibit = exhibits.sources.compare(data, select(data, lang=lang))
        assert exhibit.table.frame.iloc[:, -1].tolist() == [result]


@pytest.mark.parametrize(
    ("lang", "computed", "result"),
    [
        ("vi", "ít nhất 3", "lệch −1; chưa báo cáo đủ"),
        ("en", "at least 3", "differs: −1; not all reported"),
    ],
)
def test_a_published_figure_is_held_against_a_lower_bound_with_a_doubt(build, lang, computed, result):
    data = build(
        organizations="org_id | level | commune_id | members\none | cell | north | 3\ntwo | cell | north |",
        published="figure_id | measure | value\nfigure | count:members | 4",
    )
    cells = exhibits.sources.compare(data, select(data, lang=lang)).table.frame.iloc[0].tolist()
    assert cells[-2:] == [computed, result]


@pytest.mark.parametrize(
    ("lang", "alone", "headline"),
    [
        ("vi", False, "Xã Một đông đảng viên nhất trong 2 xã: 3/4"),
        ("en", False, "Một commune has the most members of 2 communes: 3/4"),
        ("vi", True, "1 đảng viên, 1 TCCSĐ"),
        ("en", True, "1 member, 1 grassroots organisation"),
    ],
)
def test_one_is_not_said_in_the_plural(build, lang, alone, headline):
    data = build(
        communes="commune_id | name\na | Một\nb | Hai",
        organizations="org_id | level | commune_id | members\none | cell | a | 3\ntwo | cell | b | 1",
    )
    assert exhibits.structure.by_commune(data, select(data, ["b"] if alone else [], lang=lang)).headline == (
        headline
    )


def test_every_exhibit_has_its_place_in_the_order_of_the_pages():
    assert set(exhibits.registry.REGISTRY) == set(exhibits.model.BUILDERS)
