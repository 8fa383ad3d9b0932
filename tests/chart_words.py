"""All words of a chart or an exhibit, as a reader finds them, and of all charts of a page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from streamlit.testing.v1 import AppTest

from dashboard.charts.model import Chart, HeatTable, Icicle, Lines, PostMatrix, as_data
from dashboard.exhibits import Exhibit

# What a chart says with a shape or a colour, only where there are no rows, or to a reader who sorts them.
_NOT_WRITTEN = {"kind", "link", "status", "units", "segments", "beside", "empty", "orders"}


def words_of_chart(chart: Chart | None) -> Iterator[str]:
    """Every text in the rows of a chart, whatever its class."""
    if chart is not None:
        yield from _words(as_data(chart))


def words_of_exhibit(exhibit: Exhibit) -> Iterator[str]:
    """All that a reader of an exhibit reads, cell by cell."""
    yield from (exhibit.headline, exhibit.subtitle, exhibit.source, exhibit.alt)
    yield from (*exhibit.takeaways, *exhibit.sentences, *exhibit.notes)
    for figure in exhibit.figures:
        yield from (figure.name, figure.value, *figure.notes)
    if exhibit.table is not None:
        table = exhibit.table.written(exhibit.text)
        yield from (*table.columns, *table.to_numpy().ravel())
    yield from words_of_chart(exhibit.chart)


def shown_words(chart: Chart | None) -> Iterator[str]:
    """The words in the picture of a chart: of its rows, their figures, headings and its key."""
    if isinstance(chart, Lines):
        yield from (panel.name for panel in chart.panels)
        lines = [line for panel in chart.panels for line in panel.series if line.role != "other"]
        yield from (
            word for line in lines for word in (line.name, next(filter(None, reversed(line.labels)), ""))
        )
        yield from (*chart.ends, chart.dates[0], chart.dates[-1], chart.key)
    elif isinstance(chart, PostMatrix):
        yield from (*(words for _, words in chart.states), *chart.heads, chart.key)
        yield from (
            name for group in chart.groups for name in (group.name, *(row.name for row in group.rows))
        )
    elif isinstance(chart, Icicle):
        # A cell in the line of its committee is a box: its name is shown to a reader who points at it.
        deep = any(child.children for child in chart.root.children)
        below = chart.root.children if deep else ()
        nodes = [chart.root, *chart.root.children, *(node for child in below for node in child.children)]
        yield from (word for node in nodes for word in (node.name, node.label))
        yield chart.key
    elif isinstance(chart, HeatTable):
        rows = (*chart.rows, *((chart.whole,) if chart.whole else ()))
        yield from (*chart.heads, chart.order, chart.total, chart.key)
        yield from (
            word for row in rows for word in (row.name, row.total, *(cell.label.count for cell in row.cells))
        )
    elif chart is not None:
        yield from _written(as_data(chart))


def _written(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        # What colours mean is said where there are several, each kind before its words.
        for name, inside in value.items():
            if name == "kinds":
                yield from (label for _, label in inside if len(inside) > 1)
            elif name == "items":
                yield from (part for *words, _ in inside for part in words)
            elif name not in _NOT_WRITTEN:
                yield from _written(inside)
    elif isinstance(value, list | tuple):
        for inside in value:
            yield from _written(inside)


def words_of_charts(at: AppTest) -> Iterator[str]:
    """Every text that a page hands to the browser for its cards and tiles."""
    yield from _words(cards_of(at))


def cards_of(at: AppTest) -> list[dict]:
    """What a page hands to the browser for each card, for tiles and for a table alone."""
    sent = [
        component.proto
        for component in at.get("bidi_component")
        if component.proto.component_name == "dashboard.chart"
    ]
    rows = [row for proto in sent for row in json.loads(proto.json)["rows"]]
    return [card for row in rows for below in row["columns"] for card in below]


def tables_of(at: AppTest) -> list[list[list[str]]]:
    """Every table of a page, row by row, its heading first."""
    tables = [card["table"] for card in cards_of(at) if card.get("table")]
    return [[table["heads"], *table["rows"]] for table in tables]


def title_of(at: AppTest) -> str:
    """The title of a page."""
    (title,) = re.findall(r"^# (.*)$", "\n".join(element.value for element in at.markdown), re.MULTILINE)
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
    """What the choice of communes offers (`options`), what is chosen (`chosen`), by name, its `label`, and
    what it says where nothing is chosen (`everything`)."""
    for component in at.get("bidi_component"):
        if component.proto.component_name == "dashboard.places":
            data = json.loads(component.proto.json)
            options = [name for name, _ in data["options"]]
            return {
                "options": options,
                **{key: [data[key]] for key in ("label", "everything")},
                "chosen": data["chosen"],
            }
    return {"options": [], "chosen": [], "label": []}
