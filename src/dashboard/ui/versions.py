"""The history of the data: every version with who and why, two of them compared, an old one brought back."""

from __future__ import annotations

from typing import Literal

import pandas as pd
import streamlit as st

from dashboard import access, schema, settings, store
from dashboard.dataset import Dataset, Selection, areas, village_names, villages
from dashboard.exhibits import Table
from dashboard.store import Entry, Store, TableDifference, Version
from dashboard.text import Text
from dashboard.ui import pinned, scope
from dashboard.ui.card import table
from dashboard.ui.markdown import escape_markdown
from dashboard.ui.reader import identity, reader

# Rows of a table on the page; the command line lists all.
_MOST = 50
_LONGEST = 200  # letters that a reason may have
_DONE = "published_message"
# The table that names an id.
_NAMED = {"commune_id": "communes", "village_id": "villages", "org_id": "organizations"}


def on() -> bool:
    """Whether this server takes in new data (`publish` in the settings, and a store); off by default."""
    return store.default_store() is not None and settings.current().publish


def can_publish() -> bool:
    """Whether this server takes in new data, and from this reader."""
    return on() and reader().can_publish


def other_ways_in(text: Text) -> list[str]:
    """How data come in where this reader hands in no files: who to ask; without a store, the folder."""
    if can_publish():
        return []
    lines = [text("upload.not_yours" if on() else "upload.off")]
    return lines if store.default_store() else [*lines, text("data.how"), text("versions.no_store")]


def who(key: str, text: Text) -> str:
    """Who publishes: the reader as he or she signed in; else the name is asked for."""
    if settings.current().mode == "local":
        return st.text_input(text("versions.who"), key=key, max_chars=_LONGEST)
    st.caption(escape_markdown(text("versions.you", name=reader().name)))
    return reader().name


def record(event: Literal["publish", "restore"], version: Version) -> None:
    """Write into the audit log what this reader has made the current version."""
    access.record(
        event,
        **identity(),
        id=version.id,
        version=version.data_version,
        why=version.entry.why,
        by=version.entry.who,
    )


def history(dataset: Dataset, selection: Selection) -> None:
    """Draw what the run before has published, the versions that the store keeps, their comparison and, where
    publishing is on, bringing an old one back."""
    text = selection.text
    if message := st.session_state.pop(_DONE, ""):
        st.success(escape_markdown(message))
    place = store.default_store()
    if place is None:
        return
    st.header(text("versions.title"), anchor=False)
    try:
        versions = store.versions(place)
        broken = store.damaged(place)
    except store.StoreError as error:
        st.error(escape_markdown(error.sentence(text)))
        return
    for damaged in broken:
        st.warning(escape_markdown(damaged.sentence(text)))
    if not versions:
        st.markdown(escape_markdown(text("versions.none")))
        return
    _list(versions, dataset, text)
    if len(versions) > 1:
        _comparison(place, versions, text)
        if can_publish() and not pinned.active():
            _restoring(place, versions, dataset, text)


def done(message: str) -> None:
    """Say after the next run that something was published: the run that did it ends with new data."""
    st.session_state[_DONE] = message


def _list(versions: tuple[Version, ...], dataset: Dataset, text: Text) -> None:
    rows = [
        {
            text("versions.column.id"): version.id,
            text("versions.column.when"): version.when_in_words(text),
            **_entry(version, text),
            text("versions.column.data"): version.data_version,
            text("versions.column.state"): text(
                "store.current" if version.data_version == dataset.about.version else "versions.kept"
            ),
        }
        for version in versions[:_MOST]
    ]
    table(Table(pd.DataFrame(rows)), text, "versions")
    if len(versions) > _MOST:
        st.caption(escape_markdown(text("versions.more", n=len(versions) - _MOST)))
    st.caption(escape_markdown(text("versions.how_to_pin")))


def _entry(version: Version, text: Text) -> dict[str, str]:
    """Who published a version, why, from which file; nothing for a reader of some communes, since reasons
    and names of files may speak of others."""
    if reader().communes is not None:
        return {}
    why = version.entry.why
    if version.restores is not None:
        why += f" ({text('store.restores', id=store.version_id(version.restores))})"
    return {
        text("versions.column.who"): version.entry.who,
        text("versions.column.why"): why,
        text("versions.column.file"): version.entry.file or text("versions.no_file"),
    }


def _comparison(place: Store, versions: tuple[Version, ...], text: Text) -> None:
    opened = st.expander(text("versions.compare"), key="versions-compare", on_change="rerun")
    if not opened.open:
        return
    with opened:
        before = _choose(versions, 1, text("versions.before"), "versions-before", text)
        after = _choose(versions, 0, text("versions.after"), "versions-after", text)
        try:
            with st.spinner(text("versions.comparing")):
                old, new = (scope.shown(store.read(place, version.number)) for version in (before, after))
                differs = store.difference(old, new)
        except store.StoreError as error:
            st.error(escape_markdown(error.sentence(text)))
            return
        if not differs:
            st.markdown(escape_markdown(text("store.difference.none")))
        for entry, was, is_now in differs.about:
            line = text("store.difference.about", file="dataset.toml", entry=entry, before=was, after=is_now)
            st.markdown(f"- {escape_markdown(line)}")
        for part in differs.tables:
            if part:
                _difference(part, (old, new), text)


def _difference(part: TableDifference, data: tuple[Dataset, Dataset], text: Text) -> None:
    """One table: how many rows are new, changed, gone; then each of them by name."""
    old, new = data
    counts = {"new": len(part.new), "changed": part.changed_rows, "missing": len(part.missing)}
    st.markdown(f"**{escape_markdown(text('store.difference.table', file=part.table.file, **counts))}**")
    heads = [
        text(f"versions.{name}") for name in ("column.row", "column.column", "before_value", "after_value")
    ]
    rows: list[tuple[str, ...]] = []
    for kind, frame, dataset in (("new", part.new, new), ("gone", part.missing, old)):
        names = _row_names(part.table, frame.head(_MOST), dataset, text)
        rows += [(name, text(f"versions.row_is_{kind}"), "", "") for name in names]
    changed = part.changed.head(_MOST)
    cells = (changed[name] for name in ("column", "before", "after"))
    rows += zip(_row_names(part.table, changed, new, text), *cells, strict=True)
    table(Table(pd.DataFrame(rows[:_MOST], columns=heads)), text, "difference")
    more = len(part.new) + len(part.missing) + len(part.changed) - min(len(rows), _MOST)
    if more > 0:
        st.caption(escape_markdown(text("versions.more_differences", n=more)))


def _restoring(place: Store, versions: tuple[Version, ...], dataset: Dataset, text: Text) -> None:
    """Draw bringing an old version back; a click on the versions of earlier data does nothing, since a newer
    one has come meanwhile."""
    opened = st.expander(text("versions.restore"), key="versions-restore", on_change="rerun")
    if not opened.open:
        return
    with opened, st.form(f"restore-{dataset.about.version}", border=False):
        old = _choose(versions, 1, text("versions.which"), "versions-old", text)
        by = who("restore-who", text)
        why = st.text_input(text("versions.why"), key="restore-why", max_chars=_LONGEST)
        if not st.form_submit_button(text("versions.restore_now")) or not can_publish():
            return
        try:
            with st.spinner(text("versions.restoring")):
                version = store.restore(place, old.number, Entry(by, why), base=dataset.about.version)
        except store.StoreError as error:
            st.error(escape_markdown(error.sentence(text)))
            return
    record("restore", version)
    done(text("store.restored", old=old.id, id=version.id))
    st.rerun()


def _choose(versions: tuple[Version, ...], first: int, label: str, key: str, text: Text) -> Version:
    sees_reasons = reader().communes is None
    chosen: Version = st.selectbox(
        label,
        versions,
        index=first,
        format_func=lambda version: " · ".join(
            [
                version.id,
                version.when_in_words(text),
                *([version.entry.why] if sees_reasons and version.entry.why else []),
            ]
        ),
        key=key,
        filter_mode=None,
    )
    return chosen


def _row_names(table: schema.Table, frame: pd.DataFrame, dataset: Dataset, text: Text) -> list[str]:
    """Each row of `frame` (which has the key columns of `table`) by its name; an id that the data do not
    name is left as it is, a blank part of the key is left out."""
    columns = [_cells(key, frame[key].tolist(), dataset, text) for key in table.key]
    return [" · ".join(filter(None, parts)) for parts in zip(*columns, strict=True)]


def _cells(key: str, values: list[str], dataset: Dataset, text: Text) -> list[str]:
    if key in ("as_of", "valid_from"):
        return [text.date(value) for value in values]
    if key == "position":
        posts = {
            position: text(f"code.position.{position}")
            for position in values
            if f"code.position.{position}" in text
        }
        return [posts.get(position, position) for position in values]
    if key not in _NAMED:
        return values
    frame = getattr(dataset, _NAMED[key])
    frame = frame[frame[key].isin(values)]
    names = dict(zip(frame[key], frame["name"], strict=True))
    if key == "village_id":
        communes = dict(zip(dataset.communes["commune_id"], dataset.communes["name"], strict=True))
        day = dataset.dates[-1] if dataset.dates else ""
        marks = village_names.marks(dataset, day, "then", text)
        lies_in = areas.of_villages(dataset, day, "then")
        rows, plain_names = villages.telling(dataset, day), dict(names)
        for village, commune in zip(frame[key], frame["commune_id"], strict=True):
            called = village_names.marked(plain_names[village], marks[rows[village]], text)
            names[village] = f"{called}, {communes[lies_in[rows[village]] or commune]}"
    return [names.get(value, value) for value in values]
