"""A page: its heading, what was chosen, and the cards that it is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Concatenate, ParamSpec

import streamlit as st

from dashboard import exhibits
from dashboard.dataset import Dataset, Problem, Selection, State
from dashboard.exhibits import Exhibit
from dashboard.text import Text
from dashboard.ui import briefing, levels, open, parts, places, present, reading, sidebar, what_if
from dashboard.ui.card import card
from dashboard.ui.data import upload, versions
from dashboard.ui.plain import plain

P = ParamSpec("P")

# Problems listed on a page; the command line lists all.
_MOST_PROBLEMS = 50


@dataclass(frozen=True, eq=False)
class Page:
    """What a page composes from: the data, the selection, and the state of the data folder; `exhibits` are
    those that it has shown so far."""

    data: Dataset
    selection: Selection
    state: State
    exhibits: list[Exhibit] = field(default_factory=list)

    @property
    def text(self) -> Text:
        """The words of the chosen language."""
        return self.selection.text

    def card(
        self,
        build: Callable[Concatenate[Dataset, Selection, P], Exhibit | None],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Draw an exhibit; nothing where there is nothing to show."""
        exhibit = build(self.data, self.selection, *args, **kwargs)
        if exhibit is not None:
            self._show(exhibit)

    def card_in_parts(self, build: Callable[..., Exhibit | None], *args: object) -> None:
        """Draw an exhibit that `build` can make of a `part` of its rows, with the choice of the part."""
        kept = parts.key(build.__qualname__, self.selection, build.__module__, *args)
        exhibit = build(self.data, self.selection, *args, part=parts.chosen(kept))
        if exhibit is not None:
            self._show(exhibit, kept)

    def way_up(self) -> None:
        """Draw the way up to the region and to everything, where a part is chosen."""
        levels.way_up(self.data, self.selection)

    def cards(self, ids: Sequence[str]) -> None:
        """Draw the exhibits with these ids, those that have something to show."""
        for exhibit in exhibits.build(self.data, self.selection, ids):
            self._show(exhibit)

    def _show(self, exhibit: Exhibit, part: str = "") -> None:
        """As a card; on the projector it comes in its turn. That the district bodies have no villages is said
        once a page."""
        bare = not exhibit.has_body and exhibits.empty.outside_only(self.selection)
        if bare and any(not shown.has_body for shown in self.exhibits):
            return
        self.exhibits.append(exhibit)
        if not present.presenting():
            card(exhibit, self.text, part)

    def one_commune(self) -> bool:
        """Draw the way up, or the choice of a commune; whether one is chosen."""
        return places.commune(self.data, self.selection)

    def one_village(self) -> str | None:
        """Draw the way up and beside, or the choice of a village; the id of the one chosen."""
        return places.village(self.data, self.selection)

    def take_away(self, ids: Sequence[str]) -> None:
        """Draw how to take these exhibits along as one file."""
        briefing.whole_page(self.data, self.selection, ids)
        briefing.files(self.text)

    def compared(self) -> Page:
        """Draw the choice of the earlier date and give the page that tells what changed since."""
        return replace(self, selection=sidebar.since(self.data, self.selection))

    def choose_goal(self) -> str | None:
        """Draw the choice of one goal and give its id; None where there are no goals for what is chosen."""
        return sidebar.goal(self.data, self.selection)

    def choose_changes(self) -> None:
        """Draw the choice of the changes of a what-if."""
        what_if.form(self.data, self.selection)

    def make_briefing(self) -> None:
        """Draw the choice of a briefing's content and form, and the files that were made."""
        briefing.form(self.data, self.selection)
        briefing.files(self.text)

    def rejected(self) -> None:
        """Draw the errors of files that are newer than the data set in use; nothing where there are none."""
        if self.state.errors:
            st.header(self.text("data.checks.headline_rejected", n=len(self.state.errors)), anchor=False)
            problem_list(self.state.errors, self.text)

    def versions(self) -> None:
        """Draw the history of the data."""
        versions.said()
        versions.history(self.data, self.text)

    def upload(self) -> None:
        """Draw how new data come in."""
        upload.upload(self.data, self.text)

    def how_to_update(self) -> None:
        """Draw how to put in one's own data."""
        st.header(self.text("data.how_title"), anchor=False)
        st.markdown(plain(self.text("data.how")))

    def glossary(self) -> None:
        """Draw what every term means."""
        reading.all_terms(self.text)


def put(page: Page) -> None:
    """Hand the page's content from the router to the page's script."""
    st.session_state[_PAGE] = page


def open_page(name: str) -> Page:
    """The content for the page `name`, its heading drawn: title, question, what is chosen."""
    page: Page = st.session_state[_PAGE]
    text = page.text
    title, chosen = places.heading(name, page.data, page.selection)
    st.title(plain(title), anchor=False)
    scope = "" if name == open.VILLAGE else exhibits.structure.scope(page.selection)
    st.markdown(f"{plain(text(f'page.{name}.question'))}  \n**{plain(chosen)}.** {plain(scope)}")
    reading.how_to_read(name, text)
    return page


def unusable(state: State, text: Text) -> None:
    """The page in place of every other while there is no data set: what is wrong, where, how to mend it."""
    st.title(text("data.unusable"), anchor=False)
    st.markdown(plain(text("data.unusable_how" if state.errors else "scope.unusable_how")))
    problem_list(state.errors, text)


def problem_list(problems: Sequence[Problem], text: Text) -> None:
    """File, row, column, value and sentence of each problem, as plain text."""
    for problem in problems[:_MOST_PROBLEMS]:
        st.markdown(f"- {plain(problem.described(text))}")
    if len(problems) > _MOST_PROBLEMS:
        st.caption(plain(text("data.more_problems", n=len(problems) - _MOST_PROBLEMS)))


def dress() -> None:
    """The few rules of style that have no option in Streamlit."""
    st.html(_STYLE)


_PAGE = "page"
_STYLE = f"<style>{(Path(__file__).parent / 'style.css').read_text('utf-8')}</style>"
