"""What is under what: organisations as boxes, their cells beside them as wide as they have members."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Literal

from dashboard.charts import theme
from dashboard.charts.model import Icicle, Node
from dashboard.outputs.pictures import fonts, markup, pieces, words
from dashboard.outputs.pictures.flow import Flow
from dashboard.outputs.pictures.markup import Block, Element
from dashboard.outputs.pictures.pieces import Piece
from dashboard.outputs.pictures.words import Style

_LEAST, _MOST = 430, 1000  # of a column, px
_ROW, _GAP, _BESIDE = 26, 2, 8  # px
_COLOURS = theme.COLOURS

# A title and a leaf span their column; a branch has its cells beside it, a bar stands for itself.
Kind = Literal["title", "leaf", "branch", "bar"]
# The part of the width that the name of one has.
_NAMES: dict[Kind, float] = {"title": 1, "leaf": 1, "branch": 0.46, "bar": 0.77}


@dataclass(frozen=True)
class _Line:
    """A node on a line of its own."""

    node: Node
    kind: Kind


def flow(chart: Icicle) -> Flow:
    """A line for each organisation, groups under their title; cells stand in the line of theirs."""
    root = chart.root
    deep = any(child.children for child in root.children)
    lines: list[_Line] = []
    groups = set()
    for child in root.children if deep else (root,):
        groups.add(len(lines))
        lines.append(_Line(child, "title"))
        below: Kind = "leaf" if deep else "bar"
        lines += [_Line(one, "branch" if deep and one.children else below) for one in child.children]
    tree = _Tree(root if deep else None, tuple(lines), any(line.node.chosen for line in lines))
    return Flow(
        n=len(lines),
        least=_LEAST,
        most=_MOST,
        heights=lru_cache(32)(lambda width: tuple(tree.box(line, width).height + _GAP for line in lines)),
        head=lambda row, width: 0,
        draw=tree.draw,
        groups=frozenset(groups),
        above=tree.above,
        below=partial(pieces.note, chart.key),
    )


@dataclass(frozen=True)
class _Tree:
    """Lines on one scale under a root, None where that is a line itself."""

    root: Node | None
    lines: tuple[_Line, ...]
    some: bool

    def above(self, width: float) -> Block:
        if self.root is None:
            return Block((), 0, 0)
        box = _box(self.root, width, _COLOURS["neutral-back"], strong=True)
        return Block(box.elements, width, box.height + 3 * _GAP)

    def draw(self, rows: range, width: float) -> Block:
        elements: list[Element] = []
        y = 0.0
        for line in (self.lines[row] for row in rows):
            box = self.box(line, width)
            elements.append(markup.group(box.elements, 0, y))
            elements.append(markup.group(self._cells(line, width, box.height), 0, y))
            y += box.height + _GAP
        return Block(tuple(elements), width, y)

    def box(self, line: _Line, width: float) -> Block:
        """The name of a line, as wide as its kind is."""
        title = line.kind == "title"
        fill = _COLOURS["back" if title else "neutral-back"]
        soft = self.some and not title and not line.node.chosen
        return _box(line.node, width * _NAMES[line.kind], fill, strong=title or line.node.chosen, soft=soft)

    def _cells(self, line: _Line, width: float, high: float) -> list[Element]:
        """The cells of a branch, a bar, or the line below a leaf, on the scale of all."""
        x = width * _NAMES[line.kind] + _GAP
        scale = (width - x) / self._most
        if line.kind == "bar":
            bar = markup.element("rect", y=high / 2 - 6, x=x, height="12", fill=_COLOURS["neutral"])
            bar.set("width", f"{max(line.node.size * scale, 1):.2f}")
            return [bar]
        if line.kind == "leaf" and self._largest:
            wide = width * line.node.size / self._largest
            return [markup.element("rect", y=high - 3, width=wide, height="3", fill=_COLOURS["neutral-pale"])]
        elements: list[Element] = []
        for cell in line.node.children if line.kind == "branch" else ():
            wide = max(cell.size * scale, 1)
            box = markup.element("rect", x=x, width=max(wide - _GAP, 0.8), height=high)
            box.set("fill", _COLOURS["neutral-back"])
            box.append(markup.element("title", f"{cell.name} · {cell.says}"))
            elements.append(box)
            if fonts.width(cell.says, pieces.SMALL) + 3 <= wide:
                said = words.written([cell.says], Style(pieces.SMALL), "middle")
                middle = x + (wide - _GAP) / 2
                elements.append(markup.group(said.elements, middle, (high - said.height) / 2))
            x += wide
        return elements

    @property
    def _largest(self) -> float:
        """The size of a leaf that has a line as wide as its column."""
        return max((line.node.size for line in self.lines if line.kind == "leaf"), default=0)

    @property
    def _most(self) -> float:
        """The size that is as wide as the room for cells."""
        return max((line.node.size for line in self.lines if line.kind in ("branch", "bar")), default=0) or 1


def _box(node: Node, width: float, fill: str, strong: bool = False, soft: bool = False) -> Block:
    """A node as a box with its name, and what is said of it at the right."""
    says = pieces.look([Piece(node.says, pieces.STRONG)], soft=soft)
    room = width - pieces.width(says) - 3 * _BESIDE
    style = pieces.look([Piece(node.name)], strong=strong, soft=soft)[0].style
    name = words.written(fonts.lines(node.name, style.size, room, style.weight) or [""], style)
    high = max(_ROW, name.height + 3)
    said = pieces.line(says)
    elements = [
        markup.element("rect", width=width, height=high, fill=fill),
        markup.group(name.elements, _BESIDE, (high - name.height) / 2),
        markup.group(said.elements, width - _BESIDE - said.width, (high - said.height) / 2),
    ]
    if node.chosen:
        elements.append(markup.element("rect", width="4", height=high, fill=_COLOURS["chosen"]))
    return Block(tuple(elements), width, high)
