"""An exhibit as screens for a room: fewer words in larger letters, and on as many screens as that takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.exhibits import Exhibit
from dashboard.outputs.pictures import drawing, page, table, words
from dashboard.outputs.pictures.markup import Block
from dashboard.text import Text

# 16:9 less a line of controls. Letters of 14 px are a fiftieth of it.
SHEET = page.Sheet(1280, 692, above=34, below=20, gap=16)
# How large a chart may be drawn, times its size; letters of tables and of sentences, px.
_ZOOMS = (1.05, 2.0)
_TABLE, _SENTENCES = 16, 20


def ready() -> None:
    """Nothing: who has it done by another process finds there what draws."""


def screens(exhibit: Exhibit, text: Text) -> list[str]:
    """SVG documents of the size of `SHEET` that explain themselves, at least one.

    What does not fit on one screen in letters that a room can read is broken between rows or sentences:
    first the figures, then the chart and the sentences, or the table where there is no chart. The takeaways
    are left to who speaks, and many sentences where a chart shows the same; of the notes the first is said.
    """
    exhibit = replace(exhibit, notes=exhibit.notes[:1], takeaways=())
    middles = _middles(exhibit, text)
    drawn = []
    for n, middle in enumerate(middles, 1):
        part = _numbered(exhibit, n, len(middles), text) if len(middles) > 1 else exhibit
        drawn.append(page.composed(part, text, SHEET, page.frame(part, text, SHEET, ""), middle))
    return drawn


def _middles(exhibit: Exhibit, text: Text) -> Sequence[Block | None]:
    """What stands between head and foot of each screen."""
    around = page.frame(_numbered(exhibit, _MOST, _MOST, text), text, SHEET, "")
    room, high = around.room, around.middle
    found: list[Block] = []
    if exhibit.figures:
        found.append(page.key_figures(exhibit, room, high))
    if exhibit.chart:
        found += drawing.screens(exhibit.chart, text, room, high, _ZOOMS)
    if exhibit.sentences:
        said = words.screens(page.beside_chart(exhibit), room, high, _SENTENCES)
        found += said if len(said) == 1 or not exhibit.chart else []
    if exhibit.table and not exhibit.chart:
        found += table.screens(exhibit.table, room, high, text, _TABLE)
    return found or [None]


def _numbered(exhibit: Exhibit, n: int, of: int, text: Text) -> Exhibit:
    return replace(exhibit, subtitle=f"{exhibit.subtitle} · {text('picture.part', n=n, of=of)}")


# The room for "part 99 of 99" is kept free.
_MOST = 99
