"""Published figures by name and value; in a sample, which of those shown are published, not invented."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard import measures, schema
from dashboard.dataset import Dataset, Selection
from dashboard.text import Text

# The two pairs of posts whose overlap is published, as measures.
OVERLAP = ("overlap_share:secretary+village_head", "overlap_share:secretary+front_head")


def agreeing(dataset: Dataset, selection: Selection) -> dict[str, str]:
    """The published figures that the selection shows as they are, by measure as written: "50/60 (83,3%)".
    Only of a whole sample as reported at their date, where they are among invented ones; what no source
    states in words is invented, too, and what not all report is no more than a part of it."""
    if not dataset.about.sample or dataset.scope is not None or not selection.everything:
        return {}
    return {
        row["measure"]: value(row, selection.text)
        for row in measures.reconciliation.compare(dataset).to_dict("records")
        if row["status"] == "agrees"
        and row["complete"]
        and row["quote"]
        and row["as_of"] == selection.as_of
        and (row["measure"].startswith("count:") or not selection.scenario)
    }


def marked(dataset: Dataset, selection: Selection, measure: str, label: str) -> str:
    """The name of a figure; in a sample with published ones it says whether it is published or invented."""
    real = agreeing(dataset, selection)
    basis = "published" if measure in real else "sample"
    return selection.text(f"reconciliation.mark_{basis}", text=label) if real else label


def beside(dataset: Dataset, selection: Selection, words: str) -> str:
    """What no source publishes, as a change, beside a figure that one does: in a sample it is invented."""
    return marked(dataset, selection, "", words)


def note(dataset: Dataset, selection: Selection, *shown: str) -> str:
    """Which of the measures that an exhibit shows are published figures; "" for none."""
    real = agreeing(dataset, selection)
    figures = [f"{name(measure, selection.text)} {real[measure]}" for measure in shown if measure in real]
    return selection.text("reconciliation.published_note", figures="; ".join(figures)) if figures else ""


def name(written: str, text: Text) -> str:
    """What a measure counts, in words: "Trưởng thôn là đảng viên", "Đảng viên"."""
    measure = schema.Measure.of(written)
    if measure.family == "count":
        return text(f"count.{measure.parts[0]}")
    if not measure.of_posts:
        return text(f"measure.{written.replace(':', '_')}")
    first = text(f"code.position.{measure.parts[0]}")
    others = [text(f"code.position_inside.{position}") for position in measure.parts[1:]]
    if measure.family == "overlap_share":
        return text("measure.overlap_share", first=first, second=others[0])
    return text("measure.member_share", posts=text.series([first, *others]))


def value(row: Mapping[Any, Any], text: Text) -> str:
    """A row of `measures.reconciliation.compare` as it was published."""
    if row["denominator"] is not None:
        return text.ratio(int(row["published"]), row["denominator"])
    written = text.percent if row["measure"].startswith("share:") else text.number
    return written(row["published"])
