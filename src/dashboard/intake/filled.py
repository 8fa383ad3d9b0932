"""The current figures as a clerk finds them on the forms: names instead of ids, words instead of codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from dashboard import schema
from dashboard.dataset import Dataset
from dashboard.dataset.villages import in_force
from dashboard.intake import forms, names
from dashboard.intake.convert.rows import standing
from dashboard.intake.convert.world import World
from dashboard.intake.forms import ENTRIES, MEMBER, Form
from dashboard.text import Text

Cells = Mapping[str, str]


def rows(form: Form, dataset: Dataset, as_of: str, words: Text) -> list[list[str]]:
    """The rows of a form, cells in the order of its fields; dates as ISO text, numbers as digits."""
    filler = _Filler(dataset, as_of, words)
    found = {
        "villages": filler.villages,
        "organizations": filler.organizations,
        "officers": filler.officers,
        "communes": filler.communes,
        "goals": filler.goals,
        "published": filler.published,
        "about": filler.about,
    }[form.name]()
    return [[cells.get(name, "") for name in form.field_names] for cells in found]


class _Filler:
    """The rows of every form; what a name does not tell for certain is written as its id."""

    def __init__(self, dataset: Dataset, as_of: str, words: Text) -> None:
        self.dataset = dataset
        self.as_of = as_of
        self.words = words
        self.world = World(dataset, as_of)

    def standing(self, name: str) -> list[Cells]:
        frame = getattr(self.dataset, name)
        rows = standing(
            schema.table(name), frame[in_force(frame, self.as_of)] if name == "villages" else frame
        )
        return [
            row.cells
            for row in rows
            if row.cells.get("as_of", self.as_of) == self.as_of or name == "published"
        ]

    def coded(self, form: str, name: str, code: str) -> str:
        return forms.word(forms.form(form).field(name).column, code, self.words) if code else ""

    def commune(self, commune: str) -> str:
        label = self.world.commune_label(commune)
        return label if self.world.communes.find(label, prefer=self.world.in_force).id == commune else commune

    def village(self, village: str, commune: str) -> str:
        known = self.world.villages.by_id.get(village)
        found = self.world.villages.find
        prefer = self.world.villages_in_force
        if known and found(known.label, within=commune or None, prefer=prefer).id == village:
            return known.label
        return village

    def villages(self) -> list[Cells]:
        return [
            {
                **cells,
                "commune_id": self.commune(cells["commune_id"]),
                "kind": self.coded("villages", "kind", cells["kind"]),
            }
            for cells in self.standing("villages")
        ]

    def organizations(self) -> list[Cells]:
        found = self.standing("organizations")
        label = {cells["org_id"]: cells["name"] for cells in found}
        many = Counter(names.folded(cells["name"]) for cells in found)
        return [
            {
                **cells,
                "level": self.coded("organizations", "level", cells["level"]),
                "category": self.coded("organizations", "category", cells["category"]),
                "parent_id": _unique(cells["parent_id"], label, many),
                "commune_id": self.commune(cells["commune_id"]) if cells["commune_id"] else "",
                "village_id": self.village(cells["village_id"], cells["commune_id"])
                if cells["village_id"]
                else "",
            }
            for cells in found
        ]

    def officers(self) -> list[Cells]:
        """A row for every village in force, also for one that reported nothing: there it is filled in."""
        of = {cells["village_id"]: cells["commune_id"] for cells in self.standing("villages")}
        posts: dict[str, dict[str, str]] = {village: {} for village in of}
        for cells in self.standing("officers"):
            own = posts[cells["village_id"]]
            own[cells["position"]] = cells["holder"] or self.words("template.vacant")
            if cells["party_member"]:
                own[cells["position"] + MEMBER] = self.words(f"template.{cells['party_member']}")
        return [
            {
                "commune_id": self.commune(of[village]),
                "village_id": self.village(village, of[village]),
                **own,
            }
            for village, own in posts.items()
        ]

    def communes(self) -> list[Cells]:
        return [
            {
                **cells,
                "kind": self.coded("communes", "kind", cells["kind"]),
                "merged_into": cells["merged_into"],
            }
            for cells in self.standing("communes")
        ]

    def goals(self) -> list[Cells]:
        return [
            {**cells, "operator": self.coded("goals", "operator", cells["operator"])}
            for cells in self.standing("goals")
        ]

    def published(self) -> list[Cells]:
        return self.standing("published")

    def about(self) -> list[Cells]:
        return [{"entry": self.words(f"template.entry.{key}"), "content": self.entry(key)} for key in ENTRIES]

    def entry(self, key: str) -> str:
        value = getattr(self.dataset.about, key)
        return self.words(f"template.{str(value).lower()}") if isinstance(value, bool) else str(value)


def _unique(parent: str, label: Mapping[str, str], many: Mapping[str, int]) -> str:
    name = label.get(parent, parent)
    return name if many.get(names.folded(name), 1) == 1 else parent
