"""For readers who open a page for the first time: how to read it, and what its terms mean."""

from __future__ import annotations

import streamlit as st

from dashboard.dataset import Dataset, Selection
from dashboard.exhibits import glossary
from dashboard.exhibits.glossary import Term
from dashboard.text import Text
from dashboard.ui.markdown import bullets, escape_markdown


def how_to_read(name: str, text: Text) -> None:
    """Draw what opens how to read the page `name`, and its terms; nothing more while it is shut."""
    opened = st.popover(text("reading.label"), type="tertiary", key=f"reading-{name}", on_change="rerun")
    if not opened.open:
        return
    lines = text(f"reading.page.{name}").strip().splitlines()
    parts = [bullets(map(escape_markdown, lines))]
    if terms := glossary.used(name, text):
        parts += [f"**{escape_markdown(text('reading.terms'))}**", bullets(map(_line, terms))]
    opened.markdown("\n\n".join([*parts, escape_markdown(text("reading.all_terms"))]))


def all_terms(_dataset: Dataset, selection: Selection) -> None:
    """Draw the control that opens every term; nothing more while it is shut."""
    text = selection.text
    opened = st.expander(text("reading.glossary"), key="glossary", on_change="rerun")
    if opened.open:
        opened.markdown(bullets(_line(term, *term.others) for term in glossary.terms(text)))


def _line(term: Term, *others: str) -> str:
    """A term and what it means, with its names in `others` languages."""
    names = " · ".join((f"**{escape_markdown(term.name)}**", *map(escape_markdown, others)))
    source = f" ({escape_markdown(term.source)})" if term.source else ""
    return f"{names}: {escape_markdown(term.means)}{source}."
