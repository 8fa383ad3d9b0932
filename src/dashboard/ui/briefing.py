"""The page that makes a briefing: what it holds, in which form, and the files that were made."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard import exhibits, schema
from dashboard.dataset import Dataset, Selection, areas, select
from dashboard.outputs import briefing, worker
from dashboard.outputs.job import BusyError, Job, unfinished
from dashboard.text import Text
from dashboard.ui import exports
from dashboard.ui.plain import plain
from dashboard.ui.reader import reader

# Files that a session keeps beside those being made; older ones go.
_KEPT = 4
# Packs of more communes are made on the command line, one file each.
_MOST_COMMUNES = 30
_JOBS = "briefing_jobs"
_LAST = "last-"
_MEGA = 1_000_000


def form(dataset: Dataset, selection: Selection) -> None:
    """Draw the choice of exhibits and form, and start what is asked for."""
    text = selection.text
    if dataset.about.sample:
        st.markdown(f":red[{plain(text('briefing.sample', mark=text('common.sample')))}]")
    # The button stands in the first screen, beside what the file holds.
    left, right = st.columns([2, 3])
    with right:
        st.header(text("briefing.what"), anchor=False)
        ids = _exhibits(dataset, text)
    with left:
        st.header(text("briefing.form"), anchor=False)
        kind = st.radio(
            text("briefing.form"),
            briefing.KINDS,
            format_func=lambda kind: text(f"briefing.kind.{kind}"),
            captions=[text(f"briefing.caption.{kind}") for kind in briefing.KINDS],
            label_visibility="collapsed",
            key=_restored("briefing-kind", briefing.KINDS[0]),
        )
        _keep("briefing-kind")
        each = _each_commune(dataset, selection)
        if st.button(text("briefing.make"), type="primary", disabled=not ids, key="briefing-make"):
            _start(dataset, selection, ids, kind, each)
        if not ids:
            st.caption(plain(text("briefing.nothing_chosen")))
        files(text)


def whole_page(dataset: Dataset, selection: Selection, ids: Sequence[str]) -> None:
    """Draw the choice of form for a file of just these exhibits, and start it."""
    text = selection.text
    st.header(text("briefing.whole_page"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = st.segmented_control(
            text("briefing.form"),
            briefing.KINDS,
            default=briefing.KINDS[0],
            format_func=str.upper,
            key="page-kind",
            required=True,
        )
        if st.button(text("briefing.make"), type="primary", key="page-make"):
            _start(dataset, selection, list(ids), kind or briefing.KINDS[0], [])


def files(text: Text) -> None:
    """Draw the files of this session: what is being made, how far it is, what can be downloaded."""
    jobs = _jobs()
    if not jobs:
        return
    st.header(text("briefing.files"), anchor=False)
    if any(job.running for job in jobs):
        st.fragment(_list, run_every=1.0)(text, whole_page=False)
    else:
        _list(text, whole_page=True)


def _exhibits(dataset: Dataset, text: Text) -> list[str]:
    """The ids that are chosen, page by page; those of one goal stand together for all goals."""
    families: dict[str, list[str]] = {}
    for key in exhibits.known(dataset):
        listed = families.setdefault(exhibits.page_of(key), [])
        family = key.partition(":")[0]
        if family not in listed:
            listed.append(family)
    nothing: dict[str, list[str]] = {page: [] for page in families}
    with st.container(horizontal=True, gap="small"):
        for name, choice in (("all", families), ("none", nothing)):
            st.button(
                text(f"briefing.{name}"),
                key=f"briefing-{name}",
                on_click=_choose,
                args=[choice],
                type="tertiary",
            )
    chosen: list[str] = []
    for page, names in families.items():
        key = _restored(f"briefing-{page}", names)
        chosen += st.pills(
            text(f"page.{page}.title"),
            names,
            selection_mode="multi",
            format_func=lambda name: text(f"exhibit.{name}"),
            key=key,
        )
        _keep(key)
    return chosen


def _choose(choice: dict[str, list[str]]) -> None:
    """Choose these exhibits of each page; to be called in a callback, before the choices are drawn."""
    for page, names in choice.items():
        st.session_state[f"briefing-{page}"] = names


def _each_commune(dataset: Dataset, selection: Selection) -> list[str]:
    """The communes that get a file each; none where one file for all is wanted."""
    text = selection.text
    communes = _communes(dataset, selection)
    if len(communes) > _MOST_COMMUNES:
        st.caption(plain(text("briefing.too_many", n=len(communes))))
    if not 1 < len(communes) <= _MOST_COMMUNES:
        return []
    key = _restored("briefing-each", False)
    wanted = st.checkbox(text("briefing.each", n=len(communes)), key=key)
    _keep(key)
    return communes if wanted else []


def _communes(dataset: Dataset, selection: Selection) -> list[str]:
    listed = selection.communes or areas.listed(dataset, selection.as_of, selection.boundaries)
    return [commune for commune in listed if commune != schema.OUTSIDE]


def _restored(key: str, first: object) -> str:
    """Give the widget `key` its last choice again: Streamlit forgets those of a page that was left."""
    if key not in st.session_state:
        st.session_state[key] = st.session_state.get(_LAST + key, first)
    return key


def _keep(key: str) -> None:
    st.session_state[_LAST + key] = st.session_state[key]


def _start(dataset: Dataset, selection: Selection, ids: list[str], kind: str, each: list[str]) -> None:
    try:
        job = _job(dataset, selection, ids, kind, each)
    except BusyError:
        st.warning(plain(selection.text("briefing.full")))
        return
    exports.of_pack(dataset, selection, ids, f"zip {kind}" if each else kind)
    made = [job for job in _jobs() if not job.running]
    st.session_state[_JOBS] = [job, *(one for one in _jobs() if one.running or one in made[:_KEPT])]


def _job(dataset: Dataset, selection: Selection, ids: list[str], kind: str, each: list[str]) -> Job:
    # What writes slides and reports is loaded with the first file: a server that starts makes none.
    from dashboard.outputs import pack  # noqa: PLC0415

    # Even the exhibits are built in the background: of many communes that takes seconds.
    owner = reader().name
    run = worker.workers().behind(partial(unfinished, owner))
    # The tab that asked for it; the session is found again for a while after its connection is lost.
    context = get_script_run_ctx()
    assert context is not None
    waited = partial(runtime.get_instance().is_active_session, context.session_id)
    stem = briefing.stem(dataset, selection, ids)
    if each:
        alone = [
            select(
                dataset,
                [commune],
                selection.as_of or None,
                selection.boundaries,
                selection.lang,
                since=selection.since,
                scenario=selection.scenario,
            )
            for commune in each
        ]
        briefs = [partial(briefing.brief, dataset, one, ids) for one in alone]
        return Job(
            f"{stem}_{kind}.zip",
            lambda told: pack.make_each(briefs, kind, run, told, worker.WORKERS),
            owner,
            waited,
        )
    return Job(
        f"{stem}.{kind}",
        lambda told: pack.make(briefing.brief(dataset, selection, ids), kind, run, told, worker.WORKERS),
        owner,
        waited,
    )


def _jobs() -> list[Job]:
    found: list[Job] = st.session_state.get(_JOBS, [])
    return found


def _cancel(job: Job) -> None:
    """Stop a file that is being made, and take it from the list."""
    job.cancel()
    st.session_state[_JOBS] = [one for one in _jobs() if one is not job]


def _list(text: Text, whole_page: bool) -> None:
    """One line per file; once the last is made the page is drawn anew and asks no more."""
    for number, job in enumerate(_jobs()):
        if job.running:
            share = job.done / job.total if job.total else 0.0
            said = text("briefing.making", name=job.name, done=job.done, total=job.total)
            with st.container(horizontal=True, vertical_alignment="center"):
                st.progress(share, plain(text("briefing.waiting", name=job.name) if job.waiting else said))
                st.button(
                    text("briefing.cancel"), key=f"cancel-{number}-{job.name}", on_click=_cancel, args=[job]
                )
        elif job.size is None:
            st.error(plain(text("briefing.failed", name=job.name)))
        else:
            size = text.number(job.size / _MEGA, 1)
            st.download_button(
                plain(text("briefing.download", name=job.name, size=size)),
                job.content,
                job.name,
                key=f"briefing-file-{number}-{job.name}",
                on_click="ignore",
            )
    if not whole_page and not any(job.running for job in _jobs()):
        st.rerun()
