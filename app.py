"""The server: `streamlit run app.py`, or `python -m dashboard serve` (answers faster)."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from dashboard import access, ui
from dashboard.access.middleware import AuthMiddleware
from dashboard.streamlit_host.messages import session_expired_message
from dashboard.streamlit_host.session import upload_memory_used
from dashboard.streamlit_host.static_cache import StaticCache

settings = access.at_start(st.get_option("server.address") or "", st.get_option("server.port"))

app = st.App(
    Path(__file__).parent / "src" / "dashboard" / "router.py",
    lifespan=ui.warm_up,
    middleware=[
        Middleware(
            AuthMiddleware,
            authenticator=access.authenticator(settings),
            ready=ui.readiness,
            upload_memory_used=upload_memory_used,
            session_expired=session_expired_message(),
        ),
        Middleware(StaticCache),
        Middleware(ui.CanonicalLinks),
    ],
    on_script_error=ui.explain_failure,
)
