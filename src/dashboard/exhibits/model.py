"""What a leader takes away: one object from which card, picture, slide and worksheet are printed."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from dashboard.charts import MOST_MARKS, Plot
from dashboard.dataset import Dataset, Selection, areas
from dashboard.text import Text


@dataclass(frozen=True, eq=False)
class Table:
    """The figures behind an exhibit, headings in the reader's language.

    Cells are text, whole numbers or None ("no data"); columns named in `shares` hold fractions.
    """

    frame: pd.DataFrame
    shares: tuple[str, ...] = ()

    def written(self, text: Text) -> pd.DataFrame:
        """The same table with every cell as it is read: "2.198", "83,3%", "chưa có số liệu"."""
        return pd.DataFrame(
            {
                name: [_written(value, name in self.shares, text) for value in self.frame[name]]
                for name in self.frame
            }
        )


@dataclass(frozen=True)
class KeyFigure:
    """One number at a glance: `value` and `change` (since the date before, "" if unknown) as written."""

    label: str
    value: str
    change: str = ""


@dataclass(frozen=True, eq=False)
class Exhibit:
    """One finding with what it rests on; understood alone when cut out of its page.

    `headline` is the finding in a sentence with its numbers; `subtitle` says measure, place and period;
    `figures` and `sentences` stand where there is no `plot`; `table` is what is behind; `notes` say what a
    careless reader gets wrong; `source` says where from; `alt` describes the plot to who cannot see it;
    `sample` whether it rests on invented data.
    """

    id: str
    headline: str
    subtitle: str
    source: str
    sample: bool
    plot: Plot | None = None
    alt: str = ""
    table: Table | None = None
    notes: tuple[str, ...] = ()
    figures: tuple[KeyFigure, ...] = ()
    sentences: tuple[str, ...] = ()


def exhibit(
    dataset: Dataset,
    selection: Selection,
    name: str,
    *,
    headline: str,
    plot: Plot | None = None,
    alt: str = "",
    table: Table | None = None,
    notes: Sequence[str] = (),
    figures: Sequence[KeyFigure] = (),
    sentences: Sequence[str] = (),
    measure: str | None = None,
    place: str | None = None,
    period: str | None = None,
    source: str | None = None,
    sample: bool | None = None,
) -> Exhibit:
    """An exhibit with what every one has: subtitle, source line, sample mark.

    `name` is its id ("overlap.matrix"), under which `text` has what it measures, unless `measure` says
    it; `place`, `period`, `source` and `sample` only where they are not those of the selection and the
    data set. A table or a plot without rows is left out.
    """
    text = selection.text
    if period is None:
        period = (
            text("card.period", date=text.date(selection.as_of))
            if selection.as_of
            else text("card.no_period")
        )
    subtitle = " · ".join((measure or text(f"{name}.measure"), place or selection.place(dataset), period))
    if table is not None and table.frame.empty:
        table = None
    if plot is not None and plot.frame.empty:
        plot = None
    return Exhibit(
        id=name,
        headline=headline,
        subtitle=subtitle,
        source=source
        or text("card.source", publisher=dataset.about.publisher, version=dataset.about.version),
        sample=dataset.about.sample if sample is None else sample,
        plot=plot,
        alt=" ".join(part for part in (headline, alt, subtitle) if part) if plot else "",
        table=table,
        notes=tuple(note for note in notes if note),
        figures=tuple(figures),
        sentences=tuple(sentences),
    )


def area_names(dataset: Dataset, selection: Selection) -> dict[str, str]:
    """Every area of the filter list by its name in the reader's language."""
    return areas.labels(dataset, selection.as_of, selection.boundaries, selection.text)


def bounded(frame: pd.DataFrame, marks_a_row: int, text: Text) -> tuple[pd.DataFrame, str]:
    """As many of the first rows as a chart may draw and a reader will scroll through, and the note that says
    so ("" where all fit)."""
    most = min(MOST_MARKS // marks_a_row, _LONGEST)
    if len(frame) <= most:
        return frame, ""
    return frame.head(most), text("card.bounded", n=most, all=len(frame))


# Rows of one chart; the table behind it has all.
_LONGEST = 60


def narrow(names: Sequence[str], width: int) -> list[str]:
    """Names broken into at most two lines of `width` letters, for a phone."""
    return [textwrap.fill(name, width, max_lines=2, placeholder="…") for name in names]


def _written(value: object, share: bool, text: Text) -> str:
    if pd.isna(value):
        return text("common.no_data")
    if isinstance(value, str):
        return value
    number = float(value)  # type: ignore[arg-type]
    if share:
        # Decimal: 23/80 is 28.75%, which binary fractions put a little lower and so round down.
        return text.number(float(Decimal(str(number)) * 100), 1) + "%"
    return text.number(number, 0 if number == int(number) else 2)
