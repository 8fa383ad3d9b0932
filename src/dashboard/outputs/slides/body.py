"""What is below a headline: native charts and tables by the class of the chart, pictures of those that
PowerPoint lacks, sentences.

Rows are set in the largest words in which all fit on a slide. Else they go on over further slides, all on one
scale, or the first are kept, with those that are chosen, and the slide says how many are left out.
"""

from __future__ import annotations

import io
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from PIL import Image
from pptx.slide import Slide

from dashboard.charts import model, theme
from dashboard.charts.model import Chart, Lines, Tiles
from dashboard.exhibits import Table
from dashboard.outputs.slides import panels, rows, shapes, tables
from dashboard.outputs.slides.chart_format import Style
from dashboard.outputs.slides.rows import Rows, key
from dashboard.outputs.slides.shapes import Look, Paragraph, Piece
from dashboard.outputs.slides.tables import Grid, Source
from dashboard.outputs.slides.text_metrics import Box, Rooms
from dashboard.text import Text

# Pixels of a drawn chart per inch of the slide (what is 12 px high there is 12 points high here), and of its
# picture per pixel of the chart.
PIXELS, SCALE = 72, 3

Slides = list[list[Piece]]
_Rowed = (
    model.HeatTable | model.Choices | model.Names | model.Units | model.Bars | model.Bullets | model.Dumbbells
)
_GAP = 0.12
_FEW = 3  # tiles that leave room for large sentences
_SENTENCE = 20  # the largest words of a sentence under rows
_BULLETS = Look(bullets=True, gap=6)
_NOTES = Look(gap=4)


@dataclass(frozen=True)
class Form:
    """How a deck is set: the `sizes` of words that are tried, the largest first; the `slides` that one chart
    takes at most."""

    sizes: tuple[int, ...]
    slides: int


@dataclass(frozen=True)
class Setting:
    """Where a chart is: the form of the deck, the rooms, the words, the mark of its workbook."""

    form: Form
    rooms: Rooms
    text: Text
    mark: str

    def style(self, points: int) -> Style:
        """The look of a native chart in words of this size."""
        return Style(points, self.text, self.mark)

    @property
    def small(self) -> int:
        """The smallest words."""
        return self.form.sizes[-1]


def is_picture(chart: Chart | None) -> bool:
    """Whether the chart is a picture, as PowerPoint has none of its class."""
    return chart is not None and not isinstance(chart, Tiles | Lines | _Rowed)


def of_chart(
    chart: Chart, setting: Setting, drawings: Sequence[bytes] = (), below: Sequence[str] = ()
) -> Slides:
    """Per slide what is on it; `drawings` has the pictures of a chart that needs them, `below` sentences
    that are under the others."""
    match chart:
        case Tiles():
            return _tiles(chart, setting, below)
        case Lines():
            return [[_lines(chart, setting, n, part)] for n, part in enumerate(panels.parts(chart))]
        case _ if isinstance(chart, _Rowed):
            return _flow(_source(chart), setting, below)
        case _:
            rooms = enumerate(drawings)
            return [
                [Piece(setting.rooms.on(n), partial(_add_picture, content=drawing))] for n, drawing in rooms
            ]


def of_table(table: Table, setting: Setting) -> Slides:
    """The table of an exhibit that has no chart."""
    return _flow(tables.figures(table, setting.text), setting)


def of_sentences(sentences: Sequence[str], setting: Setting) -> Slides:
    """Sentences in the largest size in which all are on one slide; else in the smallest over several."""
    words = [sentence for sentence in sentences if sentence]
    paragraphs: list[Paragraph] = []
    for points in setting.form.sizes:
        paragraphs = shapes.sentences(words, points, setting.rooms.first.w)
        if shapes.height(paragraphs, setting.rooms.first.w, _BULLETS) <= setting.rooms.first.h:
            break
    pieces: Slides = []
    part: list[Paragraph] = []
    for paragraph in paragraphs:
        room = setting.rooms.on(len(pieces))
        if part and shapes.height([*part, paragraph], room.w, _BULLETS) > room.h:
            pieces.append([_text_piece(part, room, setting.text)])
            part = []
        part.append(paragraph)
    return [*pieces, [_text_piece(part, setting.rooms.on(len(pieces)), setting.text)]] if part else pieces


def _source(chart: _Rowed) -> Source:
    match chart:
        case model.HeatTable():
            return tables.heat(chart)
        case model.Choices():
            return tables.choices(chart)
        case model.Names():
            return tables.names(chart)
        case _:
            return rows.charted(chart)


def _flow(source: Source, setting: Setting, below: Sequence[str] = ()) -> Slides:
    """Rows over as few slides as hold them in the largest words, or so many as the form allows."""
    rooms, form = setting.rooms, setting.form
    if not source.all:
        return of_sentences([source.sentence, *below, *source.notes], setting)

    def laid_out(points: int, numbers: Sequence[int]) -> tuple[Rows | Grid, _Around, list[range]]:
        around = _around(source, setting, points, source.all - len(numbers), below)
        rowed: Rows | Grid = source.make(numbers, setting.style(points), rooms.first.w)
        return rowed, around, rowed.parts(rooms.first.h - around.height, rooms.later.h - around.height)

    for points in form.sizes:
        rowed, around, parts = laid_out(points, range(source.count))
        if len(parts) == 1 and not rowed.cramped:
            break
    if len(parts) > form.slides:
        # The most rows with which it takes no more slides than it may.
        numbers = range(1, source.count + 1)
        count = bisect(numbers, 0, key=lambda n: len(laid_out(points, source.first(n))[2]) > form.slides)
        rowed, around, parts = laid_out(points, source.first(max(count, 1)))
    return [
        around.pieces(rowed, part, rooms.on(number), setting.text)
        for number, part in enumerate(parts[: form.slides])
    ]


@dataclass(frozen=True)
class _Around:
    """What is above and below rows, with its height in inches."""

    above: list[Paragraph]
    below: list[Paragraph]
    heights: tuple[float, float]

    @property
    def height(self) -> float:
        """The room that it takes from the rows."""
        return sum(self.heights)

    def pieces(self, rowed: Rows | Grid, part: range, room: Box, text: Text) -> list[Piece]:
        """It and some of the rows on a slide."""
        top, _ = self.heights
        high = rowed.height(room.h - self.height, part)
        pieces = [Piece(replace(room, y=room.y + top, h=high), partial(rowed.draw, part=part))]
        if self.above:
            pieces.insert(0, Piece(replace(room, h=top), shapes.writing(self.above, text)))
        if self.below:
            pieces.append(Piece(room.below(top + high + _GAP), shapes.writing(self.below, text, _NOTES)))
        return pieces


def _around(source: Source, setting: Setting, points: int, left_out: int, below: Sequence[str]) -> _Around:
    """Above the rows the key of their kinds, below them sentences, notes, and how many are left out."""
    width, small = setting.rooms.first.w, setting.small
    colours = key(source.kinds, points)
    above = [colours] if colours else []
    notes = [note for note in source.notes if note]
    if left_out:
        notes[-1:] = [" ".join((*notes[-1:], setting.text(source.more, n=left_out)))]
    rest = [
        *shapes.sentences(
            [sentence for sentence in (source.sentence, *below) if sentence], min(points, _SENTENCE), width
        ),
        *shapes.sentences(notes, small, width, theme.SOFT_INK),
    ]
    high = [shapes.height(words, width, _NOTES) + _GAP if words else 0 for words in (above, rest)]
    return _Around(above, rest, (high[0], high[1]))


def _text_piece(words: Sequence[Paragraph], room: Box, text: Text) -> Piece:
    high = shapes.height(words, room.w, _BULLETS)
    return Piece(replace(room, h=high), shapes.writing(words, text, _BULLETS))


def _tiles(chart: Tiles, setting: Setting, below: Sequence[str]) -> Slides:
    room, styles = setting.rooms.first, [setting.style(points) for points in setting.form.sizes]
    is_few = len(chart.rows) <= _FEW
    words = shapes.sentences(
        [sentence for sentence in below if sentence], setting.form.sizes[0 if is_few else -1], room.w
    )
    high = shapes.height(words, room.w, _BULLETS) + _GAP if words else 0
    tiles = replace(room, h=room.h - high)
    pieces = [Piece(tiles, lambda slide, box: panels.tiles(chart, slide, box, styles))]
    if words:
        pieces.append(_text_piece(words, room.below(panels.height(chart, tiles) + _GAP), setting.text))
    return [pieces]


def _lines(chart: Lines, setting: Setting, number: int, part: range) -> Piece:
    """Some of the small charts and what their lines are."""
    style, room = setting.style(setting.small), setting.rooms.on(number)
    words = [(style.run(chart.key, theme.SOFT_INK),)] if chart.key else []
    high = shapes.height(words, room.w) + _GAP if words else 0

    def draw(slide: Slide, box: Box) -> None:
        panels.lines(chart, slide, replace(box, h=box.h - high), part, style)
        shapes.text_box(slide, box.below(box.h - high + _GAP), words, setting.text.lang)

    return Piece(room, draw)


def _add_picture(slide: Slide, room: Box, content: bytes) -> None:
    """A picture in its own size, smaller where there is less room."""
    with Image.open(io.BytesIO(content)) as image:
        width, high = (side / SCALE / PIXELS for side in image.size)
    shrunk = min(1, room.w / width, room.h / high)
    box = replace(room, w=width * shrunk, h=high * shrunk)
    slide.shapes.add_picture(io.BytesIO(content), *shapes.placed(box))
