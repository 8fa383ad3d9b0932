"""What every page shares: data, filter, navigation, notices. The main script that `app.py` serves."""

from pathlib import Path

import streamlit as st

from dashboard import text, ui
from dashboard.ui import present, reader, scope, sidebar, spoken, waiting, what_if
from dashboard.ui.data import pinned
from dashboard.ui.plain import plain

ROOT = Path(__file__).parents[2]
ICON = str(Path(__file__).parent / "static" / "icon.svg")
# Page, and its place in the address.
PAGES = {
    "overview": "",
    "goals": "muc-tieu",
    "overlap": "kiem-nhiem",
    "structure": "co-cau",
    "changes": "thay-doi",
    "briefing": "bao-cao",
    "data": "du-lieu",
    "commune": "xa",
    "village": "thon",
}
# Opened from a name or a mark, not from the list of pages.
HIDDEN = ("commune", "village")

ui.dress()

scope.begin()
today = scope.seen(ui.source().current(waiting.reading))
state = pinned.shown(today)
strangers = sidebar.strangers(state.dataset) if state.dataset is not None else None

with st.sidebar:
    filters = st.container(key="filters")
    tools = st.container(key="tools")
with tools:
    lang = sidebar.language()
    words = text.get(lang)
    spoken.speak(words)
    reader.signed_in(state.dataset, words)

# Made once a session: looking for the ten files at every run is a tenth of what it costs.
kept = f"pages-{lang}"
if kept not in st.session_state:
    st.session_state[kept] = {
        name: st.Page(
            ROOT / "pages" / f"{name}.py",
            title=words(f"page.{name}.title"),
            url_path=path,
            default=not path,
            visibility="hidden" if name in HIDDEN else "visible",
        )
        for name, path in PAGES.items()
    }
pages = st.session_state[kept]
here = st.navigation(list(pages.values()), expanded=True)
sampled = state.dataset is not None and state.dataset.about.sample
named = (here.title, words("common.sample") if sampled else "", words("page.app"))
st.set_page_config(page_title=" · ".join(filter(None, named)), page_icon=ICON, layout="wide")

if state.dataset is None or strangers is None:
    ui.unusable(state, words)
    st.stop()
if scope.empty(state.dataset):
    scope.nothing(words)
    st.stop()

with filters:
    selection = sidebar.choose(state.dataset, lang, here.url_path)

what_if.write_link()
what_if.notices(state.dataset, selection, pages["goals"], here)
pinned.notice(state, today, words)
for notice in sidebar.notices(strangers, selection, state.dataset.about.version):
    st.warning(plain(notice))
if state.since is not None:
    since = f"{state.since:%H:%M} {words.date(state.since.date().isoformat())}"
    st.warning(plain(words("data.stale", since=since)))
if not state.dataset.dates:
    st.warning(plain(words("data.no_dates")))

page = ui.Page(state.dataset, selection, state, here.url_path)
ui.put(page)
here.run()
page.finish()
if present.presenting():
    present.screen(page.presented(), words)
with tools:
    present.button(words)
    ui.open.follow(state.dataset, selection, PAGES, here.url_path)
    # After the page: only then its own choice, the goal, is known.
    sidebar.copy_link(state.dataset, selection, here.url_path)
