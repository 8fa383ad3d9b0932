"""What readers have handed in and this process still holds in memory."""

from __future__ import annotations

from streamlit import runtime
from streamlit.runtime.stats import CacheStat


def held() -> int:
    """The bytes of all handed-in files of all sessions; Streamlit keeps a file until its session ends, or the
    reader takes it back."""
    manager = runtime.get_instance().uploaded_file_mgr
    found = (stat for stats in manager.get_stats().values() for stat in stats)
    return sum(stat.byte_length for stat in found if isinstance(stat, CacheStat))
