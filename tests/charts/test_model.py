"""Charts as data: the browser's renderer knows every class and every field that it is handed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import dashboard.ui
from dashboard.charts import model, theme

COMPONENTS = Path(dashboard.ui.__file__).parent / "components"
SCRIPT = (COMPONENTS / "chart.js").read_text("utf-8")
STYLE = (COMPONENTS / "chart.css").read_text("utf-8")


def test_the_browser_draws_every_class_of_chart():
    drawn = set(re.findall(r"^  ([A-Z]\w+)\(\{", SCRIPT, re.MULTILINE))
    assert drawn == {chart.__name__ for chart in get_args(model.Chart)}


def test_the_browser_has_a_shape_for_every_status():
    shapes = SCRIPT[SCRIPT.index("const SHAPES") : SCRIPT.index("};", SCRIPT.index("const SHAPES"))]
    known = set(re.findall(r"^  (\w+):", shapes, re.MULTILINE))
    assert known == set(get_args(model.Status)) - {"none"}


def test_colours_stand_in_the_theme_alone():
    assert set(re.findall(r"var\(--([\w-]+)", STYLE)) - {"depth"} <= set(theme.COLOURS)
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", STYLE)) <= {"#fff", "#ffffffcc"}


def test_no_word_of_the_data_is_read_as_markup():
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser", SCRIPT)


def test_a_chart_as_data_is_plain_and_names_its_class():
    row = model.BulletRow("Trưởng thôn", model.Label("50/60", "83,3%", "met", "đạt"), 50 / 60, 0.8)
    data = model.as_data(model.Bullets((row,)))
    assert data["kind"] == "Bullets"
    assert json.loads(json.dumps(data))["rows"][0]["label"]["count"] == "50/60"
