"""What a leader takes away: one object from which card, picture, slide, report and worksheet are printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, overload

import pandas as pd

from dashboard.charts import chart_alt_text
from dashboard.charts.model import Chart, Tile
from dashboard.dataset import Dataset, Goal, Selection, areas, memoize
from dashboard.exhibits import assumption, deadlines, divided, empty, glossary
from dashboard.exhibits.names import area_names
from dashboard.exhibits.peers import Part
from dashboard.text import Text, slug

# More communes than this are counted in a file name, not named.
_IN_FILE_NAME = 2

P = ParamSpec("P")
# Every exhibit's function by its name.
BUILDERS: dict[str, Callable[..., Exhibit | None]] = {}


@dataclass(frozen=True, eq=False)
class Table:
    """The figures behind an exhibit, headings in the reader's language. Cells are text, whole numbers or None
    ("no data"); columns named in `shares` hold fractions."""

    frame: pd.DataFrame
    shares: tuple[str, ...] = ()

    @staticmethod
    def of(columns: Mapping[str, Any], shares: Sequence[str] = ()) -> Table:
        """A table of columns by heading."""
        return Table(pd.DataFrame(columns, dtype=object), tuple(shares))

    @property
    def numbers(self) -> tuple[bool, ...]:
        """Whether each column holds numbers alone ("no data" counts as one)."""
        return tuple(not any(isinstance(value, str) for value in self.frame[name]) for name in self.frame)

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


@dataclass(frozen=True, eq=False)
class Exhibit:
    """One finding with what it rests on; understood alone when cut out of its page.

    `headline` is the finding in a sentence with its numbers; `takeaways` are further ones: what changed,
    who leads; `subtitle` says measure, place and period; `figures` (the notes of each are its change since
    the date before) and `sentences` are there without a `chart`; `table` is what is behind; `notes` say
    what a careless reader gets wrong; `definitions` what the terms mean; `source` says where from; `sample`
    whether it rests on invented data. `chosen` says the filter in a line, `filters` value by value (label,
    value). `foot` says place, date and publisher in a line. `assumption` says with how many changes of a
    what-if its figures are counted, "" where they are as reported. Where a chart cannot hold all rows, this
    one is the `part` of `parts`, counted from 1. `id` is its name in the registry, `stem` the name of a
    file that holds it, without its ending.
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
    figures: tuple[Tile, ...] = ()
    sentences: tuple[str, ...] = ()
    definitions: tuple[str, ...] = ()
    assumption: str = ""
    part: int = 1
    parts: int = 1

    @property
    def name(self) -> str:
        """Its short name; that of one goal or village as of any other."""
        return self.text(f"{self.id.partition(':')[0]}.name")

    @property
    def mark(self) -> str:
        """The mark it carries wherever it is shown: hypothetical, sample data, both, or "" for none."""
        return assumption.mark(self.text, self.sample, bool(self.assumption))

    @cached_property
    def alt(self) -> str:
        """The chart in words, for readers who cannot see it, its mark and finding first; "" without one."""
        if self.chart is None:
            return ""
        finding = " ".join((f"{self.headline}.", *self.takeaways))
        described = chart_alt_text(self.chart, self.text, finding)
        return " ".join(_stated(f"{self.mark}." if self.mark else "", finding, described, self.subtitle))

    @property
    def has_body(self) -> bool:
        """Whether there is more to show than a headline."""
        return bool(self.chart or self.table or self.figures or self.sentences)

    @property
    def description(self) -> str:
        """What it shows, for readers who cannot see it, where there is no chart too."""
        return self.alt or ". ".join(_stated(self.mark, self.headline, self.subtitle))


@dataclass(frozen=True, eq=False)
class Content:
    """What an exhibit alone has to say; `exhibit` puts around it what every one has.

    `place`, `period`, `source`, `sample` and `measure` only where they are not those of the selection, the
    data set and the id; `goals` are those that it judges, whose deadlines it says to have passed; `part` of a
    chart that does not hold all rows, `by_region` where these are regions.
    """

    headline: str
    takeaways: Sequence[str] = ()
    chart: Chart | None = None
    table: Table | None = None
    notes: Sequence[str] = ()
    figures: Sequence[Tile] = ()
    sentences: Sequence[str] = ()
    measure: str = ""
    goals: Sequence[Goal] = ()
    place: str = ""
    period: str = ""
    source: str = ""
    sample: bool | None = None
    part: Part | None = None
    by_region: bool = False


@dataclass(frozen=True)
class exhibit:  # noqa: N801 - a decorator
    """Makes a function that builds the content of the exhibit `name` ("overlap.matrix") one that builds the
    exhibit, and keeps its `size` latest results. An exhibit of one goal or village takes its id after the
    selection. Those of changes get the earlier date as `since` of their selection, where there is one."""

    name: str
    size: int = 256

    @overload
    def __call__(
        self, build: Callable[Concatenate[Dataset, Selection, P], Content]
    ) -> Callable[Concatenate[Dataset, Selection, P], Exhibit]: ...

    @overload
    def __call__(
        self, build: Callable[Concatenate[Dataset, Selection, P], Content | None]
    ) -> Callable[Concatenate[Dataset, Selection, P], Exhibit | None]: ...

    def __call__(self, build: Callable[..., Content | None]) -> Callable[..., Exhibit | None]:
        """The function that builds the exhibit."""

        @memoize(self.size)
        @wraps(build)
        def built(dataset: Dataset, selection: Selection, *args: Any, **kwargs: Any) -> Exhibit | None:
            if self.name.startswith("changes."):
                selection = replace(selection, since=selection.compared_with(dataset) or "")
            content = build(dataset, selection, *args, **kwargs)
            of = args[0] if args and isinstance(args[0], str) else ""
            return None if content is None else assembled(dataset, selection, self.name, content, of)

        BUILDERS[self.name] = built
        return built


def assembled(dataset: Dataset, selection: Selection, name: str, content: Content, of: str = "") -> Exhibit:
    """An exhibit (`of` one goal_id or village_id) with what every one has: subtitle, filter, file name, …
    A table without rows is left out; with nothing to show, the notes say what to do about it."""
    text, about, table, notes = selection.text, dataset.about, content.table, content.notes
    drawn = content.chart or content.figures or content.sentences
    if table is not None and not table.frame.columns.is_unique:
        # Where the rows are villages, the number of these is a second column of that name, and always 1.
        table = replace(table, frame=table.frame.loc[:, ~table.frame.columns.duplicated()])
    if table is not None and (table.frame.empty or (not drawn and empty.outside(selection, name))):
        table = None
    if not (drawn or table):
        advice = empty.what_to_do(dataset, selection, name)
        notes = [advice] if advice else notes
    by_region = content.by_region and content.chart is not None
    part = content.part or Part(pd.DataFrame())
    if part.of == 1 or content.chart is None:
        part = Part(part.rows)
    sample = about.sample if content.sample is None else content.sample
    # With how many changes of a what-if the figures are counted; "" where they are as reported.
    assumes, apart = "", divided.note(dataset, selection, name)
    if assumption.applies(dataset, selection, name, of):
        assumes = assumption.sentence(selection)
    # The earlier date that is chosen; "" for exhibits that compare with the date before.
    since = selection.since if name.startswith("changes.") else ""
    place, date = content.place or selection.place(dataset), text.date(selection.as_of)
    period = content.period or selection.period(dataset)
    as_of_date = selection.boundaries == areas.BOUNDARIES[0]
    boundaries = text(f"selection.boundaries.{selection.boundaries}")
    publisher = about.localized("publisher", selection.lang)

    def line(when: str, *further: str) -> str:
        """Place and period, with other boundaries than those of the date, and what is assumed."""
        changes = selection.scenario_label() if assumes else ""
        return " · ".join(_stated(place, when, "" if as_of_date else boundaries, changes, *further))

    dated = content.period or date or text("card.no_period")
    if since:
        dated = text("changes.then_now", then=text.date(since), now=date)
    marks = (text("file.sample") if sample else "", text("file.hypothetical") if assumes else "")
    within = "" if content.place else _place_in_file(dataset, selection)
    number = str(part.number) if part.number > 1 else ""
    passed = deadlines.passed(dataset, selection, content.goals)
    stem = (text(f"{name}.file"), slug(of), within, since, selection.as_of, *marks, number)
    further = (
        passed,
        text("card.by_region") if by_region else "",
        text("card.part", n=part.number, all=part.of) if part.of > 1 else "",
    )
    return Exhibit(
        text=text,
        id=f"{name}:{of}" if of else name,
        stem="_".join(_stated(*stem)),
        headline=content.headline,
        subtitle=f"{content.measure or text(f'{name}.measure')} · {line(period, *further)}",
        chosen=line(period),
        filters=(
            *_filters(dataset, selection, content.place, since),
            *(assumption.filters(dataset, selection) if assumes else ()),
        ),
        source=content.source or text("card.source", publisher=publisher, version=about.version),
        sample=sample,
        chart=content.chart,
        foot=line(dated, passed, content.source or text("card.publisher", publisher=publisher)),
        takeaways=_stated(*content.takeaways),
        table=table,
        notes=_stated(assumes, text("card.by_region_note") if by_region else "", part.note, *notes, apart),
        figures=tuple(content.figures),
        sentences=tuple(content.sentences),
        assumption=assumes,
        part=part.number,
        parts=part.of,
        definitions=tuple(map(str, glossary.used(name.partition(".")[0], text))),
    )


def _filters(dataset: Dataset, selection: Selection, place: str, since: str) -> list[tuple[str, str]]:
    """The filter value by value, each with its label; the communes by name, unless a `place` is given."""
    text, chosen = selection.text, place or selection.place(dataset)
    boundaries = areas.boundaries_key(dataset, selection.as_of, selection.boundaries)
    if not place and not selection.everything:
        names = area_names(dataset, selection)
        chosen = ", ".join(names[commune] for commune in selection.communes)
    values = {
        "communes": chosen,
        "as_of": text.date(selection.as_of) or text("card.no_period"),
        **({"since": text.date(since)} if since else {}),
        "boundaries": text(f"selection.boundaries.{boundaries}"),
        "version": dataset.about.version,
    }
    return [(text(f"filter.{label}"), value) for label, value in values.items()]


def _place_in_file(dataset: Dataset, selection: Selection) -> str:
    text = selection.text
    if selection.everything:
        place = text("file.everything")
    else:
        names = area_names(dataset, replace(selection, by_region=True))
        chosen = areas.gathered(dataset, selection.communes, selection.as_of, selection.boundaries)
        many = text("file.communes", n=len(selection.communes))
        place = many if len(chosen) > _IN_FILE_NAME else " ".join(names[area] for area in chosen)
    as_of_date = selection.boundaries == areas.BOUNDARIES[0]
    now = "" if as_of_date else f"_{text('file.boundaries_now')}"
    return slug(place)[:60] + now


def _stated(*sentences: str) -> tuple[str, ...]:
    """Those that say something."""
    return tuple(filter(None, sentences))


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
