"""A chart as Vega draws it, its words set here: vl-convert measures a text in up to 5 ms, and each several
times, which took most of the time of a chart."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree import ElementTree as ET

import vl_convert

from dashboard.outputs.pictures import fonts, letters

# The version of Vega-Lite that Altair writes.
_VEGA_LITE = "6.4"
# Between the parts of a note and between lines: letters that no data may hold.
_PART, _LINE = "\ue000", "\ue001"
_ELLIPSIS = "…"
_LEADING = 2  # px between lines of a text that does not say how far apart they are


def drawn(spec: dict[str, Any], key: bool) -> ET.Element:
    """The SVG of a Vega-Lite chart.

    Words of its marks take no room; with `key`, those of its key neither, and the caller places them.
    """
    fonts.register()
    vega = vl_convert.vegalite_to_vega(spec, vl_version=_VEGA_LITE)
    vega["config"] = {**vega.get("config", {}), "aria": True}  # else notes are not written
    looks = list(_texts(vega))
    if key:
        looks += [legend["encode"]["labels"]["update"] for legend in vega.get("legends", ()) if _said(legend)]
    for look in looks:
        _noted(look)
    document = ET.fromstring(vl_convert.vega_to_svg(vega))  # nosec B314 # drawn by this process
    for element in document.iter():
        element.tag = element.tag.rpartition("}")[2]
        if element.tag == "text" and _PART in element.get("aria-label", ""):
            _write(element)
    return document


def ellipses(document: ET.Element) -> int:
    """How many texts are cut short."""
    return sum(words.count(_ELLIPSIS) for words in document.itertext())


def _texts(vega: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """How each mark that writes text looks."""
    for mark in vega.get("marks", ()):
        if mark["type"] == "text":
            mark["aria"] = True
            yield mark["encode"]["update"]
        yield from _texts(mark)


def _said(legend: dict[str, Any]) -> bool:
    return "text" in legend.get("encode", {}).get("labels", {}).get("update", {})


def _noted(look: dict[str, Any]) -> None:
    """Moves the words of a text, with their limit and the height of their lines, into a note beside it."""
    limit, high = _expression(look.pop("limit", None)), _expression(look.get("lineHeight"))
    breaks = "lineBreak" in look

    def noted(words: dict[str, Any]) -> dict[str, Any]:
        said = _expression(words)
        parts = f"split({said}, '\\n')" if breaks else f"[{said}]"
        lines = f"join(isArray({said}) ? {said} : {parts}, '{_LINE}')"
        note = f"{limit} + '{_PART}' + {high} + '{_PART}' + (isValid({said}) ? {lines} : '')"
        return {**{name: words[name] for name in ("test",) if name in words}, "signal": note}

    text = look["text"]
    look["description"] = [noted(rule) for rule in text] if isinstance(text, list) else noted(text)
    look["text"] = {"value": ""}


def _expression(value: dict[str, Any] | None) -> str:
    """What a value of an encoding is, as an expression; 0 where there is none."""
    if value is None:
        return "0"
    return f"({value['signal']})" if "signal" in value else json.dumps(value["value"], ensure_ascii=False)


def _write(text: ET.Element) -> None:
    """Writes what a note says into its text."""
    limit, high, words = text.attrib.pop("aria-label").split(_PART)
    size = float(text.get("font-size", "").removesuffix("px"))
    weight = letters.WEIGHTS.get(text.get("font-weight", ""), fonts.REGULAR)
    lines = [_shortened(line, float(limit), size, weight) for line in words.split(_LINE)]
    text.text = lines[0] if len(lines) == 1 else None
    for child in list(text):
        text.remove(child)
    if len(lines) > 1:
        text.extend(_placed(lines, float(high) or size + _LEADING))


def _placed(lines: Iterable[str], high: float) -> Iterator[ET.Element]:
    for number, line in enumerate(lines):
        part = ET.Element("tspan", {"x": "0", "dy": f"{high:g}"} if number else {})
        part.text = line
        yield part


def _shortened(line: str, limit: float, size: float, weight: int) -> str:
    """As much of a line as `limit` px hold (0 = all), with "…" where that is not all."""
    if limit <= 0 or letters.width(line, size, weight) < limit:
        return line
    room = limit - letters.width(_ELLIPSIS, size, weight)
    shortest, longest = 0, len(line)
    while shortest < longest:
        middle = (shortest + longest + 1) // 2
        if letters.width(line[:middle], size, weight) < room:
            shortest = middle
        else:
            longest = middle - 1
    return line[:shortest] + _ELLIPSIS
