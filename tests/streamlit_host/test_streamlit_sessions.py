"""Sessions of the running server."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from streamlit import runtime
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.script_data import ScriptData
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

from dashboard.streamlit_host import session
from own_loop import finished


def test_files_of_every_session_count_until_they_are_gone(monkeypatch):
    manager = MemoryUploadedFileManager("/_stcore/upload_file")
    monkeypatch.setattr(runtime, "get_instance", lambda: SimpleNamespace(uploaded_file_mgr=manager))
    assert session.upload_memory_used() == 0
    for name, data in (("one", b"12345"), ("other", b"123")):
        manager.add_file(name, UploadedFileRec("file", "a.xlsx", "", data))
    assert session.upload_memory_used() == 8
    manager.remove_session_files("one")
    assert session.upload_memory_used() == 3
    manager.remove_file("other", "file")
    assert session.upload_memory_used() == 0


def message(**parts: str) -> ForwardMsg:
    """A message that draws an alert of a kind or the trace of an error, or ends the run."""
    result = ForwardMsg()
    if "alert" in parts:
        result.delta.new_element.alert.format = Alert.Format.Value(parts["alert"])
    elif "error" in parts:
        result.delta.new_element.exception.message = parts["error"]
    else:
        result.script_finished = ForwardMsg.FINISHED_SUCCESSFULLY
    return result


@pytest.mark.parametrize(
    ("sent", "drawn"),
    [
        ([message()], True),
        ([message(alert="WARNING"), message()], True),
        ([message(alert="ERROR"), message()], False),
        ([message(error="x"), message()], False),
    ],
)
def test_a_first_page_is_drawn_when_its_run_ends_without_an_error(monkeypatch, sent, drawn):
    class Server:
        closed = False

        def connect_session(self, client, _user_info):
            self.client = client
            return "1"

        def handle_backmsg(self, _session_id, _message):
            for forwarded in sent:
                self.client.write_forward_msg(forwarded)

        def close_session(self, _session_id):
            self.closed = True

    server = Server()
    monkeypatch.setattr(runtime, "exists", lambda: True)
    monkeypatch.setattr(runtime, "get_instance", lambda: server)
    assert finished(session.first_page_is_drawn({})) == drawn
    assert server.closed


def test_a_session_that_comes_back_watches_no_files(monkeypatch, tmp_path):
    monkeypatch.setattr(AppSession, "register_file_watchers", AppSession.register_file_watchers)
    session.watch_no_files()
    manager = WebsocketSessionManager(
        MemorySessionStorage(), MemoryUploadedFileManager("/upload"), ScriptCache(), lambda: None
    )
    browser = SimpleNamespace(client_context=SimpleNamespace(headers=[], cookies={}, remote_ip=None))

    async def come_back() -> AppSession:
        script = ScriptData(str(tmp_path / "page.py"), is_hello=False)
        name = manager.connect_session(browser, script, {})
        manager.disconnect_session(name)
        assert manager.connect_session(browser, script, {}, existing_session_id=name) == name
        return manager.get_active_session_info(name).session

    assert finished(come_back())._local_sources_watcher is None
