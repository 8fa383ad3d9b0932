"""Files as offices save them: what is read, and what is refused with advice."""

from __future__ import annotations

import unicodedata

import pandas as pd
import pytest

from dashboard import dataset, schema
from dashboard.dataset.read import cells, folder


def read(files) -> dataset.Dataset:
    report = files.check()
    assert report.errors == ()
    assert report.dataset is not None
    return report.dataset


# --- The folder and its files


@pytest.mark.parametrize(("name", "rule"), [("none", "folder_missing"), ("a.csv", "folder_is_file")])
def test_what_is_no_folder(tmp_path, name, rule):
    (tmp_path / "a.csv").touch()
    (problem,) = dataset.check(tmp_path / name).errors
    assert (problem.rule, problem.file) == (rule, str(tmp_path / name))


@pytest.mark.parametrize("file", schema.REQUIRED_FILES)
def test_a_missing_file_is_the_only_problem(files, file):
    (files.folder / file).unlink()
    assert files.errors() == [(file, None, None, None, "file_missing")]


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf\r\n \r\n"])
def test_an_empty_file(files, content):
    files.put("officers.csv", content)
    assert files.unread() == [("officers.csv", None, None, None, "file_empty")]


def test_a_file_that_cannot_be_opened(files):
    (files.folder / "goals.csv").unlink()
    (files.folder / "goals.csv").mkdir()
    assert files.errors() == [("goals.csv", None, None, None, "file_unreadable")]


def test_tables_may_be_without_rows(files):
    tables = [table for table in schema.TABLES if not table.optional]
    for table in tables:
        files.put(table.file, ",".join(table.column_names) + "\n")
    data = read(files)
    assert data.warnings == ()
    assert data.dates == ()
    assert [len(getattr(data, table.name)) for table in tables] == [0] * len(tables)
    assert str(data.villages["households"].dtype) == "Int64"


def test_the_version_changes_with_any_byte(files):
    before = read(files).about.version
    assert read(files).about.version == before
    assert len(before) == 12
    files.put("goals.csv", files.text("goals.csv") + "\n")
    assert read(files).about.version != before


# --- dataset.toml


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("sample = true", "sample = ", [(3, None, None, "toml_syntax")]),
        ('root = "Đảng bộ huyện"\n', 'root = "Đảng', [(4, None, None, "toml_syntax")]),
        ("sample = true", "", [(None, "sample", None, "about_missing")]),
        ("sample = true", 'sample = "có"', [(3, "sample", "có", "about_flag")]),
        ("sample = true", "sample = 1", [(3, "sample", "1", "about_flag")]),
        ("sample = true", 'sample = true\nunit = "huyen"', [(4, "unit", "huyen", "about_unit")]),
        ('"Ban Tổ chức"', '" "', [(2, "publisher", "", "about_blank")]),
        ('"Ban Tổ chức"', "5", [(2, "publisher", "5", "about_text")]),
        ('"Ban Tổ chức"', '"Ban T? chức"', []),
        ('"Ban Tổ chức"', '"Ban T?chức"', [(2, "publisher", "Ban T?chức", "text_lost")]),
        ('"Ban Tổ chức"', '"' + "x" * 201 + '"', [(2, "publisher", "x" * 80 + "…", "text_long")]),
        ("root", 'author = "x"\nroot', [(4, "author", "author", "about_unknown")]),
        ("root", 'assumed_as_of = "31/12/2024"\nroot', [(4, "assumed_as_of", "31/12/2024", "about_date")]),
        ("root", 'assumed_as_of = "2024-12-31"\nnote = ""\nroot', []),
        ("root", "assumed_as_of = 2024-12-31\nroot", []),
        ("root", "note = " + "[" * 5000 + "\nroot", [(5, None, None, "toml_syntax")]),
        ("root", "note = " + "1" * 5000 + "\nroot", [(5, None, None, "toml_syntax")]),
    ],
)
def test_the_description(files, old, new, expected):
    files.replace("dataset.toml", old, new)
    assert files.unread() == [("dataset.toml", *rest) for rest in expected]


def test_an_unknown_entry_gets_the_list_of_known_ones(files):
    files.put("dataset.toml", files.text("dataset.toml") + "\n[owner]\nname = 'x'\n")
    (problem,) = files.check().errors
    assert (problem.column, problem.row) == ("owner", 6)
    assert problem.values["known"] == ", ".join(
        schema.ABOUT_REQUIRED + schema.ABOUT_OPTIONAL + schema.ABOUT_IN_ENGLISH
    )


# --- Encodings, separators, line ends


def encoded(encoding: str):
    return lambda content: content.encode(encoding)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(encoded("utf-8-sig"), id="utf-8 with mark"),
        pytest.param(encoded("utf-16"), id="utf-16"),
        pytest.param(lambda text: b"\xfe\xff" + text.encode("utf-16-be"), id="utf-16 big end first"),
        pytest.param(lambda text: unicodedata.normalize("NFD", text).encode(), id="decomposed"),
        pytest.param(lambda text: text.replace("\r\n", "\n").encode(), id="line feeds"),
        pytest.param(lambda text: text.replace("\r\n", "\r").encode(), id="carriage returns"),
        pytest.param(lambda text: text.replace("\r\n", "\n").rstrip("\n").encode(), id="no last line end"),
        pytest.param(lambda text: text.replace(",", ";").encode(), id="semicolons"),
        pytest.param(lambda text: text.replace(",", "\t").encode(), id="tabs"),
        pytest.param(lambda text: text.replace(",", "|").encode(), id="bars"),
        pytest.param(lambda text: b"sep=;\r\n" + text.replace(",", ";").encode(), id="separator line"),
        pytest.param(lambda text: text.replace(" ", "\u00a0").encode(), id="no-break spaces"),
        pytest.param(lambda text: text.replace(",", " , ").encode(), id="spaces around"),
        pytest.param(lambda text: text.replace("\r\n", ",,\r\n").encode(), id="blank columns at the end"),
        pytest.param(lambda text: (text + ",,,,,,,\r\n\r\n,\r\n").encode(), id="blank rows at the end"),
        pytest.param(lambda text: (text + "\r\n\r\n").encode(), id="blank lines at the end"),
        pytest.param(lambda text: text.replace("Hương Sơn", '"Hương\r\nSơn"').encode(), id="line break"),
        pytest.param(lambda text: text.replace("xa", '"xa"').encode(), id="quotes"),
    ],
)
def test_every_way_to_save_reads_the_same(files, change):
    expected = folder(files.folder).sheets["communes"].frame
    files.put("communes.csv", change(files.text("communes.csv").replace("\n", "\r\n")))
    reading = folder(files.folder)
    assert reading.problems == ()
    pd.testing.assert_frame_equal(reading.sheets["communes"].frame, expected)


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"PK\x03\x04\x14\x00rest", "file_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "file_workbook"),
        ("commune_id,name".encode("utf-16-le"), "file_binary"),
        (b"\xff\xfea", "file_encoding"),
    ],
)
def test_what_is_no_text_is_refused(files, content, rule):
    files.put("communes.csv", content)
    assert files.unread() == [("communes.csv", None, None, None, rule)]


def test_a_look_alike_letter_becomes_what_was_meant(files):
    files.set("communes:3:name", "\u00d0ông Giang")
    assert read(files).communes["name"][1] == "Đông Giang"


# --- Header


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("holder", "ten", [("ten", "ten", "column_unknown"), ("holder", None, "column_missing")]),
        (
            "holder,party_member",
            "holder,holder",
            [("holder", "holder", "column_duplicate"), ("party_member", None, "column_missing")],
        ),
        ("as_of,village_id,position,holder,party_member", "a,b,c,d,e", [(None, None, "header_unknown")]),
    ],
)
def test_the_header_must_have_each_column_once(files, old, new, expected):
    files.replace("officers.csv", old, new)
    assert files.errors() == [("officers.csv", 1, *rest) for rest in expected]


def test_an_unknown_column_lists_the_known_ones_and_the_rest_is_checked(files):
    rows = files.text("officers.csv").splitlines()
    files.put("officers.csv", "\n".join(["ho_ten," + rows[0], *("x," + row for row in rows[1:])]))
    files.replace("officers.csv", "women_head", "chi_hoi")
    unknown, code = files.check().errors
    assert (unknown.rule, unknown.column) == ("column_unknown", "ho_ten")
    assert unknown.values["known"] == "as_of, village_id, position, holder, party_member"
    assert (code.rule, code.row) == ("code", 9)


def test_a_table_without_its_columns_stops_only_its_own_rules(files):
    files.replace("villages.csv", "commune_id", "xa")
    files.set("officers:4:position", "x")
    assert [problem[-1] for problem in files.errors()] == ["column_unknown", "column_missing", "code"]


def test_data_in_a_column_without_a_name(files):
    rows = files.text("goals.csv").splitlines()
    files.put("goals.csv", "\n".join([rows[0] + ",,", rows[1] + ",,Nguyễn Văn A", rows[2] + ",,"]))
    (problem,) = files.check().errors
    assert (problem.rule, problem.row, problem.value) == ("column_unnamed", 2, "Nguyễn Văn A")
    assert problem.values["number"] == 9


# --- Rows


@pytest.mark.parametrize(
    ("old", "new", "row", "count"),
    [
        ("hs-2,secretary,A,true", "hs-2,secretary,A", 8, 4),
        ("kt-1,secretary,A,true", "kt-1,secretary,A,true,x", 2, 6),
    ],
)
def test_a_row_with_a_wrong_number_of_cells(files, old, new, row, count):
    files.replace("officers.csv", old, new)
    (problem,) = files.check().errors
    assert problem.rule == ("fields_few" if count < 5 else "fields_many")
    assert (problem.row, problem.values) == (row, {"found": count, "expected": 5})


@pytest.mark.parametrize("name", ['"Thôn 1', '"Thôn "1"'])
def test_a_quotation_mark_that_is_not_closed(files, name):
    files.replace("villages.csv", "Thôn 1", name)
    assert files.errors() == [("villages.csv", 3, None, None, "quote_open")]


def test_rows_count_as_a_spreadsheet_shows_them(files):
    files.replace("communes.csv", "Khe Tre,thi_tran", '"Khe\nTre",thi-tran')
    files.replace("communes.csv", "huong-son,", "\nhuong-son,")
    files.replace("communes.csv", ",3", ",ba")
    files.put("communes.csv", "sep=,\n" + files.text("communes.csv"))
    assert [(problem[1], problem[2]) for problem in files.errors()] == [(2, "kind"), (5, "rank")]


# --- Cells


@pytest.mark.parametrize(
    ("parse", "written", "value"),
    [
        (cells.count, "2198", 2198),
        (cells.count, "2.198", 2198),
        (cells.count, "1.234.567", 1234567),
        (cells.count, "2 198", 2198),
        (cells.count, "2198.0", 2198),
        (cells.count, "0", 0),
        (cells.number, "43.31", 43.31),
        (cells.number, "43,31", 43.31),
        (cells.number, "80", 80),
        (cells.iso_date, "2024-12-31", "2024-12-31"),
        (cells.iso_date, "05/04/2021", "2021-04-05"),
        (cells.iso_date, "5/4/2021", "2021-04-05"),
        (cells.iso_date, "5-4-2021", "2021-04-05"),
        (cells.iso_date, "05.04.2021", "2021-04-05"),
        (cells.iso_date, "5/4/21", "2021-04-05"),
        (cells.iso_date, "ngày 05 tháng 4 năm 2021", "2021-04-05"),
        (cells.flag, "TRUE", True),
        (cells.flag, "Có", True),
        (cells.flag, "X", True),
        (cells.flag, "Đúng", True),
        (cells.flag, "KHÔNG", False),
        (cells.flag, "0", False),
        (cells.letter, "b", "B"),
        (cells.one_line, "Thôn\n 1", "Thôn 1"),
    ],
)
def test_a_cell_is_read_by_its_kind(parse, written, value):
    assert parse(written) == value


@pytest.mark.parametrize(
    ("parse", "written"),
    [
        *((cells.count, text) for text in ("2,5", "-3", "83,3%", "12.5", "0.500", "2.1980", "1.23.456")),
        *((cells.count, text) for text in ("2,198", "２", "1e5", "50/60", "2.198 567", "1" * 5000)),
        *((cells.number, text) for text in ("nan", "inf", "1e5", "-1", "1.234,5", "43.31%", "1" * 400)),
        *((cells.iso_date, text) for text in ("12/31/2024", "30/02/2024", "2024", "2024-13-01", "5/4/1")),
        *((cells.iso_date, text) for text in ("5/4-2021", "1/1/1899", "2101-01-01", "２024-01-01")),
        *((cells.flag, text) for text in ("co", "2", "đảng viên")),
        *((cells.letter, text) for text in ("Đ", "AB", "1", "é")),
    ],
)
def test_a_cell_that_could_mean_something_else_is_refused(parse, written):
    with pytest.raises(cells.CellError):
        parse(written)


def test_blank_is_no_value_and_the_words_na_and_none_are_text(files):
    files.set("villages:2:name", "NA")
    files.set("villages:3:name", "None")
    data = read(files)
    assert data.villages["name"].tolist() == ["NA", "None", "Thôn 2"]
    assert data.villages["households"].isna().tolist() == [False, False, True]
    assert data.officers["holder"].tolist()[5] == ""
    assert data.officers["party_member"].isna().sum() == 1
    assert {str(data.officers[column].dtype) for column in ("as_of", "holder")} == {"str"}
    assert str(data.officers["party_member"].dtype) == "boolean"
    assert str(data.published["value"].dtype) == "Float64"


def test_rows_stand_in_display_order(files):
    files.set("communes:2:rank", "")
    files.set("communes:4:rank", "")
    files.set("villages:4:rank", "0")
    data = read(files)
    assert data.communes["commune_id"].tolist() == ["huong-son", "khe-tre", "khe-tre-moi"]
    assert data.villages["village_id"].tolist() == ["hs-2", "hs-1", "kt-1"]
    assert data.communes.index.tolist() == [0, 1, 2]
