"""How the sheets of the template look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dashboard.charts import theme
from dashboard.intake.forms import Form

RED, SOFT = theme.RED, theme.SOFT_INK
_INK, _LINE, _PALE = (theme.COLOURS[name] for name in ("ink", "line", "back"))
_NARROW, _WIDE, _WIDEST = 13, 30, 60


@dataclass(frozen=True)
class Looks:
    """The formats of one workbook."""

    title: Any
    label: Any
    soft: Any
    head: Any
    head_id: Any
    example: Any
    text: Any
    whole: Any
    number: Any
    date: Any
    id: Any


def looks(book: Any) -> Looks:
    """The formats in a workbook."""
    base = {"font_name": "Arial", "font_size": 11, "font_color": _INK, "valign": "vcenter"}
    head = {**base, "bold": True, "text_wrap": True, "bottom": 2, "bottom_color": RED, "bg_color": _PALE}

    def look(**more: object) -> Any:
        return book.add_format({**base, **more})

    return Looks(
        title=look(bold=True, font_size=16, font_color=RED),
        label=look(bold=True),
        soft=look(font_color=SOFT),
        head=book.add_format(head),
        head_id=book.add_format({**head, "font_color": SOFT, "bold": False}),
        example=look(italic=True, font_color=SOFT, bg_color=_PALE, bottom=1, bottom_color=_LINE),
        text=look(text_wrap=True),
        whole=look(num_format="0"),
        number=look(num_format="0.##"),
        date=look(num_format="@", align="left"),
        id=look(font_color=SOFT, indent=1),
    )


def width(form: Form, name: str) -> int:
    """How wide a column is, in letters."""
    if form.name == "officers":
        return _NARROW if name not in ("commune_id", "village_id") else 22
    if name in ("quote", "source", "name_vi", "name_en", "content") or (form.name, name) == (
        "organizations",
        "name",
    ):
        return _WIDEST if name == "content" else 44
    if name in ("name", "parent_id", "category", "level", "measure", "entry", "commune_id"):
        return _WIDE
    return _NARROW + 5 if name.endswith("_id") else _NARROW
