"""Tables of many columns become a block per row on a phone; what a heading says cannot be anything else."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from dashboard import exhibits
from dashboard.dataset import select
from dashboard.ui import stacked


def headings(style: str) -> list[str]:
    """The headings as a browser reads them."""
    return [
        re.sub(r"\\([0-9a-f]{6})", lambda sign: chr(int(sign[1], 16)), said)
        for said in re.findall(r'content: "([^"]*)"', style)
    ]


def test_a_wide_table_says_the_heading_of_every_further_cell(bundled):
    selection = select(bundled)
    plan = exhibits.goals.plan(bundled, selection)
    assert plan is not None
    assert plan.table is not None
    written = plan.table.written(selection.text)
    style = stacked.style(written, "card-goals-plan")
    assert headings(style) == list(written.columns[1:])
    assert style.startswith("<style>@media (max-width: 640px)")
    selectors = re.findall(r"[{}]\s*(\.st-key-[^{]*)\{", style)
    assert len(selectors) > len(written.columns)
    assert all(one.startswith(".st-key-card-goals-plan ") for one in selectors)


def test_a_table_that_fits_stays_one():
    assert stacked.style(pd.DataFrame({"Xã": ["Hương Sơn"], "Số thôn": ["6"]}), "card-x") == ""


@pytest.mark.parametrize(
    "hostile", ['"} body { display: none } x { content: "', "</style><b>", "\\", "a\nb", "😀"]
)
def test_a_hostile_heading_is_only_said(hostile):
    wide = {f"cột số {n} có tên dài": ["một ô có nhiều chữ"] for n in range(6)}
    style = stacked.style(pd.DataFrame({**wide, hostile: ["x"]}), "card-x")
    assert headings(style)[-1] == hostile
    assert style.count("</style>") == 1
    assert style.count("{") == style.count("}") == 7 + 1 + 6
