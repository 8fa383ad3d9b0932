"""Every file that a reader takes along is written into the audit log: what, of which communes, as what."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from dashboard import access
from dashboard.dataset import Dataset, Selection
from dashboard.exhibits import Exhibit
from dashboard.ui.reader import identity


def of_exhibit(exhibit: Exhibit, form: str, make: Callable[[], bytes]) -> Callable[[], bytes]:
    """`make`, which writes one line when the reader asks for the file."""
    filters = dict(exhibit.filters)
    communes, as_of, version = (
        filters[exhibit.text(f"filter.{name}")] for name in ("communes", "as_of", "version")
    )
    facts = {"exhibit": exhibit.id, "communes": communes, "as_of": as_of, "format": form, "version": version}
    return _recording(make, **facts)


def of_template(
    dataset: Dataset, as_of: str, form: str, place: str, make: Callable[[], bytes]
) -> Callable[[], bytes]:
    """`make` of workbooks to fill, which hold every row of a date ("" = none) of a place ("" = of all)."""
    places = {"communes": place} if place else {}
    version = dataset.about.version
    return _recording(make, exhibit="template", **places, as_of=as_of, format=form, version=version)


def of_pack(dataset: Dataset, selection: Selection, exhibits: list[str], form: str) -> None:
    """Write the line of a file of several exhibits that is being made."""
    access.record(
        "export",
        **identity(),
        exhibit=" ".join(exhibits),
        communes=selection.place(dataset),
        as_of=selection.text.date(selection.as_of),
        format=form,
        version=dataset.about.version,
    )


def _recording(make: Callable[[], bytes], **facts: str) -> Callable[[], bytes]:
    # Streamlit calls it outside of the session: the reader is known now.
    record = partial(access.record, "export", **identity(), **facts)

    def recorded() -> bytes:
        record()
        return make()

    return recorded
