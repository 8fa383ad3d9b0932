"""Villages × posts: a sign for each post, the posts of one person as one capsule."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise

from dashboard.charts import theme
from dashboard.charts.model import PostGroup, PostMatrix, PostRow
from dashboard.outputs.pictures import fonts, markup, pieces, words
from dashboard.outputs.pictures.flow import Flow
from dashboard.outputs.pictures.markup import Block, Element
from dashboard.outputs.pictures.words import Style

_ROW, _STEP, _WIDE_STEP = 22, 32, 38  # px
_GAP = 8  # between a name and its posts, px
_LEAST_NAME, _MOST_NAME = 70, 190  # px
_ABOVE = 10  # from commune to commune, px
_DOT, _INSIDE, _CAPSULE = 4.6, 3.2, 7  # radii, px
_COLOURS = theme.COLOURS


def flow(chart: PostMatrix) -> Flow:
    """The villages below each other, those of a commune under its name; more in columns."""
    lines: list[PostGroup | PostRow] = []
    groups, above = set(), []
    for group in chart.groups:
        groups.add(len(lines))
        lines += [group, *group.rows]
        above += [group] * (1 + len(group.rows))
    matrix = _Matrix(chart, tuple(lines), tuple(above))
    names = max((fonts.width(line.name, pieces.SIZE, fonts.BOLD) for line in lines), default=0)
    posts = matrix.step * len(chart.heads) + _GAP
    return Flow(
        n=len(lines),
        least=min(max(names * 1.06, _LEAST_NAME), _MOST_NAME) + posts,
        most=names * 1.06 + posts + 60,
        heights=lru_cache(32)(matrix.heights),
        head=lambda row, width: 0 if isinstance(lines[row], PostGroup) else matrix.height(above[row], width),
        draw=matrix.draw,
        groups=frozenset(groups),
        above=partial(pieces.key, matrix.key()),
        below=partial(pieces.note, chart.key),
    )


@dataclass(frozen=True, eq=False)
class _Matrix:
    """Groups and their rows as lines; `above` is the group of each."""

    chart: PostMatrix
    lines: tuple[PostGroup | PostRow, ...]
    above: tuple[PostGroup, ...]

    @property
    def step(self) -> float:
        return _WIDE_STEP if len(self.chart.heads) > 3 else _STEP

    def heights(self, width: float) -> tuple[float, ...]:
        return tuple(self.height(line, width) for line in self.lines)

    def height(self, line: PostGroup | PostRow, width: float) -> float:
        said = self._name(line, width).height
        if isinstance(line, PostGroup):
            return max(said, self._heads().height) + _ABOVE
        return max(said, _ROW)

    def draw(self, rows: range, width: float) -> Block:
        shown = [self.lines[row] for row in rows]
        if rows and isinstance(shown[0], PostRow):
            shown = [self.above[rows.start], *shown]
        elements: list[Element] = []
        y = 0.0
        for line in shown:
            high = self.height(line, width)
            elements.append(markup.group(self._line(line, width, high), 0, y))
            y += high
        return Block(tuple(elements), width, y)

    def _line(self, line: PostGroup | PostRow, width: float, high: float) -> list[Element]:
        name = self._name(line, width)
        right = width - self.step * len(self.chart.heads)
        if isinstance(line, PostGroup):
            heads = self._heads()
            rule = markup.element("rect", y=high - 1, width=width, height="1", fill=_COLOURS["line"])
            return [
                markup.group(name.elements, 0, high - name.height),
                markup.group(heads.elements, right, high - heads.height),
                rule,
            ]
        signs = self._signs(line)
        return [
            markup.group(name.elements, 0, (high - name.height) / 2),
            markup.group(signs, right, high / 2),
        ]

    def _name(self, line: PostGroup | PostRow, width: float) -> Block:
        room = width - self.step * len(self.chart.heads) - _GAP
        style = pieces.STRONG if isinstance(line, PostGroup) else pieces.PLAIN
        return words.written(fonts.lines(line.name, style.size, room / 0.96, style.weight) or [""], style)

    def _heads(self) -> Block:
        """The names of the posts, each in its lines on one foot line."""
        style = Style(11, colour=theme.SOFT_INK)
        blocks = [words.written(head.split("\n"), style, "middle") for head in self.chart.heads]
        high = max((block.height for block in blocks), default=0)
        elements = [
            markup.group(block.elements, self.step * (n + 0.5), high - block.height)
            for n, block in enumerate(blocks)
        ]
        return Block(tuple(elements), self.step * len(blocks), high)

    def _signs(self, row: PostRow) -> list[Element]:
        """The posts of a village around its middle line: capsules first, signs on top of them."""
        elements = []
        for person, posts in enumerate(row.joined):
            runs: list[list[int]] = []
            for post in posts:
                if runs and runs[-1][-1] == post - 1:
                    runs[-1].append(post)
                else:
                    runs.append([post])
            for before, run in pairwise(runs):
                # The same person further on: round the posts between, a second person the other way.
                elements.append(self._round(before[-1], run[0], up=person % 2 == 1))
            elements += [self._capsule(run[0], run[-1]) for run in runs]
        joined = {post for posts in row.joined for post in posts}
        for post, state in enumerate(row.posts):
            if not (post in joined and state == "member"):
                elements.append(_sign(state, self._x(post), post in joined))
        return elements

    def _x(self, post: int) -> float:
        return self.step * (post + 0.5)

    def _capsule(self, first: int, last: int) -> Element:
        return _capsule(self._x(first), self._x(last))

    def _round(self, first: int, last: int, up: bool) -> Element:
        left, right, way = self._x(first), self._x(last), (-15 if up else 15)
        path = markup.element(
            "path",
            d=f"M{left:g} 0C{left + 9:g} {way} {right - 9:g} {way} {right:g} 0",
            fill="none",
            stroke=_COLOURS["overlap"],
        )
        path.set("stroke-width", "3")
        return path

    def key(self) -> tuple[tuple[Block, str], ...]:
        """What the signs mean."""
        return tuple((_sample(state), said) for state, said in self.chart.states)


def _sample(state: str) -> Block:
    if state == "joined":
        return Block((markup.group([_capsule(_CAPSULE, 25)], 0, 8),), 32, 16)
    return Block((markup.group([_sign(state, 6, False)], 0, 8),), 12, 16)


def _capsule(left: float, right: float) -> Element:
    return markup.element(
        "rect",
        x=left - _CAPSULE,
        y=-_CAPSULE,
        width=right - left + 2 * _CAPSULE,
        height=2 * _CAPSULE,
        rx=_CAPSULE,
        fill=_COLOURS["overlap"],
    )


def _sign(state: str, x: float, inside: bool) -> Element:
    """The sign of a state around x, 0: a full dot, a ring, a dash, a question mark."""
    if state == "vacant":
        return markup.element("rect", x=x - 4.5, y="-1", width="9", height="2", fill=theme.SOFT_INK)
    if state == "not_reported":
        return markup.group(_question().elements, x, -pieces.SIZE * 0.82)
    dot = markup.element("circle", cx=x, r=_INSIDE if inside else _DOT, fill=_COLOURS["neutral"])
    if state == "not_member":
        dot.set("fill", theme.WHITE)
        dot.set("stroke", _COLOURS["missing-line"])
        dot.set("stroke-width", "2")
    return dot


def _question() -> Block:
    return words.written(["?"], pieces.STRONG, "middle")
