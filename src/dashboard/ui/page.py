"""A page: its heading, what was chosen, and the cards that it is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field, replace
from functools import cache
from inspect import signature
from itertools import count
from typing import Concatenate, ParamSpec, TypeVar
from zlib import crc32

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import exhibits, registry
from dashboard.charts.model import Tiles
from dashboard.dataset import Dataset, Problem, Selection, State, UnknownChoiceError
from dashboard.exhibits import Exhibit
from dashboard.text import Text
from dashboard.ui import briefing, chart, places, present, reading, sidebar, versions
from dashboard.ui.card import card, files
from dashboard.ui.chart import Card
from dashboard.ui.markdown import escape_markdown, limited_list

P = ParamSpec("P")
T = TypeVar("T")
Build = Callable[..., Exhibit | None]

# Problems listed on a page; the command line lists all.
_MOST_PROBLEMS = 50
_PAGE = "page"


@dataclass(frozen=True, eq=False)
class Page:
    """What a page composes from: the data, the selection, and the state of the data folder. `path` is its
    place in the address, `exhibits` are those that it has shown so far, `rows` what is not drawn yet,
    `number` counts what is drawn, `heading` is the line on its top."""

    data: Dataset
    selection: Selection
    state: State
    path: str
    exhibits: list[Exhibit] = field(default_factory=list)
    rows: list[chart.Row] = field(default_factory=list)
    number: Iterator[int] = field(default_factory=count)
    heading: DeltaGenerator | None = None

    @property
    def text(self) -> Text:
        """The words of the chosen language."""
        return self.selection.text

    def card(self, build: Build) -> None:
        """Draw an exhibit; nothing where there is nothing to show."""
        self.columns([build], widths=[1])

    def tiles(
        self,
        build: Callable[Concatenate[Dataset, Selection, P], Tiles | None],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Draw the figures on top of a page; nothing where there are none."""
        tiles = build(self.data, self.selection, *args, **kwargs)
        if tiles is not None:
            self._add([1], [[chart.bare(tiles, "tiles")]])

    def columns(self, *columns: Sequence[Build], widths: Sequence[float], of: str = "") -> None:
        """Draw exhibits in columns beside each other, those `of` one village where it is named; on a phone
        below each other."""
        self._add(widths, [self._built(builds, *filter(None, [of])) for builds in columns])

    def fold(self, label: str, build: Build) -> None:
        """Draw an exhibit under a label, made only once that is opened; nothing for the district bodies."""
        if present.presenting():
            self.card(build)
        elif not exhibits.empty.outside_only(self.selection):
            self.draw()
            opened = st.expander(escape_markdown(self.text(label)), on_change="rerun", key=f"fold-{label}")
            if opened.open:
                with opened:
                    self.card(build)
                    self.draw()

    def element(self, draw: Callable[[Dataset, Selection], T]) -> T:
        """Draw what is no card, below the cards before it, and give what it gives."""
        self.draw()
        return draw(self.data, self.selection)

    def of_files(self, draw: Callable[[Dataset, Selection], T]) -> T:
        """The same of the data set as it lies in its files."""
        assert self.state.dataset is not None, "no page without one"
        self.draw()
        return draw(self.state.dataset, self.selection)

    def _built(self, builds: Sequence[Build], *of: str) -> list[Card]:
        """The cards of exhibits, of those that have something to show. That the district bodies have no
        villages is said once a page."""
        cards = []
        for build in builds:
            part = ""
            if _in_parts(build):
                # Another selection begins with the first part.
                chosen = crc32(repr((self.selection, (build.__module__, *of))).encode())
                part = f"part-{build.__qualname__}-{chosen:x}"
            parts = {"part": int(st.session_state.get(part, 1))} if part else {}
            exhibit = build(self.data, self.selection, *of, **parts)
            if exhibit is None:
                continue
            bare = not exhibit.has_body and exhibits.empty.outside_only(self.selection)
            if bare and any(not earlier.has_body for earlier in self.exhibits):
                continue
            self.exhibits.append(exhibit)
            cards.append(card(exhibit, part))
        return cards

    def _add(self, widths: Sequence[float], columns: Sequence[Sequence[Card]]) -> None:
        """To what is drawn next; a column without a card leaves its place to the others."""
        filled = [(width, cards) for width, cards in zip(widths, columns, strict=True) if cards]
        if filled:
            self.rows.append(chart.Row(*zip(*filled, strict=True)))

    def draw(self) -> None:
        """Draw what was added since, as one element; on the projector the exhibits come in their turn."""
        if self.rows and not present.presenting():
            chart.draw(self.rows, f"cards-{self.path}-{next(self.number)}")
        self.rows.clear()

    def finish(self) -> None:
        """Draw what is left, and the files of the card that was asked for them."""
        self.draw()
        if not present.presenting():
            files(self.exhibits)

    def presented(self) -> Sequence[Exhibit]:
        """The exhibits for the projector: those of the page, and one that the link names beside them."""
        if not any(exhibit.id in present.linked_ids() for exhibit in self.exhibits):
            for name in present.linked_ids():
                with suppress(UnknownChoiceError):
                    return [*self.exhibits, *exhibits.build(self.data, self.selection, [name])]
        return self.exhibits

    def take_away(self, ids: Sequence[str]) -> None:
        """Draw how to take these exhibits along as one file."""
        self._add([1], [[briefing.whole_page(self.data, self.selection, ids)]])
        self.draw()
        briefing.files(self.text)

    def compared(self) -> Page:
        """Draw the choice of the earlier date in the heading, and give the page of what changed since."""
        with self.heading or nullcontext():
            return replace(self, selection=sidebar.since(self.data, self.selection))

    def status(self) -> None:
        """Draw in a line whether the data can be trusted; above it the errors of files newer than them."""
        if self.state.errors:
            st.header(self.text("data.checks.headline_rejected", n=len(self.state.errors)), anchor=False)
            _problems(self.state.errors, self.text)
        parts = exhibits.sources.status(self.data, self.selection)
        st.markdown(" · ".join(f"**{escape_markdown(part)}**" for part in parts))

    def how_to_update(self) -> None:
        """Draw how data come in for readers who hand in no files."""
        if lines := versions.other_ways_in(self.text):
            card_data = {"headline": self.text("upload.title"), "sentences": lines}
            self._add([1], [[Card("how-to-update", card_data)]])


def put(page: Page) -> None:
    """Hand the page's content from the router to the page's script."""
    st.session_state[_PAGE] = page


def open_page(name: str) -> Page:
    """The content for the page `name`, its heading drawn: title, what is chosen."""
    page: Page = st.session_state[_PAGE]
    title, chosen = places.heading(name, page.data, page.selection)
    scope = "" if name == registry.VILLAGE_PAGE.name else exhibits.structure.scope(page.selection)
    heading = st.container(horizontal=True, vertical_alignment="center", key="heading")
    with heading:
        # One element: the browser takes its time for each.
        title, chosen, scope = map(escape_markdown, (title, chosen, scope))
        st.markdown(f"# {title}\n\n{chosen}. {scope}", anchors=False, width="content")
        reading.how_to_read(name, page.text)
    return replace(page, heading=heading)


def unusable(state: State, text: Text) -> None:
    """The page in place of every other while there is no data set: what is wrong, where, how to mend it."""
    st.title(text("data.unusable"), anchor=False)
    st.markdown(escape_markdown(text("data.unusable_how" if state.errors else "scope.unusable_how")))
    _problems(state.errors, text)


def _problems(problems: Sequence[Problem], text: Text) -> None:
    """Draw file, row, column, value and sentence of each problem."""
    lines = [problem.reader_line(text) for problem in problems]
    limited_list(lines, _MOST_PROBLEMS, "data.more_problems", text)


@cache
def _in_parts(build: Build) -> bool:
    """Whether an exhibit can be made of a part of its rows."""
    return "part" in signature(build).parameters
