"""The choice of communes: it is in the link, and nowhere else for longer than the reader chooses.

What the link names is remembered as the reader chose it, so that boundaries or dates with other communes,
there and back, give the same choice again, and another page keeps it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard import text
from dashboard.dataset import Dataset, areas, memoize, texts
from dashboard.registry import COMMUNES
from dashboard.text import Text
from dashboard.ui.component import component

_KEY = "places"
_CHOSEN = "places-chosen"
_SOUGHT = "places-sought"
_HTML = """
<label data-part="label" for="places-field"></label>
<input data-part="field" id="places-field" role="combobox" aria-autocomplete="list"
  aria-controls="places-list" aria-expanded="false" autocomplete="off" spellcheck="false">
<button data-part="several" type="button" hidden></button>
<ul data-part="list" id="places-list" role="listbox" hidden></ul>
<p data-part="none" role="status" hidden></p>
<div data-part="chips"></div>
"""
# How people write the first words of a name in short.
_IN_SHORT = {"thanh pho": "tp", "thi xa": "tx", "thi tran": "tt", "dac khu": "dk"}
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼ`´"))
# So many names go to the browser, which finds among them; of more the server finds these.
_SENT = 400
_FOUND = 50


@dataclass(frozen=True)
class _Chosen:
    """The ids that were chosen, on which page, and their names in the link now."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    page: str


def choose(dataset: Dataset, as_of: str, boundaries: str, words: Text, page: str) -> list[str]:
    """Draw the list of communes and regions and give the chosen ids. The browser writes them into the link
    without a step of its history: it did not ask for one."""
    names = areas.choice_names(dataset, as_of, boundaries, words)
    from_link = tuple(st.query_params.get_all(COMMUNES.key))
    before: _Chosen | None = st.session_state.get(_CHOSEN)
    ids = _ids(names, from_link, page, before)
    carried = areas.carried(dataset, ids, as_of, boundaries)
    chosen = [area for area in carried if area in names]
    communes = list(dict.fromkeys(areas.expanded(dataset, chosen, as_of, boundaries)))
    chosen = list(areas.gathered(dataset, communes, as_of, boundaries)) if len(chosen) > 1 else chosen
    chosen_names = tuple(names[area] for area in chosen)
    st.session_state[_CHOSEN] = _Chosen(ids, chosen_names, page)
    is_long = len(names) > _SENT
    if before is None or before.names != chosen_names:
        st.session_state[_SOUGHT] = ""
    options = list(names.items())
    if is_long:
        options = list(matches(dataset, as_of, boundaries, words, st.session_state[_SOUGHT]))
    offered = options[: _FOUND if is_long else None]
    component("places", _HTML, styled=True)(
        data={
            "parameter": COMMUNES.key,
            "page": page,
            # By the kinds of those in the list; names stay as links write them.
            "label": texts(dataset, as_of, boundaries)[words.lang]("sidebar.communes"),
            "everything": _everything(dataset, as_of, boundaries, words),
            "options": [[name, plain(name)] for _, name in offered],
            "named": list(from_link),
            "chosen": list(chosen_names),
            "several": words("sidebar.several"),
            "nothing": words("sidebar.search.nothing"),
            "more": words("sidebar.search.found", n=len(options), shown=len(offered)) if is_long else "",
            "remove": words("sidebar.remove", name="{name}"),
            "search": is_long,
        },
        key=_KEY,
        on_search_change=_search,
    )
    return chosen


def _ids(
    names: dict[str, str], from_link: tuple[str, ...], page: str, before: _Chosen | None
) -> tuple[str, ...]:
    """What is chosen: what the link names; what was chosen before, where it names the same, or where the way
    to another page left the names behind."""
    if before is not None and (from_link == before.names or (not from_link and page != before.page)):
        return before.ids
    by_name = {**{name: area for area, name in names.items()}, **{area: area for area in names}}
    return tuple(by_name[name] for name in from_link if name in by_name)


def forget() -> None:
    """What was chosen is not carried to the page that is opened next: its link says all."""
    st.session_state.pop(_CHOSEN, None)


def _search() -> None:
    st.session_state[_SOUGHT] = st.session_state[_KEY]["search"] or ""


def _everything(dataset: Dataset, as_of: str, boundaries: str, words: Text) -> str:
    """What no choice means: a district or a commune, or by name where there is a level above the commune."""
    if dataset.scope is not None:
        return words("scope.everything")
    if not dataset.by_village and areas.regions(dataset, as_of, boundaries):
        return words("selection.everything", root=dataset.about.localized("root", words.lang))
    return words("sidebar.everything")


@memoize(size=16)
def _folded(dataset: Dataset, as_of: str, boundaries: str, words: Text) -> list[tuple[str, str, str]]:
    """Every choice with its name, as it is and in plain letters, in the order of the list."""
    names = areas.choice_names(dataset, as_of, boundaries, words)
    return [(area, name, plain(name)) for area, name in names.items()]


def plain(name: str) -> str:
    """The letters by which a name is found: without accents and apostrophes, and the short form of its first
    words: "Thành phố Huế" as "thanh pho hue tp", "Xã Ea H'Leo" as "xa ea hleo"."""
    letters = text.slug(name.translate(_APOSTROPHES)).replace("-", " ")
    return " ".join([letters, *(short for words, short in _IN_SHORT.items() if letters.startswith(words))])


@memoize(size=32)
def matches(
    dataset: Dataset, as_of: str, boundaries: str, words: Text, sought: str
) -> Sequence[tuple[str, str]]:
    """The ids and names that hold every part of what is sought; where a word begins so, first."""
    parts = text.slug(sought).split("-")  # an apostrophe parts two, both of which the name holds
    entries = [
        entry
        for entry in _folded(dataset, as_of, boundaries, words)
        if all(part in entry[2] for part in parts)
    ]
    entries.sort(key=lambda entry: f" {parts[0]}" not in f" {entry[2]}")
    return [(area, name) for area, name, _ in entries]
