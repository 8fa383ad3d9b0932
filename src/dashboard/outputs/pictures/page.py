"""A whole exhibit as a picture: its finding, the chart, how to read it, the filter, the source; or as screens
for a room, with fewer words in larger letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.charts import theme
from dashboard.charts.model import Choices, Names
from dashboard.exhibits import Exhibit
from dashboard.outputs import text_metrics
from dashboard.outputs.pictures import charts, lists, panels, svg, text_blocks
from dashboard.outputs.pictures.svg import Block
from dashboard.outputs.pictures.text_blocks import Style

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
_NOTE_LINES = 3
_MAX_ZOOM = 1.6  # of a chart: letters of 21 px
_ALONE = 1.3  # a headline with nothing below it is so much larger
# Where sentences and a chart or a table are together, the sentences have at most this part of the height.
_SENTENCES = 0.4
_BESIDE_NAMES, _BESIDE_MARKS = 0.4, 0.2  # with a chart no more than this, whole or not at all
_ABOVE_A_CHART = 20  # size of sentences with something below them, px
_LOWER = 0.4  # of the room that the middle leaves, so much is above it,
_LOWEST = 40  # and so many px at most


@dataclass(frozen=True)
class Sheet:
    """Width and height of a drawing, its margins above and below, the gaps around its middle; px."""

    width: int
    height: int
    above: float = 46
    below: float = 34
    gap: float = 26


# A screen: 16:9 less a line of controls. Letters of 14 px are a fiftieth of it.
SCREEN = Sheet(1280, 692, above=34, below=20, gap=16)
# On a screen: how large a chart may be drawn, times its size; letters of tables and of sentences, px.
_SCREEN_ZOOMS = (1.05, 2.0)
_SCREEN_TABLE, _SCREEN_SENTENCES = 16, 20
_MAX_SCREENS = 99  # room for "part 99 of 99" is kept free


@dataclass(frozen=True)
class _Frame:
    """What is around the middle; the width and the height left for that, px."""

    head: Block
    foot: Block
    room: float
    middle: float


def picture_svg(exhibit: Exhibit, shape: str) -> str:
    """The exhibit as an SVG document that explains itself; `shape` is one of `SHAPES`."""
    sheet = Sheet(*SHAPES[shape])
    frame = _frame(exhibit, sheet, _filter(exhibit))
    return _document(exhibit, sheet, frame, _middle(exhibit, frame.room, frame.middle))


def picture_png(exhibit: Exhibit, shape: str, drawn: str | None = None) -> bytes:
    """The exhibit as a PNG (16:9: 2560 × 1440); headline, filter, source also as its text.

    `drawn` is its `picture_svg`, where the caller has it.
    """
    words = {
        "Title": exhibit.headline,
        "Description": f"{exhibit.subtitle}\n{_filter(exhibit)}",
        "Source": exhibit.source,
    }
    if exhibit.mark:
        words["Warning"] = exhibit.mark
    return svg.png(drawn or picture_svg(exhibit, shape), _PIXELS, words, _MILLIMETRES[shape])


def ready() -> None:
    """Nothing: a worker that is asked for it has what draws in memory afterwards."""


def screens(exhibit: Exhibit) -> list[str]:
    """SVG documents of the size of `SCREEN` that explain themselves, at least one.

    What does not fit on one screen in letters that a room can read is broken between rows or sentences:
    first the figures, then the chart and the sentences, or the table where there is no chart. The takeaways
    are left to the speaker, and many sentences where a chart shows the same; of the notes the first is said.
    """
    exhibit = replace(exhibit, notes=exhibit.notes[:1], takeaways=())
    text = exhibit.text

    def numbered(n: int, count: int) -> Exhibit:
        return replace(exhibit, subtitle=f"{exhibit.subtitle} · {text('picture.part', n=n, of=count)}")

    frame = _frame(numbered(_MAX_SCREENS, _MAX_SCREENS), SCREEN, "")
    middles = _screen_middles(exhibit, frame.room, frame.middle)
    parts = [numbered(n, len(middles)) for n in range(1, len(middles) + 1)] if len(middles) > 1 else [exhibit]
    return [
        _document(part, SCREEN, _frame(part, SCREEN, ""), middle)
        for part, middle in zip(parts, middles, strict=True)
    ]


def _document(exhibit: Exhibit, sheet: Sheet, frame: _Frame, middle: Block | None) -> str:
    """The parts of a picture as one document."""
    foot = sheet.height - sheet.below - frame.foot.height
    elements = [svg.rect(sheet.width, _BAND, theme.RED), frame.foot.at(_BESIDE, foot, name="foot")]
    if middle is None:
        top = (sheet.above + foot - frame.head.height) * 0.42
        elements.append(frame.head.at(_BESIDE, top, name="head"))
    else:
        top = sheet.above + frame.head.height + sheet.gap
        lower = min((frame.middle - middle.height) * _LOWER, _LOWEST)
        elements.append(frame.head.at(_BESIDE, sheet.above, name="head"))
        elements.append(middle.at(_BESIDE, top + lower, name="middle"))
    if exhibit.mark:
        mark = text_blocks.mark(exhibit.mark, _MARK)
        elements.append(mark.at(sheet.width - _BESIDE - mark.width, sheet.above, name="mark"))
    return svg.document(elements, sheet.width, sheet.height, exhibit.headline, exhibit.description)


def _frame(exhibit: Exhibit, sheet: Sheet, chosen: str) -> _Frame:
    """Head and foot of a picture, as large as leaves enough room between them; `chosen` is the line that says
    the filter, "" for none."""
    room = sheet.width - 2 * _BESIDE
    enough = _MIDDLE * sheet.height if exhibit.has_body else 0
    for size in _SIZES:
        head, foot = _head(exhibit, size, room), _foot(exhibit, chosen, size, room)
        free = sheet.height - sheet.above - head.height - foot.height - sheet.below - 2 * sheet.gap
        if free >= enough:
            break
    return _Frame(head, foot, room, max(free, 1))


def _head(exhibit: Exhibit, size: float, room: float) -> Block:
    """Headline, subtitle, takeaways; beside the first two the mark has its room."""
    beside = room
    if exhibit.mark:
        beside -= text_blocks.mark(exhibit.mark, _MARK).width + _GAP
    if not exhibit.has_body:
        size *= _ALONE
    headline = text_blocks.paragraph(exhibit.headline, Style(_HEADLINE * size, text_metrics.BOLD), beside)
    if headline.height > 2 * _HEADLINE:  # the mark does not reach lower
        beside = room
    subtitle = text_blocks.paragraph(exhibit.subtitle, Style(_SUBTITLE * size, colour=theme.SOFT_INK), beside)
    head = svg.stacked([headline, subtitle], 6 * size)
    if not exhibit.takeaways:
        return head
    return svg.stacked([head, text_blocks.bullets(exhibit.takeaways, _TAKEAWAY * size, room)], 14 * size)


def _foot(exhibit: Exhibit, chosen: str, size: float, room: float) -> Block:
    """How to read it, what was chosen, where it is from; under a line."""
    size = max(size, 0.8) * _FOOT if size >= 0.7 else size * _FOOT
    blocks = [
        text_blocks.paragraph(words, Style(size, colour=colour), room)
        for words, colour in (
            (_notes(exhibit.notes, size, room), theme.INK),
            (chosen, theme.SOFT_INK),
            (exhibit.source, theme.SOFT_INK),
        )
        if words
    ]
    line = Block((svg.rect(room, 1, theme.PALE),), room, 1)
    return svg.stacked([line, svg.stacked(blocks, 3)], 12)


def _notes(notes: Sequence[str], size: float, room: float) -> str:
    """The first notes that fit in a few lines, the first one always; none in part."""
    words = " ".join(notes[:1])
    for note in notes[1:]:
        longer = f"{words} {note}"
        if len(text_metrics.lines(longer, size, room)) > _NOTE_LINES:
            break
        words = longer
    return words


def _filter(exhibit: Exhibit) -> str:
    return exhibit.text("picture.filter", chosen=exhibit.chosen)


def _middle(exhibit: Exhibit, room: float, height: float) -> Block | None:
    """Figures or sentences, and below them the chart, or the table where there is none.

    Sentences that leave a chart too little room are left out, and those that its key says: it shows the same.
    """
    blocks: list[Block] = []
    below = exhibit.chart or exhibit.table
    if exhibit.figures:
        blocks.append(panels.tiles(exhibit.figures, room, height * (_SENTENCES if below else 1)))
        height -= blocks[-1].height + _GAP
    if exhibit.sentences:
        blocks.append(_sentences(exhibit, room, height))
        height -= blocks[-1].height + _GAP if blocks[-1].height else 0
    if exhibit.chart:
        blocks.append(charts.draw(exhibit.chart, exhibit.text, room, height, _MAX_ZOOM))
        height -= blocks[-1].height + 2 * _GAP
        # The table of a low chart fills its place.
        if exhibit.table and (rows := lists.whole_table(exhibit.table, room, height, exhibit.text)):
            blocks.append(rows)
    elif exhibit.table:
        blocks.append(lists.table(exhibit.table, room, height, exhibit.text))
    return svg.stacked([block for block in blocks if block.height], _GAP) if blocks else None


def _sentences(exhibit: Exhibit, room: float, height: float) -> Block:
    if exhibit.chart:
        block = text_blocks.bullets(_beside_chart(exhibit), _ABOVE_A_CHART, room)
        part = _BESIDE_NAMES if isinstance(exhibit.chart, Names | Choices) else _BESIDE_MARKS
        return block if block.height <= part * height else Block()
    if exhibit.table:
        return text_blocks.sentences(
            exhibit.sentences, room, height * _SENTENCES, exhibit.text, _ABOVE_A_CHART
        )
    return text_blocks.sentences(exhibit.sentences, room, height, exhibit.text)


def _screen_middles(exhibit: Exhibit, room: float, height: float) -> Sequence[Block | None]:
    """What is between head and foot of each screen."""
    blocks: list[Block] = []
    if exhibit.figures:
        blocks.append(panels.tiles(exhibit.figures, room, height))
    if exhibit.chart:
        blocks += charts.screens(exhibit.chart, exhibit.text, room, height, _SCREEN_ZOOMS)
    if exhibit.sentences:
        sentences = text_blocks.sentence_screens(_beside_chart(exhibit), room, height, _SCREEN_SENTENCES)
        blocks += sentences if len(sentences) == 1 or not exhibit.chart else []
    if exhibit.table and not exhibit.chart:
        blocks += lists.table_screens(exhibit.table, room, height, exhibit.text, _SCREEN_TABLE)
    return blocks or [None]


def _beside_chart(exhibit: Exhibit) -> list[str]:
    """The sentences that the key of the chart does not say."""
    key = getattr(exhibit.chart, "key", "")
    return [sentence for sentence in exhibit.sentences if sentence not in key]
