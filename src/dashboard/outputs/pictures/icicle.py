"""What is under what: organisations as boxes, their cells beside them as wide as they have members."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Literal

from dashboard.charts.model import Icicle, Node
from dashboard.charts.theme import COLOURS
from dashboard.outputs import text_metrics
from dashboard.outputs.pictures import svg, text_blocks
from dashboard.outputs.pictures.flow import Flow
from dashboard.outputs.pictures.svg import Block, Element
from dashboard.outputs.pictures.text_blocks import SMALL, STRONG, Piece, Style

_LEAST, _MOST = 430, 1000  # of a column, px
_ROW, _GAP, _PAD = 26, 2, 8  # px

# A title and a leaf span their column; a branch has its cells beside it, a bar is one by itself.
Kind = Literal["title", "leaf", "branch", "bar"]
# The part of the width that the name of one has.
_NAMES: dict[Kind, float] = {"title": 1, "leaf": 1, "branch": 0.46, "bar": 0.77}


@dataclass(frozen=True)
class _Line:
    """A node on a line of its own."""

    node: Node
    kind: Kind


def flow(chart: Icicle) -> Flow:
    """A line for each organisation, groups under their title; cells are in the line of theirs."""
    root = chart.root
    deep = any(child.children for child in root.children)
    lines: list[_Line] = []
    groups = set()
    for child in root.children if deep else (root,):
        groups.add(len(lines))
        lines.append(_Line(child, "title"))
        below: Kind = "leaf" if deep else "bar"
        lines += [_Line(node, "branch" if deep and node.children else below) for node in child.children]
    any_chosen = any(line.node.chosen for line in lines)
    # The sizes that are as wide as the room for cells, and as a column.
    across = max((line.node.size for line in lines if line.kind in ("branch", "bar")), default=0) or 1
    largest = max((line.node.size for line in lines if line.kind == "leaf"), default=0)

    def box(line: _Line, width: float) -> Block:
        title, chosen = line.kind == "title", line.node.chosen
        fill = COLOURS["back" if title else "neutral-back"]
        soft = any_chosen and not title and not chosen
        return _box(line.node, width * _NAMES[line.kind], fill, strong=title or chosen, soft=soft)

    def above(width: float) -> Block:
        if not deep:
            return Block()
        block = _box(root, width, COLOURS["neutral-back"], strong=True)
        return Block(block.elements, width, block.height + 3 * _GAP)

    def draw(rows: range, width: float) -> Block:
        blocks = []
        for line in (lines[row] for row in rows):
            name = box(line, width)
            cells = _cells(line, width, name.height, across, largest)
            blocks.append(Block((*name.elements, *cells), width, name.height + _GAP))
        return svg.stacked(blocks)

    return Flow(
        n=len(lines),
        least=_LEAST,
        most=_MOST,
        heights=lru_cache(32)(lambda width: tuple(box(line, width).height + _GAP for line in lines)),
        head=lambda row, width: 0,
        draw=draw,
        groups=frozenset(groups),
        above=above,
        below=partial(text_blocks.note, chart.key),
    )


def _cells(line: _Line, width: float, height: float, across: float, largest: float) -> list[Element]:
    """The cells of a branch, a bar, or the line below a leaf, on the scale of all: `across` is as wide as the
    room for cells, `largest` as the column."""
    x = width * _NAMES[line.kind] + _GAP
    scale = (width - x) / across
    if line.kind == "bar":
        return [svg.rect(max(line.node.size * scale, 1), 12, COLOURS["neutral"], x=x, y=height / 2 - 6)]
    if line.kind == "leaf" and largest:
        return [svg.rect(width * line.node.size / largest, 3, COLOURS["neutral-pale"], y=height - 3)]
    elements: list[Element] = []
    for cell in line.node.children if line.kind == "branch" else ():
        cell_width = max(cell.size * scale, 1)
        box = svg.rect(max(cell_width - _GAP, 0.8), height, COLOURS["neutral-back"], x=x)
        box.append(svg.element("title", f"{cell.name} · {cell.label}"))
        elements.append(box)
        if text_metrics.width(cell.label, SMALL) + 3 <= cell_width:
            words = text_blocks.lines([cell.label], Style(SMALL), "middle")
            elements.append(words.at(x + (cell_width - _GAP) / 2, (height - words.height) / 2))
        x += cell_width
    return elements


def _box(node: Node, width: float, fill: str, strong: bool = False, soft: bool = False) -> Block:
    """A node as a box with its name, and its label at the right."""
    label = text_blocks.line(text_blocks.emphasized([Piece(node.label, STRONG)], soft=soft))
    [piece] = text_blocks.emphasized([Piece(node.name)], strong=strong, soft=soft)
    room = width - label.width - 3 * _PAD
    lines = text_metrics.lines(node.name, piece.style.size, room, piece.style.weight) or [""]
    name = text_blocks.lines(lines, piece.style)
    height = max(_ROW, name.height + 3)
    elements = [
        svg.rect(width, height, fill),
        name.at(_PAD, (height - name.height) / 2),
        label.at(width - _PAD - label.width, (height - label.height) / 2),
    ]
    if node.chosen:
        elements.append(svg.rect(4, height, COLOURS["chosen"]))
    return Block(tuple(elements), width, height)
