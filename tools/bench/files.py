"""Pictures, slides, report, workbook and pack of the bundled data, everything selected."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bench.table import Row
from dashboard import exhibits, text
from dashboard.dataset import default_folder, load, select
from dashboard.outputs import briefing, pack, pictures, slides, workbook
from dashboard.outputs.worker import Workers

PICTURE_S, SLIDES_S = 0.3, 1.0
ROUNDS = 5


def measure(_sizes: Sequence[int]) -> Iterator[Row]:
    """The cost of every kind of file, after one to warm up."""
    dataset = load(default_folder())
    selection = select(dataset)
    made = briefing.brief(dataset, selection)
    drawn = _pictures([exhibit for exhibit in made.exhibits if exhibit.chart is not None])
    slowest = max(drawn, key=drawn.__getitem__)
    typical = statistics.median(drawn.values())
    yield Row("files", "picture (PNG) in the worker, median exhibit", typical, "s", PICTURE_S)
    yield Row("files", f"picture (PNG) in the worker, slowest: {slowest}", drawn[slowest], "s")
    fresh = _timed(lambda: exhibits.every(dataset, select(dataset, ["huong-son"])))[1]
    yield Row("files", "exhibits of a selection never seen before, CPU", fresh, "s")
    seconds, _, pictured = _timed(
        lambda: {exhibit.id: slides.picture_of(exhibit) for exhibit in slides.pictured(made)}
    )
    yield Row("files", "picture on a slide, mean", seconds / sum(map(len, pictured.values())), "s", PICTURE_S)
    costs = [_timed(lambda: slides.pptx(made, pictured))[1] for _ in range(ROUNDS + 1)][1:]
    yield Row(
        "files",
        "slides (PPTX) of all pages beside the pictures, CPU",
        statistics.median(costs),
        "s",
        SLIDES_S,
    )
    for kind in briefing.KINDS:
        seconds, _, file = _timed(lambda kind=kind: pack.make(made, kind))
        yield Row("files", f"{kind} whole, pictures included", seconds, "s")
        yield Row("files", f"{kind} whole, size", len(file) / 1e6, "MB")
    table = next(exhibit for exhibit in made.exhibits if exhibit.table is not None)
    yield Row(
        "files", "workbook of one exhibit", _timed(lambda: workbook.exhibit_xlsx(table, text.get()))[0], "s"
    )


def _pictures(found: Sequence[exhibits.Exhibit]) -> dict[str, float]:
    """Seconds of each exhibit's picture, medians."""
    words = text.get()
    workers = Workers(1)
    workers.run(pictures.picture_png, found[0], words, pack.SHAPE)
    try:
        return {
            exhibit.id: statistics.median(
                _timed(lambda one=exhibit: workers.run(pictures.picture_png, one, words, pack.SHAPE))[0]
                for _ in range(ROUNDS)
            )
            for exhibit in found
        }
    finally:
        workers.end()


def _timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Seconds, CPU seconds of this process, and the result."""
    begun, cpu = time.perf_counter(), time.process_time()
    result = work()
    return time.perf_counter() - begun, time.process_time() - cpu, result
