"""All words of a chart, as a reader finds them, and of all charts of a page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from streamlit.testing.v1 import AppTest

from dashboard.charts.model import Chart, as_data


def words_of_chart(chart: Chart | None) -> Iterator[str]:
    """Every text in the rows of a chart, whatever its class."""
    if chart is not None:
        yield from _words(as_data(chart))


def words_of_charts(at: AppTest) -> Iterator[str]:
    """Every text that a page hands to the browser for its cards and tiles."""
    for one in at.get("bidi_component"):
        if one.proto.component_name == "dashboard.chart":
            yield from _words(json.loads(one.proto.json))


def tables_of(at: AppTest) -> list[list[list[str]]]:
    """Every table of a page, row by row, its heading first."""
    drawn = [json.loads(one.proto.json) for one in at.get("bidi_component")]
    tables = [one["table"] for one in drawn if one.get("table")]
    return [[table["heads"], *table["rows"]] for table in tables]


def title_of(at: AppTest) -> str:
    """The title of a page."""
    (title,) = re.findall(r"^# (.*)$", "\n".join(one.value for one in at.markdown), re.MULTILINE)
    return re.sub(r"\\(.)", r"\1", title)


def _words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inside in value.values():
            yield from _words(inside)
    elif isinstance(value, list | tuple):
        for inside in value:
            yield from _words(inside)


def places_of(at: AppTest) -> dict[str, list[str]]:
    """What the choice of communes offers (`options`) and what is chosen (`chosen`), by name."""
    for one in at.get("bidi_component"):
        if one.proto.component_name == "dashboard.places":
            data = json.loads(one.proto.json)
            return {"options": [name for name, _ in data["options"]], "chosen": data["chosen"]}
    return {"options": [], "chosen": []}
