"""The parts of a label in one line, and the signs of a status as letters that every font has."""

from __future__ import annotations

from dashboard.charts.model import Label, Status

SIGNS: dict[Status, str] = {
    "met": "●",
    "not_met": "▼",
    "rising": "▲",
    "falling": "▼",
    "unchanged": "=",
    "whole_only": "◊",
    "no_data": "–",
    "uncertain": "○",
    "none": "",
}


def said(label: Label) -> str:
    """ "50/60 (83,3%) · ● đạt · 2 khuyết": everything that a row says behind its name."""
    return " · ".join(part for part in (_count(label), _rest(label)) if part)


def in_lines(label: Label) -> str:
    """The same in two lines, the count in the first."""
    return "\n".join(part for part in (_count(label), _rest(label)) if part)


def sign(label: Label) -> str:
    """ "▲ +3": a change with its direction."""
    return f"{SIGNS[label.status]} {label.count}".strip()


def with_sign(status: Status, words: str) -> str:
    """The words behind the sign of their status, which alone says nothing."""
    return f"{SIGNS[status]} {words}".strip() if words else ""


def _count(label: Label) -> str:
    return f"{label.count} ({label.share})" if label.share else label.count


def _rest(label: Label) -> str:
    return " · ".join(part for part in (with_sign(label.status, label.status_label), label.left_out) if part)
