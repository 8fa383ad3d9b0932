"""The workbooks to fill, each at one click and made in a worker: other sessions do not wait."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import streamlit as st

from dashboard import intake
from dashboard.dataset import Dataset, Selection, areas
from dashboard.outputs import worker
from dashboard.text import Text, slug
from dashboard.ui import exports, pinned, versions
from dashboard.ui.markdown import escape_markdown

_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
_THEN = areas.BOUNDARIES[0]
_MOST_DAYS = 3_660  # from the last date to the next


def choice(dataset: Dataset, text: Text) -> None:
    """Draw the workbook with the figures of the last date in it, one of each commune, and the blank one."""
    last = max(dataset.dates, default="")
    with st.container(horizontal=True):
        if last:
            make = partial(_file, intake.template, dataset, last, text)
            _button("filled", make, dataset, text, as_of=last)
        if last and len(areas.listed(dataset, last, _THEN)) > 1:
            make = partial(_file, intake.templates, dataset, None, text)
            _button("each", make, dataset, text, as_of=last)
        _button("blank", partial(_file, intake.template, None, None, text), dataset, text)
    if last:
        _next(dataset, text)


def _next(dataset: Dataset, text: Text) -> None:
    """The workbook of the next period, and one of each commune; its date is asked for: the one that is being
    collected, else the usual next one."""
    first = date.fromisoformat(dataset.default_date) + timedelta(days=1)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.date_input(
            text("upload.next_date"),
            date.fromisoformat(dataset.about.collecting or intake.next_date(dataset.dates)),
            min_value=first,
            max_value=first + timedelta(days=_MOST_DAYS),
            format="DD/MM/YYYY",
            help=text("upload.next_help"),
            key="template-next-date",
            width=260,
        )
        day = chosen.isoformat()
        make = partial(_file, partial(intake.template, following=True), dataset, day, text)
        _button("next", make, dataset, text, as_of=day)
        if len(areas.listed(dataset, day, _THEN)) > 1:
            make = partial(_file, partial(intake.templates, following=True), dataset, day, text)
            _button("next_each", make, dataset, text, as_of=day)


def of_commune(dataset: Dataset, selection: Selection) -> None:
    """Draw the workbook of the chosen commune, for readers who may hand it in again."""
    commune, text = selection.only, selection.text
    if versions.can_publish() and not pinned.active() and commune in set(dataset.communes["commune_id"]):
        make = partial(_file, intake.template, dataset, None, text, [commune])
        place = selection.place(dataset)
        _button("commune", make, dataset, text, as_of=max(dataset.dates, default=""), place=place)


def _button(kind: str, make: Callable[[], bytes], dataset: Dataset, text: Text, **facts: str) -> None:
    """One file; `facts` are the date and the place of what is in it, where it is not all."""
    as_of, place = facts.get("as_of", ""), facts.get("place", "")
    name = text(f"upload.{kind}_name", date=as_of, place=slug(place))
    form = name.rpartition(".")[2]
    st.download_button(
        escape_markdown(text(f"upload.{kind}", date=text.date(as_of), place=place)),
        exports.of_template(dataset, as_of, form, place, make),
        name,
        _TYPES[form],
        key=f"template-{kind}",
        on_click="ignore",
    )


def _file(make: Callable[..., bytes], *args: object) -> bytes:
    return worker.workers().run(make, *args)
