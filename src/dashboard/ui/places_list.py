"""The choice of communes: a list, above it a region and a search where there are too many to read through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from dashboard import schema, text
from dashboard.dataset import Dataset, areas, link, remembered
from dashboard.text import Text
from dashboard.ui.plain import plain


def choose(dataset: Dataset, as_of: str, boundaries: str, words: Text) -> list[str]:
    """Draw the list of communes, and of whole regions, and give the chosen ids, in the order in which they
    were chosen."""
    names = areas.choice_names(dataset, as_of, boundaries, words)
    offered: Iterable[str] = names
    if len(names) > _READ_THROUGH:
        _tidy(dataset, as_of, boundaries)
        offered = _found(dataset, as_of, boundaries, words)
    chosen = st.multiselect(
        words("sidebar.communes"),
        list(offered),
        format_func=lambda area: names.get(area, area),
        key=link.COMMUNES,
        bind="query-params",
        placeholder=_everything(dataset, as_of, boundaries, words),
        filter_mode=None,
        select_all=False,
    )
    return [area for area in chosen if area in names]


def _everything(dataset: Dataset, as_of: str, boundaries: str, words: Text) -> str:
    """What no choice means: a district, or by name where there is a level above the commune."""
    if dataset.scope is not None:
        return words("scope.everything")
    if areas.regions(dataset, as_of, boundaries):
        return words("selection.everything", root=dataset.about.root)
    return words("sidebar.everything")


def _found(dataset: Dataset, as_of: str, boundaries: str, words: Text) -> list[str]:
    """Draw the search and give the ids to offer: the chosen ones, which may not be lost from the list, and
    those found, some at a time."""
    names = areas.choice_names(dataset, as_of, boundaries, words)
    region = _region(dataset, as_of, boundaries, words)
    sought = st.text_input(
        words("sidebar.search.label"),
        key=_SEARCH,
        type="search",
        live=True,
        help=words("sidebar.search.help"),
        placeholder=words("sidebar.search.placeholder"),
        on_change=_from_the_start,
    )
    matches = _matches(dataset, as_of, boundaries, words, (region, sought.strip()))
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
    names = areas.choice_names(dataset, as_of, boundaries, words)
    return [(area, text.slug(name)) for area, name in names.items()]


def _region(dataset: Dataset, as_of: str, boundaries: str, words: Text) -> str | None:
    """Draw the choice of a region, which the list is then of, with a button that chooses all of it; None for
    every region, and where the data have none or one."""
    regions = areas.region_names(dataset, as_of, boundaries, words)
    if len(regions) < 2:
        return None
    if st.session_state.get(_REGION) not in (None, *regions):
        st.session_state[_REGION] = None
    region = st.selectbox(
        words("sidebar.region.label"),
        list(regions),
        index=None,
        format_func=lambda one: regions.get(one, one),
        key=_REGION,
        placeholder=words("sidebar.region.every"),
        on_change=_from_the_start,
    )
    if region is not None and region != schema.REGION:
        many = len(areas.regions(dataset, as_of, boundaries)[region])
        whole = words("sidebar.region.whole", name=regions[region], n=many)
        st.button(plain(whole), key="whole-region", on_click=_choose_only, args=[region])
    return region


def _choose_only(region: str) -> None:
    """Choose a whole region and nothing beside it."""
    st.session_state[link.COMMUNES] = [region]


def _tidy(dataset: Dataset, as_of: str, boundaries: str) -> None:
    """A choice of all communes of a region is a choice of the region, so that the link stays short."""
    chosen = st.session_state.get(link.COMMUNES)
    if chosen and len(chosen) > 1:
        communes = areas.expanded(dataset, chosen, as_of, boundaries)
        gathered = list(areas.gathered(dataset, list(dict.fromkeys(communes)), as_of, boundaries))
        if len(gathered) < len(chosen):
            st.session_state[link.COMMUNES] = gathered


# At every run of a page, whatever else is chosen on it.
@remembered(size=32)
def _matches(
    dataset: Dataset, as_of: str, boundaries: str, words: Text, asked: tuple[str | None, str]
) -> Sequence[str]:
    """The ids, of a region or of all (None), whose name holds every part of what is sought; first those in
    which a word begins with it."""
    region, sought = asked
    folded = _folded(dataset, as_of, boundaries, words)
    if region:
        inside = {region, *areas.regions(dataset, as_of, boundaries)[region]}
        folded = [(area, name) for area, name in folded if area in inside]
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
_PAGE = 50
_SEARCH = "search-communes"
_REGION = "search-region"
_SHOWN = "search-shown"
