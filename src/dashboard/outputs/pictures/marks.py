"""A chart's SVG as vl-convert writes it, taken apart: the key above the plot, and the marks of each row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from dashboard.outputs.pictures import vega
from dashboard.outputs.pictures.markup import Element

_PLACE = re.compile(r"translate\(([-\d.e]+),([-\d.e]+)\)")
_START = re.compile(r"M([-\d.e]+),([-\d.e]+)")
# What is for a screen reader in a page, in English, or for its mouse.
_FOR_A_PAGE = ("role", "aria-roledescription", "aria-hidden", "aria-label", "class", "pointer-events")


@dataclass(frozen=True, eq=False)
class Drawing:
    """A drawn chart: its size in px and the place of the plot in it, the key above it, marks, axes.

    Key, marks and axes are placed from the plot's upper left corner; `ellipses` counts texts cut short.
    """

    width: float
    height: float
    left: float
    top: float
    key: tuple[Element, ...]
    marks: tuple[Element, ...]
    axes: tuple[Element, ...]
    ellipses: int


def read(document: Element) -> Drawing:
    """Takes the SVG of a chart of one plot apart."""
    root = next(child for child in document if child.tag == "g")
    left, top = place(root)
    parts: dict[str, list[Element]] = {"role-legend": [], "role-mark": [], "": []}
    for group in _content(root):
        role = next(name for name in parts if name in group.get("class", ""))
        # Each mark alone: it belongs to a row.
        parts[role].extend(_bare(part) for part in (list(group) if role == "role-mark" else [group]))
    key, marks, axes = (tuple(found) for found in parts.values())
    size = (float(document.get("width", 0)), float(document.get("height", 0)))
    return Drawing(*size, left, top, key, marks, axes, vega.ellipses(document))


def between(drawing: Drawing, start: float, end: float) -> Iterator[Element]:
    """The marks from `start` to `end` px below the plot's upper edge; lines that go on are cut there."""
    for mark in drawing.marks:
        if mark.tag == "line":
            cut = _cut(mark, start, end)
            if cut is not None:
                yield cut
        elif start <= _top(mark) < end:
            yield mark


def _content(root: Element) -> list[Element]:
    """The groups of the plot: axes, layers of marks, key."""
    plot = root[0][0].find("g")
    if plot is None:
        raise ValueError("vl-convert writes charts in another way than before")
    return list(plot)


def _bare(element: Element) -> Element:
    """Without what is only for a page, and without empty backgrounds."""
    for part in list(element.iter()):
        for child in list(part):
            if child.get("class") in ("background", "foreground"):
                part.remove(child)
        for name in _FOR_A_PAGE:
            part.attrib.pop(name, None)
    return element


def _cut(line: Element, start: float, end: float) -> Element | None:
    """The part of an upright or level line between `start` and `end`; None if it has none there."""
    x, y = place(line)
    length = float(line.get("y2", 0))
    if length == 0:
        return line if start <= y < end else None
    upper, lower = sorted((y, y + length))
    upper, lower = max(upper, start), min(lower, end)
    if upper >= lower:
        return None
    placed = {"transform": f"translate({x:g},{upper:g})", "y2": f"{lower - upper:g}"}
    return ET.Element("line", {**line.attrib, **placed})


def place(element: Element) -> tuple[float, float]:
    """What an element is moved by."""
    found = _PLACE.search(element.get("transform", ""))
    return (float(found[1]), float(found[2])) if found else (0.0, 0.0)


def _top(mark: Element) -> float:
    """Where a mark stands: what it is moved by, else where its path begins."""
    if mark.get("transform"):
        return place(mark)[1]
    found = _START.match(mark.get("d", ""))
    return float(found[2]) if found else 0.0
