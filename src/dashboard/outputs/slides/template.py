"""An empty presentation in the look of the house: size, master, theme, properties."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as ET

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.util import Inches

from dashboard.charts import theme
from dashboard.outputs.briefing import Briefing
from dashboard.outputs.slides import shapes
from dashboard.outputs.slides.text_metrics import Box
from dashboard.text import Text

WIDTH, HEIGHT = 13.333, 7.5  # inches
MARGIN = 0.5
INSIDE = WIDTH - 2 * MARGIN
# Of the layouts that python-pptx brings along these are used.
_OPENING, _TITLE_ONLY = 0, 5
TITLE = Box(MARGIN, 0.38, INSIDE, 1.0)
NUMBER = Box(WIDTH - MARGIN - 0.9, 6.9, 0.9, 0.24)
FOOT = 6.9  # where the line at the foot begins
_BAR = 0.1
_LONGEST = 255  # letters of a property of a document
_SCALE = WIDTH / 10  # the layouts are made for slides 10 inches wide
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_COLOURS = {
    "dk1": theme.INK,
    "lt1": theme.WHITE,
    "dk2": theme.BLUE,
    "lt2": theme.TRACK,
    "accent1": theme.BLUE,
    "accent2": theme.AMBER,
    "accent3": theme.RED,
    "accent4": theme.STEEL,
    "accent5": theme.PALE,
    "accent6": theme.SOFT_INK,
    "hlink": theme.BLUE,
    "folHlink": theme.SOFT_INK,
}


# The master and the two layouts, as `text` names them.
_SHEETS = ("master", "opening", "exhibit")


def empty(briefing: Briefing) -> Deck:
    """A presentation without slides."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    layouts = [deck.slide_layouts[_OPENING], deck.slide_layouts[_TITLE_ONLY]]
    for layout in [layout for layout in deck.slide_layouts if layout not in layouts]:
        deck.slide_layouts.remove(layout)
    master = deck.slide_masters[0]
    sheets = (master, *layouts)
    for sheet in sheets:
        _fit(sheet)
    # Only then: a layout takes the place of what the master no longer has from there.
    for sheet, name in zip(sheets, _SHEETS, strict=True):
        _name(sheet, briefing.text(f"slide.sheet.{name}"), briefing.text)
    paint(master.part)
    paint(deck.notes_master.part)
    _title_style(master)
    _bars(deck, master)
    _speak(deck, shapes.LOCALES[briefing.text.lang])
    _properties(deck, briefing)
    return deck


def opening_layout(deck: Deck) -> Any:
    """The layout of the title slide."""
    return deck.slide_layouts[0]


def layout(deck: Deck) -> Any:
    """The layout of every other slide."""
    return deck.slide_layouts[1]


def paint(sheet: Any) -> None:
    """The font and the colours of the house in the theme of a master: what is added later looks alike."""
    part = sheet.part_related_by(RT.THEME)
    root = ET.fromstring(part.blob)  # nosec B314 # of the library's own template
    for font in root.iterfind(f".//{_A}fontScheme/*/{_A}latin"):
        font.set("typeface", shapes.FONT)
    for name, colour in _COLOURS.items():
        for entry in root.iterfind(f".//{_A}clrScheme/{_A}{name}"):
            entry.clear()
            ET.SubElement(entry, f"{_A}srgbClr", val=colour.removeprefix("#"))
    ET.register_namespace("a", _A.strip("{}"))
    part._blob = ET.tostring(root, encoding="UTF-8", xml_declaration=True)


def _name(sheet: Any, name: str, text: Text) -> None:
    """The sheet and its prompts in the reader's language; what no slide uses goes."""
    sheet.element.find(qn("p:cSld")).set("name", name)
    for shape in list(sheet.placeholders):
        kind = shape.placeholder_format.type
        if kind in (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER):
            shape.element.getparent().remove(shape.element)
        elif kind != PP_PLACEHOLDER.SLIDE_NUMBER:
            shape.text_frame.text = text("slide.prompt")


def _fit(sheet: Any) -> None:
    for shape in sheet.placeholders:
        kind = shape.placeholder_format.type
        if kind == PP_PLACEHOLDER.SLIDE_NUMBER:
            shapes.place(shape, NUMBER)
        elif kind == PP_PLACEHOLDER.TITLE:
            shapes.place(shape, TITLE)
        else:
            shape.left, shape.width = int(shape.left * _SCALE), int(shape.width * _SCALE)


def _title_style(master: Any) -> None:
    """Titles that are added later: to the left, bold, blue."""
    style = master._element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    style.set("algn", "l")
    look = style.find(qn("a:defRPr"))
    look.set("sz", "2800")
    look.set("b", "1")
    for fill in look.iterfind(f"{qn('a:solidFill')}/{qn('a:schemeClr')}"):
        fill.set("val", "tx2")


def _bars(deck: Deck, master: Any) -> None:
    """The red bar on top and the thin line above the source, on the master: not to be moved by mistake."""
    scratch = deck.slides.add_slide(layout(deck))
    for box, colour in (
        (Box(0, 0, WIDTH, _BAR), theme.RED),
        (Box(MARGIN, FOOT - 0.06, INSIDE, 0.01), theme.PALE),
    ):
        bar = scratch.shapes.add_shape(MSO_SHAPE.RECTANGLE, *shapes.placed(box))
        bar.fill.solid()
        bar.fill.fore_color.rgb = shapes.colour(colour)
        bar.line.fill.background()
        bar._element.remove(bar._element.find(qn("p:style")))  # it brings a shadow
        master.shapes._spTree.insert(2, bar._element)
    entry = deck.slides._sldIdLst[0]
    deck.part.drop_rel(entry.rId)
    deck.slides._sldIdLst.remove(entry)


def _speak(deck: Deck, locale: str) -> None:
    """The language of words that are added later."""
    sheets = [deck.part._element, *(sheet._element for sheet in (deck.slide_masters[0], *deck.slide_layouts))]
    for sheet in sheets:
        for look in sheet.iter(qn("a:defRPr"), qn("a:rPr"), qn("a:endParaRPr")):
            if "lang" in look.attrib:
                look.set("lang", locale)


def _glossary(about: Any, briefing: Briefing) -> None:
    """What the terms mean, behind the mark: the library refuses more letters than a property once had."""
    terms = dict.fromkeys(term for exhibit in briefing.exhibits for term in exhibit.definitions)
    description = about._element.find("{http://purl.org/dc/elements/1.1/}description")
    description.text = "\n".join(shapes.one_line(words) for words in (briefing.mark, *terms) if words)


def _property(words: str) -> str:
    return shapes.one_line(words)[:_LONGEST]


def _properties(deck: Deck, briefing: Briefing) -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    about = deck.core_properties
    about.title = _property(briefing.marked_title)
    about.subject = _property(briefing.chosen)
    about.author = about.last_modified_by = _property(briefing.author)
    about.created = about.modified = now
    about.language = shapes.LOCALES[briefing.text.lang]
    about.version = briefing.version
    about.comments = briefing.mark
    _glossary(about, briefing)
    about.revision = 1
    # The picture in the file list would be one of an empty slide.
    for key, relation in list(deck.part.package._rels.items()):
        if relation.reltype == RT.THUMBNAIL:
            deck.part.package._rels.pop(key)
