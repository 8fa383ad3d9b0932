"""Each rule, against a data set in which only that rule is broken."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from dashboard import dataset, schema, text
from dashboard.dataset import DataError, Problem
from dashboard.dataset.problems import shown
from dashboard.text import Text

TESTS = Path(__file__).parents[1]
# Cells by row and column that are too many for one line.
CIRCLE = {"4:valid_to": "2026-06-30", "4:merged_into": "khe-tre"}
ENDED_TOO = {"3:valid_to": "2025-06-30", "2:merged_into": "huong-son"}
COMMITTEE = {"11:level": "committee", "11:members": "30"}
ROOT = {"12:parent_id": "", "12:level": "district"}
EARLIER = {"12:as_of": "31/12/2023", "12:org_id": "root", **ROOT}
OF_OTHERS = "share:ethnic_minority"
# Rule, what is changed in which table, and where it must be found: row, column, value.
ERRORS = [
    # Cells
    ("required", "villages", {"3:name": ""}, 3, "name", ""),
    ("required", "published", {"3:value": ""}, 3, "value", ""),
    ("count", "villages", {"2:households": "2,5"}, 2, "households", "2,5"),
    ("count_large", "villages", {"2:population": "9999999999"}, 2, "population", "9999999999"),
    ("number", "goals", {"2:target": "nan"}, 2, "target", "nan"),
    ("date", "goals", {"2:deadline": "31/02/2025"}, 2, "deadline", "31/02/2025"),
    ("flag", "officers", {"4:party_member": "chưa rõ"}, 4, "party_member", "chưa rõ"),
    ("letter", "officers", {"4:holder": "Nguyễn Văn B"}, 4, "holder", "Nguyễn Văn B"),
    ("id", "organizations", {"11:org_id": "Chi bộ"}, 11, "org_id", "Chi bộ"),
    ("id", "communes", {"3:commune_id": "x" * 65}, 3, "commune_id", "x" * 65),
    ("code", "officers", {"4:position": "bi_thu"}, 4, "position", "bi_thu"),
    ("code", "organizations", {"7:level": "cel"}, 7, "level", "cel"),
    ("measure", "goals", {"2:measure": "member_share:bi_thu"}, 2, "measure", "member_share:bi_thu"),
    ("text_long", "villages", {"2:name": "x" * 201}, 2, "name", "x" * 80 + "…"),
    ("text_hidden", "villages", {"2:name": "Tổ \u202e1"}, 2, "name", "Tổ \\u202e1"),
    ("text_lost", "villages", {"2:name": "T? 1 ?ông"}, 2, "name", "T? 1 ?ông"),
    ("text_font", "communes", {"3:name": "Uû ban nh©n d©n"}, 3, "name", "Uû ban nh©n d©n"),
    # Keys and links
    ("duplicate", "communes", {"5:rank": "4"}, 5, "commune_id", "khe-tre-moi"),
    ("duplicate", "organizations", {"12:name": "Chi bộ khác"}, 12, "org_id", "cb-thue"),
    ("post_twice", "officers", {"10:holder": "C"}, 10, "position", "women_head"),
    ("id_reserved", "communes", {"5:commune_id": "outside", "5:name": "X"}, 5, "commune_id", "outside"),
    ("unknown_commune", "villages", {"2:commune_id": "khe-tra"}, 2, "commune_id", "khe-tra"),
    ("unknown_commune", "communes", {"2:merged_into": "nam-dong"}, 2, "merged_into", "nam-dong"),
    ("unknown_village", "organizations", {"7:village_id": "hs-9"}, 7, "village_id", "hs-9"),
    ("unknown_village", "officers", {"9:village_id": "hs-9"}, 9, "village_id", "hs-9"),
    # Communes
    ("valid_order", "communes", {"4:valid_to": "30/6/2025"}, 4, "valid_to", "30/6/2025"),
    ("merged_open", "communes", {"2:valid_to": ""}, 2, "valid_to", ""),
    ("merged_self", "communes", {"2:merged_into": "khe-tre"}, 2, "merged_into", "khe-tre"),
    ("merged_cycle", "communes", CIRCLE, 2, "merged_into", "khe-tre-moi"),
    ("successor_late", "communes", {"4:valid_from": "2025-07-02"}, 2, "merged_into", "khe-tre-moi"),
    ("successor_ended", "communes", ENDED_TOO, 2, "merged_into", "huong-son"),
    # Organisations
    ("parent_self", "organizations", {"11:parent_id": "cb-thue"}, 11, "parent_id", "cb-thue"),
    ("parent_missing", "organizations", {"11:parent_id": ""}, 11, "parent_id", ""),
    ("parent_missing", "organizations", {"2:level": "cell"}, 2, "parent_id", ""),
    ("root_parent", "organizations", {"2:parent_id": "cb-thue"}, 2, "parent_id", "cb-thue"),
    ("root_many", "organizations", {"12:org_id": "root-2", **ROOT}, 12, "level", "district"),
    ("parent_unknown", "organizations", {"11:parent_id": "rot"}, 11, "parent_id", "rot"),
    ("parent_level", "organizations", {"6:parent_id": "cb-thue"}, 6, "parent_id", "cb-thue"),
    ("parent_cycle", "organizations", {"4:parent_id": "bp-hs"}, 4, "parent_id", "bp-hs"),
    ("commune_differs", "organizations", {"7:commune_id": "khe-tre"}, 7, "commune_id", "khe-tre"),
    ("village_elsewhere", "organizations", {"8:village_id": "kt-1"}, 8, "village_id", "kt-1"),
    ("village_outside", "organizations", {"11:village_id": "kt-1"}, 11, "village_id", "kt-1"),
    ("sum_differs", "organizations", {"4:members": "36"}, 4, "members", "36"),
    ("sum_differs", "organizations", {"2:members": "85"}, 2, "members", "85"),
    ("sum_differs", "organizations", {"9:admitted": "1"}, 9, "admitted", "1"),
    ("sum_below", "organizations", {"4:members": "18", "7:members": ""}, 4, "members", "18"),
    # Officers
    ("vacant_member", "officers", {"7:party_member": "true"}, 7, "party_member", "true"),
    ("holder_unstated", "officers", {"4:party_member": ""}, 4, "party_member", ""),
    ("holder_differs", "officers", {"3:party_member": "false"}, 3, "party_member", "false"),
    ("secretary_not_member", "officers", {"2:party_member": "không"}, 2, "party_member", "không"),
    # Goals
    ("target_missing", "goals", {"2:target": ""}, 2, "target", ""),
    ("target_given", "goals", {"3:target": "5"}, 3, "target", "5"),
    ("target_range", "goals", {"2:target": "100,5"}, 2, "target", "100,5"),
    ("target_whole", "goals", {"3:operator": ">=", "3:target": "5,5"}, 3, "target", "5,5"),
    ("measure", "goals", {"2:measure": "cell_share:communes"}, 2, "measure", "cell_share:communes"),
    ("measure", "goals", {"2:measure": "admission_rate"}, 2, "measure", "admission_rate"),
    ("measure", "published", {"2:measure": "count:heads"}, 2, "measure", "count:heads"),
    ("goal_published_only", "goals", {"2:measure": OF_OTHERS}, 2, "measure", OF_OTHERS),
    # Published figures
    ("ratio_denominator", "published", {"2:denominator": ""}, 2, "denominator", ""),
    ("ratio_denominator", "published", {"2:denominator": "0"}, 2, "denominator", "0"),
    ("ratio_whole", "published", {"2:value": "49.5"}, 2, "value", "49.5"),
    ("ratio_large", "published", {"2:value": "61"}, 2, "value", "61"),
    ("count_whole", "published", {"3:value": "2.198"}, 3, "value", "2.198"),
    ("count_denominator", "published", {"3:denominator": "60"}, 3, "denominator", "60"),
    ("share_range", "published", {"4:value": "4331"}, 4, "value", "4331"),
]
WARNINGS = [
    ("commune_twin", "communes", {"4:valid_from": "2025-01-01", "4:kind": "thi_tran"}, 4, "name", "Khe Tre"),
    ("commune_left", "communes", {"2:merged_into": ""}, 2, "merged_into", ""),
    ("target_never", "goals", {"2:target": "100"}, 2, "target", "100"),
    ("village_small", "villages", {"2:population": "99"}, 2, "population", "99"),
    ("admitted_above_members", "organizations", {"11:admitted": "13"}, 11, "admitted", "13"),
    ("committee_small", "organizations", {"6:members": "5"}, 3, "members", ""),
    ("cell_large", "organizations", {"11:members": "30"}, 11, "members", "30"),
    ("committee_without_subcell", "organizations", COMMITTEE, 11, "level", "committee"),
    ("leaf_without_members", "organizations", {"11:members": ""}, 11, "members", ""),
    ("date_without_officers", "organizations", EARLIER, 12, "as_of", "31/12/2023"),
    ("date_without_organizations", "officers", {"10:as_of": "2023-12-31"}, 10, "as_of", "2023-12-31"),
]


def change(files, table, changes):
    for place, value in changes.items():
        files.set(f"{table}:{place}", value)


def test_a_data_set_without_a_fault_has_no_problem(files):
    report = files.check()
    assert (report.errors, report.warnings) == ((), ())
    assert report.dataset is not None


@pytest.mark.parametrize("case", ERRORS, ids=lambda case: case[0])
def test_an_error_is_found_where_it_is_and_nothing_else(files, case):
    rule, table, changes, row, column, value = case
    change(files, table, changes)
    assert files.errors() == [(f"{table}.csv", row, column, value, rule)]


@pytest.mark.parametrize("case", WARNINGS, ids=lambda case: case[0])
def test_a_warning_does_not_reject(files, case):
    rule, table, changes, row, column, value = case
    change(files, table, changes)
    report = files.check()
    assert report.dataset is not None
    assert report.dataset.warnings == report.warnings
    assert files.brief(report.warnings) == [(f"{table}.csv", row, column, value, rule)]


def test_every_date_needs_a_top_organisation(files):
    files.set("organizations:12:as_of", "2023-12-31")
    problems = [problem for problem in files.errors() if problem[-1] == "root_none"]
    assert problems == [("organizations.csv", 12, "as_of", "2023-12-31", "root_none")]


def test_one_mistyped_key_gives_one_error_per_table_that_names_it(files):
    files.set("communes:3:commune_id", "huong-sn")
    report = files.check()
    assert [(p.file, p.row, p.value, p.rule, p.more) for p in report.errors] == [
        ("villages.csv", 3, "huong-son", "unknown_commune", 1),
        ("organizations.csv", 4, "huong-son", "unknown_commune", 1),
    ]


def test_a_wrong_level_is_said_once_for_all_below(files):
    files.set("organizations:3:level", "cell")
    (problem,) = files.check().errors
    assert (problem.rule, problem.row, problem.value, problem.more) == ("parent_level", 5, "db-kt", 1)


def test_a_village_may_be_kept_under_what_its_commune_became(files):
    files.set("organizations:3:commune_id", "khe-tre-moi")
    assert files.errors() == []


def test_every_cycle_is_told_once_with_its_members(files):
    files.set("organizations:4:parent_id", "bp-hs")
    files.set("organizations:3:parent_id", "cb-kt-1")
    cycles = [(p.row, p.values["members"]) for p in files.check().errors]
    assert cycles == [(3, "db-kt → cb-kt-1 → db-kt"), (4, "db-hs → bp-hs → db-hs")]


def test_errors_come_by_file_then_row_then_column(files):
    files.set("goals:2:target", "x")
    files.set("villages:3:kind", "x")
    files.set("villages:2:population", "x")
    files.set("villages:2:households", "x")
    assert [problem[:3] for problem in files.errors()] == [
        ("villages.csv", 2, "households"),
        ("villages.csv", 2, "population"),
        ("villages.csv", 3, "kind"),
        ("goals.csv", 2, "target"),
    ]


def test_the_same_mistake_in_many_rows_is_told_once_with_their_number(files):
    for row in (4, 6, 9):
        files.set(f"officers:{row}:position", "truong_thon")
    (problem,) = files.check().errors
    assert (problem.row, problem.value, problem.more) == (4, "truong_thon", 2)
    assert problem.sentence(text.get("vi")).endswith("(và 2 dòng khác)")
    assert "secretary" in problem.sentence(text.get("vi"))


def test_an_entry_in_english_is_for_the_page_in_english(files):
    files.put("dataset.toml", f'{files.text("dataset.toml")}root_en = "District party organisation"\n')
    about = dataset.load(files.folder).about
    assert [about.localized("root", lang) for lang in text.LANGUAGES] == [
        "Đảng bộ huyện",
        "District party organisation",
    ]
    assert [about.localized("publisher", lang) for lang in text.LANGUAGES] == ["Ban Tổ chức"] * 2
    assert about.localized("note", "en") == ""


def test_load_raises_all_errors(files):
    files.set("goals:2:target", "x")
    files.set("villages:2:kind", "x")
    with pytest.raises(DataError) as raised:
        dataset.load(files.folder)
    assert [problem.rule for problem in raised.value.problems] == ["code", "number"]


def test_a_value_is_shown_on_one_short_line():
    assert shown(" a\nb\u200b ") == "a\\u000ab\\u200b"
    problem = Problem("date", "goals.csv", 2, "deadline", shown("x" * 500))
    assert "\n" not in problem.line(text.get())
    assert len(problem.line(text.get())) < 300


def sentences(words: Text) -> dict[str, set[str]]:
    """Every rule of a language with the names that its sentence needs."""
    result: dict[str, set[str]] = {}
    for key in words.keys():  # noqa: SIM118 (a Text is no mapping)
        if key.startswith("rule."):
            sentence = words._words[key]
            forms = sentence.values() if isinstance(sentence, dict) else [sentence]
            result[key.removeprefix("rule.")] = {
                name for form in forms for _, name, _, _ in Formatter().parse(form) if name
            }
    return result


def test_every_rule_is_tried_and_both_languages_say_it_with_the_same_values():
    tests = (file for part in ("dataset", "intake", "store") for file in TESTS.glob(f"{part}/test_*.py"))
    words = {*re.findall(r"\w+", " ".join(file.read_text("utf-8") for file in tests))}
    # How a version of a store is damaged is named without the word before it.
    tried = words | {f"version_{word}" for word in words}
    vietnamese, english = (sentences(text.get(lang)) for lang in text.LANGUAGES)
    assert {*vietnamese} - {"more_rows"} <= tried
    assert vietnamese == english


def test_every_refusal_of_a_code_lists_the_known_ones(files):
    for table in schema.TABLES:
        for column in table.columns:
            if column.codes or column.kind is schema.Kind.POSITION:
                files.set(f"{table.name}:2:{column.name}", "?")
    refused = [problem for problem in files.check().errors if problem.rule == "code"]
    assert len(refused) == 6
    assert all(problem.values["known"] for problem in refused)


@pytest.mark.parametrize(
    ("regions", "warned"),
    [
        (("Huế", "Đà Nẵng"), []),
        (("Huế", "Huế"), [(4, 0)]),
        (("Huế", "Huế", "Nghệ An"), [(4, 0), (5, 0)]),
        (("", ""), [(4, 0)]),
    ],
)
def test_namesakes_are_compared_within_their_region(files, regions, warned):
    rows = [f"c{n},Tân Lập,xa,,,,,{n},{region}" for n, region in enumerate(("Nghệ An", *regions))]
    files.put("communes.csv", f"{','.join(schema.table('communes').column_names)}\n" + "\n".join(rows))
    assert twins(files) == warned


def test_many_namesakes_are_said_in_one_line(files):
    rows = [f"c{n},Tân Lập {n % 12},xa,,,,,{n}" for n in range(24)]
    files.put("communes.csv", f"{','.join(schema.table('communes').required)}\n" + "\n".join(rows))
    assert twins(files) == [(14, 11)]


def twins(files):
    return [(warned.row, warned.more) for warned in files.check().warnings if warned.rule == "commune_twin"]
