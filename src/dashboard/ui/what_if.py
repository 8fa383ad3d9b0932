"""What if: the changes that a reader has chosen, on every page, and the page where they are chosen."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard import measures
from dashboard.dataset import Change, Dataset, Selection, scenario
from dashboard.exhibits import assumption, empty
from dashboard.exhibits.goals.gap import none_missed
from dashboard.registry import SCENARIO
from dashboard.ui.markdown import escape_markdown

# Refused changes that are named, and letters of each; the rest is counted.
_NAMED, _LETTERS = 5, 120
_WRITTEN = "what-if-written"


def checked(dataset: Dataset, as_of: str) -> scenario.Checked:
    """The changes of this session, or of the link that opened it: those that hold at a date, and others."""
    from_link = tuple(st.query_params.get_all(SCENARIO.key))
    if SCENARIO.key not in st.session_state or (from_link and from_link != st.session_state.get(_WRITTEN)):
        # Opened, or gone back to. On the way to another page the address loses the changes, not the session.
        st.session_state[SCENARIO.key] = from_link
    result = scenario.read(dataset, as_of, st.session_state[SCENARIO.key])
    refused = [refusal.written for refusal in result.refused]
    st.session_state[SCENARIO.key] = (*(change.written for change in result.scenario), *refused)
    return result


def write_link() -> None:
    """Let the address name the changes, on whatever page."""
    changes = st.session_state[_WRITTEN] = st.session_state[SCENARIO.key]
    if tuple(st.query_params.get_all(SCENARIO.key)) == changes:
        return
    if changes:
        st.query_params[SCENARIO.key] = list(changes)
    else:
        del st.query_params[SCENARIO.key]


def notices(dataset: Dataset, selection: Selection, page: StreamlitPage, here: StreamlitPage) -> None:
    """Say on top of any page that figures are hypothetical, with a way to the `page` of the changes and a way
    out; and which changes are not counted."""
    text = selection.text
    if selection.scenario:
        message = text("what_if.notice", mark=text("common.hypothetical"), n=len(selection.scenario))
        st.warning(escape_markdown(message))
        with st.container(horizontal=True, vertical_alignment="center", key="what-if-ways"):
            if here is not page:
                st.page_link(page, label=text("what_if.page"))
            st.button(text("what_if.clear"), key="what-if-clear", on_click=_hold, args=[()])
    refused = checked(dataset, selection.as_of).refused
    for refusal in refused[:_NAMED]:
        message = assumption.refused(dataset, selection, refusal)
        st.warning(escape_markdown(message if len(refusal.written) <= _LETTERS else f"{message[:_LETTERS]}…"))
    if len(refused) > _NAMED:
        st.warning(escape_markdown(text("what_if.more_refused", n=len(refused) - _NAMED)))


def toggle(change: str) -> None:
    """Take a change into the what-if, or out of it; to be called in a callback."""
    changes = st.session_state[SCENARIO.key]
    _hold(
        [other for other in changes if other != change]
        if change in changes
        else [*changes, change][: scenario.MOST]
    )


def fewest(dataset: Dataset, selection: Selection) -> None:
    """Draw the button that takes the fewest changes; why it cannot, where it cannot."""
    if empty.outside_only(selection):
        return
    text = selection.text
    plan = measures.gap.fewest(dataset, selection)
    most = scenario.MOST - len(selection.scenario)
    possible = plan.changes is not None and 0 < plan.changes <= most
    label = "what_if.fewest_more" if selection.scenario else "what_if.fewest"
    st.button(
        text(label),
        key="what-if-fewest",
        disabled=not possible,
        on_click=_add_fewest,
        args=[dataset, selection],
    )
    if possible:
        return
    if plan.changes is None:
        message = text("goals.gap.never", goals=text("goals.gap.goals", n=len(plan.goals)))
    elif plan.changes:
        message = text("what_if.too_many", n=plan.changes)
    else:
        message = none_missed(plan, text)
    st.caption(escape_markdown(message))


def _add_fewest(dataset: Dataset, selection: Selection) -> None:
    more = [Change(*change).written for change in measures.gap.concrete(dataset, selection)]
    _hold([*(change.written for change in selection.scenario), *more])


def _hold(changes: Sequence[str]) -> None:
    st.session_state[SCENARIO.key] = tuple(changes)
