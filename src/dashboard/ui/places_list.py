"""The choice of communes: a list, and above it a search where there are too many to read through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from dashboard import text
from dashboard.dataset import Dataset, areas, link, remembered
from dashboard.text import Text
from dashboard.ui.plain import plain


def choose(dataset: Dataset, as_of: str, boundaries: str, words: Text) -> list[str]:
    """Draw the list of communes and give the chosen ids, in the order in which they were chosen."""
    names = areas.labels(dataset, as_of, boundaries, words)
    offered: Iterable[str] = names
    if len(names) > _READ_THROUGH:
        offered = _found(dataset, as_of, boundaries, words)
    chosen = st.multiselect(
        words("sidebar.communes"),
        list(offered),
        format_func=lambda area: names.get(area, area),
        key=link.COMMUNES,
        bind="query-params",
        placeholder=words("sidebar.everything" if dataset.scope is None else "scope.everything"),
        filter_mode=None,
        select_all=False,
    )
    return [area for area in chosen if area in names]


def _found(dataset: Dataset, as_of: str, boundaries: str, words: Text) -> list[str]:
    """Draw the search and give the ids to offer: the chosen ones, which may not be lost from the list, and
    those found, some at a time."""
    names = areas.labels(dataset, as_of, boundaries, words)
    sought = st.text_input(
        words("sidebar.search.label"),
        key=_SEARCH,
        type="search",
        live=True,
        help=words("sidebar.search.help"),
        placeholder=words("sidebar.search.placeholder"),
        on_change=_from_the_start,
    )
    matches = _matches(_folded(dataset, as_of, boundaries, words), sought)
    shown = matches[: st.session_state.setdefault(_SHOWN, _PAGE)]
    if not matches:
        st.caption(words("sidebar.search.nothing"))
    else:
        said = "sidebar.search.found" if sought.strip() else "sidebar.search.all"
        st.caption(plain(words(said, n=len(matches), shown=words.number(len(shown)))))
    left = min(len(matches) - len(shown), _PAGE)
    if left > 0:
        st.button(words("sidebar.search.more", n=left), key="search-more", on_click=_more, type="tertiary")
    return list(dict.fromkeys([*_chosen(names), *shown]))


def _chosen(names: dict[str, str]) -> list[str]:
    """The ids chosen so far; of a session that begins, those of the link."""
    if link.COMMUNES in st.session_state:
        return [area for area in st.session_state[link.COMMUNES] if area in names]
    linked = set(st.query_params.get_all(link.COMMUNES))
    return [area for area, name in names.items() if name in linked] if linked else []


@remembered(size=16)
def _folded(dataset: Dataset, as_of: str, boundaries: str, words: Text) -> list[tuple[str, str]]:
    """Every choice with its name in plain letters, in the order of the list."""
    return [(area, text.slug(name)) for area, name in areas.labels(dataset, as_of, boundaries, words).items()]


def _matches(folded: Sequence[tuple[str, str]], sought: str) -> list[str]:
    """The ids whose name holds every part of what is sought; first those in which a word begins with it."""
    parts = text.slug(sought).split("-")
    found = [(area, name) for area, name in folded if all(part in name for part in parts)]
    return [area for area, _ in sorted(found, key=lambda one: not _begins(one[1], parts[0]))]


def _begins(name: str, part: str) -> bool:
    return f"-{part}" in f"-{name}"


def _more() -> None:
    st.session_state[_SHOWN] += _PAGE


def _from_the_start() -> None:
    st.session_state[_SHOWN] = _PAGE


# A list of more is searched.
_READ_THROUGH = 30
# So many are offered at a time: what the list costs does not grow with the data.
_PAGE = 100
_SEARCH = "search-communes"
_SHOWN = "search-shown"
