"""What the reader has chosen: communes, as-of date, boundaries, language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dashboard import schema, text
from dashboard.dataset import areas, collecting, words
from dashboard.dataset import scenario as scenarios
from dashboard.dataset.model import Dataset
from dashboard.dataset.posts import Posts


class UnknownChoiceError(ValueError):
    """A commune, date or other id that the data set does not have; `known` lists those that it has."""

    def __init__(self, kind: str, value: str, known: Sequence[str]) -> None:
        super().__init__(f"unknown {kind}: {value}; known: {', '.join(known) or '-'}")
        self.kind = kind
        self.value = value
        self.known = tuple(known)


@dataclass(frozen=True)
class Selection:
    """A checked choice; make it with `select`.

    `communes` are ids in display order, `schema.OUTSIDE` last; empty = everything, the district bodies
    included. `as_of` is "" only where the data set has no date at all. `since` is an earlier date, from which
    changes are counted, "" = the as-of date before. `scenario` are the changes of a what-if, which count at
    `as_of` alone; empty = what was reported. With `by_region` the rows of every list are regions, not
    communes: of the same places, for charts that cannot hold as many communes. `texts` are the words of the
    data set in every language.
    """

    as_of: str
    communes: tuple[str, ...] = ()
    boundaries: str = "then"
    lang: str = "vi"
    since: str = ""
    scenario: scenarios.Scenario = ()
    by_region: bool = False
    texts: Mapping[str, text.Text] | None = field(default=None, compare=False, repr=False)

    @property
    def everything(self) -> bool:
        """Whether nothing is filtered."""
        return not self.communes

    @property
    def only(self) -> str | None:
        """The one commune chosen; None for none, several, or the district bodies."""
        return self.communes[0] if len(self.communes) == 1 and self.communes[0] != schema.OUTSIDE else None

    @property
    def unfiltered(self) -> Selection:
        """The choice of all places, whatever the language: what is computed of it serves every other."""
        return replace(self, communes=(), lang="vi", since="", by_region=False)

    @property
    def text(self) -> text.Text:
        """The words of the chosen language, with those of the data set."""
        return text.get(self.lang) if self.texts is None else self.texts[self.lang]

    def compared_with(self, dataset: Dataset) -> str | None:
        """The earlier as-of date that changes are counted from; None where there is none."""
        return self.since or dataset.date_before(self.as_of)

    def posts(self, dataset: Dataset) -> Posts:
        """Who holds which post at the chosen date, with the changes of the what-if; the very object of
        `posts.all_dates` without any."""
        return scenarios.posts_with(dataset, self.as_of, self.scenario)

    def place(self, dataset: Dataset) -> str:
        """The chosen communes by name, or the whole organisation."""
        if self.everything:
            return self.text("selection.everything", root=dataset.about.localized("root", self.lang))
        chosen = areas.gathered(dataset, self.communes, self.as_of, self.boundaries)
        names = {
            **areas.labels(dataset, self.as_of, self.boundaries, self.text),
            **areas.region_names(dataset, self.as_of, self.boundaries, self.text),
        }
        sentence = ", ".join(names[area] for area in chosen[:_NAMED])
        if len(chosen) > _NAMED:
            more = len(areas.expanded(dataset, chosen[_NAMED:], self.as_of, self.boundaries))
            return self.text("selection.and_more", n=more, names=sentence)
        return sentence

    def period(self, dataset: Dataset) -> str:
        """ "số liệu đến 31/12/2024", and that it is being collected."""
        if not self.as_of:
            return self.text("card.no_period")
        key = "card.collecting" if self.as_of == dataset.about.collecting else "card.period"
        return self.text(key, date=self.text.date(self.as_of))

    def sentence(self, dataset: Dataset) -> str:
        """ "Xã Hương Sơn, Xã Thượng Lộ · số liệu đến 31/12/2024"; who has sent for a date that is being
        collected; the boundaries where they are not those of that date."""
        text = self.text
        sentence = f"{self.place(dataset)} · {self.period(dataset)}"
        if self.as_of and self.as_of == dataset.about.collecting:
            sentence += f": {collecting.collected(dataset, self.as_of).part(text)}"
        if self.boundaries != areas.BOUNDARIES[0]:
            sentence += f" · {text(f'selection.boundaries.{self.boundaries}')}"
        if not self.scenario:
            return sentence
        return text("selection.with_scenario", said=sentence, scenario=self.scenario_label())

    def scenario_label(self) -> str:
        """ "giả định: 3 thay đổi"; "" without any."""
        return self.text("selection.scenario", n=len(self.scenario)) if self.scenario else ""


# More names than this make a sentence too long to read.
_NAMED = 5


def select(
    dataset: Dataset,
    communes: Iterable[str] = (),
    as_of: str | None = None,
    boundaries: str = "then",
    lang: str = "vi",
    *,
    since: str | None = None,
    scenario: Iterable[scenarios.Change] = (),
) -> Selection:
    """A selection of this data set; its default date where none is given.

    `communes` may hold ids of regions: each means its communes. Every commune together with the district
    bodies is the same as everything. Of a data set with a scope (see `scoped`) no commune means each that it
    holds, by name. Raises `UnknownChoiceError` for a commune or region that is not in the list of that date
    and those boundaries, an unknown date, or a `since` that is not an earlier date of the data set;
    `RefusedChangeError` for a change that cannot be at that date. Changes in villages that are not chosen are
    kept: they count as soon as their commune is.
    """
    if boundaries not in areas.BOUNDARIES:
        raise UnknownChoiceError("boundaries", boundaries, areas.BOUNDARIES)
    date = as_of if as_of is not None else dataset.default_date
    if as_of is not None and as_of not in dataset.dates:
        raise UnknownChoiceError("as_of", as_of, dataset.dates)
    earlier = tuple(day for day in dataset.dates if day < date)
    if since and since not in earlier:
        raise UnknownChoiceError("since", since, earlier)
    choices = areas.choices(dataset, date, boundaries)
    regions = [region.removeprefix(schema.REGION) for region in areas.regions(dataset, date, boundaries)]
    chosen = set(areas.expanded(dataset, communes, date, boundaries))
    for region in sorted(choice for choice in chosen if choice.startswith(schema.REGION)):
        name = region.removeprefix(schema.REGION)
        raise UnknownChoiceError("region", name, [region for region in regions if region])
    for commune in sorted(chosen.difference(choices)):
        raise UnknownChoiceError("commune", commune, choices)
    checked = scenarios.check(dataset, date, tuple(scenario))
    if checked.refused:
        raise scenarios.RefusedChangeError(checked.refused[0])
    ordered = _ordered(choices, chosen, in_part=dataset.scope is not None)
    texts = words.texts(dataset, date, boundaries)
    return Selection(date, ordered, boundaries, lang, since or "", checked.scenario, texts=texts)


def _ordered(choices: tuple[str, ...], chosen: set[str], in_part: bool) -> tuple[str, ...]:
    """The chosen communes in display order, () for everything. Of a data set that holds a part only there is
    no everything: no choice is each of its communes, which every sentence then names."""
    if not in_part:
        return () if chosen == set(choices) else tuple(commune for commune in choices if commune in chosen)
    if not choices:
        raise UnknownChoiceError("commune", "", choices)
    return tuple(commune for commune in choices if commune in (chosen or choices))
