"""The data on the page "Dữ liệu": their versions, and how new ones come in."""

from dashboard.ui.data import pinned, upload, versions

__all__ = ["pinned", "upload", "versions"]
