"""The current figures as a clerk finds them on the forms: names instead of ids, words instead of codes."""

from __future__ import annotations

from collections import Counter

from dashboard import schema
from dashboard.dataset import Dataset
from dashboard.dataset.villages import in_force
from dashboard.intake import forms, names
from dashboard.intake.forms import ENTRIES, MEMBER, Form
from dashboard.intake.rows import Cells, World, table_rows
from dashboard.text import Text


def rows(form: Form, dataset: Dataset, as_of: str, words: Text) -> list[list[str]]:
    """The rows of a form, cells in the order of its fields; dates as ISO text, numbers as digits."""
    filler = _Filler(dataset, as_of, words)
    own = {"officers": filler.officers, "organizations": filler.organizations, "about": filler.about}
    result = own[form.name]() if form.name in own else filler.worded(form, filler.rows(form.name))
    return [[cells.get(name, "") for name in form.field_names] for cells in result]


class _Filler:
    """The rows of every form; what a name does not tell for certain is written as its id."""

    def __init__(self, dataset: Dataset, as_of: str, words: Text) -> None:
        self.dataset, self.as_of, self.words = dataset, as_of, words
        self.world = World(dataset, as_of)

    def rows(self, name: str) -> list[dict[str, str]]:
        """The rows of a table: of one with dates those of the date, of villages those in force then."""
        frame = getattr(self.dataset, name)
        if name == "villages":
            frame = frame[in_force(frame, self.as_of)]
        elif name in ("organizations", "officers"):
            frame = frame[frame["as_of"] == self.as_of]
        return table_rows(schema.table(name), frame)

    def worded(self, form: Form, rows: list[dict[str, str]]) -> list[Cells]:
        """The rows with codes as words, and the commune that each lies in by name."""
        codes = {field.name: field.column for field in form.fields if field.column.codes}
        for cells in rows:
            for name, column in codes.items():
                if cells[name]:
                    cells[name] = forms.word(column, cells[name], self.words)
            if form.name != "communes" and cells.get("commune_id"):
                cells["commune_id"] = self.commune(cells["commune_id"])
        return list(rows)

    def commune(self, commune: str) -> str:
        known = self.world.communes
        label = known.by_id[commune].label if commune in known.by_id else commune
        return label if known.find(label, prefer=self.world.communes_in_force).id == commune else commune

    def village(self, village: str, commune: str) -> str:
        known = self.world.villages.by_id.get(village)
        prefer = self.world.villages_in_force
        if known and self.world.villages.find(known.label, commune or None, prefer).id == village:
            return known.label
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
        return self.worded(forms.form("organizations"), rows)

    def officers(self) -> list[Cells]:
        """A row for every village in force, also for one that reported nothing: there it is filled in."""
        of = {cells["village_id"]: cells["commune_id"] for cells in self.rows("villages")}
        posts: dict[str, dict[str, str]] = {village: {} for village in of}
        for cells in self.rows("officers"):
            own = posts[cells["village_id"]]
            own[cells["position"]] = cells["holder"] or self.words("template.vacant")
            if cells["party_member"]:
                own[cells["position"] + MEMBER] = self.words(f"template.{cells['party_member']}")
        return [
            {"commune_id": self.commune(of[village]), "village_id": self.village(village, of[village]), **own}
            for village, own in posts.items()
        ]

    def about(self) -> list[Cells]:
        content = {key: self.dataset.about.entry(key) for key in ENTRIES}
        content["sample"] = self.words(f"template.{content['sample']}")
        return [{"entry": self.words(f"template.entry.{key}"), "content": content[key]} for key in ENTRIES]
