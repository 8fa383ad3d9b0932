"""The filled template as LibreOffice saves it: no figure changes."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from handed_in import lines

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice is installed")


@pytest.mark.parametrize("form", ["xlsx:Calc MS Excel 2007 XML", "ods", "xls:MS Excel 97"])
def test_what_an_office_suite_saves_changes_nothing(filled, bundled, tmp_path, form):
    (tmp_path / "t.xlsx").write_bytes(filled)
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    options = ["--headless", "--convert-to", form, "--outdir", tmp_path / "saved"]
    subprocess.run(["soffice", home, *options, tmp_path / "t.xlsx"], check=True, capture_output=True)
    if not (tmp_path / "saved").is_dir():
        pytest.skip("LibreOffice has no Calc (Debian: apt install libreoffice-calc-nogui)")
    (saved,) = (tmp_path / "saved").iterdir()
    assert lines(saved.read_bytes(), bundled, saved.name) == ""
