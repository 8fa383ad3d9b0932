"""Lists of names under their headings, each commune a paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial

from dashboard.charts.model import NameColumn, NameGroup, Names
from dashboard.outputs.pictures import fonts, markup, pieces, words
from dashboard.outputs.pictures.flow import Flow
from dashboard.outputs.pictures.markup import Block
from dashboard.outputs.pictures.pieces import Piece

_LEAST, _MOST = 250, 620  # of a column, px
_ABOVE, _BELOW = 12, 5  # a heading and a paragraph, px


def flow(chart: Names) -> Flow:
    """Headings and paragraphs below each other; more in columns."""
    items: list[_Item] = []
    groups = set()
    for column in chart.columns or (NameColumn("", (), more=chart.empty),):
        groups.add(len(items))
        if column.head:
            items.append(_Item(column.head, column))
        items += [_Item(_said(group), column) for group in column.groups]
        items += [_Item(column.more, column)] if column.more else []
    return Flow(
        n=len(items),
        least=_LEAST,
        most=_MOST,
        heights=lru_cache(32)(lambda width: tuple(item.block(width).height for item in items)),
        # The heading again, so that no name stands under another.
        head=lambda row, width: items[row].repeated.block(width).height if items[row].below else 0,
        draw=partial(_draw, items),
        groups=frozenset(groups),
        below=partial(pieces.note, chart.key),
    )


@dataclass(frozen=True)
class _Item:
    """A heading or a paragraph of a column."""

    said: str
    column: NameColumn

    @property
    def below(self) -> bool:
        """Whether a heading stands above it."""
        return bool(self.column.head) and self.said != self.column.head

    @property
    def repeated(self) -> _Item:
        return _Item(self.column.head, self.column)

    def block(self, width: float) -> Block:
        if self.said != self.column.head or not self.said:
            said = words.paragraph(self.said, pieces.PLAIN, width, most=10_000)
            return Block(said.elements, width, said.height + _BELOW)
        wide = width / 0.96 - pieces.SIZE
        lines = fonts.lines(self.said, pieces.SIZE, wide, fonts.BOLD)
        first, *rest = [
            pieces.line([Piece(line, pieces.STRONG, self.column.status if n == 0 else "none")])
            for n, line in enumerate(lines)
        ]
        parts = [Block(first.elements, first.width, first.height), *rest]
        whole = markup.stacked(parts, 0)
        return Block((markup.group(whole.elements, 0, _ABOVE),), width, whole.height + _ABOVE)


def _said(group: NameGroup) -> str:
    """A commune with its villages, each with what is said of it."""
    items = "; ".join(f"{name} {behind}".rstrip() for name, behind, _ in group.items)
    return f"{group.name}: {items}" if group.name else items


def _draw(items: list[_Item], rows: range, width: float) -> Block:
    shown = [items[row] for row in rows]
    if shown and shown[0].below:
        shown = [shown[0].repeated, *shown]
    return markup.stacked([item.block(width) for item in shown], 0)
