"""What a native chart shows, before it is written as XML and as the workbook behind it."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Label:
    """Words at the points of a series: `says` per point ("" = none).

    `place` is where they stand, as the chart XML names it; `places` that of single points, where those
    differ.
    """

    says: tuple[str, ...]
    place: str
    bold: bool = False
    colour: str = ""
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Series:
    """One number per category (None = no data) under a `name`.

    `colour` fills its bars or draws its line ("" = it is not seen), `edge` the line around its bars,
    `edge_points` wide; `points` are the colours of single bars, where those differ (else empty). One that
    is `unnamed` only carries words: its name stands in the workbook, not in the key.
    """

    name: str
    values: tuple[float | None, ...]
    colour: str = ""
    edge: str = ""
    edge_points: float = 0.5
    points: tuple[str, ...] = ()
    label: Label | None = None
    dashed: bool = False
    unnamed: bool = False

    def part(self, start: int, stop: int) -> Series:
        """The same for the categories from `start` up to `stop`."""
        label = self.label
        return replace(
            self,
            values=self.values[start:stop],
            points=self.points[start:stop],
            label=label and replace(label, says=label.says[start:stop], places=label.places[start:stop]),
        )


@dataclass(frozen=True)
class Group:
    """Series drawn alike.

    `kind`: "bar" (lying), "col" (standing) or "line"; `stacked` or over each other; `gap` between bars in
    percent of their thickness. `apart`: on axes of its own, with the same scale.
    """

    kind: str
    series: tuple[Series, ...]
    stacked: bool = False
    gap: int = 60
    apart: bool = False


@dataclass(frozen=True)
class Chart:
    """A native chart: categories, groups of series, and where its parts stand.

    `most` is the end of the value axis, which begins at 0; `steps` the distance of its lines (0 = no axis is
    shown). `plot` is the place of the bars alone, `key` that of the legend, as x, y, width and height in
    parts of the whole. `points` is the size of the words; `mark` stands in the workbook.
    """

    categories: tuple[str, ...]
    groups: tuple[Group, ...]
    most: float
    points: int
    lang: str
    plot: tuple[float, float, float, float]
    key: tuple[float, float, float, float] | None = None
    steps: float = 0
    mark: str = ""

    @property
    def series(self) -> tuple[Series, ...]:
        """All series in the order of their columns in the workbook."""
        return tuple(series for group in self.groups for series in group.series)
