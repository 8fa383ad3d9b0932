"""The small pieces of DrawingML that charts are made of; every word is set as text, never as markup."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from dashboard.outputs.slides.shapes import FONT, LOCALES

_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_POINT = 12700  # EMU
ET.register_namespace("c", _C)
ET.register_namespace("a", _A)

Element = ET.Element
Value = str | int | float | bool


def c(tag: str, *children: Element, **attributes: Value) -> Element:
    """An element of the chart."""
    return _element(f"{{{_C}}}{tag}", children, attributes)


def a(tag: str, *children: Element, **attributes: Value) -> Element:
    """An element of its look."""
    return _element(f"{{{_A}}}{tag}", children, attributes)


def words(element: Element, said: str) -> Element:
    """An element that says this."""
    element.text = said
    return element


def place(box: Sequence[float], inner: bool = False) -> Element:
    """Where a part of the chart stands: x, y, width and height in parts of the whole."""
    target = [c("layoutTarget", val="inner")] if inner else []
    modes = [c(f"{side}Mode", val="edge") for side in "xy"]
    sizes = [c(side, val=round(value, 5)) for side, value in zip("xywh", box, strict=True)]
    return c("layout", c("manualLayout", *target, *modes, *sizes))


def paint(colour: str) -> Element:
    """A colour ("" = none) as a fill."""
    return a("solidFill", a("srgbClr", val=colour.removeprefix("#"))) if colour else a("noFill")


def line(colour: str, points: float = 0, *style: Element) -> Element:
    """A line of a colour ("" = none), so wide."""
    if not colour:
        return a("ln", paint(""))
    return a("ln", paint(colour), *style, w=int(points * _POINT), cap="flat")


def shape(fill: str, edge: str, points: float = 0.5) -> Element:
    """The look of a bar or a frame."""
    return c("spPr", paint(fill), line(edge, points))


def letters(tag: str, lang: str, points: int, colour: str, bold: bool = False) -> Element:
    """The look of words."""
    fonts = (a("latin", typeface=FONT), a("cs", typeface=FONT))
    return a(tag, paint(colour), *fonts, lang=LOCALES[lang], sz=points * 100, b=bold)


def of_words(lang: str, points: int, colour: str, bold: bool = False) -> Element:
    """The look of the words of a part of the chart."""
    look = a("pPr", letters("defRPr", lang, points, colour, bold))
    return c("txPr", a("bodyPr"), a("lstStyle"), a("p", look, a("endParaRPr", lang=LOCALES[lang])))


def _element(tag: str, children: Sequence[Element], attributes: dict[str, Value]) -> Element:
    made = ET.Element(tag, {name: _said(value) for name, value in attributes.items()})
    made.extend(children)
    return made


def _said(value: Value) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)
