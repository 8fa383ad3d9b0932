"""A whole exhibit as a picture: what is found, the chart, how to read it, the filter, the source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts import theme
from dashboard.charts.model import Choices, Names, Tile
from dashboard.exhibits import Exhibit
from dashboard.outputs.pictures import drawing, figures, fonts, markup, raster, table, words
from dashboard.outputs.pictures.markup import Block
from dashboard.outputs.pictures.words import Style
from dashboard.text import Text

# Width and height of the drawing, px.
SHAPES = {"16x9": (1600, 900), "4x3": (1280, 960), "half-a4": (1240, 877)}
# How wide each is when shown or printed, mm: slides of 13.33 and 10 inches, A5 on its side.
_MILLIMETRES = {"16x9": 338.7, "4x3": 254.0, "half-a4": 210.0}
# Pixels of a PNG for each px: 2560 × 1440, twice 1280 × 720, is sharp and drawn in two thirds of the time
# of 3200 × 1800.
_PIXELS = 1.6

_BESIDE = 56  # the margins left and right, px
_BAND = 8  # the red line on top, px
_HEADLINE, _SUBTITLE, _TAKEAWAY, _FOOT, _MARK = 34, 20, 20, 16, 19  # sizes, px
# Where the middle would become lower than this part of the picture, words are written smaller.
_SIZES = (1, 0.94, 0.88, 0.82, 0.76, 0.7, 0.6, 0.5, 0.4)
_MIDDLE = 0.46
_GAP = 26  # between blocks and beside the mark, px
_MOST_NOTES = 3  # lines
_MOST_ZOOM = 1.6  # of a chart: letters of 21 px
_ALONE = 1.3  # a headline with nothing below it is so much larger
# Where sentences and a chart or a table stand together, the sentences have at most this part of the height.
_SENTENCES = 0.4
_BESIDE_NAMES, _BESIDE_MARKS = 0.4, 0.2  # with a chart no more than this, whole or not at all
_ABOVE_A_CHART = 20  # size of sentences with something below them, px
_LOWER = 0.4  # of the room that the middle leaves, so much stands above it,
_LOWEST = 40  # and so many px at most


@dataclass(frozen=True)
class Sheet:
    """Width and height of a drawing, its margins above and below, the gaps around its middle; px."""

    width: int
    height: int
    above: float = 46
    below: float = 34
    gap: float = 26


@dataclass(frozen=True)
class Frame:
    """What stands around the middle; the width and the height left for that, px."""

    head: Block
    foot: Block
    room: float
    middle: float


def svg(exhibit: Exhibit, text: Text, shape: str) -> str:
    """The exhibit as an SVG document that explains itself; `shape` is one of `SHAPES`."""
    sheet = Sheet(*SHAPES[shape])
    around = frame(exhibit, text, sheet, _filter(exhibit, text))
    return composed(exhibit, text, sheet, around, _middle(exhibit, text, around.room, around.middle))


def composed(exhibit: Exhibit, text: Text, sheet: Sheet, around: Frame, middle: Block | None) -> str:
    """The parts of a picture as one document."""
    foot = sheet.height - sheet.below - around.foot.height
    top = sheet.above + around.head.height + sheet.gap
    parts = [
        markup.element("rect", width=sheet.width, height=_BAND, fill=theme.RED),
        markup.group(around.foot.elements, _BESIDE, foot, name="foot"),
    ]
    if middle is None:
        top = (sheet.above + foot - around.head.height) * 0.42
        parts.append(markup.group(around.head.elements, _BESIDE, top, name="head"))
    else:
        free = around.middle - middle.height
        parts.append(markup.group(around.head.elements, _BESIDE, sheet.above, name="head"))
        parts.append(markup.group(middle.elements, _BESIDE, top + min(free * _LOWER, _LOWEST), name="middle"))
    if exhibit.mark(text):
        mark = words.mark(exhibit.mark(text), _MARK)
        x = sheet.width - _BESIDE - mark.width
        parts.append(markup.group(mark.elements, x, sheet.above, name="mark"))
    return markup.document(parts, sheet.width, sheet.height, exhibit.headline, exhibit.spoken(text))


def picture_png(exhibit: Exhibit, text: Text, shape: str, drawn: str | None = None) -> bytes:
    """The exhibit as a PNG (16:9: 2560 × 1440); headline, filter, source also as its text.

    `drawn` is its `svg`, where the caller has it.
    """
    said = {
        "Title": exhibit.headline,
        "Description": f"{exhibit.subtitle}\n{_filter(exhibit, text)}",
        "Source": exhibit.source,
    }
    if exhibit.mark(text):
        said["Warning"] = exhibit.mark(text)
    return raster.png(drawn or svg(exhibit, text, shape), _PIXELS, said, _MILLIMETRES[shape])


def frame(exhibit: Exhibit, text: Text, sheet: Sheet, chosen: str) -> Frame:
    """Head and foot of a picture, as large as leaves enough room between them; `chosen` is the line that says
    the filter, "" for none."""
    room = sheet.width - 2 * _BESIDE
    enough = _MIDDLE * sheet.height if _has_middle(exhibit) else 0
    for size in _SIZES:
        head, foot = _head(exhibit, text, size, room), _foot(exhibit, chosen, size, room)
        taken = sheet.above + head.height + foot.height + sheet.below + 2 * sheet.gap
        if sheet.height - taken >= enough:
            break
    return Frame(head, foot, room, max(sheet.height - taken, 1))


def _head(exhibit: Exhibit, text: Text, size: float, room: float) -> Block:
    """Headline, subtitle, takeaways; beside the first two the mark has its room."""
    beside = room
    if exhibit.mark(text):
        beside -= words.mark(exhibit.mark(text), _MARK).width + _GAP
    if not _has_middle(exhibit):
        size *= _ALONE
    headline = words.paragraph(exhibit.headline, Style(_HEADLINE * size, fonts.BOLD), beside)
    if headline.height > 2 * _HEADLINE:  # the mark does not reach lower
        beside = room
    subtitle = words.paragraph(exhibit.subtitle, Style(_SUBTITLE * size, colour=theme.SOFT_INK), beside)
    head = markup.stacked([headline, subtitle], 6 * size)
    if not exhibit.takeaways:
        return head
    return markup.stacked([head, words.bullets(exhibit.takeaways, _TAKEAWAY * size, room)], 14 * size)


def _foot(exhibit: Exhibit, chosen: str, size: float, room: float) -> Block:
    """How to read it, what was chosen, where it is from; under a line."""
    size = max(size, 0.8) * _FOOT if size >= 0.7 else size * _FOOT
    blocks = [
        words.paragraph(said, Style(size, colour=colour), room)
        for said, colour in (
            (_notes(exhibit.notes, size, room), theme.INK),
            (chosen, theme.SOFT_INK),
            (exhibit.source, theme.SOFT_INK),
        )
        if said
    ]
    line = Block((markup.element("rect", width=room, height="1", fill=theme.PALE),), room, 1)
    return markup.stacked([line, markup.stacked(blocks, 3)], 12)


def _notes(notes: Sequence[str], size: float, room: float) -> str:
    """The first notes that fit in a few lines, the first one always; none in part."""
    shown = " ".join(notes[:1])
    for note in notes[1:]:
        longer = f"{shown} {note}"
        if len(fonts.lines(longer, size, room)) > _MOST_NOTES:
            break
        shown = longer
    return shown


def _filter(exhibit: Exhibit, text: Text) -> str:
    return text("picture.filter", chosen=exhibit.chosen)


def _has_middle(exhibit: Exhibit) -> bool:
    return bool(exhibit.figures or exhibit.sentences or exhibit.chart or exhibit.table)


def _middle(exhibit: Exhibit, text: Text, room: float, height: float) -> Block | None:
    """What is shown: figures or sentences, and below them the chart, or the table where there is none.

    Sentences that leave a chart too little room are left out, and those that its key says: it shows the same.
    """
    blocks = []
    left = height
    below = exhibit.chart or exhibit.table
    if exhibit.figures:
        blocks.append(key_figures(exhibit, room, left * (_SENTENCES if below else 1)))
        left -= blocks[-1].height + _GAP
    if exhibit.sentences:
        if exhibit.chart:
            said = words.bullets(beside_chart(exhibit), _ABOVE_A_CHART, room)
            part = _BESIDE_NAMES if isinstance(exhibit.chart, Names | Choices) else _BESIDE_MARKS
            if said.height > part * left:
                said = Block((), 0, 0)
        elif exhibit.table:
            said = words.sentences(exhibit.sentences, room, left * _SENTENCES, text, _ABOVE_A_CHART)
        else:
            said = words.sentences(exhibit.sentences, room, left, text)
        if said.height:
            blocks.append(said)
            left -= said.height + _GAP
    if exhibit.chart:
        blocks.append(drawing.draw(exhibit.chart, text, room, left, _MOST_ZOOM))
        left -= blocks[-1].height + 2 * _GAP
        # The table of a low chart fills its place.
        if exhibit.table and (rows := table.whole(exhibit.table, room, left, text)):
            blocks.append(rows)
    elif exhibit.table:
        blocks.append(table.grid(exhibit.table, room, left, text))
    return markup.stacked(blocks, _GAP) if blocks else None


def beside_chart(exhibit: Exhibit) -> list[str]:
    """The sentences that the key of the chart does not say."""
    key = getattr(exhibit.chart, "key", "")
    return [said for said in exhibit.sentences if said not in key]


def key_figures(exhibit: Exhibit, room: float, high: float) -> Block:
    """The figures of an exhibit, each with its change."""
    tiles = [Tile(one.label, one.value, (one.change,)) for one in exhibit.figures]
    return figures.grid(tiles, room, high)
