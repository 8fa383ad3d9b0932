"""One exhibit as a card: understood alone when cut out of a screenshot. One element, and the files below it
once they are opened."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.charts.model import Tile, Tiles, as_data
from dashboard.exhibits import Exhibit, Table
from dashboard.text import Text
from dashboard.ui import chart, download

# Rows of a table that are read at once.
ROWS = 50
# What a button below a card opens.
_TABLE, _FILES = "table", "files"


def card(exhibit: Exhibit, text: Text, part: str = "") -> None:
    """Draw headline, chart, what explains it, source and sample mark; the table behind it and its files where
    they are open. Under `part` is kept which part of its chart is chosen."""
    key = _key(exhibit)
    opened = st.session_state.get(f"more-{key}", ())
    # Where there is no chart the table is what is shown.
    shown = exhibit.table if _TABLE in opened or exhibit.chart is None else None
    turned = f"page-{key}-{exhibit.stem}"
    chart.mount(
        {
            **_card(exhibit, text),
            "open": list(opened),
            "table": None if shown is None else _page(shown, turned, text),
        },
        f"card-{key}",
        more=partial(_more, f"more-{key}"),
        turn=partial(_turn, part, turned),
    )
    if _FILES in opened:
        download.entries(exhibit, key, text)


def table(shown: Table, text: Text, key: str) -> None:
    """Draw a table without a card, every cell as plain text; a long one page by page."""
    turned = f"page-{key}"
    page = _page(shown, turned, text)
    chart.mount(
        {"card": None, "chart": None, "open": [], "table": page},
        f"table-{key}",
        turn=partial(_turn, "", turned),
    )


def _key(exhibit: Exhibit) -> str:
    """Of one goal or another: the same card, so that what is open stays open."""
    return exhibit.id.partition(":")[0].replace(".", "-")


def _more(kept: str, named: str) -> None:
    """Open what a button of the card names, or close it."""
    opened = list(st.session_state.get(kept, ()))
    st.session_state[kept] = [*opened, named] if named not in opened else [n for n in opened if n != named]


def _turn(part: str, page: str, asked: str) -> None:
    """Turn to another part of the chart ("part:2") or page of the table ("page:2")."""
    kind, _, number = asked.partition(":")
    st.session_state[part if kind == "part" else page] = int(number)


# An exhibit is one object per data version and selection: it is its own key.
@lru_cache(maxsize=256)
def _card(exhibit: Exhibit, text: Text) -> dict[str, Any]:
    measure = exhibit.subtitle.partition(" · ")[0]
    sentences = exhibit.sentences if exhibit.chart is not None else ()
    lines = [*exhibit.takeaways, *sentences, measure, *exhibit.notes]
    figures = Tiles(tuple(Tile(one.label, one.value, (one.change,)) for one in exhibit.figures))
    shown = exhibit.chart or (figures if figures.rows else None)
    buttons = [(_FILES, text("download.label"))]
    if exhibit.chart is not None and exhibit.table is not None:
        buttons.insert(0, (_TABLE, text("card.table")))
    return {
        "card": {
            "headline": exhibit.headline,
            "mark": exhibit.mark(text),
            "foot": exhibit.foot,
            "sentences": [] if sentences else list(exhibit.sentences),
            "more": {"label": text("card.explained"), "lines": [line for line in lines if line]},
            "buttons": buttons,
            "turn": _pages("part", exhibit.part, exhibit.parts, text),
        },
        "chart": None if shown is None else as_data(shown),
    }


def _page(table: Table, kept: str, text: Text) -> dict[str, Any]:
    """The rows of the page that is chosen."""
    pages = max(-(-len(table.frame) // ROWS), 1)
    return _rows(table, min(int(st.session_state.get(kept, 1)), pages), pages, text)


@lru_cache(maxsize=512)
def _rows(table: Table, number: int, pages: int, text: Text) -> dict[str, Any]:
    first, count = ROWS * (number - 1), len(table.frame)
    written = table.part(slice(first, first + ROWS)).written(text)
    last = min(first + ROWS, count)
    return {
        "heads": list(written.columns),
        "rows": written.to_numpy().tolist(),
        "numbers": [pd.api.types.is_numeric_dtype(table.frame[name]) for name in table.frame],
        "count": text("card.table_rows", first=first + 1, last=last, all=count) if pages > 1 else "",
        "turn": _pages("page", number, pages, text),
    }


def _pages(kind: str, number: int, of: int, text: Text) -> dict[str, Any]:
    """What turns the parts of a chart or the pages of a table."""
    words = {name: text(f"card.turn.{name}") for name in ("label", "before", "after")}
    return {"kind": kind, "number": number, "of": of, **words}
