"""The key above a chart: laid out anew, as its place is wider than the column the chart was drawn in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dashboard.charts import theme
from dashboard.outputs.pictures import fonts, marks, markup
from dashboard.outputs.pictures.markup import Block, Element

_LABEL = 16  # from the edge of an entry to its words, px
_APART = 22  # between entries, px
_LINE = 20  # px


def block(drawn: Iterable[Element], room: float) -> Block:
    """The entries of a key in as few lines as `room` px allow, below each other in columns."""
    entries = [entry for _, entry in sorted(_entries(drawn), key=lambda found: found[0])]
    for columns in range(len(entries), 0, -1):
        lines = -(-len(entries) // columns)
        wide = [_width(entries[n : n + lines]) for n in range(0, len(entries), lines)]
        if sum(wide) - _APART <= room:
            break
    else:
        return Block((), 0, 0)
    placed = [
        markup.group(list(entry), sum(wide[: n // lines]), n % lines * _LINE)
        for n, entry in enumerate(entries)
    ]
    return Block(tuple(placed), sum(wide) - _APART, lines * _LINE)


def _width(entries: Sequence[Element]) -> float:
    """The width of a column with these entries and the gap after it."""
    labels = ("".join(entry.itertext()) for entry in entries)
    return _LABEL + max(fonts.width(label, theme.SMALL) for label in labels) + _APART


def _entries(drawn: Iterable[Element]) -> Iterator[tuple[tuple[float, float], Element]]:
    """Each sign with its label, and where it stood: sorted by that they are in their order."""
    for key in drawn:
        for group in key.iter("g"):
            # The innermost groups that are moved and hold one sign and one label.
            inside = [part for part in group.iter("g") if part is not group and part.get("transform")]
            if group.get("transform") and not inside and group.find(".//text") is not None:
                yield marks.place(group), group
