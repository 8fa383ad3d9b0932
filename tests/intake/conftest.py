"""A filled workbook, and one to spoil."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable

import pytest
from handed_in import LAST, NEXT, VI, cut, opened, saved

from dashboard import intake, schema
from dashboard.dataset import areas


@pytest.fixture(scope="session")
def filled(bundled) -> bytes:
    """The template with the bundled figures of the last date."""
    return intake.template(bundled, None, VI)


@pytest.fixture(scope="session")
def spoilt(filled) -> Callable[[dict[str, object]], bytes]:
    """The filled workbook with other cells: {"Chức danh!C4": "AB"}; None blanks a cell. It is read once, and
    its cells are put back."""
    book = opened(filled)

    def spoil(cells: dict[str, object]) -> bytes:
        before = {}
        for place, value in cells.items():
            sheet, name = place.rsplit("!", 1)
            cell = book[sheet][name]
            before[sheet, name] = (cell.value, cell.data_type)
            cell.value = value
        try:
            return saved(book)
        finally:
            for (sheet, name), (value, kind) in before.items():
                book[sheet][name].value = value
                book[sheet][name].data_type = kind

    return spoil


@pytest.fixture
def resaved(tmp_path) -> Callable[[bytes, str], bytes]:
    """A workbook as LibreOffice saves it in a format, where it is installed."""

    def resave(data: bytes, form: str) -> bytes:
        if shutil.which("soffice") is None:
            pytest.skip("no LibreOffice is installed")
        (tmp_path / "t.xlsx").write_bytes(data)
        home = f"-env:UserInstallation=file://{tmp_path}/profile"
        options = ["--headless", "--convert-to", form, "--outdir", tmp_path / "saved"]
        subprocess.run(["soffice", home, *options, tmp_path / "t.xlsx"], check=True, capture_output=True)
        if not (tmp_path / "saved").is_dir():
            pytest.skip("LibreOffice has no Calc (Debian: apt install libreoffice-calc-nogui)")
        (file,) = (tmp_path / "saved").iterdir()
        return file.read_bytes()

    return resave


@pytest.fixture(scope="session")
def communes(bundled):
    return areas.labels(bundled, LAST, "then", VI)


@pytest.fixture(scope="session")
def every(filled, communes):
    """The workbook of each commune and that of the bodies of none, for the next date."""
    names = [name for area, name in communes.items() if area != schema.OUTSIDE]
    return {str(name): cut(filled, {name}, NEXT, 1) for name in (*names, None)}
