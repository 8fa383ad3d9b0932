"""A briefing as one file: slides, report, workbook, or a ZIP of all of them with the pictures.

The work is done in steps, each of which a caller may run in another process, several at once, and is told how
far it is. A pack draws each chart of its report once, for the document and for print.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from typing import Any

from dashboard.dataset import Selection
from dashboard.exhibits import Exhibit
from dashboard.outputs import pictures, report, slides, workbook
from dashboard.outputs.briefing import Briefing
from dashboard.outputs.job import Progress

# The pictures of a pack: as wide as a slide.
SHAPE = "16x9"
_PACKED = (".pptx", ".docx", ".xlsx", ".png", ".pdf", ".zip")  # compressed already

# Runs function(*args), here or in another process.
Run = Callable[..., Any]
# A piece of work: a function and its arguments.
Piece = tuple[Callable[..., Any], *tuple[Any, ...]]


@dataclass(frozen=True)
class _Kind:
    """How a kind of file is made: the exhibits that are drawn before, how each is drawn, what puts the file
    together from the briefing and the drawings by exhibit id."""

    pictured: Callable[[Briefing], Sequence[Exhibit]]
    draw: Callable[[Exhibit], Any]
    write: Callable[[Briefing, Mapping[str, Any]], bytes]


def _xlsx(briefing: Briefing, _: Mapping[str, Any]) -> bytes:
    return workbook.xlsx(briefing)


_KINDS = {
    "pptx": _Kind(slides.pictured, slides.picture_of, slides.pptx),
    "docx": _Kind(report.pictured, report.picture_of, report.docx),
    "pdf": _Kind(report.pictured, report.svg_of, report.pdf),
    "xlsx": _Kind(lambda _: (), report.svg_of, _xlsx),
}


def here(function: Callable[..., Any], *args: Any) -> Any:
    """Run a step in this process."""
    return function(*args)


def make(
    briefing: Briefing, kind: str, run: Run = here, progress: Progress | None = None, threads: int = 1
) -> bytes:
    """The briefing as a file of a kind of `briefing.KINDS`; `run` is called by so many `threads` at once.

    More than one only where `run` works in other processes: two threads that draw in one have hung.
    """
    return _file(briefing, kind, _Steps(run, progress, threads, _count(briefing, kind)))


def make_each(
    briefs: Sequence[Callable[[], Briefing]],
    kind: str,
    run: Run = here,
    progress: Progress | None = None,
    threads: int = 1,
) -> bytes:
    """A ZIP that holds a file of this kind for each briefing; each is asked for when its turn comes.

    All count as many steps as the one being made. The files are numbered: two places may have one name.
    """
    files: dict[str, bytes] = {}
    for number, brief in enumerate(briefs):
        briefing = brief()
        per_file = _count(briefing, kind)
        steps = _Steps(run, progress, threads, per_file * len(briefs), done=per_file * number)
        files[f"{number + 1:02d}_{briefing.stem}.{kind}"] = _file(briefing, kind, steps)
    return _zipped(files)


@dataclass
class _Steps:
    """Steps being run and counted."""

    run: Run
    progress: Progress | None
    threads: int
    total: int
    done: int = 0

    def all(self, pieces: Sequence[Piece]) -> list[Any]:
        """The results of steps that do not need each other, in their order."""
        if self.threads == 1 or len(pieces) == 1:
            return [self._counted(self.run(*piece)) for piece in pieces]
        with ThreadPoolExecutor(self.threads) as pool:
            running = [pool.submit(self.run, *piece) for piece in pieces]
            try:
                for step in as_completed(running):
                    self._counted(step.result())
            except BaseException:  # a step failed, or no reader waits any more: what has not begun never does
                pool.shutdown(cancel_futures=True)
                raise
            return [step.result() for step in running]

    def _counted(self, result: Any) -> Any:
        self.done += 1
        if self.progress is not None:
            self.progress(self.done, self.total)
        return result


def _file(briefing: Briefing, kind: str, steps: _Steps) -> bytes:
    if kind == "zip":
        return _pack(briefing, steps)
    recipe = _KINDS[kind]
    exhibits = recipe.pictured(briefing)
    results = steps.all([(recipe.draw, exhibit) for exhibit in exhibits])
    drawings = {exhibit.id: result for exhibit, result in zip(exhibits, results, strict=True)}
    [content] = steps.all([(recipe.write, briefing, drawings)])
    return bytes(content)


def _pack(briefing: Briefing, steps: _Steps) -> bytes:
    """All kinds, each exhibit as a picture, the tables, and what the pack holds."""
    on_slides, in_report = slides.pictured(briefing), report.pictured(briefing)
    text = briefing.text
    drawings_done = iter(
        steps.all(
            [
                *((slides.picture_of, exhibit) for exhibit in on_slides),
                *((report.both_of, exhibit) for exhibit in in_report),
                *((_both, exhibit) for exhibit in briefing.exhibits),
            ]
        )
    )
    slide = {exhibit.id: next(drawings_done) for exhibit in on_slides}
    both = {exhibit.id: next(drawings_done) for exhibit in in_report}
    pngs = {name: png for name, (_, png) in both.items()}
    svgs = {name: svg for name, (svg, _) in both.items()}
    drawings = {"pptx": slide, "docx": pngs, "pdf": svgs, "xlsx": {}}
    contents = steps.all([(_KINDS[kind].write, briefing, drawings[kind]) for kind in drawings])
    files = {f"{briefing.stem}.{kind}": content for kind, content in zip(drawings, contents, strict=True)}
    for number, (exhibit, (svg, png)) in enumerate(zip(briefing.exhibits, drawings_done, strict=True), 1):
        name = f"{number:02d}_{exhibit.stem}"
        picture = f"{text('file.pictures')}/{name}"
        files[f"{picture}.svg"], files[f"{picture}.png"] = svg, png
        if exhibit.table is not None:
            files[f"{text('file.tables')}/{name}.csv"] = workbook.as_csv(exhibit.table, text)
    files["manifest.json"] = _manifest(briefing, files)
    return _zipped(files)


def _both(exhibit: Exhibit) -> tuple[bytes, bytes]:
    svg = pictures.picture_svg(exhibit, SHAPE)
    return svg.encode(), pictures.picture_png(exhibit, SHAPE, svg)


def _count(briefing: Briefing, kind: str) -> int:
    """How many steps a file takes."""
    if kind != "zip":
        return len(_KINDS[kind].pictured(briefing)) + 1
    drawings = len(slides.pictured(briefing)) + len(report.pictured(briefing)) + len(briefing.exhibits)
    return drawings + len(_KINDS)


def _manifest(briefing: Briefing, files: dict[str, bytes]) -> bytes:
    """What the pack holds: from which data, for which selection, and the SHA-256 of every file."""
    manifest = {
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
    return json.dumps(manifest, ensure_ascii=False, indent=1).encode()


def _chosen(selection: Selection) -> dict[str, Any]:
    """The selection; an earlier date and the changes of a what-if (as links write them) only where chosen."""
    chosen = asdict(replace(selection, texts=None))
    del chosen["texts"]
    chosen["scenario"] = [change.written for change in selection.scenario]
    optional = {name: chosen.pop(name) for name in ("since", "scenario")}
    if selection.scenario:
        chosen["hypothetical"] = True
    return chosen | {name: value for name, value in optional.items() if value}


def _zipped(files: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in files.items():
            method = zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED
            archive.writestr(name, file, method)
    return content.getvalue()
