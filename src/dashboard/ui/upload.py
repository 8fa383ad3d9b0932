"""New data come in: the workbook to fill, the filled file read, its errors or its changes, publish."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from zlib import crc32

import pandas as pd
import streamlit as st

from dashboard import intake, store
from dashboard.dataset import Dataset, Selection, collecting
from dashboard.exhibits import Table
from dashboard.intake import File, Key, Preview, Refused
from dashboard.outputs import worker
from dashboard.store import Entry
from dashboard.text import Text, capital
from dashboard.ui import pinned, templates, versions
from dashboard.ui.card import table
from dashboard.ui.markdown import bullets, escape_markdown, limited_list, section

_Result = tuple[list[tuple[str, Refused]], Preview | None]
_LOG = logging.getLogger("dashboard")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ENDINGS = ("xlsx", "xls", "ods", "csv", "zip")
_MOST_MB = 10
_MOST = 50  # errors or rows on the page; the marked workbook and the command line have all
_LONGEST = 200  # letters that a reason may have
_READ = "upload_read"
_ROUND = "upload_round"
_SEEN = "upload_seen"
_MOST_VERSIONS = 5
# The row of a conflict that is taken: the file's, or the one in use.
_CHOICES = {False: "current", True: "file"}
_KINDS = ("new", "changed", "missing")


def form(dataset: Dataset, selection: Selection) -> None:
    """Draw the way in, for readers who may publish."""
    text = selection.text
    if not versions.can_publish():
        return
    if pinned.active():
        section(text("upload.title"), text("upload.pinned"))
        return
    section(text("upload.title"), text("upload.how"))
    _collecting(dataset, text)
    templates.choice(dataset, text)
    number = st.session_state.setdefault(_ROUND, 0)
    uploaded = st.file_uploader(
        text("upload.file", most=_MOST_MB),
        _ENDINGS,
        accept_multiple_files=True,
        max_upload_size=_MOST_MB,
        key=f"upload-{number}",
    )
    if not uploaded:
        return
    _handed_in([(file.name, file.getvalue()) for file in uploaded], dataset, text)


def _handed_in(files: Sequence[File], dataset: Dataset, text: Text) -> None:
    """Draw what is wrong with the files, or what they change and how to publish that."""
    # What is ticked or chosen is of these files and these data: with others it is asked again, and a click on
    # an earlier view publishes nothing.
    hand_in = f"{intake.source(files)[1][:12]}-{dataset.about.version}"
    _moved(files, dataset, text)
    result = _decided(files, dataset, hand_in, text)
    if result is None:
        st.error(escape_markdown(text("upload.failed")))
        return
    refused, preview = result
    for number, (name, wrong) in enumerate(refused):
        if [name] != [file for file, _ in files]:
            st.markdown(f"**{escape_markdown(name)}**")
        _refused(wrong, name, number, text)
    if preview is not None:
        _preview(preview, dataset, text)
        if preview.conflicts or _brings(preview, dataset):
            _publish(preview, files, dataset, hand_in, text)


def _decided(files: Sequence[File], dataset: Dataset, hand_in: str, text: Text) -> _Result | None:
    """What the files are once it is chosen what to take where others have changed the same rows."""
    chosen: dict[Key, bool] = {}
    while (result := _read(files, dataset, chosen, text)) and (preview := result[1]) and preview.open:
        now = _choices(preview, hand_in, text)
        if len(now) < len(preview.open):
            break
        chosen |= now
    return result


def _moved(files: Sequence[File], dataset: Dataset, text: Text) -> None:
    """Say that the data have changed since the files were first compared with them, and who changed them."""
    sha256, version = intake.source(files)[1], dataset.about.version
    first = st.session_state.get(_SEEN)
    if first is None or first[0] != sha256:
        first = st.session_state[_SEEN] = sha256, version
    if first[1] != version:
        st.warning(escape_markdown(f"{text('upload.moved')} {_published_since([first[1]], text)}"))


def _published_since(versions: Sequence[str], text: Text) -> str:
    """What has been published since these versions of the data."""
    try:
        place = store.default_store()
        since = store.since(place, versions)[:_MOST_VERSIONS] if place else ()
    except store.StoreError:
        return ""
    listed = "; ".join(version.in_words(text) for version in since)
    return text("upload.since", versions=listed) if listed else ""


def _choices(preview: Preview, hand_in: str, text: Text) -> dict[Key, bool]:
    """Draw the rows that the files and others have changed, and give what is chosen of each."""
    since = _published_since(preview.older, text)
    st.warning(escape_markdown(f"{text('upload.conflicts', n=len(preview.open))} {since}"))
    keys = {
        conflict.key: f"conflict-{hand_in}-{crc32(repr(conflict.key).encode()):x}"
        for conflict in preview.open
    }
    with st.container(horizontal=True):
        for taken, name in _CHOICES.items():
            label = text(f"upload.all_{name}", n=len(keys))
            st.button(
                label,
                key=f"all-{name}-{preview.open[0].key}",
                on_click=_choose_all,
                args=(tuple(keys.values()), taken),
            )
    for conflict in preview.open[:_MOST]:
        st.markdown(f"**{escape_markdown(conflict.who)}**")
        heads = (text("versions.column.column"), *map(capital, conflict.heads(text)))
        table(Table(pd.DataFrame(conflict.cells, columns=heads)), text, keys[conflict.key])
        st.radio(
            conflict.who,
            list(_CHOICES),
            index=None,
            format_func=lambda taken: text(f"upload.take_{_CHOICES[taken]}"),
            key=keys[conflict.key],
            horizontal=True,
            label_visibility="collapsed",
        )
    if len(keys) > _MOST:
        st.caption(escape_markdown(text("upload.more_conflicts", n=len(keys) - _MOST)))
    picked = {key: st.session_state.get(widget) for key, widget in keys.items()}
    return {key: taken for key, taken in picked.items() if taken is not None}


def _choose_all(keys: Sequence[str], taken: bool) -> None:
    st.session_state.update(dict.fromkeys(keys, taken))


def _collecting(dataset: Dataset, text: Text) -> None:
    """Draw the word that the figures of the date that is being collected are complete."""
    as_of = text.date(dataset.about.collecting)
    if not as_of:
        return
    opened = st.expander(text("collecting.complete", date=as_of), key="complete", on_change="rerun")
    if opened.open:
        with opened:
            st.markdown(escape_markdown(capital(collecting.progress_sentence(dataset, text))))
            why = text("collecting.complete", date=as_of)
            who = versions.who("complete-who", text)
            if st.button(text("upload.publish"), key="complete-publish"):
                _store(intake.complete(dataset), Entry(who, why), dataset, text)


def _read(files: Sequence[File], dataset: Dataset, chosen: Mapping[Key, bool], text: Text) -> _Result | None:
    """What the files are against the current data (see `intake.receive_all`); read once per files, data
    version, language and choice, in a process of its own. None where that process failed."""
    key = (*intake.source(files), dataset.about.version, text.lang)
    cached = st.session_state.get(_READ)
    if cached is None or cached[0] != key:
        cached = st.session_state[_READ] = key, {}
    results: dict[frozenset[tuple[Key, bool]], _Result] = cached[1]
    choice = frozenset(chosen.items())
    if choice not in results:
        place = store.default_store()
        versions = None if place is None else partial(store.of_version, place)
        with st.spinner(text("upload.reading")):
            try:
                result = worker.workers().run(intake.receive_all, files, dataset, text, versions, chosen)
            except worker.WorkError:
                _LOG.exception("files could not be read: %s", key[0])
                return None
        results[choice] = result
    return results[choice]


def _refused(result: Refused, name: str, number: int, text: Text) -> None:
    st.error(escape_markdown(text("upload.refused", n=len(result.findings))))
    marked = result.marked(text)
    if marked is not None:
        st.download_button(
            text("upload.marked"),
            marked,
            text("upload.marked_name", name=Path(name).stem),
            _XLSX,
            key=f"marked-{number}",
            on_click="ignore",
        )
    limited_list(result.lines(text), _MOST, "upload.more_errors", text)


def _brings(result: Preview, dataset: Dataset) -> bool:
    """Whether there is anything to publish: a new period may have the figures of the one before."""
    return bool(result.changes) or result.dataset.dates != dataset.dates


def _preview(result: Preview, dataset: Dataset, text: Text) -> None:
    if result.older and not result.conflicts:
        st.caption(escape_markdown(f"{text('upload.kept')} {_published_since(result.older, text)}"))
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
    for note in result.notes:
        st.caption(escape_markdown(note.line(text)))
    if not result.changes:
        return
    opened = st.expander(text("upload.rows", n=len(result.changes)), key="upload-rows", on_change="rerun")
    if opened.open:
        with opened:
            for area, changes in groupby(result.changes[:_MOST], lambda change: change.area):
                title = f"**{escape_markdown(area)}**\n\n" if area else ""
                st.markdown(title + bullets(escape_markdown(change.line(text)) for change in changes))
            if len(result.changes) > _MOST:
                st.caption(escape_markdown(text("upload.more_rows", n=len(result.changes) - _MOST)))


def _publish(result: Preview, files: Sequence[File], dataset: Dataset, hand_in: str, text: Text) -> None:
    """Every caution ticked, every conflict chosen, who and why said, then one click."""
    name, sha256 = intake.source(files)
    sentences = [caution.sentence(text) for caution in result.cautions]
    ticked = [
        st.checkbox(escape_markdown(sentence), key=f"caution-{hand_in}-{number}-{crc32(sentence.encode()):x}")
        for number, sentence in enumerate(sentences)
    ]
    if not all(ticked):
        st.caption(escape_markdown(text("upload.tick", n=len(ticked) - sum(ticked))))
    result = _completed(result, dataset, text)
    who = versions.who("publish-who", text)
    why = st.text_input(text("versions.why"), key="publish-why", max_chars=_LONGEST)
    ready = all(ticked) and not result.open
    if not st.button(text("upload.publish"), type="primary", disabled=not ready, key=f"publish-{hand_in}"):
        return
    _store(result, Entry(who, why, name, sha256), dataset, text)


def _completed(result: Preview, dataset: Dataset, text: Text) -> Preview:
    """The preview of a date that is being collected, with who has sent for it, and as complete where that is
    ticked."""
    as_of = result.dataset.about.collecting
    if not as_of or as_of != result.as_of:
        return result
    date = text.date(as_of)
    default = text("collecting.default", date=text.date(result.dataset.default_date), collecting=date)
    st.info(escape_markdown(f"{capital(collecting.progress_sentence(result.dataset, text))}. {default}"))
    ticked = st.checkbox(text("collecting.complete", date=date), key=f"complete-{dataset.about.version}")
    return result.completed if ticked else result


def _store(result: Preview, entry: Entry, dataset: Dataset, text: Text) -> None:
    """Make it the next version, and begin again."""
    place = store.default_store()
    if place is None or not versions.can_publish():
        return
    try:
        with st.spinner(text("upload.publishing")), tempfile.TemporaryDirectory() as folder:
            result.write(Path(folder))
            version = store.publish(place, Path(folder), entry, base=dataset.about.version)
    except store.StoreError as error:
        st.error(escape_markdown(error.sentence(text)))
        return
    versions.record("publish", version)
    st.session_state.pop(_READ, None)
    st.session_state[_ROUND] += 1  # an uploader of another key is empty
    versions.done(text("store.published", id=version.id, version=version.data_version))
    st.rerun()
