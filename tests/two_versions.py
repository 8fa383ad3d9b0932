"""A store with two versions of a data set: the second lacks the Front head of the first village."""

from __future__ import annotations

import shutil
from pathlib import Path

from dashboard import store
from dashboard.dataset import load
from dashboard.store import Entry, Store


def two_versions(folder: Path, data: Path) -> Store:
    """The store, made below `folder`, with `data` as its first version."""
    new_store = Store(folder / "store", data)
    new_store.folder.mkdir()
    changed = Path(shutil.copytree(data, folder / "changed"))
    officers, post = changed / "officers.csv", "2024-12-31,khe-tre-1,front_head,"
    rows = officers.read_text("utf-8-sig")
    (line,) = (line for line in rows.splitlines() if line.startswith(post))
    officers.write_text(rows.replace(line, f"{post},"), "utf-8")
    entry = Entry("Ban Tổ chức", "Sửa số liệu")
    store.publish(new_store, changed, entry, base=load(data).about.version)
    return new_store
