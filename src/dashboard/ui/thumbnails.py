"""What the files of a briefing are like, seen from afar: drawings without words."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence

from dashboard.charts import theme


def _lines(left: int, top: int, widths: Sequence[int]) -> str:
    """Lines of text, as they are seen from afar."""
    return "".join(
        f'<rect x="{left}" y="{top + 7 * n}" width="{width}" height="3" fill="{theme.PALE}"/>'
        for n, width in enumerate(widths)
    )


def _picture(*parts: str) -> str:
    """The address of a picture that holds itself."""
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 100">{"".join(parts)}</svg>'
    return f"data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}"


def _sheet(left: int, top: int, width: int, height: int) -> str:
    return (
        f'<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="{theme.WHITE}" '
        f'stroke="{theme.STEEL}"/><rect x="{left}" y="{top}" width="{width}" height="3" fill="{theme.RED}"/>'
    )


def _bars(left: int, top: int, lengths: Sequence[int]) -> str:
    return "".join(
        f'<rect x="{left}" y="{top + 9 * n}" width="{length}" height="6" fill="{theme.BLUE}"/>'
        f'<rect x="{left + length}" y="{top + 9 * n}" width="6" height="6" fill="{theme.AMBER}"/>'
        for n, length in enumerate(lengths)
    )


# What each is like, seen from afar.
PICTURES = {
    "slides": _picture(
        _sheet(34, 6, 120, 68),
        _sheet(20, 14, 120, 68),
        _sheet(6, 22, 120, 68),
        _lines(16, 34, [70]),
        _bars(16, 46, [84, 72, 60, 48]),
    ),
    "report": _picture(
        _sheet(52, 4, 64, 88),
        _sheet(40, 8, 64, 88),
        _lines(48, 18, [48, 44, 48, 40]),
        _bars(48, 50, [36, 28]),
        _lines(48, 74, [48, 30]),
    ),
    "everything": _picture(
        _sheet(90, 8, 62, 86),
        _sheet(64, 20, 84, 50),
        _sheet(6, 12, 84, 54),
        _sheet(20, 34, 76, 58),
        _lines(28, 44, [60, 60]),
        _bars(28, 62, [50, 40, 30]),
    ),
}
