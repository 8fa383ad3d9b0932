"""How much memory handed-in files take, as the gate asks before it takes more."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from dashboard import ui


@pytest.fixture
def kept(monkeypatch) -> MemoryUploadedFileManager:
    """What Streamlit keeps handed-in files in."""
    manager = MemoryUploadedFileManager("/_stcore/upload_file")
    monkeypatch.setattr(runtime, "get_instance", lambda: SimpleNamespace(uploaded_file_mgr=manager))
    return manager


def test_files_of_every_session_count_until_they_are_gone(kept):
    assert ui.held() == 0
    for session, data in (("one", b"12345"), ("other", b"123")):
        kept.add_file(session, UploadedFileRec("file", "a.xlsx", "", data))
    assert ui.held() == 8
    kept.remove_session_files("one")
    assert ui.held() == 3
    kept.remove_file("other", "file")
    assert ui.held() == 0
