"""Tries the workbook with an office suite: `python tools/round_trip.py` (needs LibreOffice's soffice).

The template filled with the bundled data is saved by LibreOffice as xlsx, ods, xls and CSV (UTF-8 with `,`
and `;`, and cp1258), and each is handed in again: no figure may change. Exit code 1 where one does.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from dashboard import intake, measures, text
from dashboard.dataset import Dataset, areas, default_folder, load, select

BOOKS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "ods": "ods", "xls": "xls:MS Excel 97"}
# LibreOffice: separator, quotes, UTF-8, from line 1, all sheets, a file each.
CSV = "csv:Text - txt - csv (StarCalc):{separator},34,76,1,,0,false,true,false,false,false,-1"
SEPARATORS = {"comma": 44, "semicolon": 59}
TONES = "\u0300\u0301\u0303\u0309\u0323"


def main() -> int:
    """Print a line per file; the number of those that changed anything."""
    dataset = load(default_folder())
    expected = figures(dataset)
    sheets = [text.get()(f"template.sheet.{form.name}") for form in intake.forms.FORMS]
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, data in saved(Path(folder), intake.template(dataset, None, text.get()), sheets):
            found = intake.receive(data, Path(name).name, dataset)
            if isinstance(found, intake.Refused):
                said, good = found.lines(text.get())[0], False
            else:
                good = figures(found.dataset) == expected and not found.changes
                said = "unchanged" if good else "CHANGED"
            failed += not good
            print(f"{name}: {said}")
    return min(failed, 1)


def figures(dataset: Dataset) -> list[dict[str, object]]:
    """Every figure of every date under both boundaries."""
    found = [
        measures.figures(dataset, select(dataset, as_of=as_of, boundaries=boundaries))
        for as_of in dataset.dates
        for boundaries in areas.BOUNDARIES
    ]
    return [{key: value for key, value in one.items() if key != "version"} for one in found]


def saved(folder: Path, template: bytes, sheets: list[str]) -> Iterator[tuple[str, bytes]]:
    """The template as offices save it: a name that says how, and the bytes."""
    book = folder / "t.xlsx"
    book.write_bytes(template)
    for ending, form in BOOKS.items():
        convert(book, form, folder / ending)
        yield f"{ending}/t.{ending}", (folder / ending / f"t.{ending}").read_bytes()
    for name, separator in SEPARATORS.items():
        convert(book, CSV.format(separator=separator), folder / name)
        for sheet in sheets:
            data = (folder / name / f"t-{sheet}.csv").read_bytes()
            yield f"{name}/{sheet}.csv", data
            if name == "semicolon":
                yield f"cp1258/{sheet}.csv", composed(data.decode("utf-8")).encode("cp1258")


def convert(book: Path, form: str, folder: Path) -> None:
    """Let LibreOffice save a workbook in another form."""
    command = ["soffice", "--headless", "--convert-to", form, "--outdir", str(folder), str(book)]
    subprocess.run(command, check=True, capture_output=True)


def composed(said: str) -> str:
    """Vietnamese as cp1258 holds it: a letter with its hat, then the tone."""
    letters = []
    for letter in said:
        parts = unicodedata.normalize("NFD", letter)
        tones = "".join(part for part in parts if part in TONES)
        letters.append(unicodedata.normalize("NFC", "".join(p for p in parts if p not in TONES)) + tones)
    return "".join(letters)


if __name__ == "__main__":
    sys.exit(main())
