"""The headers of every answer: what the browser may load and send, and what it may keep."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Send

from dashboard.access import policy_reports
from dashboard.streamlit_host import paths
from dashboard.streamlit_host.index_html import inline_scripts

_DAY = 24 * 60 * 60
# Streamlit's bundles carry a hash in their names; the font stays what it is for a day.
_CACHED = {
    paths.STATIC: f"private, immutable, max-age={365 * _DAY}",
    paths.APP_STATIC: f"private, max-age={_DAY}",
}
_DROPPED = (
    "server",
    "access-control-allow-origin",
    "access-control-allow-methods",
    "access-control-allow-headers",
    "access-control-allow-credentials",
)


@cache
def policy(*, secure: bool) -> Mapping[str, str]:
    """What every answer says. Scripts come from this server only; the one in the shell goes by its hash.

    Streamlit's numbers of 64 bits are WebAssembly, which a script must be running already to load; text is
    never run (no 'unsafe-eval').
    """
    inline = " ".join(f"'sha256-{digest}'" for digest in inline_scripts())
    rules = {
        "default-src": "'self'",
        "script-src": f"'self' 'wasm-unsafe-eval' {inline}",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "report-uri": policy_reports.PATH,
    }
    headers = {
        "Cache-Control": "no-store",
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in rules.items()),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return headers | ({"Strict-Transport-Security": f"max-age={365 * _DAY}"} if secure else {})


class SecureHeaders:
    """Passes an answer on with the headers; says whether one has begun."""

    def __init__(self, send: Send, *, secure: bool, path: str) -> None:
        self._send, self._policy, self._path = send, policy(secure=secure), path
        self.started = False

    async def __call__(self, message: Message) -> None:
        """Send a part of the answer."""
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(raw=list(message["headers"]))
            for name in _DROPPED:
                del headers[name]
            headers.update(self._policy)
            headers["Cache-Control"] = self._kept(message["status"])
            message = {**message, "headers": headers.raw}
        await self._send(message)

    def _kept(self, status: int) -> str:
        """Only what is the same for every reader may be kept by the browser, and not on the way."""
        if status not in (200, 304):
            return "no-store"
        values = (value for start, value in _CACHED.items() if self._path.startswith(start))
        return next(values, "no-store")
