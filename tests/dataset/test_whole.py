"""What reports less than before is warned of, with both numbers; what was merged or vacated is not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dashboard import text
from dashboard.dataset import Place, Source, against, check, default_folder
from dashboard.dataset.problems import Problem

TWO = """
    commune_id | name
    an         | An
    binh       | Bình"""
MERGED = """
    commune_id | name | valid_from | valid_to   | merged_into
    an         | An   |            | 2024-06-30 | moi
    binh       | Bình |            | 2024-06-30 | moi
    moi        | Mới  | 2024-07-01 |            |"""
VILLAGES = """
    village_id | commune_id
    a1         | an
    b1         | binh"""
# What the bundled data report less of: each is true.
BUNDLED = [
    ("organizations.csv", "Các cơ quan không thuộc xã nào", "31/12/2023", 55, 56),
    ("officers.csv", "Xã Thượng Long", "31/12/2022", 48, 49),
    ("officers.csv", "Xã Hương Hữu", "31/12/2024", 34, 35),
]


def sentence(problem: Problem) -> str:
    return problem.sentence(text.get())


def brief(warnings) -> list[tuple[object, ...]]:
    """File, area, date and both numbers."""
    return [
        (warning.file, sentence(warning).partition(":")[0], *map(warning.values.get, ("date", "n", "before")))
        for warning in warnings
    ]


def committees(*names: str, year: int, **counts: int) -> str:
    """A committee and so many cells for each commune, as rows of organisations at the end of a year."""
    rows = []
    for name in names:
        rows.append(f"{year}-12-31 | db-{name} | root | committee | {name} | 40")
        rows += [f"{year}-12-31 | {name}-{n} | db-{name} | subcell | | " for n in range(counts[name])]
    return "\n".join(rows)


def organizations(*parts: str) -> str:
    return "\n".join(["as_of | org_id | parent_id | level | commune_id | members", *parts])


def missing(dataset) -> list[Problem]:
    """The warnings about missing rows."""
    rules = ("fewer_organizations", "fewer_posts", "commune_without_organizations")
    return [warning for warning in dataset.warnings if warning.rule in rules]


def fewer(dataset) -> list[tuple[str, str]]:
    """Their rules and areas."""
    return [(warning.rule, str(warning.values["area_name"])) for warning in missing(dataset)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the bundled data set."""
    return Path(shutil.copytree(default_folder(), tmp_path / "data"))


def test_a_copy_that_broke_off_is_told_with_the_numbers(folder):
    assert brief(check(folder).warnings) == BUNDLED
    officers = (folder / "officers.csv").read_text("utf-8").splitlines(keepends=True)
    (folder / "officers.csv").write_text("".join(officers[: len(officers) * 97 // 100]), "utf-8")
    report = check(folder)
    assert report.errors == ()
    assert brief(report.warnings) == [
        *BUNDLED,
        ("officers.csv", "Xã Thượng Long", "31/12/2024", 40, 49),
        ("officers.csv", "Xã Thượng Nhật", "31/12/2024", 0, 42),
    ]


def test_a_post_that_became_vacant_is_reported(build):
    posts = """
        as_of      | village_id | secretary | front_head
        2023-12-31 | a1         | A+        | B+
        2024-12-31 | a1         | A+        | {}"""
    assert fewer(build(communes=TWO, villages=VILLAGES, officers=posts.format("vacant"))) == []
    data = build(communes=TWO, villages=VILLAGES, officers=posts.format(""))
    assert fewer(data) == [("fewer_posts", "An")]


def test_a_commune_without_organisations_where_others_have_them(build):
    rows = organizations(committees("an", year=2024, an=1))
    assert fewer(build(communes=TWO, villages=VILLAGES, organizations=rows)) == [
        ("commune_without_organizations", "Bình")
    ]
    assert fewer(build(communes=TWO, villages="village_id|commune_id\na1|an", organizations=rows)) == []
    no_commune = organizations("2024-12-31 | cell | root | cell | | 5")
    assert fewer(build(communes=TWO, villages=VILLAGES, organizations=no_commune)) == []


def test_what_a_commune_had_before_is_told_once(build):
    rows = organizations(
        committees("an", "binh", year=2022, an=1, binh=1),
        committees("an", year=2023, an=1),
        committees("an", year=2024, an=1),
    )
    warnings = missing(build(communes=TWO, villages=VILLAGES, organizations=rows))
    assert [(warning.rule, warning.values["date"], warning.values.get("n")) for warning in warnings] == [
        ("fewer_organizations", "31/12/2023", 0),
        ("commune_without_organizations", "31/12/2024", None),
    ]


def test_the_bodies_outside_every_commune_are_told_too(build):
    rows = organizations(
        *(f"2023-12-31 | body-{n} | root | cell | | 5" for n in range(3)),
        "2024-12-31 | body-0 | root | cell | | 5",
    )
    (warning,) = missing(build(organizations=rows))
    # The root is one of them.
    assert sentence(warning).startswith("Các cơ quan không thuộc xã nào: 1 tổ chức ở ngày chốt 31/12/2024")
    assert (warning.values["n"], warning.values["before"]) == (1, 3)


@pytest.mark.parametrize(("cells", "expected"), [(4, []), (3, [("fewer_organizations", "Mới")])])
def test_communes_that_became_one_are_compared_as_one(build, cells, expected):
    """Two committees became one; of the four cells none may be missing."""
    rows = organizations(
        committees("an", "binh", year=2023, an=2, binh=2), committees("moi", year=2024, moi=cells)
    )
    posts = """
        as_of      | village_id | secretary
        2023-12-31 | a1         | A+
        2023-12-31 | b1         | A+
        2024-12-31 | a1         | A+
        2024-12-31 | b1         | A+"""
    built = build(communes=MERGED, villages=VILLAGES, organizations=rows, officers=posts)
    assert fewer(built) == expected


def test_a_post_lost_beside_a_merger_is_told_of_the_commune_of_the_later_date(build):
    posts = """
        as_of      | village_id | secretary
        2023-12-31 | a1         | A+
        2023-12-31 | b1         | A+
        2024-12-31 | a1         | A+"""
    assert fewer(build(communes=MERGED, villages=VILLAGES, officers=posts)) == [("fewer_posts", "Mới")]


@pytest.mark.parametrize("commune", ["an", "moi"])
def test_villages_and_organisations_may_be_written_under_either_of_a_later_merger(build, commune):
    """The villages of today are under the new commune, the organisations of then under the old ones; or
    the other way round."""
    successor = {"an": "moi", "moi": "an"}[commune]
    villages = f"village_id|commune_id\na1|{successor}"
    rows = organizations(committees(commune, year=2023, **{commune: 1}))
    assert fewer(build(communes=MERGED, villages=villages, organizations=rows)) == []


def test_a_commune_does_not_report_for_one_that_joins_it_later(build):
    communes = """
        commune_id | name | valid_to   | merged_into
        an         | An   | 2025-06-30 | binh
        binh       | Bình |            |"""
    rows = organizations(committees("binh", year=2024, binh=1))
    assert fewer(build(communes=communes, villages=VILLAGES, organizations=rows)) == [
        ("commune_without_organizations", "An")
    ]


def test_a_commune_that_ended_is_not_missed(build):
    communes = """
        commune_id | name | valid_to
        an         | An   |
        binh       | Bình | 2024-06-30"""
    rows = organizations(committees("an", "binh", year=2023, an=1, binh=1), committees("an", year=2024, an=1))
    assert fewer(build(communes=communes, villages=VILLAGES, organizations=rows)) == []


def test_namesakes_are_told_apart_by_their_ids(build):
    communes = "commune_id|name|valid_to\nan|An|2020-12-31\nan-2|An|"
    rows = organizations(
        committees("an-2", year=2023, **{"an-2": 2}), committees("an-2", year=2024, **{"an-2": 1})
    )
    data = build(communes=communes, villages="village_id|commune_id\na1|an-2", organizations=rows)
    assert fewer(data) == [("fewer_organizations", "An (an-2)")]


@pytest.mark.parametrize("file", ["dataset.toml", "officers.csv"])
def test_a_last_line_without_a_line_end_is_told(files, file):
    files.put(file, files.text(file).rstrip("\n"))
    report = files.check()
    assert (report.errors, files.brief(report.warnings)) == ((), [(file, None, None, None, "line_open")])


def test_an_open_last_line_is_told_beside_the_errors(files):
    files.put("goals.csv", files.text("goals.csv") + "half")
    report = files.check()
    assert [problem.rule for problem in report.errors] == ["fields_few"]
    assert [problem.rule for problem in report.warnings] == ["line_open"]


def test_goals_and_published_figures_that_are_gone_since_the_version_before(files, tmp_path):
    earlier = Path(shutil.copytree(files.folder, tmp_path / "earlier"))
    files.remove("goals", 3)
    files.set("published:2:figure_id", "other")
    warnings = Source(lambda: Place(files.folder, earlier=earlier)).current().dataset.warnings
    assert [(warning.file, warning.rule, warning.values) for warning in warnings] == [
        ("goals.csv", "rows_lost", {"n": 1, "before": 2, "names": "growth"}),
        ("published.csv", "rows_lost", {"n": 3, "before": 3, "names": "heads"}),
    ]
    assert check(files.folder).warnings == ()


def test_an_earlier_version_that_cannot_be_read_says_nothing(files, tmp_path):
    assert against(check(files.folder), tmp_path / "nowhere").warnings == ()
