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
from dashboard.ui.markdown import escape_markdown, limited_list, section

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
    result = _read(file.name, file.getvalue(), dataset, text)
    if result is None:
        st.error(escape_markdown(text("upload.failed")))
    elif isinstance(result, Refused):
        _refused(result, file.name, text)
    else:
        _preview(result, dataset, text)
        if _brings(result, dataset):
            _publish(result, (file.name, file.getvalue()), dataset, text)


def _templates(dataset: Dataset, text: Text) -> None:
    """The workbook with the figures of the last date in it, and the blank one."""
    last = dataset.dates[-1] if dataset.dates else ""
    with st.container(horizontal=True):
        for name, as_of in (("filled", last), ("blank", "")):
            if name == "blank" or last:
                st.download_button(
                    text(f"upload.{name}", date=text.date(last) if last else ""),
                    exports.of_template(dataset, as_of, partial(_template, dataset, as_of, text)),
                    text(f"upload.{name}_name", date=as_of),
                    _XLSX,
                    key=f"template-{name}",
                    on_click="ignore",
                )


def _template(dataset: Dataset, as_of: str, text: Text) -> bytes:
    """Made in a worker: other sessions do not wait. `as_of` "" is a date that the data do not have."""
    return worker.workers().run(intake.template, dataset if as_of else None, as_of or None, text)


def _read(name: str, data: bytes, dataset: Dataset, text: Text) -> Refused | Preview | None:
    """What the file is against the current data; read once per file, data version and language, in a process
    of its own. None where that process failed."""
    key = (hashlib.sha256(data).hexdigest(), name, dataset.about.version, text.lang)
    if key not in st.session_state.get(_READ, {}):
        with st.spinner(text("upload.reading")):
            try:
                result = worker.workers().run(intake.receive, data, name, dataset, text)
            except worker.WorkError:
                _LOG.exception("a file could not be read: %s", name)
                return None
        st.session_state[_READ] = {key: result}
    return st.session_state[_READ][key]


def _refused(result: Refused, name: str, text: Text) -> None:
    st.error(escape_markdown(text("upload.refused", n=len(result.findings))))
    marked = result.marked(text)
    if marked is not None:
        st.download_button(
            text("upload.marked"),
            marked,
            text("upload.marked_name", name=Path(name).stem),
            _XLSX,
            key="marked",
            on_click="ignore",
        )
    limited_list(result.lines(text), _MOST, "upload.more_errors", text)


def _brings(result: Preview, dataset: Dataset) -> bool:
    """Whether there is anything to publish: a new period may have the figures of the one before."""
    return bool(result.changes) or result.dataset.dates != dataset.dates


def _preview(result: Preview, dataset: Dataset, text: Text) -> None:
    counts = {kind: sum(change.kind == kind for change in result.changes) for kind in _KINDS}
    if not _brings(result, dataset):
        st.info(escape_markdown(text("upload.nothing")))
        return
    dated = text("upload.as_of", date=text.date(result.as_of)) if result.as_of else text("upload.undated")
    st.markdown(f"**{escape_markdown(dated)} {escape_markdown(text('upload.preview', **counts))}**")
    if result.figures:
        rows = [
            {
                text("upload.figure"): change.figure,
                text("versions.before_value"): change.before,
                text("versions.after_value"): change.after,
            }
            for change in result.figures
        ]
        table(Table(pd.DataFrame(rows)), text, "upload")
    else:
        st.caption(escape_markdown(text("upload.same_figures")))
    if not result.changes:
        return
    opened = st.expander(text("upload.rows", n=len(result.changes)), key="upload-rows", on_change="rerun")
    if opened.open:
        with opened:
            limited_list([one.line(text) for one in result.changes], _MOST, "upload.more_rows", text)


def _publish(result: Preview, file: tuple[str, bytes], dataset: Dataset, text: Text) -> None:
    """Every caution ticked, who and why said, then one click."""
    name, data = file
    sha256 = hashlib.sha256(data).hexdigest()
    ticked = [
        st.checkbox(escape_markdown(caution.sentence(text)), key=f"caution-{sha256[:12]}-{number}")
        for number, caution in enumerate(result.cautions)
    ]
    if not all(ticked):
        st.caption(escape_markdown(text("upload.tick", n=len(ticked) - sum(ticked))))
    who = versions.who("publish-who", text)
    why = st.text_input(text("versions.why"), key="publish-why", max_chars=_LONGEST)
    if not st.button(text("upload.publish"), type="primary", disabled=not all(ticked), key="publish"):
        return
    place = store.default_store()
    if place is None or not versions.can_publish():
        return
    try:
        with st.spinner(text("upload.publishing")), tempfile.TemporaryDirectory() as folder:
            result.write(Path(folder))
            entry = Entry(who, why, name, sha256)
            made = store.publish(place, Path(folder), entry, base=dataset.about.version)
    except store.StoreError as error:
        st.error(escape_markdown(error.sentence(text)))
        return
    versions.record("publish", made)
    st.session_state.pop(_READ, None)
    st.session_state[_ROUND] += 1  # an uploader of another key is empty
    versions.done(text("store.published", id=made.id, version=made.data_version))
    st.rerun()
