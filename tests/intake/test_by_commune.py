"""Workbooks of single communes: each replaces its own rows, and no others."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace

import pytest
from handed_in import (
    LAST,
    NEXT,
    OFFICERS,
    ORGANIZATIONS,
    SHEETS,
    VI,
    cut,
    members_in,
    opened,
    packed,
    received,
    unpacked,
)

from dashboard import __main__ as command_line
from dashboard import intake, measures, schema
from dashboard.dataset import default_folder, load, select
from dashboard.dataset.sheet import as_text


def rows(data, name):
    """The rows of a table, in any order."""
    return {tuple(row) for row in as_text(schema.table(name), getattr(data, name)).itertuples(index=False)}


def test_the_workbook_of_one_commune_changes_its_rows_alone(filled, bundled, communes):
    result = received(cut(filled, {communes["huong-son"]}, members=1), bundled)
    assert {(change.table, change.kind) for change in result.changes} == {("organizations", "changed")}
    assert len(result.changes) == 11
    before, after = (measures.figures(data, select(data)) for data in (bundled, result.dataset))
    assert after["structure"]["members"] == before["structure"]["members"] + 11
    for area in communes.keys() - {"huong-son"}:
        parts = [
            measures.figures(data, select(data, [area]))["structure"] for data in (bundled, result.dataset)
        ]
        assert parts[0] == parts[1]


def test_a_row_that_it_leaves_out_goes_where_the_commune_is_its_own(filled, bundled, communes):
    book = opened(cut(filled, {communes["huong-son"]}))
    book[OFFICERS].delete_rows(4)
    result = received(book, bundled)
    assert {change.kind for change in result.changes} == {"missing"}
    assert {change.who.split(":")[0] for change in result.changes} == {"Thôn 1 (Xã Hương Sơn)"}


def test_some_in_any_order_make_what_one_workbook_makes(filled, bundled, communes):
    names = [communes[area] for area in ("huong-son", "khe-tre", "thuong-lo")]
    # The district bodies are of no commune: blank in the column.
    of = {**{name: {name} for name in names}, "bodies": {None}}
    whole = received(cut(filled, {*names, None}, LAST, 1), bundled).dataset
    data = bundled
    for name in random.Random(1).sample(list(of), len(of)):
        data = received(cut(filled, of[name], LAST, 1), data).dataset
    for table in ("villages", "organizations", "officers"):
        assert rows(data, table) == rows(whole, table)


def test_whom_a_commune_stands_under_comes_with_it_to_a_new_date(filled, bundled, communes):
    data = received(cut(filled, {communes["huong-son"]}, NEXT, root=False), bundled).dataset
    there = data.organizations[data.organizations["as_of"] == NEXT]
    assert sorted(there["level"]) == ["committee", *["subcell"] * 11, "superior"]
    figures = measures.figures(data, select(data, ["huong-son"], NEXT))["structure"]
    assert (figures["subcells"], figures["members"]) == (11, 156)
    others = measures.figures(data, select(data, ["huong-phu"], NEXT))["structure"]
    assert others["members"] is None


def test_the_bodies_of_no_commune_are_replaced_by_a_workbook_that_names_one_of_them(filled, bundled):
    book = opened(cut(filled, {None}))
    last = members_in(book)[-1].row
    removed = book[ORGANIZATIONS].cell(last, 1).value
    book[ORGANIZATIONS].delete_rows(last)
    result = received(book, bundled)
    assert [(change.kind, change.who) for change in result.changes] == [("missing", removed)]


@pytest.mark.parametrize("commune", ["huong-son", schema.OUTSIDE])
def test_the_template_of_a_commune_comes_back_as_it_went(bundled, communes, commune):
    data = intake.template(bundled, None, VI, [commune])
    assert received(data, bundled).changes == ()
    book = opened(data)
    assert book.sheetnames == ["Hướng dẫn", *SHEETS, "Danh mục"]
    listed = {row[4].value for row in book[ORGANIZATIONS].iter_rows(min_row=4)} - {None}
    assert listed == ({communes[commune]} if commune != schema.OUTSIDE else set())


def test_the_templates_of_all_communes_come_back_as_they_went(bundled, communes):
    data = intake.templates(bundled, None, VI)
    names = [name.removesuffix(".xlsx") for name in unpacked(data)]
    assert names[:-1] == list(communes.values())[:-1]
    assert names[-1] == "Khối cơ quan huyện (không thuộc xã)"
    refused, result = intake.receive_all([("bieu.zip", data)], bundled)
    assert (refused, result.changes) == ([], ())


def test_files_are_named_as_every_system_takes_them(bundled):
    names = {"huong-son": 'A/b: "c".', "huong-phu": "a b c"}
    rows = bundled.communes.assign(name=bundled.communes["commune_id"].map(names).fillna("x"))
    archive = intake.templates(replace(bundled, communes=rows), None, VI, list(names))
    assert [*unpacked(archive)] == ["Xã A b c (huong-son).xlsx", "Xã a b c (huong-phu).xlsx"]


def test_the_command_takes_communes_that_there_are(tmp_path, capsys):
    out = ["--data", str(default_folder()), "--out", str(tmp_path / "bieu.xlsx")]
    assert command_line.main(["template", "--commune", "huong-son", *out]) == 0
    assert command_line.main(["template", "--commune", "nowhere", *out]) == 2
    assert "huong-son" in capsys.readouterr().err
    out[-1] = str(tmp_path / "bieu.zip")
    assert command_line.main(["template", "--commune", "huong-son", "--commune", "huong-phu", *out]) == 0
    assert [*unpacked((tmp_path / "bieu.zip").read_bytes())] == ["Xã Hương Sơn.xlsx", "Xã Hương Phú.xlsx"]
    assert command_line.main(["template", "--empty", *out]) == 2


@pytest.mark.parametrize("in_zip", [False, True])
def test_several_files_are_one_hand_in(filled, bundled, communes, every, in_zip):
    # All of them as files; some of them in a ZIP, which is read in the same way.
    areas = ("huong-son", "thuong-lo") if in_zip else communes.keys() - {schema.OUTSIDE}
    names = {communes[area] for area in areas}
    files = {f"{name}.xlsx": every[str(name)] for name in (*names, None)}
    refused, result = intake.receive_all(
        [("nop.zip", packed(files))] if in_zip else [*files.items()], bundled
    )
    assert refused == []
    whole = received(cut(filled, {*names, None}, NEXT, 1), bundled)
    for table in ("villages", "organizations", "officers"):
        assert rows(result.dataset, table) == rows(whole.dataset, table)
    assert set(result.figures) == set(whole.figures)
    assert {caution.rule for caution in result.cautions}.isdisjoint({"date_exists"})
    assert result.as_of == NEXT


def test_one_wrong_file_refuses_them_all_by_its_name(bundled, communes, every):
    files = [("dung.xlsx", every[communes["huong-son"]]), ("sai.xlsx", b"not a workbook")]
    refused, result = intake.receive_all(files, bundled)
    assert ([name for name, _ in refused], result) == (["sai.xlsx"], None)


def test_the_command_takes_several_files(tmp_path, communes, every, capsys):
    folder = tmp_path / "data"
    shutil.copytree(default_folder(), folder)
    files = []
    for n, area in enumerate(("huong-son", "huong-phu")):
        files.append(tmp_path / f"{n}.xlsx")
        files[-1].write_bytes(every[communes[area]])
    paths = list(map(str, files))
    assert command_line.main(["import", *paths, "--data", str(folder), "--yes"]) == 0
    data = load(folder)
    assert data.dates[-1] == NEXT
    members = [
        measures.figures(data, select(data, [area], NEXT))["structure"]["members"]
        for area in ("huong-son", "huong-loc")
    ]
    assert members == [156 + 11, None]
    files[1].write_bytes(b"not a workbook")
    assert command_line.main(["import", *paths, "--data", str(folder)]) == 1
    assert "1.xlsx: " in capsys.readouterr().err
    assert (
        command_line.main(["import", *paths, "--data", str(folder), "--marked", str(tmp_path / "m.xlsx")])
        == 2
    )


TWO_COMMUNES = {
    "communes": "commune_id | name | valid_from | valid_to | merged_into\na | Bắc | | |\nb | Nam | | |",
    "villages": "village_id | commune_id | name\na1 | a | Thôn 1\nb1 | b | Thôn Lẻ",
    "organizations": f"""
        as_of | org_id | parent_id | level | commune_id | name | members
        {LAST} | north | root | cell | a | Chi bộ Bắc | 5
        {LAST} | south | root | cell | b | Chi bộ Nam | 7
        """,
}


def of_one(data, members):
    """The workbook of commune a, its cells with so many more members."""
    book = opened(intake.template(data, LAST, VI, ["a"]))
    for cell in members_in(book):
        cell.value += members
    return book


def test_a_sum_above_a_changed_commune_is_no_longer_stated(build):
    organizations = f"""
        as_of | org_id | parent_id | level | commune_id | name | members
        {LAST} | both | root | committee | | Đảng bộ chung | 12
        {LAST} | north | both | subcell | a | Chi bộ Bắc | 5
        {LAST} | south | both | subcell | b | Chi bộ Nam | 7
        """
    base = build(**{**TWO_COMMUNES, "organizations": organizations})
    book = of_one(base, 2)
    sheet = book[ORGANIZATIONS]
    for row in range(sheet.max_row, 3, -1):
        if sheet.cell(row, 1).value in ("root", "Đảng bộ chung"):
            sheet.delete_rows(row)
    data = received(book, base).dataset
    assert measures.figures(data, select(data))["structure"]["members"] == 14


def test_new_organisations_have_ids_that_no_other_has(build):
    rows = TWO_COMMUNES["organizations"].replace("north", "chi-bo-moi").replace("south", "chi-bo-moi-2")
    base = build(**{**TWO_COMMUNES, "organizations": rows})
    book = opened(intake.template(base, LAST, VI, ["a"]))
    for _ in range(2):
        book[ORGANIZATIONS].append(["Chi bộ mới", "Chi bộ cơ sở", None, "root", "Xã Bắc", None, 3])
    ids = received(book, base).dataset.organizations["org_id"]
    assert sorted(ids) == ["chi-bo-moi", "chi-bo-moi-2", "chi-bo-moi-3", "chi-bo-moi-4", "root"]


def test_a_village_of_another_commune_that_no_row_names_stays(build):
    data = build(**TWO_COMMUNES)
    assert set(received(of_one(data, 1), data).dataset.villages["village_id"]) == {"a1", "b1"}


def test_a_commune_replaces_the_rows_of_those_that_were_merged_into_it(build):
    merged = """commune_id | name | valid_from | valid_to | merged_into
        a | Bắc | | 2025-03-31 | c
        b | Nam | | |
        c | Mới | 2025-04-01 | |"""
    organizations = TWO_COMMUNES["organizations"].replace(LAST, NEXT).replace("| a |", "| c |")
    old = build(**{**TWO_COMMUNES, "communes": merged, "organizations": organizations})
    base = build(
        **{
            **TWO_COMMUNES,
            "communes": merged,
            "organizations": organizations + f"    {NEXT} | left | root | cell | a | Chi bộ cũ | 3\n",
        }
    )
    book = opened(intake.template(old, NEXT, VI, ["c"]))
    result = received(book, base)
    assert [(change.kind, change.who) for change in result.changes] == [("missing", "Chi bộ cũ")]
