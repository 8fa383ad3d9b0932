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
from dashboard.ui.markdown import escape_markdown
from dashboard.ui.reader import reader

# Files that a session keeps beside those being made; older ones go.
_KEPT = 4
# Packs of more communes are made on the command line, one file each.
_MOST_COMMUNES = 30
_JOBS, _REFUSED = "briefing_jobs", "briefing_refused"
_EACH, _KIND = "briefing-each", "briefing-kind"
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
    rows, offers = [], []
    if dataset.about.sample:
        mark = {"mark": text("common.sample"), "foot": text("briefing.sample")}
        rows.append(chart.Row([1], [[Card("sample", mark)]]))
    for name, (content, kinds) in _OFFERED.items():
        card_data = {
            "picture": thumbnails.PICTURES[name],
            "headline": text(f"briefing.offer.{name}"),
            "sentences": [text(f"briefing.holds.{name}")],
        }
        start = partial(_start, dataset, selection, content)
        offers.append([_card(f"offer-{name}", card_data, kinds, start, text)])
    chart.draw([*rows, chart.Row([1] * len(offers), offers)], "offers")
    communes = _communes(dataset, selection)
    if len(communes) > _MOST_COMMUNES:
        st.caption(escape_markdown(text("briefing.too_many", n=len(communes))))
    elif len(communes) > 1:
        st.checkbox(text("briefing.each", n=len(communes)), key=_restored(_EACH, False))
        _keep(_EACH)
    files(text)
    options = st.expander(text("briefing.options"), key="briefing-options", on_change="rerun")
    if options.open:
        with options:
            _options(dataset, selection)


def whole_page(dataset: Dataset, selection: Selection, ids: Sequence[str]) -> Card:
    """The buttons for a file of just these exhibits."""
    start = partial(_start, dataset, selection, _Content(tuple(ids)), split=False)
    card_data = {"headline": selection.text("briefing.whole_page")}
    return _card("whole-page", card_data, briefing.KINDS, start, selection.text)


def _card(
    key: str, card_data: Mapping[str, object], kinds: Sequence[str], start: Callable[[str], None], text: Text
) -> Card:
    """A card with a button for each form, the first of which is the one that most people want."""
    buttons = [
        (kind, text(f"briefing.kind.{kind}"), "large" if n else "main") for n, kind in enumerate(kinds)
    ]
    return Card(
        key, {**card_data, "buttons": buttons}, pressed=lambda kind: start(kind) if kind in kinds else None
    )


def _options(dataset: Dataset, selection: Selection) -> None:
    """Draw the choice of exhibits and form."""
    text = selection.text
    ids = _exhibits(dataset, text)
    kind = st.segmented_control(
        text("briefing.form"),
        briefing.KINDS,
        format_func=str.upper,
        key=_restored(_KIND, briefing.KINDS[0]),
        required=True,
    )
    _keep(_KIND)
    st.button(
        text("briefing.make"),
        type="primary",
        disabled=not ids,
        key="briefing-make",
        on_click=_start,
        args=[dataset, selection, _Content(tuple(ids)), kind or briefing.KINDS[0]],
    )
    if not ids:
        st.caption(escape_markdown(text("briefing.nothing_chosen")))


def _exhibits(dataset: Dataset, text: Text) -> list[str]:
    """The ids that are chosen, page by page; those of one goal are together for all goals."""
    families: dict[str, dict[str, None]] = {}
    for key in exhibits.known(dataset):
        families.setdefault(exhibits.page_of(key), {})[key.partition(":")[0]] = None
    every = {page: list(names) for page, names in families.items()}
    with st.container(horizontal=True, gap="small"):
        for name, choice in (("all", every), ("none", {page: [] for page in every})):
            st.button(
                text(f"briefing.{name}"),
                key=f"briefing-{name}",
                on_click=_choose,
                args=[choice],
                type="tertiary",
            )
    chosen: list[str] = []
    with st.container(key="briefing-contents"):
        for page, names in every.items():
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


def _restored(key: str, first: object) -> str:
    """Give the widget `key` its last choice again: Streamlit forgets those of a page that was left."""
    if key not in st.session_state:
        st.session_state[key] = st.session_state.get(_LAST + key, first)
    return key


def _keep(key: str) -> None:
    st.session_state[_LAST + key] = st.session_state[key]


def _communes(dataset: Dataset, selection: Selection) -> list[str]:
    listed = selection.communes or areas.listed(dataset, selection.as_of, selection.boundaries)
    return [commune for commune in listed if commune != schema.OUTSIDE]


def _start(dataset: Dataset, selection: Selection, content: _Content, kind: str, split: bool = True) -> None:
    """Begin a file; `split` into one for each commune where that is chosen. To be called in a callback."""
    communes = _communes(dataset, selection)
    by_commune = split and bool(st.session_state.get(_EACH)) and 1 < len(communes) <= _MOST_COMMUNES
    try:
        job = _job(dataset, selection, content, kind, communes if by_commune else [])
    except BusyError:
        st.session_state[_REFUSED] = True
        return
    ids = content.ids or (("full",) if content.full else briefing.MEETING)
    exports.of_pack(dataset, selection, list(ids), f"zip {kind}" if by_commune else kind)
    finished = [job for job in _jobs() if not job.running]
    st.session_state[_JOBS] = [
        job,
        *(earlier for earlier in _jobs() if earlier.running or earlier in finished[:_KEPT]),
    ]


def _job(
    dataset: Dataset, selection: Selection, content: _Content, kind: str, communes: Sequence[str]
) -> Job:
    # Even the exhibits are built in the background: of many communes that takes seconds.
    brief = partial(briefing.brief, dataset, ids=content.ids, full=content.full)
    briefs = [partial(brief, replace(selection, communes=(commune,))) for commune in communes]
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


def files(text: Text) -> None:
    """Draw the files of this session: what is being made, how far it is, what can be downloaded."""
    if st.session_state.pop(_REFUSED, False):
        st.warning(escape_markdown(text("briefing.full")))
    if not _jobs():
        return
    st.header(text("briefing.files"), anchor=False)
    if any(job.running for job in _jobs()):
        st.fragment(_list, run_every=1.0)(text, whole_page=False)
    else:
        _list(text, whole_page=True)


def _list(text: Text, whole_page: bool) -> None:
    """One line per file; once the last is made the whole page is drawn again and asks no more."""
    for number, job in enumerate(_jobs()):
        if job.running:
            state = "waiting" if job.waiting else "making" if job.total else "preparing"
            message = text(f"briefing.{state}", name=job.name, done=job.done, total=job.total)
            with st.container(horizontal=True, vertical_alignment="center"):
                st.progress(job.done / job.total if job.total else 0.0, escape_markdown(message))
                key = f"cancel-{number}-{job.name}"
                st.button(text("briefing.cancel"), key=key, on_click=_cancel, args=[job])
        elif job.size is None:
            st.error(escape_markdown(text("briefing.failed", name=job.name)))
        else:
            size = text.number(job.size / _MEGA, 1)
            st.download_button(
                escape_markdown(text("briefing.download", name=job.name, size=size)),
                job.content,
                job.name,
                key=f"briefing-file-{number}-{job.name}",
                on_click="ignore",
            )
    if not whole_page and not any(job.running for job in _jobs()):
        st.rerun()


def _cancel(job: Job) -> None:
    """Stop a file that is being made, and take it from the list."""
    job.cancel()
    st.session_state[_JOBS] = [other for other in _jobs() if other is not job]


def _jobs() -> list[Job]:
    jobs: list[Job] = st.session_state.get(_JOBS, [])
    return jobs
