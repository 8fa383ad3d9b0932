"""What a leader takes away: one object from which card, picture, slide, report and worksheet are printed."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import pandas as pd

from dashboard import schema
from dashboard.charts import Plot
from dashboard.charts.model import Chart
from dashboard.dataset import Dataset, Selection, areas
from dashboard.exhibits import alt, assumption, empty, glossary
from dashboard.exhibits.parts import Part
from dashboard.text import Text, slug


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

    `headline` is the finding in a sentence with its numbers; `takeaways` are further ones: what changed,
    who leads; `subtitle` says measure, place and period; `figures` and `sentences` stand where there is no
    `plot`; `table` is what is behind; `notes` say what a careless reader gets wrong; `definitions` what the
    terms mean; `source` says where from; `alt` describes the plot to who cannot see it, its mark first;
    `sample` whether it rests on invented data. `chosen` says the filter in a line, `filters` value by value
    (label, value). `opens` are the pages of communes and villages that it leads to: what the `key` of a row
    says (see `opening`) and the name to choose it by. `chart` is what a screen draws in the place of `plot`;
    `foot` says place, date and publisher in a line. `assumption` says with how many changes of a what-if
    its figures are counted, "" where they are as reported. Where a chart cannot hold all rows, this one is
    the `part` of `parts`, counted from 1. `id` is its name in the catalogue, `stem` the name of a
    file that holds it, without its ending.
    """

    id: str
    stem: str
    headline: str
    subtitle: str
    chosen: str
    filters: tuple[tuple[str, str], ...]
    source: str
    sample: bool
    takeaways: tuple[str, ...] = ()
    plot: Plot | None = None
    chart: Chart | None = None
    foot: str = ""
    alt: str = ""
    table: Table | None = None
    notes: tuple[str, ...] = ()
    figures: tuple[KeyFigure, ...] = ()
    sentences: tuple[str, ...] = ()
    definitions: tuple[str, ...] = ()
    opens: tuple[tuple[str, str], ...] = ()
    assumption: str = ""
    part: int = 1
    parts: int = 1

    def mark(self, text: Text) -> str:
        """The mark it carries wherever it is shown: hypothetical, sample data, both, or "" for none."""
        return assumption.mark(text, self.sample, bool(self.assumption))

    @property
    def has_body(self) -> bool:
        """Whether there is more to show than a headline."""
        return bool(self.plot or self.chart or self.table or self.figures or self.sentences)

    def spoken(self, text: Text) -> str:
        """What it shows, for who cannot see it, where there is no plot too."""
        return self.alt or ". ".join(said for said in (self.mark(text), self.headline, self.subtitle) if said)


def opening(page: str, ids: Iterable[str]) -> list[str]:
    """What a click on each row opens: the page of a "commune" or a "village" of that id, or with "area" the
    same page of that commune. A region opens the same page of it, whatever is asked. The district bodies and
    communes without a region have none: ""."""
    return [
        ""
        if one in (schema.OUTSIDE, schema.REGION)
        else f"{AREA if one.startswith(schema.REGION) else page}:{one}"
        for one in ids
    ]


# Opens the page that is shown, of a commune or region.
AREA = "area"


def exhibit(
    dataset: Dataset,
    selection: Selection,
    name: str,
    *,
    headline: str,
    of: str = "",
    takeaways: Sequence[str] = (),
    plot: Plot | None = None,
    chart: Chart | None = None,
    table: Table | None = None,
    notes: Sequence[str] = (),
    figures: Sequence[KeyFigure] = (),
    sentences: Sequence[str] = (),
    opens: Iterable[tuple[str, str]] = (),
    measure: str | None = None,
    place: str | None = None,
    period: str | None = None,
    source: str | None = None,
    sample: bool | None = None,
    part: Part | None = None,
    by_region: bool = False,
) -> Exhibit:
    """An exhibit with what every one has: subtitle, filter, file name, definitions, source line, sample mark.

    `name` is its id ("overlap.matrix"), under which `text` has what it measures, unless `measure` says
    it; `of` is the goal_id or village_id of an exhibit of one goal or village; `place`, `period`, `source`
    and `sample` only where they are not those of the selection and the data set; `part` of a chart that does
    not hold all rows, `by_region` where its rows are regions. A table or a plot without rows is left out;
    with nothing to show, the notes say what to do about what is missing.
    """
    text = selection.text
    dated = period or text.date(selection.as_of) or text("card.no_period")
    if period is None:
        period = (
            text("card.period", date=text.date(selection.as_of))
            if selection.as_of
            else text("card.no_period")
        )
    # Said only where they are not those of the date.
    boundaries = (
        []
        if selection.boundaries == areas.BOUNDARIES[0]
        else [text(f"selection.boundaries.{selection.boundaries}")]
    )
    # Only these tell from the date that is chosen; the others from the date before.
    since = selection.since if name.startswith("changes.") else ""
    where = place or selection.place(dataset)
    subtitle = [measure or text(f"{name}.measure"), where, period, *boundaries]
    assumes = assumption.sentence(selection) if assumption.applies(dataset, selection, name, of) else ""
    hypothetical = [selection.scenario_says()] if assumes else []
    subtitle += hypothetical
    in_parts = part is not None and part.of > 1 and (plot or chart) is not None
    if by_region:
        subtitle.append(text("card.by_region"))
    if in_parts and part is not None:
        subtitle.append(text("card.part", n=part.number, all=part.of))
    takeaways = tuple(said for said in takeaways if said)
    if table is not None and table.frame.empty:
        table = None
    if plot is not None and plot.frame.empty:
        plot = None
    if table is not None and not (plot or chart or figures or sentences) and empty.outside(selection, name):
        table = None
    if not (plot or chart or table or figures or sentences):
        # What to do, in place of how to read what is not there.
        advice = empty.what_to_do(dataset, selection, name)
        notes = [advice] if advice else notes
    if sample is None:
        sample = dataset.about.sample
    marked = assumption.mark(text, sample, bool(assumes))
    publisher = dataset.about.said("publisher", text.lang)
    told = " ".join((f"{headline}.", *takeaways))
    return Exhibit(
        id=f"{name}:{of}" if of else name,
        stem="_".join(
            part
            for part in (text(f"file.{name}"), slug(of), "" if place else _place_in_file(dataset, selection))
            if part
        )
        + (f"_{since}" if since else "")
        + (f"_{selection.as_of}" if selection.as_of else "")
        + (f"_{text('file.sample')}" if sample else "")
        + (f"_{text('file.hypothetical')}" if assumes else "")
        + (f"_{part.number}" if in_parts and part is not None and part.number > 1 else ""),
        headline=headline,
        subtitle=" · ".join(subtitle),
        chosen=" · ".join((where, period, *boundaries, *hypothetical)),
        filters=_filters(dataset, selection, place, since)
        + (assumption.filters(dataset, selection) if assumes else ()),
        source=source or text("card.source", publisher=publisher, version=dataset.about.version),
        sample=sample,
        plot=plot,
        chart=chart,
        foot=" · ".join(
            (
                where,
                _two_dates(selection) if since else dated,
                *boundaries,
                *hypothetical,
                source or text("card.publisher", publisher=publisher),
            )
        ),
        takeaways=takeaways,
        alt=" ".join(
            (*([f"{marked}."] if marked else []), told, alt.described(plot, text, told), " · ".join(subtitle))
        )
        if plot
        else "",
        table=table,
        notes=tuple(
            note
            for note in (
                assumes,
                text("card.by_region_note") if by_region else "",
                part.note if in_parts and part is not None else "",
                *notes,
            )
            if note
        ),
        figures=tuple(figures),
        sentences=tuple(sentences),
        opens=tuple((key, name) for key, name in opens if key),
        assumption=assumes,
        part=part.number if in_parts and part is not None else 1,
        parts=part.of if in_parts and part is not None else 1,
        definitions=tuple(map(str, glossary.used(name.partition(".")[0], text))),
    )


def _two_dates(selection: Selection) -> str:
    text = selection.text
    return text("changes.then_now", then=text.date(selection.since), now=text.date(selection.as_of))


# More communes than this are counted in a file name, not named.
_IN_FILE_NAME = 2


def _filters(
    dataset: Dataset, selection: Selection, place: str | None, since: str
) -> tuple[tuple[str, str], ...]:
    """Every choice by its label, each commune by name; `place` where the exhibit holds always the same."""
    text = selection.text
    if place is None and not selection.everything:
        names = area_names(dataset, selection)
        place = ", ".join(names[commune] for commune in selection.communes)
    return (
        (text("filter.communes"), place or selection.place(dataset)),
        (text("filter.as_of"), text.date(selection.as_of) or text("card.no_period")),
        *([(text("filter.since"), text.date(since))] if since else []),
        (text("filter.boundaries"), text(f"selection.boundaries.{selection.boundaries}")),
        (text("filter.version"), dataset.about.version),
    )


def _place_in_file(dataset: Dataset, selection: Selection) -> str:
    text = selection.text
    if selection.everything:
        said = text("file.everything")
    else:
        names = area_names(dataset, replace(selection, by_region=True))
        found = areas.gathered(dataset, selection.communes, selection.as_of, selection.boundaries)
        many = text("file.communes", n=len(selection.communes))
        said = many if len(found) > _IN_FILE_NAME else " ".join(names[area] for area in found)
    now = "" if selection.boundaries == areas.BOUNDARIES[0] else f"_{text('file.boundaries_now')}"
    return slug(said)[:60] + now


def area_names(dataset: Dataset, selection: Selection) -> dict[str, str]:
    """Every area of the filter list by its name in the reader's language, the regions too where they are the
    rows of its lists."""
    choice = (selection.as_of, selection.boundaries, selection.text)
    names = areas.labels(dataset, *choice)
    return {**names, **areas.region_names(dataset, *choice)} if selection.by_region else names


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
        return text.rate(Decimal(str(number)))
    return text.number(number, 0 if number == int(number) else 2)
