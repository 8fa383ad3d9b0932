"""The pack: every file of a briefing with its checksum; steps that are told and may run elsewhere."""

import hashlib
import io
import json
import zipfile
from functools import partial

import pytest

from dashboard.dataset import select
from dashboard.outputs import briefing, pack, slides, worker


@pytest.fixture(scope="module")
def small(bundled):
    """A briefing of two exhibits of one commune, one of which is a picture on a slide."""
    return briefing.brief(bundled, select(bundled, ["huong-son"]), ["overlap.matrix", "goals.progress"])


@pytest.fixture(scope="module")
def packed(small):
    return zipfile.ZipFile(io.BytesIO(pack.make(small, "zip")))


def test_everything_is_in_it(packed):
    stem = "xa-huong-son_2024-12-31_so-lieu-mau"
    assert sorted(packed.namelist()) == sorted(
        [
            *(f"bao-cao_{stem}.{kind}" for kind in ("pptx", "docx", "pdf", "xlsx")),
            f"hinh/01_chuc-danh-tung-thon_{stem}.png",
            f"hinh/01_chuc-danh-tung-thon_{stem}.svg",
            f"hinh/02_muc-tieu_{stem}.png",
            f"hinh/02_muc-tieu_{stem}.svg",
            f"so-lieu/01_chuc-danh-tung-thon_{stem}.csv",
            f"so-lieu/02_muc-tieu_{stem}.csv",
            "manifest.json",
        ]
    )


def test_the_manifest_names_version_selection_and_every_checksum(packed, bundled):
    manifest = json.loads(packed.read("manifest.json"))
    assert manifest["version"] == bundled.about.version
    assert manifest["sample"] is True
    assert manifest["selection"] == {
        "as_of": "2024-12-31",
        "communes": ["huong-son"],
        "boundaries": "then",
        "lang": "vi",
        "by_region": False,
    }
    assert manifest["exhibits"] == ["overlap.matrix", "goals.progress"]
    files = {file["name"]: file["sha256"] for file in manifest["files"]}
    assert files.keys() == set(packed.namelist()) - {"manifest.json"}
    for name, checksum in files.items():
        assert hashlib.sha256(packed.read(name)).hexdigest() == checksum


@pytest.mark.parametrize("kind", briefing.KINDS)
def test_every_step_is_run_by_the_caller_and_told(small, kind):
    ran, steps = [], []

    def run(function, *args):
        ran.append(function)
        return function(*args)

    pack.make(small, kind, run, lambda done, total: steps.append((done, total)))
    assert steps == [(step, len(ran)) for step in range(1, len(ran) + 1)]


def test_steps_run_at_once_make_the_same_pack(small, packed):
    workers, steps = worker.Workers(2), []
    try:
        content = pack.make(
            small, "zip", workers.run, lambda done, total: steps.append((done, total)), threads=2
        )
    finally:
        workers.end()
    again = zipfile.ZipFile(io.BytesIO(content))
    assert again.namelist() == packed.namelist()
    drawn = [name for name in packed.namelist() if name.endswith((".png", ".svg", ".csv"))]
    assert all(again.read(name) == packed.read(name) for name in drawn)
    assert [done for done, _ in steps] == list(range(1, steps[0][1] + 1))


def test_a_step_that_fails_ends_the_pack_before_its_files_are_made(small):
    ran = []

    def run(function, *args):
        ran.append(function)
        raise RuntimeError("no drawing")

    with pytest.raises(RuntimeError, match="no drawing"):
        pack.make(small, "zip", run, threads=2)
    assert slides.pptx not in ran


def test_one_file_for_each_commune_also_where_two_have_one_name(bundled):
    briefs = [
        partial(briefing.brief, bundled, select(bundled, [commune]), ["goals.progress"])
        for commune in ("huong-son", "thuong-lo", "huong-son")
    ]
    steps = []
    content = pack.make_each(briefs, "xlsx", progress=lambda done, total: steps.append((done, total)))
    assert zipfile.ZipFile(io.BytesIO(content)).namelist() == [
        "01_bao-cao_xa-huong-son_2024-12-31_so-lieu-mau.xlsx",
        "02_bao-cao_xa-thuong-lo_2024-12-31_so-lieu-mau.xlsx",
        "03_bao-cao_xa-huong-son_2024-12-31_so-lieu-mau.xlsx",
    ]
    assert steps == [(1, 3), (2, 3), (3, 3)]
