"""New data come in: the workbook to fill, the filled file read, its errors or its changes, publish."""

from __future__ import annotations

import hashlib
import logging
import tempfile
from functools import partial
from pathlib import Path

import pandas as pd
import streamlit as st

from dashboard import intake, store
from dashboard.dataset import Dataset, Selection
from dashboard.exhibits import Table
from dashboard.intake import Preview, Refused
from dashboard.outputs import worker
from dashboard.store import Entry
from dashboard.text import Text
from dashboard.ui import exports, pinned, versions
from dashboard.ui.card import table
from dashboard.ui.plain import plain, section

_LOG = logging.getLogger("dashboard")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ENDINGS = ("xlsx", "xls", "ods", "csv")
_MOST_MB = 10
_MOST = 50  # errors or rows on the page; the marked workbook and the command line have all
_LONGEST = 200  # letters that a reason may have
_READ = "upload_read"
_ROUND = "upload_round"
_KINDS = ("new", "changed", "missing")


def form(dataset: Dataset, selection: Selection) -> None:
    """Draw the way in, where publishing is on; else who to ask."""
    text = selection.text
    if not versions.can_publish():
        section(text("upload.title"), text("upload.not_yours" if versions.on() else "upload.off"))
        return
    if pinned.active():
        section(text("upload.title"), text("upload.pinned"))
        return
    section(text("upload.title"), text("upload.how"))
    _templates(dataset, text)
    number = st.session_state.setdefault(_ROUND, 0)
    file = st.file_uploader(
        text("upload.file", most=_MOST_MB),
        _ENDINGS,
        max_upload_size=_MOST_MB,
        key=f"upload-{number}",
    )
    if file is None:
        return
    found = _read(file.name, file.getvalue(), dataset, text)
    if found is None:
        st.error(plain(text("upload.failed")))
    elif isinstance(found, Refused):
        _refused(found, file.name, text)
    else:
        _preview(found, dataset, text)
        if _brings(found, dataset):
            _publish(found, (file.name, file.getvalue()), dataset, text)


def _templates(dataset: Dataset, text: Text) -> None:
    """The workbook with the figures of the last date in it, and the blank one."""
    with st.container(horizontal=True):
        last = dataset.dates[-1] if dataset.dates else None
        if last is not None:
            st.download_button(
                text("upload.filled", date=text.date(last)),
                exports.of_template(dataset, last, partial(_template, dataset, last, text)),
                text("upload.filled_name", date=last),
                _XLSX,
                key="template-filled",
                on_click="ignore",
            )
        st.download_button(
            text("upload.blank"),
            exports.of_template(dataset, "", partial(_template, dataset, "", text)),
            text("upload.blank_name"),
            _XLSX,
            key="template-blank",
            on_click="ignore",
        )


def _template(dataset: Dataset, as_of: str, text: Text) -> bytes:
    """Made in a worker: other sessions do not wait. `as_of` "" is a date that the data do not have."""
    return worker.workers().run(intake.template, dataset if as_of else None, as_of or None, text)


def _read(name: str, data: bytes, dataset: Dataset, text: Text) -> Refused | Preview | None:
    """What the file is against the current data; read once per file, data version and language, in a process
    of its own. None where that process failed."""
    key = (hashlib.sha256(data).hexdigest(), name, dataset.about.version, text.lang)
    kept = st.session_state.get(_READ)
    if kept is None or kept[0] != key:
        with st.spinner(text("upload.reading")):
            try:
                found = worker.workers().run(intake.receive, data, name, dataset, text)
            except worker.WorkError:
                _LOG.exception("a file could not be read: %s", name)
                return None
        kept = (key, found)
        st.session_state[_READ] = kept
    return kept[1]


def _refused(found: Refused, name: str, text: Text) -> None:
    lines = found.lines(text)
    st.error(plain(text("upload.refused", n=len(found.findings))))
    marked = found.marked(text)
    if marked is not None:
        st.download_button(
            text("upload.marked"),
            marked,
            text("upload.marked_name", name=Path(name).stem),
            _XLSX,
            key="marked",
            on_click="ignore",
        )
    st.markdown("\n".join(f"- {plain(line)}" for line in lines[:_MOST]))
    if len(lines) > _MOST:
        st.caption(plain(text("upload.more_errors", n=len(lines) - _MOST)))


def _brings(found: Preview, dataset: Dataset) -> bool:
    """Whether there is anything to publish: a new period may have the figures of the one before."""
    return bool(found.changes) or found.dataset.dates != dataset.dates


def _preview(found: Preview, dataset: Dataset, text: Text) -> None:
    counts = {kind: sum(change.kind == kind for change in found.changes) for kind in _KINDS}
    if not _brings(found, dataset):
        st.info(plain(text("upload.nothing")))
        return
    dated = text("upload.as_of", date=text.date(found.as_of)) if found.as_of else text("upload.undated")
    st.markdown(f"**{plain(dated)} {plain(text('upload.preview', **counts))}**")
    if found.figures:
        rows = [
            {
                text("upload.figure"): change.figure,
                text("versions.before_value"): change.before,
                text("versions.after_value"): change.after,
            }
            for change in found.figures
        ]
        table(Table(pd.DataFrame(rows)), text, "upload")
    else:
        st.caption(plain(text("upload.same_figures")))
    if not found.changes:
        return
    opened = st.expander(text("upload.rows", n=len(found.changes)), key="upload-rows", on_change="rerun")
    if opened.open:
        with opened:
            st.markdown("\n".join(f"- {plain(change.line(text))}" for change in found.changes[:_MOST]))
            if len(found.changes) > _MOST:
                st.caption(plain(text("upload.more_rows", n=len(found.changes) - _MOST)))


def _publish(found: Preview, file: tuple[str, bytes], dataset: Dataset, text: Text) -> None:
    """Every caution ticked, who and why said, then one click."""
    name, data = file
    sha256 = hashlib.sha256(data).hexdigest()
    ticked = [
        st.checkbox(plain(caution.sentence(text)), key=f"caution-{sha256[:12]}-{number}")
        for number, caution in enumerate(found.cautions)
    ]
    if not all(ticked):
        st.caption(plain(text("upload.tick", n=len(ticked) - sum(ticked))))
    who = versions.who("publish-who", text)
    why = st.text_input(text("versions.why"), key="publish-why", max_chars=_LONGEST)
    if not st.button(text("upload.publish"), type="primary", disabled=not all(ticked), key="publish"):
        return
    place = store.default_store()
    if place is None or not versions.can_publish():
        return
    try:
        with st.spinner(text("upload.publishing")), tempfile.TemporaryDirectory() as folder:
            found.write(Path(folder))
            entry = Entry(who, why, name, sha256)
            made = store.publish(place, Path(folder), entry, base=dataset.about.version)
    except store.StoreError as error:
        st.error(plain(error.sentence(text)))
        return
    versions.record("publish", made)
    st.session_state.pop(_READ, None)
    st.session_state[_ROUND] += 1  # an uploader of another key is empty
    versions.done(text("store.published", id=made.id, version=made.data_version))
    st.rerun()
