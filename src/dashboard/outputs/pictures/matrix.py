"""Villages × posts: a sign for each post, the posts of one person as one capsule. Lengths are px."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise

from dashboard.charts import theme
from dashboard.charts.model import PostGroup, PostMatrix, PostRow
from dashboard.charts.theme import COLOURS
from dashboard.outputs import text_metrics
from dashboard.outputs.pictures import svg, text_blocks
from dashboard.outputs.pictures.flow import Flow
from dashboard.outputs.pictures.svg import Block, Element
from dashboard.outputs.pictures.text_blocks import PLAIN, STRONG, Style

_ROW, _STEP, _WIDE_STEP = 22, 32, 38
_GAP = 8  # between a name and its posts
_LEAST_NAME, _MOST_NAME = 70, 190
_ABOVE = 10  # from commune to commune
_DOT, _INSIDE, _CAPSULE = 4.6, 3.2, 7  # radii
_ROUND = 15  # how far a line goes round the posts between
_DASHES = ("", "6 3", "2 2")  # of twelve posts six persons may have two each


def flow(chart: PostMatrix) -> Flow:
    """The villages below each other, those of a commune under its name; more in columns."""
    lines: list[PostGroup | PostRow] = []
    groups, above = set(), []
    for group in chart.groups:
        groups.add(len(lines))
        lines += [group, *group.rows]
        above += [group] * (1 + len(group.rows))
    matrix = _Matrix(chart.heads)
    names = max((text_metrics.width(line.name, PLAIN.size, text_metrics.BOLD) for line in lines), default=0)
    legend = tuple((_sample(state), words) for state, words in chart.states)

    def draw(rows: range, width: float) -> Block:
        visible = [lines[row] for row in rows]
        if rows and isinstance(visible[0], PostRow):
            visible = [above[rows.start], *visible]
        return svg.stacked([matrix.line(line, width) for line in visible])

    return Flow(
        n=len(lines),
        least=min(max(names * 1.06, _LEAST_NAME), _MOST_NAME) + matrix.width + _GAP,
        most=names * 1.06 + matrix.width + _GAP + 60,
        heights=lru_cache(32)(lambda width: tuple(matrix.height(line, width) for line in lines)),
        head=lambda row, width: 0 if isinstance(lines[row], PostGroup) else matrix.height(above[row], width),
        draw=draw,
        groups=frozenset(groups),
        above=partial(text_blocks.legend, legend),
        below=partial(text_blocks.note, chart.key),
    )


@dataclass(frozen=True)
class _Matrix:
    """Lines of names with the posts of `heads` at their right."""

    heads: tuple[str, ...]

    @property
    def step(self) -> float:
        return _WIDE_STEP if len(self.heads) > 3 else _STEP

    @property
    def width(self) -> float:
        """The width of the posts."""
        return self.step * len(self.heads)

    def height(self, line: PostGroup | PostRow, width: float) -> float:
        name = self._name(line, width).height
        if isinstance(line, PostGroup):
            return max(name, self._heads().height) + _ABOVE
        return max(name, _ROW)

    def line(self, line: PostGroup | PostRow, width: float) -> Block:
        height = self.height(line, width)
        name, right = self._name(line, width), width - self.width
        if isinstance(line, PostRow):
            signs = svg.group(self._signs(line), right, height / 2)
            return Block((name.at(0, (height - name.height) / 2), signs), width, height)
        heads = self._heads()
        rule = svg.rect(width, 1, COLOURS["line"], y=height - 1)
        elements = (name.at(0, height - name.height), heads.at(right, height - heads.height), rule)
        return Block(elements, width, height)

    def _name(self, line: PostGroup | PostRow, width: float) -> Block:
        style = STRONG if isinstance(line, PostGroup) else PLAIN
        room = (width - self.width - _GAP) / 0.96
        return text_blocks.lines(text_metrics.lines(line.name, style.size, room, style.weight) or [""], style)

    def _heads(self) -> Block:
        """The names of the posts, each in its lines on one foot line."""
        style = Style(11, colour=theme.SOFT_INK)
        blocks = [text_blocks.lines(head.split("\n"), style, "middle") for head in self.heads]
        height = max((block.height for block in blocks), default=0)
        elements = [block.at(self._x(n), height - block.height) for n, block in enumerate(blocks)]
        return Block(tuple(elements), self.width, height)

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
            # The same person further on: round the posts between.
            elements += [_arc(self._x(a[-1]), self._x(b[0]), person) for a, b in pairwise(runs)]
            elements += [_capsule(self._x(run[0]), self._x(run[-1])) for run in runs]
        joined = {post for posts in row.joined for post in posts}
        elements += [
            _sign(state, self._x(post), post in joined)
            for post, state in enumerate(row.posts)
            if not (post in joined and state == "member")
        ]
        return elements

    def _x(self, post: int) -> float:
        return self.step * (post + 0.5)


def _sample(state: str) -> Block:
    """The sign of a state, for the legend."""
    if state == "joined":
        return Block((svg.group([_capsule(_CAPSULE, 25)], 0, 8),), 32, 16)
    return Block((svg.group([_sign(state, 6, False)], 0, 8),), 12, 16)


def _arc(left: float, right: float, person: int) -> Element:
    """From post to post: of a second person the other way, of two more, and two more, in other dashes."""
    way = -_ROUND if person % 2 else _ROUND
    dashes = {"stroke_dasharray": _DASHES[person // 2]} if person > 1 else {}
    path = f"M{left:g} 0C{left + 9:g} {way} {right - 9:g} {way} {right:g} 0"
    return svg.element("path", d=path, fill="none", stroke=COLOURS["overlap"], stroke_width="3", **dashes)


def _capsule(left: float, right: float) -> Element:
    width = right - left + 2 * _CAPSULE
    return svg.rect(width, 2 * _CAPSULE, COLOURS["overlap"], x=left - _CAPSULE, y=-_CAPSULE, rx=_CAPSULE)


def _sign(state: str, x: float, inside: bool) -> Element:
    """The sign of a state around x, 0: a full dot, a ring, a dash, a question mark."""
    if state == "vacant":
        return svg.rect(9, 2, theme.SOFT_INK, x=x - 4.5, y=-1)
    if state == "not_reported":
        return text_blocks.lines(["?"], STRONG, "middle").at(x, -STRONG.size * 0.82)
    dot = svg.element("circle", cx=x, r=_INSIDE if inside else _DOT, fill=COLOURS["neutral"])
    if state == "not_member":
        dot.attrib |= {"fill": theme.WHITE, "stroke": COLOURS["missing-line"], "stroke-width": "2"}
    return dot
