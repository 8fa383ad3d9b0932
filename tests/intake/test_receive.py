"""What offices send: it is read, or refused with a sentence, and what it changes is told."""

import unicodedata

import openpyxl
import pytest
from handed_in import (
    OFFICERS,
    ORGANIZATIONS,
    VI,
    VILLAGES,
    figures,
    lines,
    members_in,
    opened,
    receive,
    received,
)

from dashboard import __main__ as command_line
from dashboard import intake
from dashboard.dataset import load


def as_csv(filled, sheet, separator=";"):
    """One sheet as an office suite saves it."""
    rows = opened(filled, data_only=True)[sheet].iter_rows(values_only=True)
    cells = [["" if cell is None else _written(cell) for cell in row] for row in rows]
    return "".join(separator.join(f'"{cell}"' for cell in row) + "\r\n" for row in cells)


def _written(cell):
    return f"{cell:%d/%m/%Y}" if hasattr(cell, "year") else str(cell)


def as_cp1258(written):
    """Each tone is a sign of its own in cp1258, the letter under it composed."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    signs = []
    for sign in written:
        parts = unicodedata.normalize("NFD", sign)
        signs.append(unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones)))
        signs += [part for part in parts if part in tones]
    return "".join(signs).encode("cp1258")


def test_the_filled_template_changes_no_figure(filled, bundled, tmp_path):
    preview = received(filled, bundled)
    assert (preview.changes, preview.figures) == ((), ())
    preview.write(tmp_path)
    assert figures(load(tmp_path)) == figures(bundled)


def test_an_earlier_date_round_trips_too(bundled):
    preview = received(intake.template(bundled, "2021-12-31", VI), bundled)
    assert (preview.as_of, preview.changes) == ("2021-12-31", ())


def test_an_entry_that_changes_loses_its_english_form_and_the_others_keep_theirs(filled, spoilt, bundled):
    same = receive(filled, bundled).dataset.about
    new = receive(spoilt({"Thông tin chung!B3": "Ban Tổ chức"}), bundled).dataset.about
    assert same.publisher_en == bundled.about.publisher_en != ""
    assert (new.publisher, new.publisher_en) == ("Ban Tổ chức", "")
    assert (new.title_en, new.root_en, new.note_en) == (same.title_en, same.root_en, same.note_en)


@pytest.mark.parametrize(
    ("sheet", "encoded"),
    [
        ("Thôn, tổ dân phố", lambda text: text.encode()),
        ("Tổ chức", lambda text: text.encode("utf-8-sig")),
        ("Chức danh", lambda text: text.encode("utf-16")),
        ("Tổ chức", lambda text: unicodedata.normalize("NFD", text).encode()),
        ("Mục tiêu", lambda text: ("sep=;\r\n" + text).encode()),
        ("Số đã công bố", lambda text: text.replace("\r\n", "\r").encode()),
        ("Xã", lambda text: (text + '"";"";""\r\n\r\n').encode()),
        ("Tổ chức", lambda text: text.replace("Đ", "\u00d0").encode()),
        ("Chức danh", lambda text: text.replace("Xã ", "XÃ\u00a0").encode()),
        (VILLAGES, as_cp1258),
    ],
    ids=["utf-8", "mark", "utf-16", "NFD", "sep", "CR", "tail", "Eth", "NBSP", "cp1258"],
)
def test_a_sheet_as_csv_changes_nothing(filled, bundled, sheet, encoded):
    assert lines(encoded(as_csv(filled, sheet)), bundled, f"{sheet}.csv") == ""


@pytest.mark.parametrize("separator", [",", "\t", "|"])
def test_other_separators(filled, bundled, separator):
    assert lines(as_csv(filled, "Chức danh", separator).encode(), bundled, "a.csv") == ""


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (as_cp1258("Thôn").replace(b"\xf4", b"?") + b"; h? \xea", "chữ đã mất khi lưu"),
        ("Uû ban nh©n d©n;1".encode("cp1252"), "không phải Unicode"),
        (b"a;b;c\n1;2;3", "Không nhận ra trang tính"),
    ],
)
def test_what_cannot_be_read_is_refused_with_advice(bundled, data, sentence):
    assert sentence in lines(data, bundled)


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        ({"Chức danh!A12": "hương phú"}, ""),
        ({"Chức danh!A4": "TT. Khe Tre"}, ""),
        ({"Chức danh!B4": "TDP 1"}, ""),
        ({"Thôn, tổ dân phố!D3": "1.080"}, "Đổi: Tổ dân phố 1 (Thị trấn Khe Tre): Số hộ: 80, nay 1080"),
        ({"Chức danh!C4": "K", "Chức danh!D4": "x"}, "Bí thư chi bộ: người giữ: "),
        ({"Chức danh!C4": "khuyết", "Chức danh!D4": None}, "nay khuyết"),
        ({"Thôn, tổ dân phố!H1": "STT", "Thôn, tổ dân phố!H3": 1}, ""),
    ],
)
def test_names_and_numbers_as_offices_write_them(spoilt, bundled, cells, line):
    result = lines(spoilt(cells), bundled)
    assert line in result if line else result == ""


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (["Tổng cộng", "", "", 6873, 28336], []),
        (["Tổng cộng", "", "", 6874, 28336], ["Thôn, tổ dân phố!D63"]),
        (["Cộng xã Hương Sơn", "", "", 640], ["Thôn, tổ dân phố!A63"]),
    ],
)
def test_a_total_row_is_compared_never_added(book, bundled, row, wrong):
    book[VILLAGES].append(row)
    refused = receive(book, bundled)
    assert [finding.location(VI) for finding in getattr(refused, "findings", ())] == wrong


def test_a_new_date_is_added_and_the_others_stay(spoilt, bundled):
    data = spoilt({"Tổ chức!B1": "31/12/2025", "Chức danh!B1": "31/12/2025", "Tổ chức!G6": 29})
    preview = received(data, bundled)
    assert preview.dataset.dates == (*bundled.dates, "2025-12-31")
    assert figures(preview.dataset)[:-1] == figures(bundled)
    assert [change.kind for change in preview.changes] == ["changed"]


def test_a_date_that_an_earlier_file_brought_is_no_news(spoilt, bundled):
    data = spoilt({"Tổ chức!B1": "31/12/2025", "Chức danh!B1": "31/12/2025"})
    files = [(f"{sheet}.csv", as_csv(data, sheet).encode()) for sheet in (ORGANIZATIONS, OFFICERS)]
    _, result = intake.receive_all(files, bundled)
    assert "date_exists" not in {caution.rule for caution in result.cautions}


def test_a_vanished_village_and_lost_members_need_a_tick(book, bundled):
    book["Chức danh"].delete_rows(4)
    for cell in members_in(book):
        cell.value = 1
        book[ORGANIZATIONS].cell(cell.row, 8).value = 0
    preview = receive(book, bundled)
    assert {caution.rule for caution in preview.cautions} >= {"date_exists", "villages_gone", "members_down"}


@pytest.fixture
def folder(bundled, filled, tmp_path):
    received(filled, bundled).write(tmp_path)
    return tmp_path


def test_the_commands_round_trip(folder, capsys):
    out = folder / "mau.xlsx"
    assert command_line.main(["template", "--data", str(folder), "--out", str(out)]) == 0
    assert command_line.main(["import", str(out), "--data", str(folder), "--dry-run"]) == 0
    assert "chưa có gì thay đổi" in capsys.readouterr().out
    assert command_line.main(["import", str(out), "--data", str(folder), "--yes"]) == 0


def test_what_needs_a_look_stops_the_command_until_it_is_confirmed(folder, spoilt, capsys):
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    changed = folder.parent / "moi.xlsx"
    changed.write_bytes(spoilt({"Chức danh!P4": "có"}))
    assert command_line.main(["import", str(changed), "--data", str(folder)]) == 1
    assert "--yes" in capsys.readouterr().err
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    assert command_line.main(["import", str(changed), "--data", str(folder), "--yes"]) == 0
    assert {file.name: file.read_bytes() for file in folder.iterdir()} != before


def test_a_wrong_file_leaves_the_folder_and_gives_the_marked_workbook(folder, spoilt, capsys):
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    wrong, marked = folder.parent / "sai.xlsx", folder.parent / "danh-dau.xlsx"
    wrong.write_bytes(spoilt({"Tổ chức!G10": "mười"}))
    called = ["import", str(wrong), "--data", str(folder), "--marked", str(marked)]
    assert command_line.main(called) == 1
    assert capsys.readouterr().err.startswith("Tổ chức!G10: “mười”")
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    assert openpyxl.load_workbook(marked)["Tổ chức"]["G10"].comment
