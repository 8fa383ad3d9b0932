"""The page of one commune or one village, opened by a click on a chart or by a control below it.

`st.switch_page` refuses parameters that the filter is bound to, and writes each as a step of the browser's
history. So the browser is told the whole address of the page instead, and the filter is read from it as after
Back or Forward.
"""

from __future__ import annotations

from functools import cache
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from dashboard.dataset import Dataset, Selection, areas, link
from dashboard.ui import places_list

COMMUNE = "commune"
VILLAGE = "village"
_GOING = "going"
_WIDTH = 320  # of a list, px


@cache
def _component() -> ComponentRenderer:
    """Made when first drawn: only then is it known where the package keeps its scripts."""
    return st.components.v2.component("dashboard.open", html="<span></span>", js="open.js")


def page(name: str, chosen: str = "") -> None:
    """Ask for a page, to be called in a callback: that of the commune or village with the id `chosen`, or
    another with no commune chosen; "area" is the page that is shown, of a commune or region. The rest of the
    filter stays."""
    st.session_state[_GOING] = (name, chosen)


def follow(dataset: Dataset, selection: Selection, paths: dict[str, str], here: str) -> None:
    """Send the browser to the page that was asked for; `paths` are the places of the pages in the address,
    `here` that of this page."""
    name, chosen = st.session_state.pop(_GOING, ("", ""))
    if not name:
        return
    # The way to a village keeps the communes that are chosen, any other sets them.
    left = (link.VILLAGE,) if name == VILLAGE else (link.VILLAGE, link.COMMUNES)
    query = [
        (key, value) for key in st.query_params if key not in left for value in st.query_params.get_all(key)
    ]
    if name == VILLAGE:
        query.append((link.VILLAGE, chosen))
    else:
        places_list.forget()
        names = areas.choice_names(dataset, selection.as_of, selection.boundaries, selection.text)
        query += [(link.COMMUNES, names[chosen])] if chosen else []
    address = urlsplit(st.context.url or "")
    path = address.path.rstrip("/").removesuffix(here).rstrip("/")
    written = address._replace(path=f"{path}/{paths.get(name, here)}", query=urlencode(query), fragment="")
    _component()(data={"address": urlunsplit(written)}, key="open")


def choice(names: dict[str, str], key: str, label: str) -> None:
    """Draw a list of pages of communes or villages by name; choosing one opens it."""
    st.selectbox(
        label,
        list(names),
        index=None,
        format_func=lambda opened: names.get(opened, opened),
        key=key,
        on_change=_chosen,
        args=[key],
        placeholder=label,
        label_visibility="collapsed",
        filter_mode=None,
        width=_WIDTH,
    )


def _chosen(key: str) -> None:
    if st.session_state[key]:
        page(*st.session_state[key].split(":", 1))
        # The same list may stand on the page that is opened.
        st.session_state[key] = None
