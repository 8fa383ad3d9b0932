"""Sessions of the running server."""

from __future__ import annotations

from types import SimpleNamespace

from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from dashboard.streamlit_host import session


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
