"""The filter: communes, as-of date, boundaries and language, on every page and in the link."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard import registry, text
from dashboard.dataset import Dataset, Selection, areas, select, texts
from dashboard.registry import BOUNDARIES, LANG, PARAMETERS, SINCE, Parameter
from dashboard.ui import drilldown, places_list, what_if
from dashboard.ui.clipboard import copy_text

_LAST_SINCE = "last-since"
_UNKNOWN, _OPENED = "unknown_params", "link_opened"


def choose(dataset: Dataset, lang: str, page: str) -> Selection:
    """Draw the filter and give what is chosen on `page`, communes in display order."""
    # Date and boundaries are asked first, since the list of communes depends on them, and are below it.
    communes = st.container()
    choices: dict[str, Any] = {"as_of": "", "lang": lang, "texts": texts(dataset)}
    for parameter in PARAMETERS:
        if parameter.control:
            choices[parameter.field] = _choice(parameter, dataset, Selection(**choices))
    without_communes = Selection(**choices)
    with communes:
        chosen = places_list.choose(
            dataset, without_communes.as_of, without_communes.boundaries, without_communes.text, page
        )
    scenario = what_if.checked(dataset, without_communes.as_of).scenario
    return select(
        dataset, chosen, without_communes.as_of or None, without_communes.boundaries, lang, scenario=scenario
    )


def _choice(parameter: Parameter, dataset: Dataset, selection: Selection) -> str:
    """Draw the control of a parameter with the values of a selection; "" where there are none."""
    assert parameter.names is not None
    names, words = parameter.names(dataset, selection), selection.text
    if not names:
        return ""
    first = parameter.default(dataset) if parameter.default else next(iter(names))
    if parameter is BOUNDARIES and not areas.changed(dataset, selection.as_of):
        return first
    if parameter.control == "list":
        chosen = st.selectbox(
            words(parameter.label),
            list(names),
            index=list(names).index(first),
            format_func=lambda value: names.get(value, value),
            key=parameter.key,
            bind="query-params",
            filter_mode=None,
        )
    else:
        chosen = st.segmented_control(
            words(parameter.label),
            list(names),
            default=first,
            format_func=lambda value: names.get(value, value),
            key=parameter.key,
            bind="query-params",
            required=True,
        )
    return chosen if chosen in names else first


def everything(dataset: Dataset, words: text.Text) -> str:
    """What no choice of communes means: the whole organisation, or all that this reader may see."""
    if dataset.scope is not None:
        return words("scope.everything")
    return words("selection.everything", root=dataset.about.localized("root", words.lang))


def language() -> str:
    """Draw the switch of language and give the chosen one."""
    chosen = st.segmented_control(
        text.get()("sidebar.language"),
        text.LANGUAGES,
        default=text.LANGUAGES[0],
        key=LANG.key,
        bind="query-params",
        required=True,
        on_change=_write_names_again,
    )
    return chosen or text.LANGUAGES[0]


def since(dataset: Dataset, selection: Selection) -> Selection:
    """Draw the choice of the earlier date, of those before the chosen one, and give the selection with it;
    unchanged where there is none."""
    earlier = [date for date in dataset.dates if date < selection.as_of]
    if not earlier:
        return selection
    # Streamlit forgets the choice on a page without it.
    if SINCE.key not in st.query_params and _LAST_SINCE in st.session_state:
        st.session_state.setdefault(SINCE.key, st.session_state[_LAST_SINCE])
    if SINCE.key in st.session_state and st.session_state[SINCE.key] not in earlier:
        st.session_state[SINCE.key] = earlier[-1]
    chosen = st.selectbox(
        selection.text("filter.since"),
        earlier,
        index=len(earlier) - 1,
        format_func=selection.text.date,
        key=SINCE.key,
        bind="query-params",
        filter_mode=None,
    )
    st.session_state[_LAST_SINCE] = chosen
    return replace(selection, since=chosen)


def copy_link(dataset: Dataset, selection: Selection, page: registry.Page) -> None:
    """Draw the button that copies a link to exactly this view."""
    if SINCE in page.parameters and selection.compared_with(dataset):
        selection = replace(selection, since=st.session_state.get(SINCE.key, ""))
    page_values = {
        parameter.key: st.query_params.get(parameter.key, "")
        for parameter in page.parameters
        if not parameter.field
    }
    address = drilldown.address(registry.written(dataset, selection, **page_values))
    copy_text(selection.text("copy.link"), address, selection.text, "copy-link")


def unknown_params(dataset: Dataset) -> dict[str, tuple[str, ...]]:
    """The values without meaning in the link that opened this session; to be asked before the filter is
    drawn, which drops them without a word."""
    if _UNKNOWN not in st.session_state:
        query = registry.canonical(dataset, drilldown.link())
        st.session_state[_UNKNOWN] = registry.unknown_params(dataset, query)
    result: dict[str, tuple[str, ...]] = st.session_state[_UNKNOWN]
    return result


def notices(unknown: dict[str, tuple[str, ...]], selection: Selection, version: str) -> list[str]:
    """A sentence for each parameter with unknown values, until the reader chooses another selection."""
    if st.session_state.setdefault(_OPENED, selection) != selection:
        return []
    date = selection.text.date(selection.as_of)
    return [
        selection.text(
            parameter.unknown, values=", ".join(unknown[parameter.key]), date=date, version=version
        )
        for parameter in PARAMETERS
        if parameter.key in unknown
    ]


def _write_names_again() -> None:
    """Names in the link change with the language: set the chosen ids again so that they are written again."""
    for key in (parameter.key for parameter in PARAMETERS if parameter.control == "buttons"):
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]
