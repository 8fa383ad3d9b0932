"""What every page shares: data, filter, navigation, notices. The main script that `app.py` serves."""

from pathlib import Path

import streamlit as st

from dashboard import registry, text, ui
from dashboard.dataset import by_village, texts
from dashboard.streamlit_host import controls
from dashboard.ui import loading, pinned, present, reader, scope, sidebar, what_if
from dashboard.ui.markdown import escape_markdown

ROOT = Path(__file__).parents[2]
ICON = str(Path(__file__).parent / "static" / "icon.svg")
# The narrowest that names of communes fit: the rest of the window is the page's.
SIDEBAR_PX = 264

# Before anything stands in the sidebar: later its width is not heeded.
st.set_page_config(layout="wide", initial_sidebar_state=SIDEBAR_PX)

scope.begin()
today = scope.seen(ui.source().current(loading.reading))
state = pinned.shown(today)
dataset = by_village(state.dataset) if state.dataset is not None else None
unknown = sidebar.unknown_params(dataset) if dataset is not None else None

with st.sidebar:
    filters = st.container(key="filters")
    tools = st.container(key="tools")
with tools:
    lang = sidebar.language()
    words = text.get(lang) if dataset is None else texts(dataset)[lang]
    controls.localize_controls(words)
    reader.signed_in(state.dataset, words)

# Made once a session: looking for the ten files at every run is a tenth of what it costs.
pages_key = f"pages-{words('page.commune.title')}"
if pages_key not in st.session_state:
    st.session_state[pages_key] = {
        page.name: st.Page(
            ROOT / "pages" / f"{page.name}.py",
            title=words(f"page.{page.name}.title"),
            url_path=page.path,
            default=not page.path,
            visibility="hidden" if page.hidden else "visible",
        )
        for page in registry.PAGES
    }
pages = st.session_state[pages_key]
current_page = st.navigation(list(pages.values()), expanded=True)
declared = next(page for page in registry.PAGES if page.path == current_page.url_path)
sampled = dataset is not None and dataset.about.sample
title_parts = (current_page.title, words("common.sample") if sampled else "", words("page.app"))
st.set_page_config(page_title=" · ".join(filter(None, title_parts)), page_icon=ICON)

if dataset is None or unknown is None:
    ui.unusable(state, words)
    st.stop()
if scope.empty(dataset):
    scope.nothing(words)
    st.stop()

with filters:
    selection = sidebar.choose(dataset, lang, current_page.url_path)

what_if.write_link()
what_if.notices(dataset, selection, pages["goals"], current_page)
pinned.notice(state, today, words)
for notice in sidebar.notices(unknown, selection, dataset.about.version):
    st.warning(escape_markdown(notice))
if state.since is not None:
    since = f"{state.since:%H:%M} {words.date(state.since.date().isoformat())}"
    st.warning(escape_markdown(words("data.stale", since=since)))
if not dataset.dates:
    st.warning(escape_markdown(words("data.no_dates")))

page = ui.Page(dataset, selection, state, current_page.url_path)
ui.put(page)
current_page.run()
page.finish()
if present.presenting():
    present.screen(page.presented(), words)
with tools:
    present.button(words)
    ui.drilldown.follow(dataset, selection, current_page.url_path)
    # After the page: only then its own choice, the goal, is known.
    sidebar.copy_link(dataset, selection, declared)
