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


@pytest.fixture
def book(filled):
    """The same to change."""
    return opened(filled)


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


@pytest.fixture(scope="session")
def saved_by_office(tmp_path_factory) -> Callable[[bytes, str], dict[str, bytes]]:
    """The files by name as which LibreOffice saves a workbook in a format, where it is installed."""
    profile = tmp_path_factory.mktemp("profile")

    def save(data: bytes, form: str) -> dict[str, bytes]:
        if shutil.which("soffice") is None:
            pytest.skip("no LibreOffice is installed")
        folder = tmp_path_factory.mktemp("saved")
        (folder / "t.xlsx").write_bytes(data)
        options = [f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", form]
        command = ["soffice", *options, "--outdir", folder / "out", folder / "t.xlsx"]
        subprocess.run(command, check=True, capture_output=True)
        if not (folder / "out").is_dir():
            pytest.skip("LibreOffice has no Calc (Debian: apt install libreoffice-calc-nogui)")
        return {file.name: file.read_bytes() for file in (folder / "out").iterdir()}

    return save


@pytest.fixture(scope="session")
def resaved(saved_by_office) -> Callable[[bytes, str], bytes]:
    """The workbook as LibreOffice saves it in a format of one file."""

    def resave(data: bytes, form: str) -> bytes:
        (file,) = saved_by_office(data, form).values()
        return file

    return resave


@pytest.fixture(scope="session")
def communes(bundled):
    return areas.labels(bundled, LAST, "then", VI)


@pytest.fixture(scope="session")
def every(filled, communes):
    """The workbook of each commune and that of the bodies of none, for the next date."""
    names = [name for area, name in communes.items() if area != schema.OUTSIDE]
    return {str(name): cut(filled, {name}, NEXT, 1) for name in (*names, None)}
