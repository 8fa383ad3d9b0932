"""One exhibit as a card: understood alone when cut out of a screenshot."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial
from typing import Any

import streamlit as st

from dashboard.charts.model import Tiles, as_data
from dashboard.exhibits import Exhibit, Table
from dashboard.text import Text
from dashboard.ui import chart, download
from dashboard.ui.chart import Card

# Rows of a table that are read at once.
ROWS = 50
# Sentences of a card without a chart that are read at once.
_MOST_SENTENCES = 6
# What a button of a card opens; under the second is kept which card was asked.
_TABLE, _FILES = "table", "files"


def card(exhibit: Exhibit, part: str = "") -> Card:
    """Headline, chart, what explains it, source and sample mark; the table behind it where it is open. Under
    `part` is kept which part of its chart is chosen."""
    key = key_of(exhibit)
    is_open = bool(st.session_state.get(f"table-{key}"))
    open_table = exhibit.table if is_open or not _opens_table(exhibit) else None
    page = f"page-{key}-{exhibit.stem}"
    return Card(
        key,
        {
            **_card(exhibit),
            "open": [_TABLE] if is_open else [],
            "table": None if open_table is None else _page(open_table, page, exhibit.text),
        },
        pressed=partial(_press, key),
        turned=partial(_turn, part, page),
    )


def table(table_: Table, text: Text, key: str) -> None:
    """Draw a table without a card, every cell as plain text; a long one page by page."""
    page = f"page-{key}"
    alone = Card(key, {"chart": None, "table": _page(table_, page, text)}, turned=partial(_turn, "", page))
    chart.draw([chart.Row([1], [[alone]])], f"table-{key}")


def files(exhibits: Sequence[Exhibit]) -> None:
    """Draw the dialog with the files of the card that was asked for them, where it is one of these."""
    key = st.session_state.get(_FILES)
    exhibit = next((exhibit for exhibit in exhibits if key_of(exhibit) == key), None)
    if exhibit is None:
        _close_files()
    else:
        download.dialog(exhibit, key_of(exhibit), on_dismiss=_close_files)


def _close_files() -> None:
    st.session_state.pop(_FILES, None)


def key_of(exhibit: Exhibit) -> str:
    """The key of its card. Of one goal or another: the same card, so that what is open stays open."""
    return exhibit.id.partition(":")[0].replace(".", "-")


def _opens_table(exhibit: Exhibit) -> bool:
    """Whether the table is made once it is asked for; where there is nothing else it is what is shown."""
    return exhibit.table is not None and bool(exhibit.chart or exhibit.sentences)


def _press(key: str, button: str) -> None:
    """Open what a button of the card names, or close it."""
    if button == _FILES:
        st.session_state[_FILES] = key
    elif button == _TABLE:
        st.session_state[f"table-{key}"] = not st.session_state.get(f"table-{key}")


def _turn(part: str, page: str, target: str) -> None:
    """Turn to another part of the chart ("part:2") or page of the table ("page:2")."""
    kind, _, number = target.partition(":")
    st.session_state[part if kind == "part" else page] = int(number)


# An exhibit is one object per data version and selection: it is its own key.
@lru_cache(maxsize=256)
def _card(exhibit: Exhibit) -> dict[str, Any]:
    text, measure = exhibit.text, exhibit.subtitle.partition(" · ")[0]
    # Below a chart, and where they are many, sentences are read when they are asked for.
    folded = exhibit.chart is not None or (exhibit.table is None and len(exhibit.sentences) > _MOST_SENTENCES)
    sentences = exhibit.sentences if folded else ()
    lines = [*exhibit.takeaways, *sentences, measure, *exhibit.notes]
    drawing = exhibit.chart or (Tiles(exhibit.figures) if exhibit.figures else None)
    buttons = [(_FILES, text("download.label"), "dialog")]
    if _opens_table(exhibit):
        buttons.insert(0, (_TABLE, text("card.table"), "opens"))
    return {
        "headline": exhibit.headline,
        "mark": exhibit.mark,
        "foot": exhibit.foot,
        "sentences": [] if sentences else list(exhibit.sentences),
        "explained": {"label": text("card.explained"), "lines": [line for line in lines if line]},
        "buttons": buttons,
        "turn": _pages("part", exhibit.part, exhibit.parts, text),
        "chart": None if drawing is None else as_data(drawing),
    }


def _page(table: Table, key: str, text: Text) -> dict[str, Any]:
    """The rows of the page that is chosen."""
    pages = max(-(-len(table.frame) // ROWS), 1)
    return _rows(table, min(int(st.session_state.get(key, 1)), pages), pages, text)


@lru_cache(maxsize=512)
def _rows(table: Table, number: int, pages: int, text: Text) -> dict[str, Any]:
    first, count = ROWS * (number - 1), len(table.frame)
    texts = table.part(slice(first, first + ROWS)).written(text)
    last = min(first + ROWS, count)
    return {
        "heads": list(texts.columns),
        "rows": texts.to_numpy().tolist(),
        "numbers": list(table.numbers),
        "count": text("card.table_rows", first=first + 1, last=last, all=count) if pages > 1 else "",
        "turn": _pages("page", number, pages, text),
    }


def _pages(kind: str, number: int, of: int, text: Text) -> dict[str, Any]:
    """What turns the parts of a chart or the pages of a table."""
    words = {name: text(f"card.turn.{name}") for name in ("label", "before", "after")}
    return {"kind": kind, "number": number, "of": of, **words}
