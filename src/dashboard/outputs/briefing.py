"""What every file of a briefing is printed from: the exhibits of one selection, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from dashboard import exhibits
from dashboard.dataset import Dataset, Selection
from dashboard.exhibits import Exhibit
from dashboard.text import Text


@dataclass(frozen=True, eq=False)
class Section:
    """The exhibits of one page of the dashboard, with its title and its question."""

    title: str
    question: str
    exhibits: tuple[Exhibit, ...]


@dataclass(frozen=True, eq=False)
class Briefing:
    """One selection ready to be printed; holds no data set, so it is cheap to hand to another process.

    `title` names the briefing, `organization` the party organisation it is about, `place` what was chosen,
    `as_of` the date as written ("" where the data have none), `chosen` the filter in a line; `opening` has
    the key figures for the title, whether or not they were chosen as an exhibit. `stem` is the file name
    without its ending.
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
    sections: tuple[Section, ...]
    selection: Selection
    text: Text

    @property
    def exhibits(self) -> tuple[Exhibit, ...]:
        """All exhibits in their order."""
        return tuple(exhibit for section in self.sections for exhibit in section.exhibits)


def brief(dataset: Dataset, selection: Selection, ids: Sequence[str] | None = None) -> Briefing:
    """The briefing of a selection with these exhibits (None = all).

    An exhibit without figures ("no villages here") is left out: a dozen slides would say the same.
    Raises `UnknownChoiceError` for an unknown exhibit id.
    """
    text = selection.text
    wanted = tuple(exhibits.known(dataset)) if ids is None else ids
    found = [one for one in exhibits.build(dataset, selection, wanted) if _says_something(one)]
    opening = exhibits.overview.key_figures(dataset, selection)
    return Briefing(
        title=text("briefing.title"),
        organization=dataset.about.root,
        place=selection.place(dataset),
        as_of=text.date(selection.as_of),
        chosen=selection.sentence(dataset),
        stem=opening.stem.replace(text("file.overview.key_figures"), text("file.briefing"), 1),
        sample=dataset.about.sample,
        version=dataset.about.version,
        opening=opening,
        sections=tuple(
            Section(text(f"page.{page}.title"), text(f"page.{page}.question"), tuple(group))
            for page, group in groupby(found, lambda exhibit: exhibits.page_of(exhibit.id))
        ),
        selection=selection,
        text=text,
    )


def _says_something(exhibit: Exhibit) -> bool:
    # Of what is about the data the headline alone is an answer: "passes every rule".
    about_the_data = exhibits.page_of(exhibit.id) == "data"
    return bool(about_the_data or exhibit.plot or exhibit.table or exhibit.figures or exhibit.sentences)
