"""Charts as data: the browser's renderer knows every class and every field that it is handed."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest

import dashboard.ui
from dashboard.charts import model, theme

ROOT = Path(__file__).parents[2]
PACKAGE = Path(dashboard.ui.__file__).parents[1]
SCRIPT = (PACKAGE / "ui" / "components" / "chart.js").read_text("utf-8")
SHEETS = sorted(PACKAGE.rglob("*.css"))


def test_the_browser_draws_every_class_of_chart():
    drawn = set(re.findall(r"^  ([A-Z]\w+)\(", SCRIPT, re.MULTILINE))
    assert drawn == {chart.__name__ for chart in get_args(model.Chart)}


def test_the_browser_has_a_shape_for_every_status():
    shapes = SCRIPT[SCRIPT.index("const SHAPES") : SCRIPT.index("};", SCRIPT.index("const SHAPES"))]
    known = set(re.findall(r"^  (\w+):", shapes, re.MULTILINE))
    # Where there are no data a word or a dash says so: a sign before it would be a second one.
    assert known == set(get_args(model.Status)) - {"none", "no_data"}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_style_sheet_takes_its_colours_from_the_theme(sheet):
    style = sheet.read_text("utf-8")
    assert set(re.findall(r"var\(--(?!st-)([\w-]+)", style)) - {"depth", "width"} <= set(theme.COLOURS)
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b", style)


def test_the_look_of_streamlit_is_of_these_colours():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
    colours = {value for name, value in config.items() if name.endswith("Color")}
    assert colours | {config["sidebar"]["backgroundColor"]} <= set(theme.COLOURS.values())
    assert config["primaryColor"] == theme.COLOURS["value"]


def test_no_other_module_names_a_colour():
    modules = [file for file in PACKAGE.rglob("*.py") if file != Path(theme.__file__)]
    assert [file.name for file in modules if re.search(r"#[0-9A-F]{6}\b", file.read_text("utf-8"))] == []


def test_no_word_of_the_data_is_read_as_markup():
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser", SCRIPT)


def test_a_chart_as_data_is_plain_and_names_its_class():
    row = model.BulletRow("Trưởng thôn", model.Label("50/60", "83,3%", "met", "đạt"), 50 / 60, 0.8)
    data = model.as_data(model.Bullets((row,)))
    assert data["kind"] == "Bullets"
    assert json.loads(json.dumps(data))["rows"][0]["label"]["count"] == "50/60"
