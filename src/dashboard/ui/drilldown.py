"""From a chart or a control to the page of one commune or one village.

`st.switch_page` refuses parameters that the filter is bound to, and writes each as a step of the browser's
history. So the browser is told the whole address of the page instead, and the filter is read from it as after
Back or Forward.
"""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from dashboard import registry
from dashboard.dataset import Dataset, Selection, areas
from dashboard.registry import COMMUNES, VILLAGE
from dashboard.ui import places_list
from dashboard.ui.component import component

_TARGET = "drilldown"
_WIDTH = 320  # of a list, px


def open_page(name: str, chosen: str = "") -> None:
    """Ask for a page, to be called in a callback: that of the commune or village with the id `chosen`, or
    another with no commune chosen; "area" is the page that is shown, of a commune or region. The rest of the
    filter stays."""
    st.session_state[_TARGET] = (name, chosen)


def follow(dataset: Dataset, selection: Selection, here: str) -> None:
    """Send the browser to the page that was asked for; `here` is the place of this page in the address."""
    name, chosen = st.session_state.pop(_TARGET, ("", ""))
    if not name:
        return
    if dataset.by_village and name == registry.COMMUNE_PAGE.name:
        name = registry.VILLAGE_PAGE.name
    # The way to a village keeps the communes that are chosen, any other sets them.
    to_village = name == registry.VILLAGE_PAGE.name
    dropped = {VILLAGE.key} if to_village else {VILLAGE.key, COMMUNES.key}
    query = [(key, value) for key, value in link() if key not in dropped]
    if to_village:
        query.append((VILLAGE.key, chosen))
    else:
        places_list.forget()
        names = areas.choice_names(dataset, selection.as_of, selection.boundaries, selection.text)
        query += [(COMMUNES.key, names[chosen])] if chosen else []
    path = urlsplit(st.context.url or "").path.rstrip("/").removesuffix(here).rstrip("/")
    target = {page.name: page.path for page in registry.PAGES}.get(name, here)
    component("open")(data={"address": address(query, f"{path}/{target}")}, key="open")


def link() -> registry.Query:
    """The parameters of the link as it is now."""
    return [(key, value) for key in st.query_params for value in st.query_params.get_all(key)]


def address(query: registry.Query, path: str | None = None) -> str:
    """The address of a page, by default of this one, with these parameters."""
    current = urlsplit(st.context.url or "")
    path = current.path if path is None else path
    return urlunsplit(current._replace(path=path, query=urlencode(query), fragment=""))


def choice(names: dict[str, str], key: str, label: str) -> None:
    """Draw a list of pages of communes or villages by name; choosing one opens it."""
    st.selectbox(
        label,
        list(names),
        index=None,
        format_func=lambda opened: names.get(opened, opened),
        key=key,
        on_change=_choose,
        args=[key],
        placeholder=label,
        label_visibility="collapsed",
        filter_mode=None,
        width=_WIDTH,
    )


def _choose(key: str) -> None:
    if st.session_state[key]:
        open_page(*st.session_state[key].split(":", 1))
        # The same list may be on the page that is opened.
        st.session_state[key] = None
