"""The server: `streamlit run app.py`, or `python -m dashboard serve` (answers faster)."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from dashboard import access, ui

settings = access.at_start(st.get_option("server.address") or "")

app = st.App(
    Path(__file__).parent / "src" / "dashboard" / "router.py",
    lifespan=ui.warm_up,
    middleware=[
        Middleware(
            access.AuthMiddleware,
            authenticator=access.authenticator(settings),
            ready=ui.readiness,
            held=ui.held,
            parting=ui.reload(),
        ),
        Middleware(ui.CanonicalLinks),
    ],
    on_script_error=ui.explain_failure,
)
