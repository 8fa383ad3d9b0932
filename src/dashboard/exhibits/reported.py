"""The words for what is not reported, beside every figure: a ratio is never without it."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.dataset import Dataset, Selection
from dashboard.measures import overlap
from dashboard.measures.families import Count
from dashboard.text import Text

# What reports the figure of a unit, where it is not the unit itself.
_REPORTED_BY = {
    "members": "organizations",
    "admitted": "organizations",
    "households": "blank_villages",
    "population": "blank_villages",
}
# More names than these say nothing.
_NAMED = 3


def count_label(
    count: Count, unit: str, text: Text, target: float | None = None, *, short: bool = False
) -> str:
    """ "43/52 (82,7%) · 8 vị trí chưa báo cáo", "ít nhất 2.074 đảng viên · 8 tổ chức chưa có số liệu"; no
    share is rounded up to the `target` (percent). `short` is without share or, of a count, unit."""
    if not count.known:
        figure = text("common.no_data")
    elif count.denominator is None:
        figure = text.number(count.numerator) if short else text(f"goals.unit.{unit}", n=count.numerator)
        figure = figure if count.complete else text("common.at_least", n=figure)
    elif short:
        figure = text.fraction(count.numerator, count.denominator)
    else:
        figure = text.ratio(count.numerator, count.denominator, target)
    return _with(figure, left_out(count, unit, text))


def briefly(count: Count, unit: str, text: Text, target: float | None = None) -> str:
    """ "43/52 (82,7%) · 8 chưa báo cáo": the same with few letters on what is left out of a share."""
    if not count.known or count.denominator is None:
        return count_label(count, unit, text, target)
    return _briefly(text.ratio(count.numerator, count.denominator, target), count, text)


def fraction(count: Count, text: Text) -> str:
    """ "43/52 · 3 khuyết, 8 chưa báo cáo": a share without its rate; "–" where there is nothing to count."""
    if not count.known:
        return _briefly("–", count, text)
    return _briefly(text.fraction(count.numerator, count.denominator or 0), count, text)


def briefly_vacant(count: Count, text: Text) -> str:
    """ "3 khuyết"; "" for none."""
    return text.some("goals.brief.vacant", count.vacant)


def briefly_unreported(count: Count, text: Text) -> str:
    """ "8 chưa báo cáo"; "" where all is reported."""
    return _list(
        text.some("goals.brief.unreported", count.unreported),
        text.some("goals.brief.unreported_areas", count.unreported_areas),
    )


def persons(dataset: Dataset, selection: Selection) -> str:
    """The note on posts whose holders may hold another post, each counted as one person; "" for none."""
    states = overlap.post_states(dataset, selection)
    return selection.text.some("overlap.unclear_note", int(states["unknown"].sum()))


def left_out(count: Count, unit: str, text: Text) -> str:
    """ "3 vị trí khuyết, 8 vị trí chưa báo cáo"; "" where all is reported and filled."""
    return _list(
        text.some("overlap.vacant", count.vacant),
        text.some(f"goals.unreported.{_REPORTED_BY.get(unit, unit)}", count.unreported),
        text.some("goals.unreported.places", count.unreported_areas),
    )


def not_ranked(names: Sequence[str], text: Text, why: str = "not_ranked") -> str:
    """The names that a ranking leaves out, since their figures are not complete, or cannot all be compared
    ("not_compared"); "" for none."""
    return named(f"takeaway.{why}", names, _NAMED, text)


def named(key: str, names: Sequence[str], most: int, text: Text) -> str:
    """The sentence `key` with these names, `key`_many where they are more than `most`; "" for none."""
    if not names:
        return ""
    return text(f"{key}_many" if len(names) > most else key, n=len(names), names=text.series(names))


def _list(*parts: str) -> str:
    return ", ".join(filter(None, parts))


def _briefly(figure: str, count: Count, text: Text) -> str:
    return _with(figure, _list(briefly_vacant(count, text), briefly_unreported(count, text)))


def _with(figure: str, lacking: str) -> str:
    return f"{figure} · {lacking}" if lacking else figure
