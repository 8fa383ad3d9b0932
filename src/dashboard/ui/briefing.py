"""The page that makes a briefing: what it holds, in which form, and the files that were made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from dashboard import exhibits, schema
from dashboard.dataset import Dataset, Selection, areas
from dashboard.outputs import briefing, worker
from dashboard.outputs.job import BusyError, Job, Progress, unfinished
from dashboard.streamlit_host import session
from dashboard.text import Text
from dashboard.ui import chart, exports, thumbnails
from dashboard.ui.chart import Card
from dashboard.ui.plain import plain
from dashboard.ui.reader import reader

# Files that a session keeps beside those being made; older ones go.
_KEPT = 4
# Packs of more communes are made on the command line, one file each.
_MOST_COMMUNES = 30
_JOBS, _REFUSED = "briefing_jobs", "briefing_refused"
_EACH = "briefing-each"
_LAST = "last-"
_MEGA = 1_000_000


@dataclass(frozen=True)
class _Content:
    """What a file holds: the pages for a meeting, with `full` every exhibit, or those of `ids`."""

    ids: tuple[str, ...] | None = None
    full: bool = False


# What is offered, and the forms of each: the first is the one most people want.
_OFFERED = {
    "slides": (_Content(), ("pptx",)),
    "report": (_Content(), ("docx", "pdf")),
    "everything": (_Content(full=True), ("zip", "xlsx")),
}


def form(dataset: Dataset, selection: Selection) -> None:
    """Draw what is offered, each with its buttons, the files that were made, and the choice of content."""
    text = selection.text
    if dataset.about.sample:
        st.markdown(f":red[{plain(text('briefing.sample', mark=text('common.sample')))}]")
    offers = [_offer(dataset, selection, name) for name in _OFFERED]
    chart.draw([chart.Row([1] * len(offers), [[offer] for offer in offers])], "offers")
    _each_commune(dataset, selection)
    files(text)
    options = st.expander(text("briefing.options"), key="briefing-options", on_change="rerun")
    if options.open:
        with options:
            _options(dataset, selection)


def _offer(dataset: Dataset, selection: Selection, name: str) -> Card:
    """What is offered, seen from afar, with a button for each form."""
    text, (content, kinds) = selection.text, _OFFERED[name]
    shown = {
        "picture": thumbnails.PICTURES[name],
        "headline": text(f"briefing.offer.{name}"),
        "sentences": [text(f"briefing.holds.{name}")],
    }
    return _card(f"offer-{name}", shown, kinds, partial(_start, dataset, selection, content), text)


def _card(
    key: str, shown: Mapping[str, object], kinds: Sequence[str], start: Callable[[str], None], text: Text
) -> Card:
    """A card with a button for each form, the first of which is the one that most people want."""
    buttons = [
        (kind, text(f"briefing.kind.{kind}"), "large" if n else "main") for n, kind in enumerate(kinds)
    ]
    return Card(
        key, {**shown, "buttons": buttons}, pressed=lambda kind: start(kind) if kind in kinds else None
    )


def _options(dataset: Dataset, selection: Selection) -> None:
    """Draw the choice of exhibits and form."""
    text = selection.text
    ids = _exhibits(dataset, text)
    kind = st.segmented_control(
        text("briefing.form"),
        briefing.KINDS,
        format_func=str.upper,
        key=_restored("briefing-kind", briefing.KINDS[0]),
        required=True,
    )
    _keep("briefing-kind")
    st.button(
        text("briefing.make"),
        type="primary",
        disabled=not ids,
        key="briefing-make",
        on_click=_start,
        args=[dataset, selection, _Content(tuple(ids)), kind or briefing.KINDS[0]],
    )
    if not ids:
        st.caption(plain(text("briefing.nothing_chosen")))


def whole_page(dataset: Dataset, selection: Selection, ids: Sequence[str]) -> Card:
    """The buttons for a file of just these exhibits."""
    start = partial(_start, dataset, selection, _Content(tuple(ids)), split=False)
    return _card(
        "whole-page",
        {"headline": selection.text("briefing.whole_page")},
        briefing.KINDS,
        start,
        selection.text,
    )


def files(text: Text) -> None:
    """Draw the files of this session: what is being made, how far it is, what can be downloaded."""
    if st.session_state.pop(_REFUSED, False):
        st.warning(plain(text("briefing.full")))
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
    with st.container(key="briefing-contents"):
        for page, names in families.items():
            key = _restored(f"briefing-{page}", names)
            chosen += st.pills(
                text(f"page.{page}.title"),
                names,
                selection_mode="multi",
                format_func=lambda name: text(f"{name}.name"),
                key=key,
            )
            _keep(key)
    return chosen


def _choose(choice: dict[str, list[str]]) -> None:
    """Choose these exhibits of each page; to be called in a callback, before the choices are drawn."""
    for page, names in choice.items():
        st.session_state[f"briefing-{page}"] = names


def _each_commune(dataset: Dataset, selection: Selection) -> None:
    """Draw the choice of a file for each commune, where there are some."""
    text = selection.text
    communes = _communes(dataset, selection)
    if len(communes) > _MOST_COMMUNES:
        st.caption(plain(text("briefing.too_many", n=len(communes))))
    elif len(communes) > 1:
        st.checkbox(text("briefing.each", n=len(communes)), key=_restored(_EACH, False))
        _keep(_EACH)


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


def _start(dataset: Dataset, selection: Selection, content: _Content, kind: str, split: bool = True) -> None:
    """Begin a file; `split` into one for each commune where that is chosen. To be called in a callback."""
    communes = _communes(dataset, selection)
    each = split and bool(st.session_state.get(_EACH)) and 1 < len(communes) <= _MOST_COMMUNES
    try:
        job = _job(dataset, selection, content, kind, communes if each else [])
    except BusyError:
        st.session_state[_REFUSED] = True
        return
    named = content.ids or (("full",) if content.full else briefing.MEETING)
    exports.of_pack(dataset, selection, list(named), f"zip {kind}" if each else kind)
    made = [job for job in _jobs() if not job.running]
    st.session_state[_JOBS] = [job, *(one for one in _jobs() if one.running or one in made[:_KEPT])]


def _job(dataset: Dataset, selection: Selection, content: _Content, kind: str, each: Sequence[str]) -> Job:
    # Even the exhibits are built in the background: of many communes that takes seconds.
    brief = partial(briefing.brief, dataset, ids=content.ids, full=content.full)
    briefs = [partial(brief, replace(selection, communes=(commune,))) for commune in each]
    owner = reader().name
    run = worker.workers().behind(partial(unfinished, owner))
    # The tab that asked for it; the session is found again for a while after its connection is lost.
    waited = session.is_connected()
    stem = briefing.stem(dataset, selection, content.ids or ())
    stem += f"_{selection.text('file.full')}" if content.full else ""

    def make(progress: Progress) -> bytes:
        # What writes slides and reports is loaded with the first file: a server that starts makes none, and
        # a callback that takes seconds is lost when the reader clicks again.
        from dashboard.outputs import pack  # noqa: PLC0415

        if briefs:
            return pack.make_each(briefs, kind, run, progress, worker.WORKERS)
        return pack.make(brief(selection), kind, run, progress, worker.WORKERS)

    return Job(f"{stem}_{kind}.zip" if briefs else f"{stem}.{kind}", make, owner, waited)


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
            said = text("briefing.preparing", name=job.name)
            if job.waiting:
                said = text("briefing.waiting", name=job.name)
            elif job.total:
                said = text("briefing.making", name=job.name, done=job.done, total=job.total)
            with st.container(horizontal=True, vertical_alignment="center"):
                st.progress(share, plain(said))
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
