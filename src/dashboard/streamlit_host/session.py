"""Sessions of the running server: the memory of their uploads, the files that they watch, whether one still
has a reader, whether a page can be drawn at all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from types import SimpleNamespace

from streamlit import config, runtime
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.stats import CacheStat


def upload_memory_used() -> int:
    """The bytes of all uploaded files of all sessions; Streamlit keeps a file until its session ends, or the
    reader takes it back."""
    families = runtime.get_instance().uploaded_file_mgr.get_stats().values()
    return sum(stat.byte_length for stats in families for stat in stats if isinstance(stat, CacheStat))


def watch_no_files() -> None:
    """Let a session that comes back watch no files either, where the configuration wants none: Streamlit
    would look at every module that is loaded, on the event loop, to watch none of them."""
    if config.get_option("server.fileWatcherType") == "none":
        AppSession.register_file_watchers = lambda self: None  # type: ignore[method-assign]


def is_connected() -> Callable[[], bool]:
    """What says later whether the session of this script run still has a browser."""
    context = get_script_run_ctx()
    assert context is not None
    return partial(runtime.get_instance().is_active_session, context.session_id)


async def first_page_is_drawn(headers: Mapping[str, str]) -> bool:
    """Whether a new session with these headers sees the first page without an error, or no server runs."""
    if not runtime.exists():
        return True
    server, browser = runtime.get_instance(), _Browser(headers)
    session_id = server.connect_session(browser, {})
    try:
        server.handle_backmsg(session_id, BackMsg(rerun_script=ClientState()))
        await browser.finished.wait()
    finally:
        server.close_session(session_id)
    return not browser.failed


class _Browser:
    """The client of a session without a screen: knows when a run ends, and whether it draws an error."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        self.client_context = SimpleNamespace(headers=headers.items(), cookies={}, remote_ip=None)
        self.finished, self.failed = asyncio.Event(), False

    def write_forward_msg(self, message: ForwardMsg) -> None:
        """What the server sends."""
        element = message.delta.new_element
        alert = element.HasField("alert") and element.alert.format == Alert.ERROR
        self.failed = self.failed or alert or element.HasField("exception")
        if message.HasField("script_finished"):
            self.finished.set()
