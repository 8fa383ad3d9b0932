"""For who opens a page for the first time: how to read it, and what its terms mean."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from dashboard.dataset import Dataset, Selection
from dashboard.exhibits import glossary
from dashboard.exhibits.glossary import Term
from dashboard.text import Text
from dashboard.ui.plain import plain


def how_to_read(name: str, text: Text) -> None:
    """Draw what opens how to read the page `name`, and its terms; nothing more while it is shut."""
    opened = st.popover(text("reading.label"), type="tertiary", key=f"reading-{name}", on_change="rerun")
    if not opened.open:
        return
    lines = text(f"reading.page.{name}").strip().splitlines()
    said = _list(map(plain, lines))
    found = glossary.used(name, text)
    if found:
        said += f"\n\n**{plain(text('reading.terms'))}**\n\n{_list(map(_line, found))}"
    opened.markdown(f"{said}\n\n{plain(text('reading.all_terms'))}")


def all_terms(_dataset: Dataset, selection: Selection) -> None:
    """Draw the control that opens every term; nothing more while it is shut."""
    text = selection.text
    opened = st.expander(text("reading.glossary"), key="glossary", on_change="rerun")
    if opened.open:
        opened.markdown(_list(_line(term, *term.others) for term in glossary.terms(text)))


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _line(term: Term, *others: str) -> str:
    """A term and what it means, with its names in `others` languages."""
    names = " · ".join((f"**{plain(term.name)}**", *map(plain, others)))
    source = f" ({plain(term.source)})" if term.source else ""
    return f"{names}: {plain(term.means)}{source}."
