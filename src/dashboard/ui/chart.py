"""Charts, cards and tables as HTML. All of a page in one element: the browser takes its time for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import streamlit as st

from dashboard.charts.model import Chart, as_data
from dashboard.ui import drilldown, what_if
from dashboard.ui.component import component

_HTML = "<div data-part='page'></div>"


@dataclass(frozen=True, eq=False)
class Card:
    """What the script chart.js draws as one card, by a `key` of its own on the page; what answers its buttons
    (`pressed`, with the name of the button) and what turns its parts and pages (`turned`, as "part:2")."""

    key: str
    data: Mapping[str, Any]
    pressed: Callable[[str], None] | None = None
    turned: Callable[[str], None] | None = None


@dataclass(frozen=True)
class Row:
    """Cards beside each other in columns of these widths, in a column below each other; on a phone all are
    below each other."""

    widths: Sequence[float]
    columns: Sequence[Sequence[Card]]

    @property
    def cards(self) -> Iterator[Card]:
        """Every card, column by column."""
        return (card for column in self.columns for card in column)


def bare(chart: Chart, key: str) -> Card:
    """A chart without a card around it."""
    return Card(key, {"chart": _chart(chart)})


def draw(rows: Sequence[Row], key: str) -> None:
    """Draw rows of cards. A name that opens a page and a line that is ticked are answered here."""
    cards = {card.key: card for row in rows for card in row.cards}
    answers: dict[str, Callable[[str], None]] = {
        "open": lambda link: drilldown.open_page(*link.split(":", 1)),
        "tick": what_if.toggle,
        "more": partial(_answer_card, cards, "pressed"),
        "turn": partial(_answer_card, cards, "turned"),
    }
    # The component wants every answer at its first run.
    changes: dict[str, Any] = {f"on_{name}_change": partial(_answer, key, name, answers) for name in answers}
    is_new = key not in st.session_state
    result = component("chart", _HTML, styled=True)(
        data={
            "rows": [
                {
                    "widths": list(row.widths),
                    "columns": [[{"key": card.key, **card.data} for card in below] for below in row.columns],
                }
                for row in rows
            ]
        },
        key=key,
        **changes,
    )
    # A click that another process took over: this session has not drawn what was clicked.
    clicked = [trigger for trigger in answers if is_new and getattr(result, trigger)]
    for trigger in clicked:
        answers[trigger](str(getattr(result, trigger)))
    if clicked:
        st.rerun()


def _answer(key: str, trigger: str, answers: Mapping[str, Callable[[str], None]]) -> None:
    if value := st.session_state[key][trigger]:
        answers[trigger](str(value))


def _answer_card(cards: Mapping[str, Card], kind: str, target: str) -> None:
    """Let the card that is named before the first colon answer what is behind it."""
    key, _, value = target.partition(":")
    answer = getattr(cards.get(key), kind, None)
    if answer is not None:
        answer(value)


# A chart is one object per data version and selection: it is its own key.
@lru_cache(maxsize=64)
def _chart(chart: Chart) -> dict[str, Any]:
    return as_data(chart)
