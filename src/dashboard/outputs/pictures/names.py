"""Lists of names under their headings, each commune a paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial

from dashboard.charts.model import NameColumn, NameGroup, Names
from dashboard.outputs.pictures import markup, pieces
from dashboard.outputs.pictures.flow import Flow
from dashboard.outputs.pictures.markup import Block
from dashboard.outputs.pictures.pieces import Piece

_LEAST, _MOST = 250, 930  # of a column, px
_ABOVE, _BELOW = 12, 5  # a heading and a paragraph, px


def flow(chart: Names) -> Flow:
    """Headings and paragraphs below each other; more in columns."""
    items: list[_Item] = []
    groups = set()
    for column in chart.columns or (NameColumn("", (), more=chart.empty),):
        groups.add(len(items))
        items += [_heading(column)] if column.head else []
        items += [_Item(_said(group), column) for group in column.groups]
        items += [_Item((Piece(column.more, pieces.SOFT),), column)] if column.more else []
    return Flow(
        n=len(items),
        least=_LEAST,
        most=_MOST,
        heights=lru_cache(32)(lambda width: tuple(item.block(width).height for item in items)),
        # The heading again, so that no name stands under another.
        head=lambda row, width: _heading(items[row].column).block(width).height if items[row].below else 0,
        draw=partial(_draw, items),
        groups=frozenset(groups),
        below=partial(pieces.note, chart.key),
    )


@dataclass(frozen=True)
class _Item:
    """A heading or a paragraph of a column."""

    said: tuple[Piece, ...]
    column: NameColumn
    heads: bool = False

    @property
    def below(self) -> bool:
        """Whether a heading stands above it."""
        return bool(self.column.head) and not self.heads

    def block(self, width: float) -> Block:
        """Its words in lines of at most `width` px."""
        whole = pieces.text(pieces.wrapped(self.said, width), "start", width)
        above, below = (_ABOVE, 0) if self.heads else (0, _BELOW)
        return Block((markup.group(whole.elements, 0, above),), width, whole.height + above + below)


def _heading(column: NameColumn) -> _Item:
    return _Item((Piece(column.head, pieces.STRONG, column.status),), column, heads=True)


def _said(group: NameGroup) -> tuple[Piece, ...]:
    """A commune with its villages, each with what is said of it."""
    said = [Piece(f"{group.name}:", pieces.STRONG)] if group.name else []
    for n, (name, behind, _) in enumerate(group.items, 1):
        end = ";" if n < len(group.items) else ""
        said.append(Piece(name if behind else name + end))
        said += [Piece(behind + end, pieces.SOFT)] if behind else []
    return tuple(said)


def _draw(items: list[_Item], rows: range, width: float) -> Block:
    shown = [items[row] for row in rows]
    if shown and shown[0].below:
        shown = [_heading(shown[0].column), *shown]
    return markup.stacked([item.block(width) for item in shown], 0)
