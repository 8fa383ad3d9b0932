"""How what is not reported is said, wherever a figure stands: a ratio never stands without it."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.measures.goals import Count
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


def count_says(
    count: Count, unit: str, text: Text, target: float | None = None, *, short: bool = False
) -> str:
    """ "43/52 (82,7%) · 8 vị trí chưa báo cáo", "ít nhất 2.074 đảng viên · 8 tổ chức chưa có số liệu".

    `target` of its goal, in percent: no share is rounded up to it. `short` is without the share, or
    without the unit of a count.
    """
    if not count.known:
        said = text("common.no_data")
    elif count.denominator is None:
        said = text.number(count.numerator) if short else text(f"goals.unit.{unit}", n=count.numerator)
        said = said if count.complete else text("common.at_least", n=said)
    elif short:
        said = f"{text.number(count.numerator)}/{text.number(count.denominator)}"
    else:
        said = text.ratio(count.numerator, count.denominator, target)
    lacking = left_out(count, unit, text)
    return f"{said} · {lacking}" if lacking else said


def briefly(count: Count, unit: str, text: Text, target: float | None = None) -> str:
    """ "43/52 (82,7%) · 8 chưa báo cáo": the same with few letters on what is left out of a share."""
    if not count.known or count.denominator is None:
        return count_says(count, unit, text, target)
    said, lacking = text.ratio(count.numerator, count.denominator, target), briefly_left_out(count, text)
    return f"{said} · {lacking}" if lacking else said


def briefly_left_out(count: Count, text: Text) -> str:
    """ "3 khuyết, 8 chưa báo cáo", where there is no room for what is counted."""
    said = (briefly_vacant(count, text), briefly_unreported(count, text))
    return ", ".join(part for part in said if part)


def briefly_vacant(count: Count, text: Text) -> str:
    """ "3 khuyết"; "" for none."""
    return text("goals.brief.vacant", n=count.vacant) if count.vacant else ""


def briefly_unreported(count: Count, text: Text) -> str:
    """ "8 chưa báo cáo"; "" where all is reported."""
    counted = (("unreported", count.unreported), ("silent", count.silent))
    return ", ".join(text(f"goals.brief.{state}", n=n) for state, n in counted if n)


def left_out(count: Count, unit: str, text: Text) -> str:
    """ "3 vị trí khuyết, 8 vị trí chưa báo cáo"; "" where all is reported and filled."""
    said = [text("overlap.vacant", n=count.vacant)] if count.vacant else []
    if count.unreported:
        said.append(text(f"goals.unreported.{_REPORTED_BY.get(unit, unit)}", n=count.unreported))
    if count.silent:
        said.append(text("goals.unreported.places", n=count.silent))
    return ", ".join(said)


def not_ranked(names: Sequence[str], text: Text) -> str:
    """Of whom a ranking says nothing, since their figures are not complete; "" for none."""
    if not names:
        return ""
    if len(names) > _NAMED:
        return text("takeaway.not_ranked_many", n=len(names))
    return text("takeaway.not_ranked", names=text.series(names))
