"""Every exhibit of every selection: complete, readable, and its numbers counted again from the files."""

import re
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
import pytest

from chart_words import words_of_chart
from dashboard import charts, exhibits, text
from dashboard.dataset import Dataset, load, sample, select
from dashboard.exhibits import Table

DATES = ["2021-12-31", "2022-12-31", "2023-12-31", "2024-12-31"]


@dataclass
class Case:
    """One selection of the bundled data, its exhibits, and plain counts of the same rows."""

    data: Dataset
    communes: tuple[str, ...]
    as_of: str
    lang: str

    @cached_property
    def selection(self):
        return select(self.data, self.communes, self.as_of, lang=self.lang)

    @cached_property
    def exhibits(self):
        return exhibits.every(self.data, self.selection)

    def exhibit(self, name):
        room, _, build = name.partition(".")
        return getattr(getattr(exhibits, room), build)(self.data, self.selection)

    def holds(self, column):
        """Which rows belong to the chosen areas ("" in the column is the district)."""
        return column.isin(["" if area == "outside" else area for area in self.communes]) | (
            not self.communes
        )

    def members(self, as_of):
        """Members by commune_id; every cell of the bundled data names its commune."""
        rows = self.data.organizations
        rows = rows[(rows["as_of"] == as_of) & self.holds(rows["commune_id"])]
        return rows.groupby("commune_id")["members"].sum().astype(int)

    @cached_property
    def villages(self):
        return self.data.villages[self.holds(self.data.villages["commune_id"])]

    def posts(self, as_of, *positions):
        rows = self.data.officers
        inside = rows["village_id"].isin(self.villages["village_id"])
        return rows[inside & (rows["as_of"] == as_of) & rows["position"].isin(positions)]

    def same(self, as_of, *positions):
        """The villages in which one person holds all these posts."""
        held = self.posts(as_of, *positions)
        held = held[held["holder"] != ""].groupby(["village_id", "holder"]).size()
        return set(held[held == len(positions)].index.get_level_values("village_id"))

    def count(self, measure, as_of):
        """Numerator and denominator of a goal's measure."""
        family, _, parts = measure.partition(":")
        if family == "overlap_share":
            return len(self.same(as_of, *parts.split("+"))), len(self.villages)
        filled = self.posts(as_of, *parts.split("+"))
        filled = filled[filled["holder"] != ""]
        return int(filled["party_member"].sum()), len(filled)

    # How numbers are written, done anew.
    def number(self, value):
        return f"{value:,}".replace(",", "." if self.lang == "vi" else ",")

    def ratio(self, part, whole):
        tenths = (2000 * part + whole) // (2 * whole)
        return [
            self.number(part),
            self.number(whole),
            f"{tenths // 10}{',' if self.lang == 'vi' else '.'}{tenths % 10}%",
        ]


# Everything at the first and the last date, a commune, several, the district bodies alone and beside one.
CHOICES = [
    ((), DATES[0], "vi"),
    ((), DATES[-1], "en"),
    (("khe-tre",), DATES[-1], "vi"),
    (("thuong-lo",), DATES[1], "en"),
    (("khe-tre", "huong-son"), DATES[2], "vi"),
    (("huong-son", "outside"), DATES[-1], "en"),
    (("outside",), DATES[-1], "vi"),
]


@pytest.fixture(
    scope="session", params=CHOICES, ids=lambda choice: f"{'+'.join(choice[0])}-{choice[1]}-{choice[2]}"
)
def case(request, bundled):
    return Case(bundled, *request.param)


def numbers(sentence):
    """Every number and date in a text, sorted."""
    return sorted(re.findall(r"\d{2}/\d{2}/\d{4}|\d+(?:[.,]\d+)*%?", sentence))


def words_of(exhibit, words):
    """All that a reader of the exhibit reads."""
    yield from (exhibit.headline, exhibit.subtitle, exhibit.source, exhibit.alt)
    yield from (*exhibit.notes, *exhibit.sentences)
    for figure in exhibit.figures:
        yield from (figure.label, figure.value, figure.change)
    if exhibit.table is not None:
        written = exhibit.table.written(words)
        yield from written.columns
        yield from written.to_numpy().ravel()
    yield from words_of_chart(exhibit.chart)


def day(iso):
    return "/".join(reversed(iso.split("-")))


# "None of the 4 goals" is English; the rest are values that slipped into a sentence.
SLIPPED = re.compile(r"\bNone\b(?! of the)|\bnan\b|<NA>|NaT|[{}]")


def test_every_exhibit_is_complete(case):
    for exhibit in case.exhibits:
        about_the_data = exhibit.id.startswith(("data.", "reconciliation."))
        root, place = case.data.about.localized("root", case.lang), case.selection.place(case.data)
        assert exhibit.headline.strip(), exhibit.id
        if exhibit.id != "reconciliation.quotes":  # its sources state no date
            assert day(case.as_of) in exhibit.subtitle, exhibit.id
        assert (root if about_the_data else place) in exhibit.subtitle, exhibit.id
        assert exhibit.source.strip(), exhibit.id
        assert exhibit.sample == (exhibit.id != "reconciliation.quotes"), exhibit.id
        assert [said for said in words_of(exhibit, case.selection.text) if SLIPPED.search(said)] == []
        assert (exhibit.chart is None) == (exhibit.alt == ""), exhibit.id
        assert exhibit.headline in exhibit.alt or exhibit.chart is None, exhibit.id


def test_the_scope_is_said(case):
    if not case.communes:
        scope = "structure.scope.everything"
    else:
        scope = "structure.scope.outside" if "outside" in case.communes else "structure.scope.communes"
    said = [
        exhibit
        for exhibit in case.exhibits
        if exhibit.id.startswith("structure.") or exhibit.id == "overview.key_figures"
    ]
    assert len(said) >= 5
    assert [exhibit.id for exhibit in said if case.selection.text(scope) not in exhibit.notes] == []


def test_overlap_states_both_ratios_and_all_three(case):
    total = len(case.villages)
    head = case.same(case.as_of, "secretary", "village_head")
    front = case.same(case.as_of, "secretary", "front_head")
    expected = [*case.ratio(len(head), total), *case.ratio(len(front), total)] if total else []
    found = case.exhibit("overlap.by_commune")
    assert numbers(found.headline) == sorted(expected)
    both = case.selection.text("overlap.all_three_too", n=len(head & front))
    assert (both in found.notes) == bool(head & front)


def test_combinations_count_a_village_once(case):
    total = len(case.villages)
    pairs = [("secretary", "village_head"), ("secretary", "front_head"), ("village_head", "front_head")]
    shared = set().union(*(case.same(case.as_of, *pair) for pair in pairs))
    expected = [*case.ratio(len(shared), total), case.number(total - len(shared))] if total else []
    exhibit = case.exhibit("overlap.combinations")
    assert numbers(exhibit.headline) == sorted(expected)
    assert (exhibit.table.frame.iloc[:, -1].sum() if exhibit.table else 0) == total


def test_progress_counts_the_goals_that_are_met(case):
    goals = case.data.goals[case.data.goals["target"].notna()]
    counted = {row.goal_id: case.count(row.measure, case.as_of) for row in goals.itertuples()}
    known = {goal: found for goal, found in counted.items() if found[1]}
    met = [goal for goal, (part, whole) in known.items() if part * 100 > 80 * whole]
    expected = [len(known)] + ([len(met)] if met else []) if known else [len(goals)]
    expected += [len(goals) - len(known)] if known and len(known) < len(goals) else []
    if case.communes == ("outside",):
        expected = []  # without villages there is nothing to count
    headline = case.exhibit("goals.progress").headline
    assert numbers(headline) == sorted(map(str, expected))
    names = dict(zip(goals["goal_id"], goals[f"name_{case.lang}"], strict=True))
    assert [goal for goal, name in names.items() if name in headline] == met


def test_the_commune_with_most_members_is_named(case):
    members = case.members(case.as_of)
    communes = members.drop("", errors="ignore")
    headline = case.exhibit("structure.by_commune").headline
    if len(communes) > 1:
        expected = [len(communes), communes.max(), members.sum()]
        most = communes[communes == communes.max()].index
        names = case.data.communes.set_index("commune_id")["name"]
        assert [names[commune] for commune in communes.index if names[commune] in headline] == [
            names[commune] for commune in most
        ]
    else:
        rows = case.data.organizations
        rows = rows[(rows["as_of"] == case.as_of) & case.holds(rows["commune_id"])]
        expected = [rows["level"].isin(["committee", "cell"]).sum(), members.sum()]
    assert numbers(headline) == sorted(case.number(int(value)) for value in expected)


def test_members_change_since_the_date_before(case):
    now = case.members(case.as_of).sum()
    expected = [case.number(now)]
    if earlier := [date for date in DATES if date < case.as_of]:
        change = abs(now - case.members(earlier[-1]).sum())
        expected += [day(earlier[-1]), *([case.number(change)] if change else [])]
    assert numbers(case.exhibit("structure.members_over_time").headline) == sorted(expected)


def test_real_data_bear_no_sample_mark(build):
    data = build(sample=False, officers="village_id | secretary\nv1 | A+")
    assert not any(exhibit.sample for exhibit in exhibits.every(data, select(data)))


def test_the_matrix_says_which_posts_one_person_holds(build):
    data = build(officers="village_id | secretary | village_head | front_head\nv1 | A+ | A+ | vacant")
    found = exhibits.overlap.matrix(data, select(data, lang="en"))
    row = found.table.frame.iloc[0]
    assert row["Cell secretary"] == "Member (same person: Village head)"
    assert row["Front-committee head"] == "Vacant"
    assert row["Women's branch head"] == "Not reported"


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_above_the_bound_the_matrix_is_a_note(tmp_path, lang):
    sample.write(tmp_path, 400)
    data = load(tmp_path)
    found = exhibits.overlap.matrix(data, select(data, lang=lang))
    assert found.chart is None
    assert text.get(lang)("overlap.matrix.too_many") in found.notes
    assert "400" in found.headline


def test_above_the_bound_the_first_rows_are_drawn_and_all_are_in_the_table(build):
    cells = "\n".join(f"cell-{i} | cell | 5" for i in range(700))
    data = build(organizations=f"org_id | level | members\n{cells}")
    found = exhibits.structure.cells(data, select(data))
    drawn = len(found.chart.rows)
    assert drawn * 3 <= charts.MOST_MARKS
    assert numbers(found.notes[0]) == sorted([str(drawn), "700"])
    assert len(found.table.frame) == 700


def test_communes_that_miss_most_goals_come_first(build):
    data = build(
        communes="commune_id | name\na | Một\nb | Hai\nc | Ba",
        villages="village_id | commune_id\na1 | a\nb1 | b\nc1 | c",
        officers="village_id | village_head | front_head\na1 | A- | B+\nb1 | A- | B-\nc1 | A+ | B+",
        goals="""
            goal_id | measure | target
            heads | member_share:village_head | 80
            fronts | member_share:front_head | 80""",
    )
    found = exhibits.goals.attention(data, select(data))
    assert [sentence.partition(":")[0] for sentence in found.sentences] == ["Xã Hai", "Xã Một"]
    assert "Xã Hai" in found.headline


def test_communes_that_tie_are_all_named(build):
    data = build(
        communes="commune_id | name\na | Một\nb | Hai\nc | Ba",
        organizations="""
            org_id | level | commune_id | members
            one    | cell  | a          | 7
            two    | cell  | b          | 3
            three  | cell  | c          | 7""",
    )
    headline = exhibits.structure.by_commune(data, select(data)).headline
    assert [name for name in ("Một", "Hai", "Ba") if name in headline] == ["Một", "Ba"]


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
    written = table.written(text.get("vi"))
    assert written["n"].tolist() == ["2.198", "chưa có số liệu"]
    assert written["share"].tolist() == ["chưa có số liệu", "28,8%"]  # 28.75, in binary a little less


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
        assert not any(SLIPPED.search(said) for said in words_of(exhibit, selection.text)), exhibit.id


def test_what_nobody_reports_is_no_zero_share(build):
    data = build(**SPARSE["no-officers"])
    said = {
        exhibit.id: " ".join(words_of(exhibit, text.get("vi")))
        for exhibit in exhibits.every(data, select(data))
    }
    assert [name for name, words in said.items() if "0,0%" in words] == []


@pytest.mark.parametrize(
    ("lang", "results"), [("vi", ["lệch −3", "khớp"]), ("en", ["differs: −3", "agrees"])]
)
def test_a_published_figure_that_differs_says_by_how_much(build, lang, results):
    data = build(
        villages="village_id\nv1\nv2",
        organizations=ORGANIZATIONS,
        published="figure_id | measure | value\nfive | count:villages | 5\ntwo | count:villages | 2",
    )
    exhibit = exhibits.sources.compare(data, select(data, lang=lang))
    assert exhibit.table.frame.iloc[:, -1].tolist() == results
    assert "1" in exhibit.headline


@pytest.mark.parametrize(
    ("value", "denominator", "vi", "en"),
    [
        ("1", "4", "mẫu số lệch −2", "denominator differs: −2"),
        ("2", "4", "lệch −1; mẫu số lệch −2", "differs: −1; denominator: −2"),
        ("2", "2", "lệch −1", "differs: −1"),
    ],
)
def test_a_published_ratio_says_which_of_its_numbers_differs(build, value, denominator, vi, en):
    heading = "figure_id | measure | value | denominator"
    data = build(
        officers="village_id | village_head\nv1 | A+\nv2 | A-",
        published=f"{heading}\nheads | member_share:village_head | {value} | {denominator}",
    )
    for lang, result in (("vi", vi), ("en", en)):
        exhibit = exhibits.sources.compare(data, select(data, lang=lang))
        assert exhibit.table.frame.iloc[:, -1].tolist() == [result]


@pytest.mark.parametrize(
    ("lang", "alone", "headline"),
    [
        ("vi", False, "Xã Một đông đảng viên nhất trong 2 xã, thị trấn: 3/4"),
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
