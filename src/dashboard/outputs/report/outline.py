"""A briefing as a plain list of blocks from top to bottom, in words that only need to be printed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from dashboard.charts.model import Names, Tile, Tiles
from dashboard.exhibits import Exhibit, assumption
from dashboard.exhibits import Table as ExhibitTable
from dashboard.outputs.briefing import Briefing
from dashboard.outputs.report import columns
from dashboard.text import Text

# Rows of a table that are printed; the workbook has all.
ROW_LIMIT = 60


@dataclass(frozen=True)
class Front:
    """Head and title of a party document."""

    organization: str
    number: str
    party: str
    place_and_date: str
    title: str
    subject: str
    scope: str


@dataclass(frozen=True)
class Heading:
    """Level 1 opens a section, level 2 an exhibit; `number` is its numeral as written ("I-", "2.")."""

    level: int
    number: str
    words: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `role` is one of body, headline, bullet, subtitle, note, source; `mark` the sample mark
    or ""."""

    role: str
    words: str
    mark: str = ""


@dataclass(frozen=True)
class Figures:
    """Key figures in a row."""

    figures: tuple[Tile, ...]


@dataclass(frozen=True)
class Caption:
    """ "Hình 2" and what the figure or table shows; `mark` is the sample mark or ""."""

    label: str
    number: int
    words: str
    mark: str

    @property
    def description(self) -> str:
        """The words for readers who cannot see the mark."""
        return f"{self.mark}. {self.words}" if self.mark else self.words


@dataclass(frozen=True)
class Picture:
    """The place of the chart of an exhibit."""

    exhibit: str
    alt: str
    caption: Caption


@dataclass(frozen=True)
class Table:
    """A table as written; `amounts` says which columns hold numbers, `widths` how wide each is in mm. A
    table that `flows` is broken between pages even if it is short."""

    caption: Caption
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    amounts: tuple[bool, ...]
    widths: tuple[float, ...]
    flows: bool = False


@dataclass(frozen=True)
class Signature:
    """The last lines: in whose name it is signed, and who gets it."""

    recipients: str
    recipient: str
    signature: str


Block = Front | Heading | Paragraph | Figures | Picture | Table | Signature


def mark(briefing: Briefing) -> str:
    """The mark of every page: that anything printed rests on invented data, or on a what-if."""
    return assumption.mark(briefing.text, _sampled(briefing), bool(briefing.assumption))


def _sampled(briefing: Briefing) -> bool:
    return briefing.sample or any(exhibit.sample for exhibit in (briefing.opening, *briefing.exhibits))


def blocks(briefing: Briefing, drawn_ids: Collection[str]) -> list[Block]:
    """The report from top to bottom; `drawn_ids` are those of the exhibits whose chart is at hand.

    The key figures open it, and are left out where they were chosen as an exhibit as well.
    """
    text = briefing.text
    return [front(briefing), *_opening(briefing), *_Body(text, drawn_ids).of(briefing), *end(briefing)]


def front(briefing: Briefing) -> Front:
    """The head of a party document; of sample data one that no reader takes for it."""
    text = briefing.text
    kind = ".sample" if briefing.sample else ""
    return Front(
        organization=briefing.author,
        number=text(f"report{kind}.number"),
        party=text(f"report{kind}.party"),
        place_and_date=text(f"report{kind}.place_and_date", organization=briefing.organization),
        title=text(f"report{kind}.title"),
        subject=text("report.subject"),
        scope=text("report.scope", place=briefing.place, period=briefing.period),
    )


def scope(briefing: Briefing) -> Iterator[Block]:
    """What the report is about, and that it rests on invented data or on a what-if."""
    text = briefing.text
    chosen = dict(briefing.opening.filters)
    yield Paragraph(
        "body",
        text(
            "report.opening",
            place=chosen[text("filter.communes")],
            period=briefing.period,
            boundaries=chosen[text("filter.boundaries")],
            version=briefing.version,
        ),
    )
    if _sampled(briefing):
        yield Paragraph("body", text("report.sample.note", mark=text("common.sample")))
    if briefing.assumption:
        yield Paragraph("body", briefing.assumption)


def _opening(briefing: Briefing) -> Iterator[Block]:
    opening = briefing.opening
    yield from scope(briefing)
    yield Paragraph("headline", f"{opening.headline}.")
    yield from (Paragraph("bullet", sentence) for sentence in opening.takeaways)
    if opening.figures:
        yield Figures(opening.figures)
    yield from (Paragraph("note", note) for note in opening.notes)
    yield Paragraph("source", opening.source, opening.mark)


def end(briefing: Briefing) -> Iterator[Block]:
    """In whose name it is signed; sample data are not signed."""
    text = briefing.text
    if not briefing.sample:
        yield Signature(text("report.recipients"), text("report.recipient"), text("report.signature"))


def section(number: int, title: str, text: Text) -> Heading:
    """The heading of a section by its Roman number."""
    return Heading(1, text("report.section", n=_ROMAN[number - 1]), title)


def table(table_: ExhibitTable, caption: Caption, text: Text, limit: int = ROW_LIMIT) -> Iterator[Block]:
    """A table with at most so many rows, and how many there are."""
    first = table_.part(slice(limit))
    texts = first.written(text)
    rows = tuple(texts.itertuples(index=False, name=None))
    head = tuple(texts.columns)
    yield Table(caption, head, rows, first.numbers, columns.widths(head, rows))
    if len(table_.frame) > len(rows):
        yield Paragraph("note", text("report.first_rows", n=len(rows), all=len(table_.frame)))


class _Body:
    """The numbered sections; counts their figures and tables."""

    def __init__(self, text: Text, drawn_ids: Collection[str]) -> None:
        self._text = text
        self._drawn_ids = drawn_ids
        self._figures = 0
        self._tables = 0

    def of(self, briefing: Briefing) -> Iterator[Block]:
        sections = [
            (section.title, [exhibit for exhibit in section.exhibits if exhibit.id != briefing.opening.id])
            for section in briefing.sections
        ]
        sections = [(title, exhibits) for title, exhibits in sections if exhibits]
        for number, (title, exhibits) in enumerate(sections, 1):
            yield section(number, title, self._text)
            for point, exhibit in enumerate(exhibits, 1):
                yield Heading(2, self._text("report.point", n=point), exhibit.headline)
                yield from self._exhibit(exhibit)
        if not sections:
            yield Paragraph("body", self._text("report.empty"))
        terms = dict.fromkeys(
            term for exhibit in (briefing.opening, *briefing.exhibits) for term in exhibit.definitions
        )
        if terms:
            yield section(len(sections) + 1, self._text("report.terms"), self._text)
            yield from (Paragraph("bullet", term) for term in terms)

    def _exhibit(self, exhibit: Exhibit) -> Iterator[Block]:
        mark = exhibit.mark
        has_picture = exhibit.id in self._drawn_ids
        captioned = has_picture or exhibit.table is not None
        if not captioned:
            yield Paragraph("subtitle", exhibit.subtitle)
        for sentence in (*exhibit.takeaways, *exhibit.sentences):
            yield Paragraph("bullet", sentence)
        if exhibit.figures:
            yield Figures(exhibit.figures)
        if isinstance(exhibit.chart, Tiles) and not exhibit.figures:
            yield Figures(exhibit.chart.rows)
        if isinstance(exhibit.chart, Names) and exhibit.table is None:
            yield from (Paragraph("bullet", line) for line in _listed(exhibit.chart))
        if has_picture:
            self._figures += 1
            label = self._text("report.figure", n=self._figures)
            caption = Caption(label, self._figures, exhibit.subtitle, mark)
            yield Picture(exhibit.id, exhibit.description, caption)
        if exhibit.table is not None:
            self._tables += 1
            words = self._text("report.of_figure", n=self._figures) if has_picture else exhibit.subtitle
            caption = Caption(self._text("report.table", n=self._tables), self._tables, words, mark)
            yield from table(exhibit.table, caption, self._text)
        yield from (Paragraph("note", note) for note in exhibit.notes)
        yield Paragraph("source", exhibit.source, "" if captioned else mark)


def _listed(chart: Names) -> Iterator[str]:
    """Each commune with its villages, under which heading it is before it."""
    for column in chart.columns:
        for group in column.groups:
            items = "; ".join(f"{name} {behind}".rstrip() for name, behind, _ in group.items)
            yield ": ".join(part for part in (column.head, group.name, items) if part)
        if column.more:
            yield column.more


# As many sections as pages have exhibits, and the terms.
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
