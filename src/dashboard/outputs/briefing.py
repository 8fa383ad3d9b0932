"""What every file of a briefing is printed from: the exhibits of one selection, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice

from dashboard import exhibits
from dashboard.charts.model import Tiles
from dashboard.dataset import Dataset, Selection
from dashboard.exhibits import Exhibit, assumption
from dashboard.text import Text

# The files that a briefing is made as.
KINDS = ("pptx", "docx", "pdf", "xlsx", "zip")
# What a meeting hears: what changed, goals, places, what closes the gap, overlap; the members where there
# are no goals, as with the district bodies.
MEETING = (
    *("overview.changed", "structure.by_commune", "structure.members_over_time"),
    *("structure.admitted_over_time", "overlap.by_commune", "goals.progress", "goals.attention", "goals.gap"),
    *("goals.plan", "changes.by_post"),
)
# The findings that a briefing opens with.
_FINDINGS = (exhibits.goals.progress, exhibits.overlap.by_commune, exhibits.structure.members_over_time)
# Where there are fewer, as with the district bodies.
_MORE = (exhibits.structure.admitted_over_time, exhibits.structure.by_commune)


@dataclass(frozen=True, eq=False)
class Section:
    """The exhibits of one page of the dashboard, with its title."""

    title: str
    exhibits: tuple[Exhibit, ...]


@dataclass(frozen=True, eq=False)
class Briefing:
    """One selection ready to be printed; holds no data set, so it is cheap to hand to another process.

    `title` names the briefing, `organization` the party organisation it is about, `place` what was chosen,
    `as_of` the date as written ("" where the data have none), `chosen` the filter in a line; `opening` has
    the key figures for the title, whether or not they were chosen as an exhibit; `filters` what was chosen,
    value by value; `assumption` what a what-if assumes ("" = nothing). `tiles` are the figures on top of the
    first page, `findings` the three sentences to know. With `meeting` it is set for a meeting: a few pages,
    each a finding. `stem` is the file name without its ending.
    """

    title: str
    organization: str
    place: str
    as_of: str
    chosen: str
    stem: str
    sample: bool
    version: str
    opening: Exhibit
    tiles: Tiles
    findings: tuple[str, ...]
    meeting: bool
    sections: tuple[Section, ...]
    selection: Selection
    text: Text
    filters: tuple[tuple[str, str], ...]
    assumption: str

    @property
    def mark(self) -> str:
        """The mark of the whole: hypothetical, sample data, both, or "" for none."""
        return assumption.mark(self.text, self.sample, bool(self.assumption))

    @property
    def author(self) -> str:
        """The author: the organisation; of sample data the dashboard, since that body reports nothing."""
        return self.text("page.app") if self.sample else self.organization

    @property
    def marked_title(self) -> str:
        """The title for the properties of a file, with its mark."""
        return f"{self.title} ({self.mark})" if self.mark else self.title

    @property
    def period(self) -> str:
        """The date of the figures in words."""
        return self.text("card.period", date=self.as_of) if self.as_of else self.text("card.no_period")

    @property
    def foot(self) -> str:
        """Place, date and publisher in a line."""
        return self.opening.foot

    @property
    def exhibits(self) -> tuple[Exhibit, ...]:
        """All exhibits in their order."""
        return tuple(exhibit for section in self.sections for exhibit in section.exhibits)


def brief(
    dataset: Dataset, selection: Selection, ids: Sequence[str] | None = None, *, full: bool = False
) -> Briefing:
    """The briefing of a selection: set for a meeting; with `full` every exhibit, or just those of `ids`.

    An exhibit without figures ("no villages here") is left out: a dozen slides would say the same.
    Raises `UnknownChoiceError` for an unknown exhibit id.
    """
    text = selection.text
    meeting = ids is None and not full
    exhibit_ids = MEETING if meeting else tuple(exhibits.known(dataset)) if ids is None else ids
    # Of what is about the data the headline alone is an answer: "passes every rule".
    results = [
        exhibit
        for exhibit in exhibits.build(dataset, selection, exhibit_ids)
        if exhibit.has_body or exhibits.page_of(exhibit.id) == "data"
    ]
    opening, village = _opening(dataset, selection, exhibit_ids)
    return Briefing(
        title=text("briefing.title"),
        organization=dataset.about.localized("root", text.lang),
        place=exhibits.places.village.name(dataset, selection, village)
        if village
        else selection.place(dataset),
        as_of=text.date(selection.as_of),
        chosen=opening.chosen if village else selection.sentence(dataset),
        stem=stem(dataset, selection, exhibit_ids),
        sample=dataset.about.sample,
        version=dataset.about.version,
        opening=opening,
        tiles=exhibits.places.tiles.of_commune(dataset, selection)
        or exhibits.tiles.overview(dataset, selection),
        findings=opening.takeaways if village else _findings(dataset, selection),
        meeting=meeting,
        sections=tuple(
            Section(text(f"page.{page}.title"), tuple(group))
            for page, group in groupby(results, lambda exhibit: exhibits.page_of(exhibit.id))
        ),
        selection=selection,
        text=text,
        filters=tuple(dict.fromkeys(opening.filters + assumption.filters(dataset, selection))),
        assumption=assumption.sentence(selection),
    )


def stem(dataset: Dataset, selection: Selection, ids: Sequence[str]) -> str:
    """The name of a file with these exhibits, without its ending."""
    text = selection.text
    opening, village = _opening(dataset, selection, ids)
    family = "village.portrait" if village else "overview.key_figures"
    name = opening.stem.replace(text(f"{family}.file"), text("file.briefing"), 1)
    mark = f"_{text('file.hypothetical')}" if selection.scenario else ""
    return name.removesuffix(mark) + mark


def _opening(dataset: Dataset, selection: Selection, ids: Sequence[str]) -> tuple[Exhibit, str | None]:
    """What the briefing opens with, and the village that all of it is about, if it is about one."""
    village = exhibits.places.village_of(ids)
    if village is None:
        return exhibits.overview.key_figures(dataset, selection), None
    # Under another id: it is among the exhibits too, whole.
    portrait = exhibits.places.village.portrait(dataset, selection, village)
    return replace(portrait, id="village.opening"), village


def _findings(dataset: Dataset, selection: Selection) -> tuple[str, ...]:
    results = (build(dataset, selection) for build in (*_FINDINGS, *_MORE))
    headlines = (exhibit.headline for exhibit in results if exhibit is not None and exhibit.has_body)
    return tuple(islice(headlines, len(_FINDINGS)))
