"""The report of a meeting, two to four pages in the order of party documents: the situation, results, what is
lacking and why, proposals; the tables behind are at the end. Causes and proposals are lines to write on."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import asdict, replace

from dashboard.charts.model import HeatCell, HeatRow, HeatTable
from dashboard.exhibits import Exhibit
from dashboard.outputs.briefing import Briefing
from dashboard.outputs.report import columns, outline
from dashboard.outputs.report.outline import Block, Caption, Figures, Front, Paragraph, Picture, Table
from dashboard.text import Text

_PLACES, _STEPS = 10, 12  # rows of a table; the workbook has all
_FEW = 3  # rows more are printed, too: to say that they are left out saves nothing
# The most that is written of anything, mm of a line of a cell.
_NAME_MM, _CELL_MM, _LINE_MM, _CAPTION_MM, _SENTENCE_MM = 60, 110, 330, 450, 600
_LINE, _LINES = "…" * 28, 3  # to write on


def blocks(briefing: Briefing, drawn_ids: Collection[str]) -> list[Block]:
    """The report from top to bottom, for a meeting or in full; `drawn_ids` are those of the exhibits whose
    chart is at hand."""
    if not briefing.meeting:
        return outline.blocks(briefing, drawn_ids)
    return [_bounded(block) for block in _parts(briefing, drawn_ids)]


def _bounded(block: Block) -> Block:
    """The block with sentences and cells of names beyond all measure cut short, so that pages stay few."""
    match block:
        case Front():
            lines = {key: columns.cut(words, _LINE_MM) for key, words in asdict(block).items()}
            return Front(**lines)
        case Paragraph():
            limit = _LINE_MM if block.role == "source" else _SENTENCE_MM
            return replace(block, words=columns.cut(block.words, limit))
        case Picture() | Table():
            caption = replace(block.caption, words=columns.cut(block.caption.words, _CAPTION_MM))
            return replace(block, caption=caption)
        case _:
            return block


def _parts(briefing: Briefing, drawn_ids: Collection[str]) -> Iterator[Block]:
    text = briefing.text
    exhibits = {exhibit.id: exhibit for exhibit in briefing.exhibits}
    yield outline.front(briefing)
    yield from outline.scope(briefing)
    parts = (
        ("situation", _situation(briefing, exhibits)),
        ("results", _results(briefing, exhibits, drawn_ids)),
        ("lacking", _lacking(exhibits, text)),
        ("proposals", _to_write()),
        ("appendix", _tables(exhibits, text)),
    )
    for number, (name, inside) in enumerate(parts, 1):
        yield outline.section(number, text(f"report.meeting.{name}"), text)
        yield from inside
    yield from outline.end(briefing)


def _situation(briefing: Briefing, exhibits: dict[str, Exhibit]) -> Iterator[Block]:
    yield Paragraph("headline", f"{briefing.opening.headline}.")
    if "overview.changed" in exhibits:
        yield from (Paragraph("bullet", sentence) for sentence in exhibits["overview.changed"].sentences)
    yield Figures(briefing.tiles.rows)


def _results(briefing: Briefing, exhibits: dict[str, Exhibit], drawn_ids: Collection[str]) -> Iterator[Block]:
    text = briefing.text
    goals = ("goals.progress", "overlap.by_commune", "changes.by_post")
    names = goals if any(name in exhibits for name in goals) else ("structure.admitted_over_time",)
    for exhibit in (exhibits[name] for name in names if name in exhibits):
        yield Paragraph("headline", f"{exhibit.headline}.")
        yield from (Paragraph("bullet", sentence) for sentence in exhibit.takeaways[:1])
        if exhibit.id in drawn_ids:
            caption = Caption(text("report.figure", n=1), 1, exhibit.subtitle, exhibit.mark)
            yield Picture(exhibit.id, exhibit.description, caption)
    yield Paragraph("source", briefing.opening.source, briefing.mark)


def _lacking(exhibits: dict[str, Exhibit], text: Text) -> Iterator[Block]:
    """What is lacking is said; the causes are not known here."""
    for name in ("goals.attention", "goals.gap"):
        if name in exhibits:
            yield Paragraph("headline", f"{exhibits[name].headline}.")
    if "goals.gap" in exhibits:
        yield from (Paragraph("bullet", sentence) for sentence in exhibits["goals.gap"].sentences)
    yield Paragraph("body", text("report.meeting.causes"))
    yield from _to_write()


def _to_write() -> Iterator[Block]:
    yield from (Paragraph("body", _LINE) for _ in range(_LINES))


def _tables(exhibits: dict[str, Exhibit], text: Text) -> Iterator[Block]:
    """Places and goals, the villages of a plan; of what has no villages its members."""
    attention, plan = exhibits.get("goals.attention"), exhibits.get("goals.plan")
    number = 0
    if attention is not None and isinstance(attention.chart, HeatTable):
        number += 1
        yield from _short(_places(attention, attention.chart, number, text), 1)
        yield Paragraph("source", attention.source)
    rest = [(plan, _STEPS), (None if number else exhibits.get("structure.by_commune"), _PLACES)]
    for exhibit, limit in rest:
        if exhibit is not None and exhibit.table is not None:
            number += 1
            most = _printed(len(exhibit.table.frame), limit)
            result = outline.table(exhibit.table, _caption(exhibit, number, text), text, most)
            yield from _short(result, 2)
            yield Paragraph("source", exhibit.source)


def _printed(count: int, limit: int) -> int:
    return count if count <= limit + _FEW else limit


def _short(blocks: Iterator[Block], names: int) -> Iterator[Block]:
    """The blocks with the cells of tables cut short, those of the first columns that hold `names` before; a
    table that needs it flows."""
    for block in blocks:
        if isinstance(block, Table):
            limit = [_NAME_MM if n < names else _CELL_MM for n in range(len(block.head))]
            head, *cut = [tuple(map(columns.cut, row, limit)) for row in (block.head, *block.rows)]
            rows, widths = tuple(cut), columns.widths(head, cut)
            yield replace(block, head=head, rows=rows, widths=widths, flows=rows != block.rows)
        else:
            yield block


def _caption(exhibit: Exhibit, number: int, text: Text) -> Caption:
    return Caption(text("report.table", n=number), number, exhibit.subtitle, exhibit.mark)


def _places(exhibit: Exhibit, chart: HeatTable, number: int, text: Text) -> Iterator[Block]:
    """Places × goals: the first ones, those that are chosen (»), and all together."""
    free = _printed(len(chart.rows), _PLACES) - sum(row.chosen for row in chart.rows)
    visible: list[HeatRow] = []
    for row in chart.rows:
        if row.chosen or free > 0:
            visible.append(row)
            free -= not row.chosen
    rows = tuple(
        (f"» {row.name}" if row.chosen else row.name, *map(_cell_text, row.cells), row.total)
        for row in (*visible, *([chart.whole] if chart.whole else []))
    )
    head = ("", *chart.heads, chart.total)
    texts = (False,) * len(head)
    yield Table(_caption(exhibit, number, text), head, rows, texts, columns.widths(head, rows))
    if len(visible) < len(chart.rows):
        yield Paragraph("note", text("report.first_rows", n=len(visible), all=len(chart.rows)))


def _cell_text(cell: HeatCell) -> str:
    """ "14/24 · thiếu 6 · 1 chưa báo cáo"."""
    label = cell.label
    return " · ".join(part for part in (label.count, label.status_label, label.left_out) if part)
