"""The way up from a commune to its region and from a region to everything, on the same page."""

from __future__ import annotations

import streamlit as st

from dashboard import schema
from dashboard.dataset import Dataset, Selection, areas
from dashboard.exhibits.names import AREA
from dashboard.ui import open, sidebar
from dashboard.ui.plain import plain


def way_up(dataset: Dataset, selection: Selection) -> None:
    """Draw a button to each level above what is chosen; nothing where everything is."""
    regions = areas.regions(dataset, selection.as_of, selection.boundaries)
    every = areas.choices(dataset, selection.as_of, selection.boundaries)
    if selection.everything or set(selection.communes) == set(every):
        return
    text = selection.text
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        up = text("open.up", place=sidebar.everything(dataset, text))
        st.button(plain(up), on_click=open.page, args=[AREA, ""], key="up-everything")
        above = areas.region_of(dataset, selection.as_of, selection.boundaries).get(selection.only or "")
        if above and above != schema.REGION and len(regions[above]) > 1:
            up = text("open.up", place=above.removeprefix(schema.REGION))
            st.button(plain(up), on_click=open.page, args=[AREA, above], key="up-region")
