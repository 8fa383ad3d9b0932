"""The current figures as a clerk finds them on the forms: names instead of ids, words instead of codes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from dashboard import schema
from dashboard.dataset import Dataset
from dashboard.dataset.villages import in_force
from dashboard.intake import forms, names
from dashboard.intake.forms import BEFORE, ENTRIES, MEMBER, Form
from dashboard.intake.rows import Cells, World, table_rows
from dashboard.text import Text

# Dates further apart than this follow one another by the year.
_YEAR_DAYS = 300


def rows(
    sheet_forms: Iterable[Form], dataset: Dataset, as_of: str, words: Text
) -> dict[str, list[list[str]]]:
    """The rows of each form by its name, cells in the order of its fields; dates as ISO text, numbers as
    digits."""
    filler = _Filler(dataset, as_of, words)
    fillers = {"officers": filler.officers, "organizations": filler.organizations, "about": filler.about}
    result = {}
    for form in sheet_forms:
        filled = fillers[form.name]() if form.name in fillers else filler.worded(form, filler.rows(form.name))
        result[form.name] = [[cells.get(name, "") for name in form.field_names] for cells in filled]
    return result


def following(dataset: Dataset, as_of: str) -> Dataset:
    """The data with a period of that date, in which nothing has changed since the one before, but for the
    villages that are no more; who was admitted in it is not known."""
    before, village_ids = (
        dataset.date_before(as_of),
        dataset.villages["village_id"][in_force(dataset.villages, as_of)],
    )
    organizations, officers = (
        frame[frame["as_of"] == before].assign(as_of=as_of)
        for frame in (dataset.organizations, dataset.officers)
    )
    still_there = organizations["village_id"].where(organizations["village_id"].isin(village_ids), "")
    return replace(
        dataset,
        organizations=organizations.assign(admitted=pd.NA, village_id=still_there),
        officers=officers[officers["village_id"].isin(village_ids)],
    )


def next_date(dates: Sequence[str]) -> str:
    """The end of the half year after the last date where the one before is no more than that ago, else of
    the year."""
    last = date.fromisoformat(dates[-1])
    half = len(dates) > 1 and (last - date.fromisoformat(dates[-2])).days < _YEAR_DAYS
    ends = [date(year, month, 30 + month // 12) for year in (last.year, last.year + 1) for month in (6, 12)]
    return next(end for end in ends if end > last and (half or end.month != 6)).isoformat()


class _Filler:
    """The rows of every form; what a name does not tell for certain is written as its id."""

    def __init__(self, dataset: Dataset, as_of: str, words: Text) -> None:
        self.dataset, self.as_of, self.words = dataset, as_of, words
        self.world = World(dataset, as_of)

    def rows(self, name: str) -> list[dict[str, str]]:
        """The rows of a table: of one with dates those of the date, of villages those in force then, the ones
        of a commune together: the lists of the workbook choose from them."""
        frame = getattr(self.dataset, name)
        if name == "villages":
            frame = frame[in_force(frame, self.as_of)]
        elif name in ("organizations", "officers"):
            frame = frame[frame["as_of"] == self.as_of]
        rows = table_rows(schema.table(name), frame)
        if name == "villages":
            together: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
            for cells in rows:
                together[self.world.communes.area(cells["commune_id"])].append(cells)
            rows = [cells for group in together.values() for cells in group]
        return rows

    def worded(self, form: Form, rows: list[dict[str, str]]) -> list[Cells]:
        """The rows with codes as words, and the commune that each lies in by name."""
        codes = {field.name: field.column for field in form.fields if field.column.codes}
        for cells in rows:
            for name, column in codes.items():
                if cells[name]:
                    cells[name] = forms.word(column, cells[name], self.words)
            if form.name != "communes" and cells.get("commune_id"):
                if form.name == "villages":
                    cells["name"] = self.world.villages.by_id[cells["village_id"]].label
                cells["commune_id"] = self.commune(cells["commune_id"])
        return list(rows)

    def commune(self, commune: str) -> str:
        """The commune that counts for it at the date."""
        communes = self.world.communes
        area = communes.area(commune)
        label = communes.by_id[area].label if area in communes.by_id else area
        return label if communes.match(label).id == area else area

    def village(self, village: str, commune: str) -> str:
        match = self.world.villages.by_id.get(village)
        area = self.world.communes.area(commune)
        if match and self.world.village_named(match.label, area).id == village:
            return match.label
        return village

    def organizations(self) -> list[Cells]:
        rows = self.rows("organizations")
        label = {cells["org_id"]: cells["name"] for cells in rows}
        count = Counter(names.folded(name) for name in label.values())
        for cells in rows:
            parent = label.get(cells["parent_id"], cells["parent_id"])
            if count.get(names.folded(parent), 1) == 1:
                cells["parent_id"] = parent
            cells["village_id"] = self.village(cells["village_id"], cells["commune_id"])
            cells[BEFORE.name] = cells["members"]
        return self.worded(forms.form("organizations"), rows)

    def officers(self) -> list[Cells]:
        """A row for every village in force, also for one that reported nothing: there it is filled in."""
        communes = {cells["village_id"]: cells["commune_id"] for cells in self.rows("villages")}
        posts: dict[str, dict[str, str]] = {village: {} for village in communes}
        for cells in self.rows("officers"):
            fields = posts[cells["village_id"]]
            fields[cells["position"]] = cells["holder"] or self.words("template.vacant")
            if cells["party_member"]:
                fields[cells["position"] + MEMBER] = self.words(f"template.{cells['party_member']}")
        return [
            {
                "commune_id": self.commune(communes[village]),
                "village_id": self.village(village, communes[village]),
                **fields,
            }
            for village, fields in posts.items()
        ]

    def about(self) -> list[Cells]:
        content = {key: self.dataset.about.entry(key) for key in ENTRIES}
        content["sample"] = self.words(f"template.{content['sample']}")
        return [{"entry": self.words(f"template.entry.{key}"), "content": content[key]} for key in ENTRIES]
