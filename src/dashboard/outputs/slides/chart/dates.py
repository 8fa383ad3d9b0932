"""Frames of charts over as-of dates: columns, or a line with its target."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
from pptx.slide import Slide

from dashboard.charts import Plot, goals, theme
from dashboard.exhibits import Exhibit
from dashboard.outputs.slides import measure
from dashboard.outputs.slides.chart import part
from dashboard.outputs.slides.chart.bars import numbers
from dashboard.outputs.slides.chart.model import Chart, Group, Label, Series
from dashboard.outputs.slides.measure import Box, Rooms
from dashboard.outputs.slides.shapes import Piece
from dashboard.text import Text

_POINTS = 14
_AXIS = 0.7  # room of the axis of shares, inches
_DATES = 0.45  # room of the dates below
_KEY = 0.35
_ABOVE = 1.18  # the axis of columns ends so much above the highest, for the number on it
_HIGHEST = 4.8
_CLOSE = 0.12  # a point so little under its target has its words below, off the line of the target


def pieces(exhibit: Exhibit, plot: Plot, rooms: Rooms) -> list[list[Piece]]:
    """Per slide the chart on it: so many dates that their words stand beside each other."""
    frame = plot.frame.sort_values("row")
    lines = [line for said in _labels(frame) for line in said.split("\n")]
    widest = max(measure.width(line, _POINTS, bold=True) for line in lines) + 0.15
    most = max(int((rooms.first.w - _AXIS) / widest), 1)
    size = -(-len(frame) // -(-len(frame) // most))
    name = str(exhibit.table.frame.columns[-1]) if exhibit.table else exhibit.headline
    found: list[list[Piece]] = []
    for start in range(0, len(frame), size):
        room = rooms.on(len(found))
        box = replace(room, h=min(room.h, _HIGHEST))
        shown = frame[start : start + size]
        drawn = (
            _line(shown, plot.text, box) if plot.draw is goals.path else _columns(shown, plot.text, box, name)
        )
        found.append([Piece(box, _drawing(replace(drawn, mark=exhibit.mark(plot.text))))])
    return found


def _drawing(chart: Chart) -> Callable[[Slide, Box], None]:
    def draw(slide: Slide, box: Box) -> None:
        part.add(slide, box, chart)

    return draw


def _dates(frame: pd.DataFrame) -> tuple[str, ...]:
    """The dates as written: the frame has the year, and what was counted, on lines of their own."""
    return tuple("/".join(said.split("\n")[:2]) for said in frame["date"])


def _labels(frame: pd.DataFrame) -> list[str]:
    words = frame["says"] if "says" in frame else map(_ratio, frame["date"])
    return [*words, *_dates(frame)]


def _ratio(said: str) -> str:
    """ "31/12\\n2024\\n50/60\\n83,3%" as "50/60 (83,3%)", what is left out of it on lines below; "" where
    nothing was counted."""
    words = said.split("\n")[2:]
    if len(words) < 2 or not words[1].endswith("%"):
        return ", ".join(words)
    return "\n".join((f"{words[0]} ({words[1]})", *words[2:]))


def _columns(frame: pd.DataFrame, text: Text, box: Box, name: str) -> Chart:
    """`charts.structure.over_time`."""
    values, says = numbers(frame["value"]), tuple(frame["says"])
    known = [value is not None for value in values]
    said, unsaid = (
        tuple(word if there is there_is else "" for word, there_is in zip(says, known, strict=True))
        for there in (True, False)
    )
    series = [Series(name, values, theme.BLUE, label=Label(said, "outEnd", True))]
    if not all(known):
        blank = tuple(None if there else 0.0 for there in known)
        label = Label(unsaid, "outEnd")
        series.append(Series(text("common.no_data"), blank, label=label, unnamed=True))
    return Chart(
        categories=_dates(frame),
        groups=(Group("col", tuple(series), gap=110),),
        most=max(*(value or 0 for value in values), 1) * _ABOVE,
        points=_POINTS,
        lang=text.lang,
        plot=(0.005, 0.01, 0.99, 0.99 - _DATES / box.h),
    )


def _line(frame: pd.DataFrame, text: Text, box: Box) -> Chart:
    """`charts.goals.path`."""
    share, target = numbers(frame["share"]), numbers(frame["target"])
    says = [_ratio(said) for said in frame["date"]]
    label = Label(
        says=tuple("" if value is None else said for said, value in zip(says, share, strict=True)),
        place="t",
        places=tuple(_place(value, goal) for value, goal in zip(share, target, strict=True)),
    )
    series = [Series(text("column_short.share"), share, theme.BLUE, label=label)]
    if any(goal is not None for goal in target):
        series.insert(0, Series(text("column_short.goal"), target, theme.RED, dashed=True))
    # What was not counted is said below its date: there is no point to say it at.
    dates = [
        f"{date}\n{said}" if value is None else date
        for date, said, value in zip(_dates(frame), says, share, strict=True)
    ]
    lines = 2 if None in share else 1
    key = _KEY / box.h
    return Chart(
        categories=tuple(dates),
        groups=(Group("line", tuple(series)),),
        most=1,
        points=_POINTS,
        lang=text.lang,
        plot=(_AXIS / box.w, key, 1 - _AXIS / box.w - 0.005, 1 - key - lines * _DATES / box.h),
        key=(0, 0, 0.4, key) if len(series) > 1 else None,
        steps=0.2,
    )


def _place(share: float | None, target: float | None) -> str:
    """Above the point; below it where that would be on the line of the target, or above the chart."""
    if share is None:
        return "t"
    under = target is not None and target - _CLOSE < share < target
    return "b" if under or share > 1 - _CLOSE / 2 else "t"
