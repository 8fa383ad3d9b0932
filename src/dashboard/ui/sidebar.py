"""The filter: communes, as-of date, boundaries and language, on every page and in the link."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from dashboard import text
from dashboard.dataset import Dataset, Selection, areas, link, select
from dashboard.ui import places_list, what_if
from dashboard.ui.clipboard import copy_text
from dashboard.ui.plain import plain


def choose(dataset: Dataset, lang: str, page: str) -> Selection:
    """Draw the filter and give what is chosen on `page`, communes in display order."""
    words = text.get(lang)
    # Date and boundaries are asked first, since the list of communes depends on them, and stand below it.
    communes = st.container()
    as_of = _as_of(dataset, words)
    boundaries = _boundaries(words)
    with communes:
        chosen = places_list.choose(dataset, as_of, boundaries, words, page)
    return select(
        dataset,
        chosen,
        as_of or None,
        boundaries,
        lang,
        scenario=what_if.checked(dataset, as_of).scenario,
    )


def everything(dataset: Dataset, words: text.Text) -> str:
    """What stands for no choice of communes: the whole organisation, or all that this reader may see."""
    if dataset.scope is not None:
        return words("scope.everything")
    return words("selection.everything", root=dataset.about.said("root", words.lang))


def language() -> str:
    """Draw the switch of language and give the chosen one."""
    chosen = st.segmented_control(
        text.get()("sidebar.language"),
        text.LANGUAGES,
        default=text.LANGUAGES[0],
        key=link.LANG,
        bind="query-params",
        required=True,
        on_change=_write_names_anew,
    )
    return chosen or text.LANGUAGES[0]


def _boundaries(words: text.Text) -> str:
    names = link.boundary_names(words)
    chosen = st.segmented_control(
        words("sidebar.boundaries.label"),
        list(names),
        default=areas.BOUNDARIES[0],
        format_func=lambda kind: names.get(kind, kind),
        key=link.BOUNDARIES,
        bind="query-params",
        required=True,
    )
    return chosen if chosen in names else areas.BOUNDARIES[0]


def _as_of(dataset: Dataset, words: text.Text) -> str:
    if not dataset.dates:
        return ""
    return str(
        st.selectbox(
            words("sidebar.as_of"),
            dataset.dates,
            index=len(dataset.dates) - 1,
            format_func=words.date,
            key=link.AS_OF,
            bind="query-params",
            filter_mode=None,
        )
    )


def since(dataset: Dataset, selection: Selection) -> Selection:
    """Draw the choice of the earlier date, of those before the chosen one, and give the selection with it;
    unchanged where there is none."""
    earlier = [date for date in dataset.dates if date < selection.as_of]
    if not earlier:
        return selection
    # Streamlit forgets the choice on a page without it.
    if link.SINCE not in st.query_params and _LAST_SINCE in st.session_state:
        st.session_state.setdefault(link.SINCE, st.session_state[_LAST_SINCE])
    if link.SINCE in st.session_state and st.session_state[link.SINCE] not in earlier:
        st.session_state[link.SINCE] = earlier[-1]
    said = selection.text("page.changes.choose")
    st.markdown(plain(said), width="content")
    chosen = st.selectbox(
        said,
        earlier,
        index=len(earlier) - 1,
        format_func=selection.text.date,
        key=link.SINCE,
        bind="query-params",
        filter_mode=None,
        label_visibility="collapsed",
        width=_DATE_WIDTH,
    )
    st.session_state[_LAST_SINCE] = chosen
    return replace(selection, since=chosen)


def copy_link(dataset: Dataset, selection: Selection, page: str) -> None:
    """Draw the button that copies a link to exactly this view."""
    if page in _SINCE_PAGES and selection.compared_with(dataset):
        selection = replace(selection, since=st.session_state.get(link.SINCE, ""))
    village_id = st.query_params.get(link.VILLAGE) if page == _VILLAGE_PAGE else None
    query = urlencode(link.written(dataset, selection, village_id=village_id))
    address = urlunsplit(urlsplit(st.context.url or "")._replace(query=query, fragment=""))
    copy_text(selection.text("copy.link"), address, selection.text, "copy-link")


def strangers(dataset: Dataset) -> link.Unknown:
    """What the link that opened this session named in vain; to be asked before the filter is drawn, which
    drops unknown values without a word."""
    if _STRANGERS not in st.session_state:
        query = [(key, value) for key in st.query_params for value in st.query_params.get_all(key)]
        st.session_state[_STRANGERS] = link.unknown(dataset, link.canonical(dataset, query))
    found: link.Unknown = st.session_state[_STRANGERS]
    return found


def notices(found: link.Unknown, selection: Selection, version: str) -> list[str]:
    """A sentence for each kind of unknown value, until the reader chooses anew."""
    opened = st.session_state.setdefault(_OPENED, selection)
    if opened != selection:
        return []
    words = selection.text
    said = {
        "sidebar.unknown_commune": found.communes,
        "sidebar.unknown_date": found.as_of,
        "sidebar.unknown_since": found.since,
        "sidebar.unknown_lang": found.lang,
        "sidebar.unknown_goal": found.goal,
        "sidebar.unknown_boundaries": found.boundaries,
        "sidebar.unknown_village": found.village,
        "sidebar.other_version": found.version,
    }
    return [
        words(key, values=", ".join(values), date=words.date(selection.as_of), version=version)
        for key, values in said.items()
        if values
    ]


def _write_names_anew() -> None:
    """Names in the link change with the language: set the chosen ids again so that they are written anew."""
    if link.BOUNDARIES in st.session_state:
        st.session_state[link.BOUNDARIES] = st.session_state[link.BOUNDARIES]


# The pages with an earlier date.
_SINCE_PAGES = ("thay-doi", "bao-cao")
_LAST_SINCE = "last-since"
_DATE_WIDTH = 150  # of the list of earlier dates, px
# The page of one village.
_VILLAGE_PAGE = "thon"
_STRANGERS = "link_strangers"
_OPENED = "link_opened"
