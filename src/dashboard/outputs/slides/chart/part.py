"""A native chart on a slide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE
from pptx.slide import Slide

from dashboard.outputs.slides import shapes
from dashboard.outputs.slides.chart import book, xml
from dashboard.outputs.slides.chart.model import Chart
from dashboard.outputs.slides.measure import Box


@dataclass(frozen=True)
class _Data:
    """What python-pptx asks of chart data: the XML of the part and the workbook in it."""

    chart: Chart

    def xml_bytes(self, _: object) -> bytes:
        return xml.written(self.chart)

    @property
    def xlsx_blob(self) -> bytes:
        return book.written(self.chart)


def add(slide: Slide, box: Box, chart: Chart) -> None:
    """The chart on the slide, editable with its workbook."""
    data: Any = _Data(chart)
    # The type is a matter of the XML, which is written here: python-pptx only passes it on.
    slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *shapes.placed(box), data)
