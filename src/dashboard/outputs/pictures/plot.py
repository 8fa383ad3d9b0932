"""Marks that Altair drew, as elements of a page."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import altair as alt
import vl_convert

from dashboard.outputs.pictures.markup import Element

# The version of Vega-Lite that Altair writes.
_VEGA_LITE = "6.4"
# What is for a screen reader in a page, in English, or for its mouse.
_FOR_A_PAGE = ("role", "aria-roledescription", "aria-hidden", "aria-label", "class", "pointer-events")
_EMPTY = ("background", "foreground")


def elements(chart: alt.LayerChart) -> list[Element]:
    """The marks, from the upper left corner of the chart."""
    # The tests hold each chart against the schema; to do it again takes most of the time of a picture.
    svg = vl_convert.vegalite_to_svg(chart.to_dict(validate=False), vl_version=_VEGA_LITE)
    document = ET.fromstring(svg)  # nosec B314 # drawn by this process
    for element in list(document.iter()):
        element.tag = element.tag.rpartition("}")[2]
        for child in list(element):
            if child.get("class") in _EMPTY:
                element.remove(child)
        for name in _FOR_A_PAGE:
            element.attrib.pop(name, None)
    return [child for child in document if child.tag == "g"]
