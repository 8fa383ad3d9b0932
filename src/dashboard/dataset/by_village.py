"""The data of one commune as they are shown: its villages are where those of a district have communes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np

from dashboard import schema, text
from dashboard.dataset import village_names, villages
from dashboard.dataset.memo import memoize
from dashboard.dataset.model import Dataset
from dashboard.dataset.words import unit_of


@memoize(size=1)
def by_village(dataset: Dataset) -> Dataset:
    """The data set with a row of `communes` per village where the whole is one commune (`words.unit_of`);
    else the same one.

    A village lies in the commune of its own id; the `region` of that is the former commune that the village
    comes from ("Hương Sơn cũ"), "" where it comes from none, which also tells villages of one name apart.
    Organisations of no village belong to no commune then. Where a village has the reserved id of
    `schema.OUTSIDE`, communes stay. Links, figures and pages are made of this; files, checks and rights of
    the data set itself.
    """
    if unit_of(dataset) not in schema.COMMUNE_UNITS or dataset.villages.empty:
        return dataset
    if (dataset.villages["village_id"] == schema.OUTSIDE).any():
        return dataset  # as an area it would be taken for the bodies of none
    former = _former_communes(dataset)
    as_areas = dataset.villages.assign(
        commune_id=dataset.villages["village_id"], name=_marked_names(dataset, former)
    )
    periods = villages.periods(dataset)
    last = np.sort([rows[-1] for rows in periods.values()])
    first = [periods[as_areas["village_id"].array[row]][0] for row in last]
    communes = as_areas.iloc[last].assign(
        code="",
        rank=range(len(last)),
        valid_from=as_areas["valid_from"].array.take(first),
        region=[former[row] for row in last],
    )
    outside = {schema.OUTSIDE}.intersection(dataset.scope or ())
    return replace(
        dataset,
        communes=communes[list(dataset.communes.columns)]
        .astype(dataset.communes.dtypes)
        .reset_index(drop=True),
        villages=as_areas,
        organizations=dataset.organizations.assign(commune_id=dataset.organizations["village_id"]),
        scope=None if dataset.scope is None else (*communes["commune_id"], *outside),
        area_kinds=(),
        by_village=True,
    )


def _former_communes(dataset: Dataset) -> list[str]:
    """Per row of villages the ended commune that it, or what it was formed of, was in first."""
    words, ended = text.get(), dataset.communes[dataset.communes["valid_to"] != ""]
    alike = Counter(ended["name"])
    names = {
        commune: words(
            "selection.former",
            name=words(f"code.commune_kind.{kind}", name=name) if alike[name] > 1 else name,
        )
        for commune, kind, name in zip(ended["commune_id"], ended["kind"], ended["name"], strict=True)
    }
    first = dataset.villages["commune_id"].array.take(village_names.oldest(dataset))
    return [names.get(commune, "") for commune in first]


def _marked_names(dataset: Dataset, former: list[str]) -> list[str]:
    """The names of villages; behind one that another village has, too, its former commune, else its id."""
    ids, names = (dataset.villages[column].to_list() for column in ("village_id", "name"))
    for marks in (former, ids):
        counts = Counter(name.casefold() for name, _ in {*zip(names, ids, strict=True)})
        names = [
            text.get()("village.marked", name=name, mark=mark)
            if mark and counts[name.casefold()] > 1
            else name
            for name, mark in zip(names, marks, strict=True)
        ]
    return names
