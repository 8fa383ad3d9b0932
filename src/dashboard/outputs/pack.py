"""A briefing as one file: slides, report, workbook, or a ZIP of all of them with the pictures.

The work is done in steps, each of which a caller may run in another process, several at once, and is told how
far it is. A pack draws each chart of its report once, for the document and for print.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from dashboard.dataset import Selection
from dashboard.exhibits import Exhibit
from dashboard.outputs import pictures, report, slides, table, workbook
from dashboard.outputs.briefing import Briefing
from dashboard.outputs.job import Told

# The pictures of a pack: as wide as a slide.
SHAPE = "16x9"

# Runs function(*args), here or in another process.
Run = Callable[..., Any]
# A piece of work: a function and its arguments.
Piece = tuple[Callable[..., Any], *tuple[Any, ...]]


def here(function: Callable[..., Any], *args: Any) -> Any:
    """Run a step in this process."""
    return function(*args)


def make(briefing: Briefing, kind: str, run: Run = here, told: Told | None = None, at_once: int = 1) -> bytes:
    """The briefing as a file of a kind of `briefing.KINDS`; `run` is called by so many threads `at_once`.

    More than one only where `run` works in other processes: two threads that draw in one have hung.
    """
    return _Work(run, told, _steps(briefing, kind), at_once=at_once).make(briefing, kind)


def make_each(
    briefs: Sequence[Callable[[], Briefing]],
    kind: str,
    run: Run = here,
    told: Told | None = None,
    at_once: int = 1,
) -> bytes:
    """A ZIP that holds a file of this kind for each briefing; each is asked for when its turn comes.

    All count as many steps as the one being made. The files are numbered: two places may have one name.
    """
    files: dict[str, bytes] = {}
    for number, brief in enumerate(briefs):
        briefing = brief()
        steps = _steps(briefing, kind)
        work = _Work(run, told, steps * len(briefs), done=steps * number, at_once=at_once)
        files[f"{number + 1:02d}_{briefing.stem}.{kind}"] = work.make(briefing, kind)
    return _zipped(files)


class _Work:
    """Steps being run and counted."""

    def __init__(self, run: Run, told: Told | None, steps: int, done: int = 0, at_once: int = 1) -> None:
        self._run = run
        self._told = told
        self._steps = steps
        self._done = done
        self._at_once = at_once

    def make(self, briefing: Briefing, kind: str) -> bytes:
        makers = {
            "pptx": self._pptx,
            "docx": self._docx,
            "pdf": self._pdf,
            "xlsx": self._xlsx,
            "zip": self._zip,
        }
        return makers[kind](briefing)

    def _pptx(self, briefing: Briefing) -> bytes:
        drawn = self._each(slides.picture_of, slides.pictured(briefing))
        return self._step(slides.pptx, briefing, drawn)

    def _docx(self, briefing: Briefing) -> bytes:
        drawn = self._each(report.picture_of, report.pictured(briefing))
        return self._step(report.docx, briefing, drawn)

    def _pdf(self, briefing: Briefing) -> bytes:
        drawn = self._each(report.svg_of, report.pictured(briefing))
        return self._step(report.pdf, briefing, drawn)

    def _xlsx(self, briefing: Briefing) -> bytes:
        return self._step(workbook.xlsx, briefing)

    def _zip(self, briefing: Briefing) -> bytes:
        on_slides, in_report = slides.pictured(briefing), report.pictured(briefing)
        text = briefing.text
        drawn = iter(
            self._all(
                [
                    *((slides.picture_of, exhibit) for exhibit in on_slides),
                    *((report.both_of, exhibit) for exhibit in in_report),
                    *((_both, exhibit, text) for exhibit in briefing.exhibits),
                ]
            )
        )
        slide = {exhibit.id: next(drawn) for exhibit in on_slides}
        both = {exhibit.id: next(drawn) for exhibit in in_report}
        whole = list(drawn)
        made = self._all(
            [
                (slides.pptx, briefing, slide),
                (report.docx, briefing, {name: png for name, (_, png) in both.items()}),
                (report.pdf, briefing, {name: svg for name, (svg, _) in both.items()}),
                (workbook.xlsx, briefing),
            ]
        )
        kinds = ("pptx", "docx", "pdf", "xlsx")
        files = {f"{briefing.stem}.{kind}": content for kind, content in zip(kinds, made, strict=True)}
        for number, (exhibit, (svg, png)) in enumerate(zip(briefing.exhibits, whole, strict=True), 1):
            name = f"{number:02d}_{exhibit.stem}"
            picture = f"{text('file.pictures')}/{name}"
            files[f"{picture}.svg"], files[f"{picture}.png"] = svg, png
            if exhibit.table is not None:
                files[f"{text('file.tables')}/{name}.csv"] = table.as_csv(exhibit.table, text)
        files["manifest.json"] = _manifest(briefing, files)
        return _zipped(files)

    def _each(self, draw: Callable[[Exhibit], Any], found: Sequence[Exhibit]) -> dict[str, Any]:
        drawn = self._all([(draw, exhibit) for exhibit in found])
        return {exhibit.id: content for exhibit, content in zip(found, drawn, strict=True)}

    def _step(self, function: Callable[..., Any], *args: Any) -> Any:
        return self._all([(function, *args)])[0]

    def _all(self, pieces: Sequence[Piece]) -> list[Any]:
        """The results of steps that do not need each other, in their order."""
        if self._at_once == 1 or len(pieces) == 1:
            return [self._counted(self._run(*piece)) for piece in pieces]
        with ThreadPoolExecutor(self._at_once) as threads:
            running = [threads.submit(self._run, *piece) for piece in pieces]
            try:
                for one in as_completed(running):
                    self._counted(one.result())
            except BaseException:  # a step failed, or nobody waits any more: what has not begun never does
                threads.shutdown(cancel_futures=True)
                raise
            return [one.result() for one in running]

    def _counted(self, result: Any) -> Any:
        self._done += 1
        if self._told is not None:
            self._told(self._done, self._steps)
        return result


def _both(exhibit: Exhibit, text: Any) -> tuple[bytes, bytes]:
    svg = pictures.picture_svg(exhibit, text, SHAPE)
    return svg.encode(), pictures.picture_png(exhibit, text, SHAPE, svg)


def _steps(briefing: Briefing, kind: str) -> int:
    drawn = {"pptx": slides.pictured, "docx": report.pictured, "pdf": report.pictured}
    if kind in drawn:
        return len(drawn[kind](briefing)) + 1
    if kind == "xlsx":
        return 1
    return len(slides.pictured(briefing)) + len(report.pictured(briefing)) + len(briefing.exhibits) + 4


def _manifest(briefing: Briefing, files: dict[str, bytes]) -> bytes:
    """What the pack holds: from which data, for which selection, and the SHA-256 of every file."""
    found = {
        "title": briefing.title,
        "organization": briefing.organization,
        "author": briefing.author,
        "sample": briefing.sample,
        "version": briefing.version,
        "selection": _chosen(briefing.selection),
        "exhibits": [exhibit.id for exhibit in briefing.exhibits],
        "dashboard": version("dashboard"),
        "files": [
            {"name": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in files.items()
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def _chosen(selection: Selection) -> dict[str, Any]:
    """The selection; an earlier date and the changes of a what-if (as links write them) only where chosen."""
    found = asdict(selection)
    found["scenario"] = [change.written for change in selection.scenario]
    optional = {name: found.pop(name) for name in ("since", "scenario")}
    if selection.scenario:
        found["hypothetical"] = True
    return found | {name: value for name, value in optional.items() if value}


def _zipped(files: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            # Office files and pictures are compressed already.
            method = zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, method)
    return written.getvalue()


_PACKED = (".pptx", ".docx", ".xlsx", ".png", ".pdf", ".zip")
