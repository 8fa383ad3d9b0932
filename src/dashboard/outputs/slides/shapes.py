"""Words on a slide: text boxes in the font and the language of the briefing, and what screen readers say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Inches, Length, Pt

from dashboard.charts import theme
from dashboard.outputs.pictures import svg
from dashboard.outputs.slides import text_metrics
from dashboard.outputs.slides.text_metrics import Box
from dashboard.text import Text

FONT = "Arial"  # every PowerPoint has it; fonts cannot be embedded
_LANGUAGES = {"vi": MSO_LANGUAGE_ID.VIETNAMESE, "en": MSO_LANGUAGE_ID.ENGLISH_US}
LOCALES = {"vi": "vi-VN", "en": "en-US"}
_LONGEST = 8  # lines of a sentence
BULLET = 0.22  # room of a bullet before its words, inches


@dataclass(frozen=True)
class Run:
    """Words in one look, without line breaks (see `one_line`); `points` is their size."""

    words: str
    points: int
    bold: bool = False
    colour: str = theme.INK


Paragraph = tuple[Run, ...]


@dataclass(frozen=True)
class Look:
    """How paragraphs are set in their box: `gap` is the room between them in points."""

    gap: int = 0
    bullets: bool = False


@dataclass(frozen=True)
class Piece:
    """Something on a slide and its place."""

    box: Box
    draw: Callable[[Slide, Box], None]


def write(frame: TextFrame, paragraphs: Sequence[Paragraph], lang: str, look: Look | None = None) -> None:
    """The paragraphs as the whole text of a shape; it neither grows nor shrinks."""
    look = look or Look()
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Inches(0)
    for number, runs in enumerate(paragraphs):
        paragraph: Any = frame.paragraphs[0]
        if number:
            paragraph = frame.add_paragraph()  # type: ignore[no-untyped-call]
        paragraph.alignment = PP_ALIGN.LEFT
        if number and look.gap:
            paragraph.space_before = Pt(look.gap)
        if look.bullets:
            _bullet(paragraph)
        for run in runs:
            text_run = paragraph.add_run()
            text_run.text = run.words
            set_font(text_run.font, run, lang)


def plain(frame: TextFrame, lines: Sequence[str], lang: str) -> None:
    """Lines in the look that their place has anyway."""
    frame.text = "\n".join(one_line(line) for line in lines)
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run.font.language_id = _LANGUAGES[lang]


def set_font(font: Any, run: Run, lang: str) -> None:
    """Set a font as a run is written."""
    font.name = FONT
    font.size = Pt(run.points)
    font.bold = run.bold
    font.color.rgb = colour(run.colour)
    font.language_id = _LANGUAGES[lang]


def colour(hex_code: str) -> RGBColor:
    """ "#RRGGBB" as python-pptx takes it."""
    return RGBColor(*bytes.fromhex(hex_code.removeprefix("#")))  # type: ignore[no-untyped-call]


def one_line(words: str) -> str:
    """The words without line breaks and without letters that XML cannot hold."""
    return " ".join(svg.plain(words).split())


def text_box(
    slide: Slide, box: Box, paragraphs: Sequence[Paragraph], lang: str, look: Look | None = None
) -> Shape:
    """A text box with these paragraphs."""
    shape = slide.shapes.add_textbox(*placed(box))
    write(shape.text_frame, paragraphs, lang, look)
    return shape


def writing(
    paragraphs: Sequence[Paragraph], text: Text, look: Look | None = None
) -> Callable[[Slide, Box], None]:
    """These paragraphs as the content of a piece."""

    def draw(slide: Slide, box: Box) -> None:
        text_box(slide, box, paragraphs, text.lang, look)

    return draw


def height(paragraphs: Sequence[Paragraph], room: float, look: Look | None = None) -> float:
    """How high the paragraphs are in so much room, inches; each is as high as its largest run."""
    look = look or Look()
    room -= BULLET if look.bullets else 0
    total = max(len(paragraphs) - 1, 0) * look.gap / 72
    for runs in paragraphs:
        points = max(run.points for run in runs)
        # Bold is wider: a paragraph with some bold words is measured as all bold.
        bold = any(run.bold for run in runs)
        words = "".join(run.words for run in runs)
        total += text_metrics.height(max(text_metrics.lines(words, points, room, bold), 1), points)
    return total


def sentences(texts: Sequence[str], points: int, room: float, colour: str = theme.INK) -> list[Paragraph]:
    """A paragraph per sentence, cut short where names in it are beyond all text_metrics."""
    cut = (text_metrics.cut(one_line(row), points, room - BULLET, _LONGEST) for row in texts)
    return [(Run(words, points, colour=colour),) for words in cut]


def placed(box: Box) -> tuple[Length, Length, Length, Length]:
    """A box as python-pptx takes it."""
    return Inches(box.x), Inches(box.y), Inches(box.w), Inches(box.h)


def place(shape: Any, box: Box) -> None:
    """Put a shape there."""
    shape.left, shape.top, shape.width, shape.height = placed(box)


def describe(shape: BaseShape, words: str) -> None:
    """What a screen reader says in place of the shape."""
    shape._element._nvXxPr.cNvPr.set("descr", one_line(words))


def _bullet(paragraph: Any) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(Inches(BULLET)))
    properties.set("indent", str(-Inches(BULLET)))
    for tag, attributes in (("a:buFont", {"typeface": FONT}), ("a:buChar", {"char": "•"})):
        properties.append(properties.makeelement(qn(tag), attributes))


def write_cell(cell: Any, run: Run, lang: str, align: Any) -> None:
    """The words of one cell of a table, which keeps its margins."""
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = align
    text_run = paragraph.add_run()
    text_run.text = run.words
    set_font(text_run.font, run, lang)
