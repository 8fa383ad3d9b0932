"""`python -m dashboard …`: exit codes, where errors go, and what other programs read."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from dashboard import text
from dashboard.__main__ import COMMANDS, main
from dashboard.dataset import default_folder

ERROR = re.compile(r"^\w+\.(csv|toml):\d*:\w*: .*: \S.*$")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the bundled data set that a test may break."""
    return Path(shutil.copytree(default_folder(), tmp_path / "data"))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_and_is_in_the_documents(command, capsys):
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])
    assert stopped.value.code == 0
    assert f"usage: python -m dashboard {command}" in capsys.readouterr().out
    assert text.get()(f"cli.{command}")
    assert f"`{command}" in (Path(__file__).parents[1] / "docs" / "cli.md").read_text("utf-8")


def test_a_good_data_set_passes(capsys):
    assert main(["check", str(default_folder())]) == 0
    output = capsys.readouterr()
    assert output.err == ""
    assert "0 lỗi, 3 cảnh báo" in output.out


def test_each_error_is_one_line_on_stderr(folder, capsys):
    officers = folder / "officers.csv"
    officers.write_text(officers.read_text("utf-8").replace(",village_head,", ",truong_thon,", 1), "utf-8")
    (folder / "goals.csv").unlink()
    assert main(["check", str(folder)]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert [line for line in lines if not ERROR.match(line)] == []
    assert [line.split(" ")[0] for line in lines] == ["officers.csv:3:position:", "goals.csv:::"]
    assert main(["check", str(folder), "--json", "--lang", "en"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["version"] is None
    assert [error["file"] for error in report["errors"]] == ["officers.csv", "goals.csv"]
    assert "missing" in report["errors"][1]["message"]


@pytest.mark.parametrize("name", ["none", "communes.csv"])
def test_a_folder_that_is_none_is_wrong_data(folder, capsys, name):
    assert main(["check", str(folder / name)]) == 1
    assert main(["figures", "--data", str(folder / name), "--json"]) == 1
    assert str(folder / name) in capsys.readouterr().err


def test_figures_of_one_commune(capsys):
    assert main(["figures", "--commune", "huong-son", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["communes"] == ["huong-son"]
    assert result["structure"]["members"] == 156
    assert result["overlap"]["vacant"] == {"front_head": 1}
    assert main(["figures"]) == 0
    assert "structure.members: 2198" in capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("wrong", "known"),
    [
        (["--commune", "nowhere"], "huong-son"),
        (["--as-of", "1999-12-31"], "2024-12-31"),
        (["--commune", "nam-dong"], "huong-son"),
        (["--commune", "huong-son", "--boundaries", "now"], "nam-dong"),
        (["--what-if", "khe-tre-1.member.secretary"], "khe-tre-1.member.secretary"),
    ],
)
def test_an_unknown_choice_is_wrong_usage_and_lists_the_known(capsys, wrong, known):
    assert main(["figures", *wrong, "--json"]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert known in output.err


def test_a_picture_is_drawn(tmp_path, capsys):
    file = tmp_path / "muc-tieu.svg"
    assert main(["picture", "goals.progress", "--commune", "huong-son", "--out", str(file)]) == 0
    assert str(file) in capsys.readouterr().out
    assert "4/6 (66,7%)" in file.read_text("utf-8")


def test_several_pictures_have_names_of_their_own(tmp_path):
    arguments = ["picture", "goals.path", "--commune", "huong-son", "--lang", "en"]
    assert main([*arguments, "--out", str(tmp_path / "x.svg")]) == 0
    names = sorted(file.name for file in tmp_path.iterdir())
    assert len(names) == 6
    stem = "goal-over-dates_village-head-member_huong-son-commune_2024-12-31_sample"
    assert names[0] == f"x_01_{stem}.svg"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (["picture", "goals.nothing", "--out", "x.png"], "goals.progress"),
        (["picture", "goals.progress", "--out", "x.jpg"], ".png, .svg"),
        (["picture", "goals.progress", "--commune", "nowhere", "--out", "x.png"], "huong-son"),
        (["picture", "structure.cells", "--commune", "huong-son", "--out", "x.png"], "không có gì để vẽ"),
        (["picture", "data.checks", "--out", "no/such/folder/x.svg"], "no/such/folder/x.svg"),
        (["picture", "changes.by_post", "--since", "2025-12-31", "--out", "x.svg"], "2025-12-31"),
        (["briefing", "--out", "x.odp"], ".pptx, .docx"),
        (["briefing", "--exhibit", "goals.nothing", "--out", "x.xlsx"], "goals.progress"),
        (["briefing", "--commune", "nowhere", "--out", "x.xlsx"], "huong-son"),
    ],
)
def test_what_cannot_be_drawn_is_wrong_usage_and_says_why(tmp_path, monkeypatch, capsys, wrong, message):
    monkeypatch.chdir(tmp_path)
    assert main(wrong) == 2
    assert message in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_wrong_data_make_no_file(folder, capsys):
    (folder / "villages.csv").write_text("village_id\n", "utf-8")
    file = folder / "x.xlsx"
    assert main(["briefing", "--data", str(folder), "--out", str(file)]) == 1
    assert "villages.csv" in capsys.readouterr().err
    assert not file.exists()


def test_a_briefing_of_chosen_exhibits(tmp_path):
    file = tmp_path / "x.xlsx"
    chosen = ["--exhibit", "goals.progress", "--exhibit", "overlap.by_commune"]
    assert main(["briefing", "--lang", "en", *chosen, "--out", str(file)]) == 0
    sheets = openpyxl.load_workbook(file).sheetnames
    assert sheets[:3] == ["Contents", "1 Role overlap by commune", "2 Progress of all goals"]
    assert sheets[3:] == ["Filters", "Definitions", "Sources"]


def test_a_briefing_is_that_of_a_meeting_unless_all_is_asked_for(tmp_path):
    short, full = tmp_path / "short.xlsx", tmp_path / "full.xlsx"
    assert main(["briefing", "--out", str(short)]) == 0
    assert main(["briefing", "--full", "--out", str(full)]) == 0
    sheets = [len(openpyxl.load_workbook(file).sheetnames) for file in (short, full)]
    assert sheets[0] < 20 < sheets[1]


def test_a_briefing_for_each_commune(tmp_path):
    command = ["briefing", "--commune", "huong-son", "--commune", "thuong-lo", "--commune", "outside"]
    assert main([*command, "--each-commune", "--out", str(tmp_path / "x.xlsx")]) == 0
    assert sorted(file.name for file in tmp_path.iterdir()) == ["x_huong-son.xlsx", "x_thuong-lo.xlsx"]


@pytest.mark.parametrize(
    "wrong", [[], ["nothing"], ["figures", "--boundaries", "x"], ["sample", "--villages", "0", "--out", "x"]]
)
def test_wrong_usage_exits_with_2(wrong):
    with pytest.raises(SystemExit) as stopped:
        main(wrong)
    assert stopped.value.code == 2


def test_a_sample_overwrites_a_sample_but_no_real_data(folder, capsys):
    assert main(["sample", "--villages", "12", "--seed", "3", "--out", str(folder)]) == 0
    assert main(["check", str(folder)]) == 0
    about = folder / "dataset.toml"
    about.write_text(about.read_text("utf-8").replace("sample = true", "sample = false"), "utf-8")
    before = (folder / "villages.csv").read_bytes()
    assert main(["sample", "--villages", "13", "--out", str(folder)]) == 2
    assert (folder / "villages.csv").read_bytes() == before
    assert str(folder) in capsys.readouterr().err


def test_a_reader_that_stops_early_sees_no_trace():
    command = [sys.executable, "-m", "dashboard", "figures", "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    assert process.wait(60) == 0
    assert process.stderr.read() == b""


def test_a_what_if_moves_the_figures_and_is_named_in_them(capsys):
    assert main(["figures", "--json"]) == 0
    real = json.loads(capsys.readouterr().out)
    assert main(["figures", "--json", "--what-if", "khe-tre-1.member.youth_head"]) == 0
    moved = json.loads(capsys.readouterr().out)
    assert moved["scenario"] == ["khe-tre-1.member.youth_head"]
    before, after = (
        next(goal["numerator"] for goal in figures["goals"] if goal["goal_id"] == "youth_head_member")
        for figures in (real, moved)
    )
    assert (after - before, "scenario" in real) == (1, False)


def test_what_changed_can_be_told_from_an_earlier_date(tmp_path, capsys):
    file = tmp_path / "changes.svg"
    assert main(["picture", "changes.by_post", "--since", "2021-12-31", "--out", str(file)]) == 0
    assert "31/12/2021" in file.read_text("utf-8")


def test_a_region_stands_for_its_communes(folder, capsys):
    communes = folder / "communes.csv"
    head, *rows = communes.read_text("utf-8").splitlines()
    regions = ["Tỉnh A", "Tỉnh A", *["Tỉnh B"] * (len(rows) - 2)]
    written = [f"{head},region", *(f"{row},{region}" for row, region in zip(rows, regions, strict=True))]
    communes.write_text("\n".join(written), "utf-8")
    assert main(["figures", "--data", str(folder), "--region", "Tỉnh A", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["communes"] == ["khe-tre", "huong-phu"]
    assert main(["figures", "--data", str(folder), "--region", "Tỉnh C", "--json"]) == 2
    assert "Tỉnh A, Tỉnh B" in capsys.readouterr().err
