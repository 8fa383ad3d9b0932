"""The server: `streamlit run app.py`, or `uvicorn app:app` (faster: it sends small answers at once)."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from dashboard import ui

app = st.App(
    Path(__file__).parent / "src" / "dashboard" / "router.py",
    lifespan=ui.warm_up,
    middleware=[Middleware(ui.CanonicalLinks)],
    on_script_error=ui.explain_failure,
)
