"""One exhibit as a card: understood alone when cut out of a screenshot."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import streamlit as st

from dashboard.exhibits import Exhibit, Table
from dashboard.text import Text
from dashboard.ui import chart, described, download, parts, stacked
from dashboard.ui.plain import plain


def card(exhibit: Exhibit, text: Text, part: str = "") -> None:
    """Headline, subtitle, takeaways, what it shows, notes, source, sample mark, and what opens below. Under
    `part` is kept which part of its chart is chosen."""
    key = _key(exhibit)
    with st.container(border=True, key=place(exhibit), gap="xsmall"):
        composed = exhibit.chart is not None or not (exhibit.plot or exhibit.table or exhibit.figures)
        if composed:
            chart.card(exhibit, f"chart-{key}", text)
        else:
            st.markdown(_told(exhibit, text), anchors=False)
            _body(exhibit, key, text)
        if part:
            parts.choose(exhibit, part)
        if not composed:
            lines = [" ".join(exhibit.notes), exhibit.source]
            st.caption("  \n".join(plain(line) for line in lines if line))
        _more(exhibit, key, text)


def _told(exhibit: Exhibit, text: Text) -> str:
    """Headline, sample mark with subtitle, takeaways: one element, since the browser takes its time for each,
    and since a chart that moves up where there are no takeaways would be embedded anew."""
    mark = f":red-badge[{exhibit.mark(text)}] " if exhibit.mark(text) else ""
    told = [f"## {plain(exhibit.headline)}", mark + plain(exhibit.subtitle)]
    if exhibit.takeaways:
        told.append(plain(" ".join(exhibit.takeaways)))
    return "\n\n".join(told)


def place(exhibit: Exhibit) -> str:
    """The key of an exhibit's card."""
    return f"card-{_key(exhibit)}"


def _key(exhibit: Exhibit) -> str:
    """Of one goal or another: the same card, so that the browser keeps its chart."""
    return exhibit.id.partition(":")[0].replace(".", "-")


def table(shown: Table, text: Text, key: str) -> None:
    """A table to read and to print, every cell as plain text; a long one page by page."""
    rows = parts.page(shown, key, text)
    st.markdown(_written(shown, text, rows.start, rows.stop), width="stretch")


# Each is one object per data version and selection: written once, not at every run. As one markdown: in
# `st.table` each cell is one of its own, and ten rows took the browser as long as four charts.
@lru_cache(maxsize=512)
def _written(shown: Table, text: Text, first: int | None, last: int | None) -> str:
    page = replace(shown, frame=shown.frame.iloc[first:last]).written(text)
    heading, *rows = (
        f"| {' | '.join(map(plain, line))} |" for line in [page.columns, *page.itertuples(index=False)]
    )
    return "\n".join([heading, "|---" * len(page.columns) + "|", *rows])


def _more(exhibit: Exhibit, key: str, text: Text) -> None:
    """Draw the row that opens the table behind a chart and the files; and what is open. One
    control, and nothing of what is shut: the browser goes through folds and menus at every change."""
    offered = {}
    drawn = exhibit.plot is not None or exhibit.chart is not None
    if drawn and exhibit.table is not None:
        offered[_TABLE] = text("card.table")
    offered[_FILES] = text("download.label")
    chosen = st.pills(
        text("card.more"),
        list(offered),
        selection_mode="multi",
        format_func=lambda one: offered.get(one, one),
        key=f"more-{key}",
        label_visibility="collapsed",
    )
    if _FILES in chosen:
        download.entries(exhibit, key, text)
    if exhibit.table is not None and _TABLE in chosen:
        table(exhibit.table, text, f"{key}-{exhibit.stem}")
    if exhibit.table is not None and (not drawn or _TABLE in chosen):
        stacked.dress(exhibit.table, key, text)


def _body(exhibit: Exhibit, key: str, text: Text) -> None:
    if exhibit.figures:
        with st.container(horizontal=True, gap="small"):
            for figure in exhibit.figures:
                st.metric(
                    plain(figure.label),
                    figure.value,
                    figure.change or None,
                    delta_color="off",
                    delta_arrow="off",
                    width=max(_FIGURE_WIDTH, _LETTER * len(figure.value)),
                )
    if exhibit.sentences:
        st.markdown("\n".join(f"- {plain(sentence)}" for sentence in exhibit.sentences))
    if exhibit.plot is not None:
        plot = f"plot-{key}-{exhibit.plot.draw.__name__}-{text.lang}"
        st.vega_lite_chart(
            exhibit.plot.rows,
            exhibit.plot.spec,
            theme=None,
            key=plot,
            alt=described.constant(exhibit, text),
        )
    elif exhibit.table is not None:
        table(exhibit.table, text, f"{key}-{exhibit.stem}")


# What opens below a card.
_TABLE, _FILES = "table", "files"
# Two figures beside each other fit on a phone, all seven on a desk.
_FIGURE_WIDTH = 114
_LETTER = 21  # width of a letter of a figure with the widest spacing that a reader may set (WCAG 1.4.12), px
