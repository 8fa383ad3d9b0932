"""The deck that holds every exhibit, on as many slides as each asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pptx.presentation import Presentation as Deck

from dashboard.charts.model import Tile, Tiles
from dashboard.exhibits import Exhibit
from dashboard.outputs.briefing import Briefing
from dashboard.outputs.slides import body, page, picture
from dashboard.outputs.slides.body import Form, Setting, Slides
from dashboard.text import Text

FORM = Form((16, 14, 12), 4)


def add(deck: Deck, briefing: Briefing, drawn: Mapping[str, Sequence[bytes]]) -> None:
    """Every slide but the first; `drawn` holds the pictures by exhibit id."""
    text = briefing.text
    for section in briefing.sections:
        for exhibit in section.exhibits:
            above = _heading(exhibit, text)
            mark, spoken = exhibit.mark(text), exhibit.spoken(text)
            parts = _slides(exhibit, Setting(FORM, page.rooms(above), text, mark), drawn.get(exhibit.id, ()))
            for number, pieces in enumerate(parts, 1):
                part = text("slide.part", part=number, parts=len(parts)) if len(parts) > 1 else ""
                slide = page.add(deck, above, text)
                for piece in pieces:
                    piece.draw(slide, piece.box)
                foot = " · ".join(said for said in (exhibit.foot, part) if said)
                page.close(slide, page.End(mark, foot, spoken, page.to_say(exhibit)), text)


def pictures(exhibit: Exhibit) -> tuple[bytes, ...]:
    """The pictures of an exhibit that needs them, one per slide."""
    # Every short name takes one line, as a dash does.
    return picture.drawn(exhibit, page.rooms(page.heading(exhibit, "–", exhibit.subtitle)))


def _heading(exhibit: Exhibit, text: Text) -> page.Heading:
    return page.heading(exhibit, text(f"exhibit.{exhibit.id.partition(':')[0]}"), exhibit.subtitle)


def _slides(exhibit: Exhibit, setting: Setting, drawn: Sequence[bytes]) -> Slides:
    """The chart, or the table where there is none; then what is said of it, and where there is nothing to
    draw, the notes, which say why."""
    text = setting.text
    chart = exhibit.chart
    if chart is None and exhibit.figures:
        chart = Tiles(
            tuple(
                Tile(one.label, one.value, (text("slide.change", change=one.change),) if one.change else ())
                for one in exhibit.figures
            )
        )
    found: Slides = []
    if chart is not None and (drawn or not picture.needed(exhibit)):
        found += body.of_chart(chart, setting, drawn)
    elif exhibit.table is not None:
        found += body.of_table(exhibit.table, setting)
    told = (*exhibit.takeaways, *exhibit.sentences)
    found += body.of_sentences(told or (() if found else exhibit.notes), setting)
    return found or [[]]
