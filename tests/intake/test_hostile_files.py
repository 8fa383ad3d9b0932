"""Files made to do harm: each is refused with its own sentence, or what it tries has no effect.

They are small; what they would unpack to is not. Memory and time are bounded by the child that reads them,
and a test that ran out of either would not come to its end.
"""

import io
import zipfile
from collections.abc import Mapping

import pytest
from handed_in import VI, VILLAGES, opened, packed, places, receive, received, understated

from dashboard import text
from dashboard.intake import child, read

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHARED = "xl/sharedStrings.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def worksheet(rows: str) -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def workbook(*sheets: str, names: tuple[str, ...] = (), parts: Mapping[str, str | bytes] = {}) -> bytes:
    """An XLSX of the XML of its worksheets, and of other parts."""
    names = names or tuple(f"S{number}" for number, _ in enumerate(sheets, 1))
    entries = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(names, 1))
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{LINKS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n, _ in enumerate(sheets, 1)
    )
    return packed(
        {
            "_rels/.rels": f'<Relationships><Relationship Id="b" Type="{LINKS}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">'
            f"<sheets>{entries}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f"<Relationships>{relations}</Relationships>",
            **{f"xl/worksheets/sheet{n}.xml": sheet for n, sheet in enumerate(sheets, 1)},
            **parts,
        }
    )


def cell(name: str, value: object = 1) -> str:
    return f'<row><c r="{name}"><v>{value}</v></c></row>'


def text_only(value: str) -> str:
    return f'<c t="inlineStr"><is><t>{value}</t></is></c>'


def spreadsheet(table: str, head: str = "", parts: Mapping[str, str] = {}) -> bytes:
    """An ODS of the XML of its tables, and of other parts."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f"{head}<office:document-content {spaces}><office:body><office:spreadsheet>{table}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    return packed(
        {"mimetype": mimetype, "content.xml": content, "META-INF/manifest.xml": "<manifest/>", **parts}
    )


LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a "ha">'
    '<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">'
    '<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;">]>'
)
FAR_ROWS = (
    '<table:table table:name="S"><table:table-row table:number-rows-repeated="{rows}">{cell}'
    "</table:table-row></table:table>"
)
ODS_CELL = (
    '<table:table-cell office:value-type="string" table:number-columns-repeated="{columns}">'
    "<text:p>{words}</text:p></table:table-cell>"
)

# What the file is, and the rule that refuses it.
REFUSED = {
    "empty": (lambda: b"", "empty"),
    "100 MB": (lambda: bytes(100_000_000), "too_large"),
    "zip bomb": (lambda: workbook(" " * 70_000_000), "bomb"),
    "bomb in many parts": (
        lambda: workbook(worksheet(""), parts={f"xl/{n}.bin": bytes(1_900_000) for n in range(50)}),
        "bomb",
    ),
    "bomb with a small size written": (
        lambda: understated(workbook(worksheet(cell("A1")), " " * 70_000_000), 900_000),
        "damaged",
    ),
    "2,000 parts": (lambda: packed({f"{n}": "" for n in range(2_000)}), "bomb"),
    "20,001 rows": (lambda: workbook(worksheet("<row><c><v>1</v></c></row>" * 20_001)), "too_many_rows"),
    "2 million rows of text": (lambda: b"1;2\n" * 2_000_000, "too_many_rows"),
    "A1 and XFD1048576": (lambda: workbook(worksheet(cell("A1") + cell("XFD1048576"))), "too_many_rows"),
    "a formula far away": (
        lambda: workbook(worksheet('<row><c r="XFD1048576"><f>1+1</f></c></row>')),
        "too_many_rows",
    ),
    "a far cell in a part of another folder": (
        lambda: workbook(worksheet(cell("A1") + cell("XFD1048576"))).replace(b"worksheets", b"workshoots"),
        "damaged",
    ),
    "two sheets of one name": (
        lambda: workbook(worksheet(cell("A1") + cell("XFD1048576")), worksheet(cell("A1")), names=("S", "S")),
        "damaged",
    ),
    "a cell above the first row": (lambda: workbook(worksheet(cell("A0"))), "damaged"),
    "one long text in many cells": (
        lambda: workbook(
            worksheet("<row>" + '<c t="s"><v>0</v></c>' * 90 + "</row>"),
            parts={SHARED: f'<sst xmlns="{MAIN}"><si><t>{"x" * 1_000_000}</t></si></sst>'},
        ),
        "too_heavy",
    ),
    "41 sheets": (lambda: workbook(*[worksheet(cell("A1"))] * 41), "bomb"),
    "billion laughs": (lambda: workbook(LAUGHS + worksheet(f"<row>{text_only('&e;')}</row>")), "bomb"),
    "repeated rows in ODS": (
        lambda: spreadsheet(FAR_ROWS.format(rows=1_048_576, cell=ODS_CELL.format(columns=16_384, words="x"))),
        "too_many_rows",
    ),
    "macros": (lambda: workbook(worksheet(""), parts={"xl/vbaProject.bin": b"\0"}), "macros"),
    "macros of Excel 4": (lambda: workbook(worksheet(""), parts={"xl/macrosheets/1.xml": ""}), "macros"),
    "macros in ODS": (lambda: spreadsheet("", parts={"Basic/Standard/M.xml": "<m/>"}), "macros"),
    "password": (lambda: OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "password"),
    "password in ODS": (
        lambda: spreadsheet("", parts={"META-INF/manifest.xml": "<manifest:encryption-data/>"}),
        "password",
    ),
    "a Word document": (lambda: OLE + bytes(600) + "WordDocument".encode("utf-16-le"), "not_a_sheet"),
    "macros in XLS": (lambda: OLE + bytes(600) + "_VBA_PROJECT".encode("utf-16-le"), "macros"),
    "OLE junk": (lambda: OLE + bytes(range(256)) * 40, "damaged"),
    "xlsb": (lambda: packed({"xl/workbook.bin": b"\0"}), "binary_workbook"),
    "a slide show": (lambda: packed({"[Content_Types].xml": "<Types/>"}), "not_a_sheet"),
    "XML that is no XML": (lambda: workbook("<worksheet><row>"), "damaged"),
    "a workbook without its sheet": (lambda: workbook(names=("S",)), "damaged"),
    "PDF": (lambda: b"%PDF-1.7\n", "not_a_sheet"),
    "HTML named xlsx": (lambda: b"<html><script>alert(1)</script></html>", "not_a_sheet"),
    "bytes of nothing": (lambda: bytes(range(256)) * 20, "unreadable_text"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_with_its_own_sentence_in_both_languages(bundled, what):
    make, rule = REFUSED[what]
    refused = receive(make(), bundled)
    assert [finding.rule for finding in refused.findings] == [rule]
    for lang in text.LANGUAGES:
        words = text.get(lang)
        sentence = words(f"intake.rule.{rule}", **refused.findings[0].values)
        assert refused.lines(words) == (f"so-lieu.xlsx: {sentence}",)
    assert refused.marked(VI) is None


def test_entities_among_the_shared_texts_do_not_grow():
    texts = f'{LAUGHS}<sst xmlns="{MAIN}"><si><t>&e;</t></si></sst>'
    data = workbook(worksheet('<row><c t="s"><v>0</v></c></row>'), parts={SHARED: texts})
    with pytest.raises(child.RefusedError, match="damaged"):
        read.book(data, "x.xlsx")


@pytest.mark.parametrize("share", [0.01, 0.6, 0.9999])
def test_a_truncated_workbook_is_damaged(filled, bundled, share):
    refused = receive(filled[: int(len(filled) * share)], bundled)
    assert [finding.rule for finding in refused.findings] == ["damaged"]


@pytest.mark.parametrize("name", ["x.csv", "../../etc/passwd", "x" * 5000, "=1+1\n\0"])
def test_the_ending_says_nothing_the_bytes_do(filled, bundled, name):
    received(filled, bundled, name)


def test_formulas_without_a_stored_value_are_named_not_read_as_blank(bundled):
    heads = ("Xã, thị trấn", "Tên", "Loại", "Số hộ", "Số nhân khẩu")
    rows = f"<row>{''.join(map(text_only, heads))}</row>"
    formulas = "<row>" + '<c><f>HYPERLINK("http://example.org")</f></c>' * 2 + "</row>"
    refused = receive(workbook(worksheet(rows + formulas), names=(VILLAGES,)), bundled)
    (line,) = [line for line in refused.lines(VI) if line.startswith(f"{VILLAGES}!A2")]
    assert "không lưu kết quả" in line


def test_a_formula_that_has_a_value_gives_the_value_and_is_never_run(bundled):
    sheet = worksheet('<row><c t="str"><f>WEBSERVICE("http://127.0.0.1:1/")</f><v>stored</v></c></row>')
    assert read.book(workbook(sheet), "x.xlsx").grids[0].rows == (("stored",),)


def test_links_to_other_files_are_not_opened_and_need_a_tick(filled, bundled):
    file = io.BytesIO(filled)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    preview = receive(file.getvalue(), bundled)
    assert "external_links" in [caution.rule for caution in preview.cautions]


def test_a_child_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(read, "TIMEOUT_S", 0.01)
    with pytest.raises(child.RefusedError, match="too_slow"):
        read.book(workbook(worksheet(cell("A1"))), "x.xlsx")


def test_a_child_that_uses_up_its_processor_time_is_said_to_be_slow(monkeypatch, tmp_path):
    spinning = tmp_path / "child.py"
    spinning.write_text(
        "import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 2))\nwhile True: pass\n"
    )
    monkeypatch.setattr(read, "_CHILD", spinning)
    with pytest.raises(child.RefusedError, match="too_slow"):
        read.in_child({}, b"")


def test_a_child_that_wants_more_memory_is_refused(monkeypatch, tmp_path):
    greedy = tmp_path / "child.py"
    greedy.write_text(
        f"import resource\nmost = {child.MAX_MEMORY}\n"
        "resource.setrlimit(resource.RLIMIT_AS, (most, most))\nbytearray(2 * most)\n"
    )
    monkeypatch.setattr(read, "_CHILD", greedy)
    with pytest.raises(child.RefusedError, match="too_heavy"):
        read.in_child({}, b"")


HOSTILE = (
    "<b>x</b><script>alert(1)</script>",
    '=HYPERLINK("http://example.org","x")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "$x^2$ *a* [b](javascript:1) {n} {0} %s",
    "\u202eabc\u2069",
    "a" * 30_000,
)


def test_hostile_text_in_cells_is_quoted_in_short_and_marked_as_text(book, bundled):
    wrong = {f"D{row}": hostile for row, hostile in enumerate(HOSTILE, 5)}
    for place, hostile in wrong.items():
        book[VILLAGES][place].value = hostile
        book[VILLAGES][place].data_type = "s"
    refused = receive(book, bundled)
    assert places(refused) == {f"{VILLAGES}!{place}" for place in wrong}
    for lang in text.LANGUAGES:
        assert max(map(len, refused.lines(text.get(lang)))) < 600
    back = opened(refused.marked(VI))[VILLAGES]
    assert {place: back[place].value for place in wrong} == wrong
    assert all(back[place].comment and back[place].data_type == "s" for place in wrong)


def test_hostile_names_of_sheets_are_named_and_marked_apart(bundled):
    names = ["[a]:b*c?d/e\\f", "History", *(f"{'x' * 40}{n}" for n in range(3)), "'", "=1+1", "&lt;b&gt;"]
    names += ["\u202e", "{n}"]
    cells = f"<table:table-row>{ODS_CELL.format(columns=1, words='lạ')}</table:table-row>"
    tables = "".join(f'<table:table table:name="{name}">{cells}</table:table>' for name in names)
    refused = receive(spreadsheet(tables), bundled, "x.ods")
    assert [finding.rule for finding in refused.findings] == ["sheet_unknown"] * len(names)
    marked = opened(refused.marked(VI))
    assert [(sheet["A1"].value, sheet["A1"].comment is not None) for sheet in marked] == [("lạ", True)] * len(
        names
    )


@pytest.mark.parametrize("cells", [["lạ"], [f"q{n}" for n in range(7)]], ids=["same", "different"])
def test_a_file_of_nonsense_ends_after_a_thousand_findings(bundled, cells):
    heads = ["Xã, thị trấn", "Tên thôn, tổ dân phố", "Số hộ"]
    rows = [f"lạ {n};{cells[n % len(cells)]} {n}" for n in range(19_000)]
    data = "\n".join(["Ngày chốt số liệu;31/12/2024", ";".join(heads), *rows]).encode()
    refused = receive(data, bundled, "x.csv")
    assert len(refused.findings) == 1_001
    assert refused.findings[-1].rule == "many_wrong"
    assert "1.000" in refused.lines(VI)[-1]
