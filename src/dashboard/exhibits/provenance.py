"""Where the data come from."""

from __future__ import annotations

from dashboard.dataset import Dataset, Selection
from dashboard.exhibits import checks, reconciliation
from dashboard.exhibits.model import Content, exhibit


@exhibit("data.provenance", size=8)
def about(dataset: Dataset, selection: Selection) -> Content:
    """Title, publisher, version, dates and size of the data set, and its own note."""
    text = selection.text
    given = dataset.about
    title, publisher, root, note = (
        given.localized(entry, text.lang) for entry in ("title", "publisher", "root", "note")
    )
    return Content(
        headline=text(f"data.provenance.headline_{'sample' if given.sample else 'real'}", title=title),
        sentences=[
            text("data.provenance.title", title=title),
            text("data.provenance.publisher", publisher=publisher),
            text("data.provenance.version", version=given.version),
            text("data.provenance.dates", dates=text.series([text.date(date) for date in dataset.dates])),
            text(
                "data.provenance.rows",
                communes=len(dataset.communes),
                villages=dataset.villages["village_id"].nunique(),
                organizations=len(dataset.organizations),
                officers=len(dataset.officers),
            ),
        ],
        notes=[note],
        place=text("selection.everything", root=root) if dataset.scope is None else text("scope.place"),
    )


def status(dataset: Dataset, selection: Selection) -> list[str]:
    """What the checks found, whether the published figures agree, and the last date: each a sentence."""
    text = selection.text
    checked = (checks.checks(dataset, selection), reconciliation.compare(dataset, selection))
    last = text("card.period", date=text.date(dataset.dates[-1])) if dataset.dates else text("card.no_period")
    return [*(one.headline for one in checked if one is not None), last]
