"""An empty Word document with the page and the styles of a party document (guide 36-HD/VPTW)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle

from dashboard.charts import theme
from dashboard.outputs.briefing import Briefing
from dashboard.outputs.report import outline, wordml
from dashboard.outputs.report.drawings import WIDTH_MM
from dashboard.outputs.report.wordml import element
from dashboard.text import Text

FONT = "Times New Roman"
LANGUAGES = {"vi": "vi-VN", "en": "en-US"}
_INDENT_MM = 10
# Numbers of our lists, above those of python-docx's template.
_HEADINGS, _BULLETS = 90, 91
# The mode in which Word does not say "compatibility mode".
_WORD_2013 = "15"
_LONGEST = 255  # letters of a property
_OLD_STYLES = "/stylesWithEffects"
# Size of the party's name in points, and how far the rule below it stays from the edges of its cell, so that
# it is as long as the name.
_PARTY = {"vi": (15, 9), "en": (13, 6)}

LEFT, CENTRE, RIGHT, JUSTIFY = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)


@dataclass(frozen=True)
class _Look:
    """How a style looks; sizes and spaces in points, `indent` of the first line in mm."""

    size: float = 14
    bold: bool = False
    italic: bool = False
    align: WD_ALIGN_PARAGRAPH = LEFT
    before: float = 0
    after: float = 0
    indent: float = 0
    capitals: bool = False
    next: bool = False
    line: float = 0  # at least; 0 = as the letters need


# Styles that Word knows; their names are in the language of the program that opens the file.
_KNOWN = {
    "Normal": _Look(),
    "Body Text": _Look(align=JUSTIFY, before=6, indent=_INDENT_MM, line=18),
    "List Bullet": _Look(align=JUSTIFY, before=1, after=4, indent=_INDENT_MM, line=18),
    "Title": _Look(16, bold=True, align=CENTRE, before=18),
    "Subtitle": _Look(bold=True, align=CENTRE, before=2),
    "Heading 1": _Look(bold=True, before=18, indent=_INDENT_MM, capitals=True, next=True, line=18),
    "Heading 2": _Look(bold=True, before=14, indent=_INDENT_MM, next=True, line=18),
    "Caption": _Look(12, italic=True, align=CENTRE, before=6, after=4),
    "Header": _Look(),
}
# Our own, by their key in `text`.
_OWN = {
    "party": _Look(bold=True, align=CENTRE),
    "organization": _Look(bold=True, align=CENTRE, capitals=True),
    "number": _Look(align=CENTRE),
    "place_and_date": _Look(italic=True, align=CENTRE, before=6),
    "subtitle": _Look(12, italic=True, before=4, indent=_INDENT_MM, next=True),
    "value": _Look(17, bold=True, align=CENTRE, before=4),
    "label": _Look(10, align=CENTRE),
    "headline": _Look(bold=True, align=JUSTIFY, before=6, after=6, indent=_INDENT_MM, next=True, line=18),
    "head": _Look(10, bold=True, align=CENTRE, before=2, after=2),
    "cell": _Look(11, before=1.5, after=1.5),
    "amount": _Look(11, align=RIGHT, before=1.5, after=1.5),
    "picture": _Look(align=CENTRE, before=8, next=True),
    "note": _Look(11, align=JUSTIFY, before=3, indent=_INDENT_MM, next=True),
    "source": _Look(11, italic=True, before=3, after=4, indent=_INDENT_MM),
    "recipients": _Look(12),
    "signature": _Look(bold=True, align=CENTRE, after=90),
}


def style_id(key: str) -> str:
    """The id of one of our own styles, the same in each language."""
    return "Report" + key.title().replace("_", "")


def empty(briefing: Briefing) -> Document:
    """The document before its first line: A4, margins, header, styles, language, properties."""
    document = docx.Document()
    _add_styles(document, briefing.text)
    _add_numbering(document, briefing.text)
    _set_language(document, LANGUAGES[briefing.text.lang])
    _set_page(document)
    _add_header(document, briefing)
    _set_properties(document, briefing)
    return document


def _add_styles(document: Document, text: Text) -> None:
    styles = document.styles
    for name, look in _KNOWN.items():
        _dress(styles[name], look)
    for key, look in _OWN.items():
        style = styles.add_style(text(f"report.style.{key}"), WD_STYLE_TYPE.PARAGRAPH)
        style.element.styleId = style_id(key)
        style.quick_style = True
        _dress(style, look)
    mark = styles.add_style(text("report.style.mark"), WD_STYLE_TYPE.CHARACTER)
    mark.element.styleId = style_id("mark")
    assert isinstance(mark, CharacterStyle)
    mark.font.bold, mark.font.italic = True, False
    mark.font.color.rgb = RGBColor.from_string(theme.RED.removeprefix("#"))
    _dress_party(styles[text("report.style.party")], *_PARTY[text.lang])
    for heading in ("Heading 1", "Heading 2"):
        styles[heading].next_paragraph_style = styles["Body Text"]
    tabs = styles["Header"].paragraph_format.tab_stops
    tabs.clear_all()
    tabs.add_tab_stop(Mm(WIDTH_MM / 2), WD_TAB_ALIGNMENT.CENTER)
    tabs.add_tab_stop(Mm(WIDTH_MM), WD_TAB_ALIGNMENT.RIGHT)


def _dress(style: ParagraphStyle, look: _Look) -> None:
    font, form = style.font, style.paragraph_format
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()  # the theme's fonts would win over ours
    for letters in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{letters}"), FONT)
    font.size, font.bold, font.italic, font.all_caps = Pt(look.size), look.bold, look.italic, look.capitals
    font.color.rgb = RGBColor(0, 0, 0)
    _drop(style, "rPr", "spacing", "kern", "szCs")
    _drop(style, "pPr", "pBdr", "numPr", "contextualSpacing")
    form.alignment = look.align
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.left_indent, form.first_line_indent = Mm(0), Mm(look.indent)
    form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    if look.line:
        form.line_spacing = Pt(look.line)
        form.line_spacing_rule = WD_LINE_SPACING.AT_LEAST
    form.keep_with_next, form.widow_control = look.next, True


def _drop(style: ParagraphStyle, part: str, *names: str) -> None:
    for name in names:
        for old in style.element.findall(f"{qn(f'w:{part}')}/{qn(f'w:{name}')}"):
            old.getparent().remove(old)


def _dress_party(style: ParagraphStyle, size: float, indent_mm: float) -> None:
    """A rule below the name: Word's underline would cross the dots below Ộ and Ệ."""
    style.font.size = Pt(size)
    style.paragraph_format.left_indent = style.paragraph_format.right_indent = Mm(indent_mm)
    rule = element("pBdr", element("bottom", val="single", sz=6, space=1, color="000000"))
    style.element.get_or_add_pPr().insert_element_before(rule, "w:tabs", "w:spacing", "w:ind", "w:jc")


def _add_numbering(document: Document, text: Text) -> None:
    """Headings and bullets number themselves, so a section that is deleted leaves no hole."""
    headings = [("Heading 1", "upperRoman", "section"), ("Heading 2", "decimal", "point")]
    levels = []
    for n, (name, form, key) in enumerate(headings):
        style = document.styles[name]
        levels.append(wordml.level(n, form, text(f"report.{key}", n=f"%{n + 1}"), style.style_id))
        _number(style, _HEADINGS, n)
    wordml.numbering(document, _HEADINGS, levels)
    bullets = document.styles["List Bullet"]
    wordml.numbering(document, _BULLETS, [wordml.level(0, "bullet", "-", bullets.style_id)])
    _number(bullets, _BULLETS, 0)


def _number(style: ParagraphStyle, number: int, level: int) -> None:
    properties = style.element.get_or_add_pPr().get_or_add_numPr()
    properties.append(element("ilvl", val=level))
    properties.append(element("numId", val=number))


def _set_language(document: Document, language: str) -> None:
    default = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    assert default is not None
    for old in default.findall(qn("w:lang")):
        default.remove(old)
    default.append(element("lang", val=language, eastAsia=language, bidi=language))
    settings = document.settings.element
    for old in settings.findall(qn("w:themeFontLang")):
        old.set(qn("w:val"), language)
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), _WORD_2013)


def _set_page(document: Document) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin = Mm(20), Mm(20)
    page.left_margin, page.right_margin = Mm(30), Mm(15)
    page.header_distance = page.footer_distance = Mm(10)


def _add_header(document: Document, briefing: Briefing) -> None:
    """The page number at the top centre from the second page on, the mark on every page."""
    page = document.sections[0]
    page.different_first_page_header_footer = True
    mark = outline.mark(briefing)
    for header, numbered in ((page.first_page_header, False), (page.header, True)):
        line = header.paragraphs[0]
        line.style = document.styles["Header"]
        line.add_run("\t")
        if numbered:
            wordml.field(line, "PAGE", "2")
        if mark:
            line.add_run("\t")
            line.add_run(mark, document.styles[briefing.text("report.style.mark")])


def _set_properties(document: Document, briefing: Briefing) -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    properties = document.core_properties
    properties.title = briefing.marked_title[:_LONGEST]
    properties.subject = briefing.chosen[:_LONGEST]
    properties.author = properties.last_modified_by = briefing.author[:_LONGEST]
    properties.language = LANGUAGES[briefing.text.lang]
    properties.version = briefing.version
    properties.comments = outline.mark(briefing)
    properties.created = properties.modified = now
    # The template's thumbnail shows an empty page, its other styles are those of a program long gone.
    for part in (document.part.package, document.part):
        for name, relation in list(part.rels.items()):
            if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL or relation.reltype.endswith(_OLD_STYLES):
                del part.rels[name]
