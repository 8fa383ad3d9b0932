"""The report as PDF: the blocks as data for a template that holds none, so no name is ever read as markup."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import typst

from dashboard.charts import theme
from dashboard.outputs import text_metrics
from dashboard.outputs.briefing import Briefing
from dashboard.outputs.report import meeting, outline, styles
from dashboard.outputs.report.drawings import PX_A_MM

_TEMPLATE = Path(__file__).parent / "report.typ"
_SVG_WIDTH = re.compile(r'<svg[^>]*?\swidth="([0-9.]+)')


def pdf(briefing: Briefing, drawings: Mapping[str, str]) -> bytes:
    """The report as PDF; `drawings` has the chart of each exhibit by its id, as `svg_of` draws it.

    An exhibit whose id is not there is printed without its chart.
    """
    blocks = meeting.blocks(briefing, drawings.keys())
    # The template prints every string as the plain text it is; markup of typst is only in the template.
    data = {
        "lang": briefing.text.lang,
        "colours": theme.COLOURS,
        "region": styles.LANGUAGES[briefing.text.lang].partition("-")[2],
        "title": briefing.marked_title,
        "author": briefing.author,
        "description": " · ".join(words for words in (briefing.mark, briefing.chosen) if words),
        "chosen": briefing.chosen,
        "mark": outline.mark(briefing),
        "page": briefing.text("report.page", n="{n}", all="{all}"),
        "blocks": [{"block": type(block).__name__, **asdict(block)} for block in blocks],
        "drawings": {name: {"svg": svg, "width": _width_mm(svg)} for name, svg in drawings.items()},
    }
    return typst.compile(
        _TEMPLATE,
        font_paths=text_metrics.bundled(),
        sys_inputs={"report": json.dumps(data)},
    )


def _width_mm(svg: str) -> float:
    match = _SVG_WIDTH.match(svg.lstrip())
    assert match is not None, "a drawing says how wide it is"
    return float(match[1]) / PX_A_MM
