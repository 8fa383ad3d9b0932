"""What a leader takes away: one object from which card, picture, slide, report and worksheet are printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

import pandas as pd

from dashboard.charts import describe
from dashboard.charts.model import Chart
from dashboard.dataset import Dataset, Selection
from dashboard.exhibits import assumption, empty, glossary
from dashboard.exhibits.parts import Part
from dashboard.exhibits.setting import Setting
from dashboard.text import Text


@dataclass(frozen=True, eq=False)
class Table:
    """The figures behind an exhibit, headings in the reader's language.

    Cells are text, whole numbers or None ("no data"); columns named in `shares` hold fractions.
    """

    frame: pd.DataFrame
    shares: tuple[str, ...] = ()

    def part(self, rows: slice) -> Table:
        """Some of its rows."""
        return replace(self, frame=self.frame.iloc[rows])

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

    `headline` is the finding in a sentence with its numbers; `takeaways` are further ones: what changed, who
    leads; `subtitle` says measure, place and period; `figures` and `sentences` stand where there is no
    `chart`; `table` is what is behind; `notes` say what a careless reader gets wrong; `definitions` what the
    terms mean; `source` says where from; `sample` whether it rests on invented data. `chosen` says the
    filter in a line, `filters` value by value (label, value). `foot` says place, date and publisher in a
    line. `assumption` says with how many changes of a what-if its figures are counted, "" where they are as
    reported. Where a chart cannot hold all rows, this one is the `part` of `parts`, counted from 1. `id` is
    its name in the catalogue, `stem` the name of a file that holds it, without its ending.
    """

    id: str
    text: Text
    stem: str
    headline: str
    subtitle: str
    chosen: str
    filters: tuple[tuple[str, str], ...]
    source: str
    sample: bool
    takeaways: tuple[str, ...] = ()
    chart: Chart | None = None
    foot: str = ""
    table: Table | None = None
    notes: tuple[str, ...] = ()
    figures: tuple[KeyFigure, ...] = ()
    sentences: tuple[str, ...] = ()
    definitions: tuple[str, ...] = ()
    assumption: str = ""
    part: int = 1
    parts: int = 1

    def mark(self, text: Text) -> str:
        """The mark it carries wherever it is shown: hypothetical, sample data, both, or "" for none."""
        return assumption.mark(text, self.sample, bool(self.assumption))

    @cached_property
    def alt(self) -> str:
        """The chart in words, for who cannot see it, its mark and finding first; "" without one."""
        if self.chart is None:
            return ""
        mark = self.mark(self.text)
        told = " ".join((f"{self.headline}.", *self.takeaways))
        described = describe(self.chart, self.text, told)
        return " ".join(said for said in (f"{mark}." if mark else "", told, described, self.subtitle) if said)

    @property
    def has_body(self) -> bool:
        """Whether there is more to show than a headline."""
        return bool(self.chart or self.table or self.figures or self.sentences)

    def spoken(self, text: Text) -> str:
        """What it shows, for who cannot see it, where there is no chart too."""
        return self.alt or ". ".join(said for said in (self.mark(text), self.headline, self.subtitle) if said)


def exhibit(
    dataset: Dataset,
    selection: Selection,
    name: str,
    *,
    headline: str,
    of: str = "",
    takeaways: Sequence[str] = (),
    chart: Chart | None = None,
    table: Table | None = None,
    notes: Sequence[str] = (),
    figures: Sequence[KeyFigure] = (),
    sentences: Sequence[str] = (),
    measure: str = "",
    place: str = "",
    period: str = "",
    source: str = "",
    sample: bool | None = None,
    part: Part | None = None,
    by_region: bool = False,
) -> Exhibit:
    """An exhibit with what every one has: subtitle, filter, file name, definitions, source line, sample mark.

    `name` is its id ("overlap.matrix"), under which `text` has what it measures, unless `measure` says
    it; `of` is the goal_id or village_id of an exhibit of one goal or village; `place`, `period`, `source`
    and `sample` only where they are not those of the selection and the data set; `part` of a chart that does
    not hold all rows, `by_region` where its rows are regions. A table without rows is left out; with nothing
    to show, the notes say what to do about what is missing.
    """
    text = selection.text
    setting = Setting(dataset, selection, name, of, place, period, source)
    sample = dataset.about.sample if sample is None else sample
    shown = part if part is not None and part.of > 1 and chart is not None else None
    number, parts = (shown.number, shown.of) if shown else (1, 1)
    drawn = chart or figures or sentences
    by_region = by_region and chart is not None
    if table is not None and (table.frame.empty or (not drawn and empty.outside(selection, name))):
        table = None
    if not (drawn or table):
        # What to do, in place of how to read what is not there.
        advice = empty.what_to_do(dataset, selection, name)
        notes = [advice] if advice else notes
    return Exhibit(
        text=text,
        id=f"{name}:{of}" if of else name,
        stem=setting.stem(sample=sample, part=number),
        headline=headline,
        subtitle=setting.subtitle(
            measure or text(f"{name}.measure"),
            text("card.by_region") if by_region else "",
            text("card.part", n=number, all=parts) if shown else "",
        ),
        chosen=setting.chosen(),
        filters=setting.filters(),
        source=setting.source_line(),
        sample=sample,
        chart=chart,
        foot=setting.foot(),
        takeaways=_said(takeaways),
        table=table,
        notes=_said(
            (
                setting.assumes,
                text("card.by_region_note") if by_region else "",
                shown.note if shown else "",
                *notes,
            )
        ),
        figures=tuple(figures),
        sentences=tuple(sentences),
        assumption=setting.assumes,
        part=number,
        parts=parts,
        definitions=tuple(map(str, glossary.used(name.partition(".")[0], text))),
    )


def _said(sentences: Iterable[str]) -> tuple[str, ...]:
    return tuple(said for said in sentences if said)


def _written(value: object, share: bool, text: Text) -> str:
    if pd.isna(value):
        return text("common.no_data")
    if isinstance(value, str):
        return value
    number = float(value)  # type: ignore[arg-type]
    if share:
        # Decimal: 23/80 is 28.75%, which binary fractions put a little lower and so round down.
        return text.rate(Decimal(str(number)))
    return text.number(number, 0 if number == int(number) else 2)
