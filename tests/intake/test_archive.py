"""Workbooks in a ZIP: taken as if they were handed in one by one, or refused with a sentence of its own."""

from __future__ import annotations

import io
import shutil
import zipfile

import pytest
from handed_in import VI, understated

from dashboard import __main__ as command_line
from dashboard import intake, text
from dashboard.dataset import default_folder
from dashboard.intake import archive, child


def zipped(files: dict[str, bytes], **changed: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            for field, value in {"compress_type": zipfile.ZIP_DEFLATED, **changed}.items():
                setattr(entry, field, value)
            file.writestr(entry, content)
    return buffer.getvalue()


def named_in(raw: bytes) -> bytes:
    """An archive of one file whose name is these bytes, which nothing says the letters of."""
    plain = zipped({"x" * len(raw): b"1"})
    return plain.replace(b"x" * len(raw), raw)


BESIDE = ("Xã/", "__MACOSX/._a.csv", ".DS_Store", "~$a.xlsx", ".~lock.a.xlsx#", "Xã/~$b.xlsx")


def test_what_programs_put_beside_the_files_is_passed_over():
    data = zipped({**dict.fromkeys(BESIDE, b"x"), "Xã/a.csv": b"1"})
    assert archive.unpacked("nop.zip", data) == [("nop.zip/Xã/a.csv", b"1")]
    with pytest.raises(child.RefusedError, match="archive_empty"):
        archive.unpacked("nop.zip", zipped({"Thumbs.db": b"x"}, external_attr=2))


@pytest.mark.parametrize(
    "raw",
    ["Xã Hương Sơn.csv".encode(), "Xa\xde Hýõng Sõn.csv".encode("latin1"), b"Xa Huong.csv"],
    ids=["utf-8", "cp1258", "ascii"],
)
def test_names_are_read_as_vietnamese_windows_wrote_them(raw):
    ((name, _),) = archive.unpacked("z", named_in(raw))
    assert name in ("z/Xã Hương Sơn.csv", "z/Xa Huong.csv")
    assert name.isascii() == raw.isascii()


def test_the_letters_of_dos_stay():
    assert archive.unpacked("z", named_in("Thôn 1.csv".encode("cp437")))[0][0] == "z/Thôn 1.csv"


def test_a_workbook_is_no_archive(filled):
    assert archive.unpacked("a.zip", filled) == [("a.zip", filled)]


REFUSED = {
    "archive_damaged": [
        lambda: understated(zipped({"a.csv": b"1;2\n" * 900}), 9),
        lambda: zipped({"a.csv": b"1"}, compress_type=zipfile.ZIP_LZMA),
        lambda: zipped({"../a.csv": b"1"}),
        lambda: zipped({"C:\\a.csv": b"1"}),
    ],
    "archive_password": [
        lambda: zipped({"a.csv": b"1"}).replace(b"PK\x01\x02\x14\x03\x14\0\0", b"PK\x01\x02\x14\x03\x14\0\1")
    ],
    "archive_inside": [lambda: zipped({"b.zip": zipped({"a.csv": b"1"})})],
    "archive_many": [lambda: zipped({f"{n}.csv": b"1" for n in range(251)})],
    "bomb": [
        lambda: zipped({"a.csv": bytes(9_000_000)}),
        lambda: zipped({f"{n}.csv": b"a;b" * 600_000 for n in range(50)}),
    ],
    "too_large": [lambda: zipped({"a.csv": bytes(range(256)) * 40_000}, compress_type=zipfile.ZIP_STORED)],
}


@pytest.mark.parametrize("rule", REFUSED)
def test_it_is_refused_with_its_own_sentence_in_both_languages(bundled, rule):
    for make in REFUSED[rule]:
        ((name, refused),), result = intake.receive_all([("nop.zip", make())], bundled)
        assert ([finding.rule for finding in refused.findings], result) == ([rule], None)
        for lang in text.LANGUAGES:
            words = text.get(lang)
            assert refused.lines(words) == (
                f"{name}: {words(f'intake.rule.{rule}', **refused.findings[0].values)}",
            )


def test_the_wrong_file_in_it_is_named(filled, bundled):
    files = {"Xã Hương Sơn.xlsx": filled, "thư.docx": zipped({"[Content_Types].xml": b""})}
    refused, result = intake.receive_all([("nop.zip", zipped(files))], bundled)
    assert ([name for name, _ in refused], result) == (["nop.zip/thư.docx"], None)


def test_the_command_takes_it(tmp_path, spoilt, capsys):
    folder, handed_in = tmp_path / "data", tmp_path / "nop.zip"
    shutil.copytree(default_folder(), folder)
    handed_in.write_bytes(zipped({"a.xlsx": spoilt({"Chức danh!C4": "AB"}), "b.csv": b"?"}))
    arguments = ["import", str(handed_in), "--data", str(folder), "--yes"]
    assert command_line.main(arguments) == 1
    err = capsys.readouterr().err
    assert "nop.zip/a.xlsx: Chức danh!C4" in err
    assert "nop.zip/b.csv: " in err
    assert command_line.main([*arguments, "--marked", str(tmp_path / "m.xlsx")]) == 2
    assert VI("cli.import_marked_one") in capsys.readouterr().err
