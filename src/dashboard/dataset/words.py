"""What the sentences call the whole and its areas: a district of communes, a province of wards and communes,
a commune of villages; its villages, and its posts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from dashboard import schema, text
from dashboard.dataset import areas, positions, villages
from dashboard.dataset.memo import memoize
from dashboard.dataset.model import Dataset
from dashboard.text import Text

# Several kinds of areas in the order in which they are named; the second of a pair is left out for short.
_KINDS = ("phuong", "xa", "thi_tran", "dac_khu", "thon", "to_dan_pho")
_SHORT = {"thi_tran": "xa", "to_dan_pho": "thon"}

_OF_VILLAGES = ("village", "villages", "village_head", "village_heads")


@memoize(size=16)
def texts(dataset: Dataset, as_of: str = "", boundaries: str = areas.BOUNDARIES[0]) -> Mapping[str, Text]:
    """The words of every language with those of the data set and of the communes of a date, else of the
    default one."""
    day = as_of or dataset.default_date
    kinds = area_kinds(dataset, day, boundaries)
    added: list[tuple[str, str, str]] = []
    for lang in text.LANGUAGES:
        of_villages = _of_villages(village_kinds(dataset, day), text.get(lang))
        words = of_villages | _of_data(dataset, kinds, text.get(lang))
        added += ((lang, *word) for word in words.items())
    return {lang: text.get(lang, tuple(added)) for lang in text.LANGUAGES}


def _of_data(dataset: Dataset, kinds: Sequence[str], words: Text) -> dict[str, str]:
    unit = words(f"code.unit.{text.slug(unit_of(dataset))}")
    result = {
        "term.unit": unit,
        "term.area": _joined([kind for kind in kinds if _SHORT.get(kind) not in kinds], "code.area", words),
        "term.areas": _joined(kinds, "code.areas", words),
    }
    if result["term.area"] == result["term.areas"]:
        result["glossary.commune.term"] = text.capital(result["term.areas"])
    if dataset.root_level == "superior":
        result["code.level.superior"] = words("code.level.province", unit=unit, Unit=text.capital(unit))
    if dataset.by_village:
        result["column_short.group"] = words("column_short.former_commune")
        result["selection.no_region"] = words("selection.no_former_commune")
    return result | positions.words(dataset, words)


def _of_villages(kinds: Collection[str], words: Text) -> dict[str, str]:
    """The words of villages that are all of one kind."""
    if len(kinds) != 1:
        return {}
    [kind] = kinds
    result = {f"term.{term}": words(f"code.villages_of.{kind}.{term}") for term in _OF_VILLAGES}
    return result | {"code.position_head.village_head": words(f"code.villages_of.{kind}.narrow_head")}


def unit_of(dataset: Dataset) -> str:
    """One of `schema.UNITS`: as dataset.toml says, else the first of them in the name of the organisation at
    the top (one commune only where no other goes on beside it), else by its level."""
    if dataset.about.unit:
        return dataset.about.unit
    several = not dataset.by_village and (dataset.communes["valid_to"] == "").sum() > 1
    units = [unit for unit in schema.UNITS if not (several and unit in schema.COMMUNE_UNITS)]
    match = re.search(rf"\b({'|'.join(units)})\b", dataset.about.root.casefold())
    return match[1] if match else "tỉnh" if dataset.root_level == "province" else "huyện"


def area_kinds(dataset: Dataset, as_of: str, boundaries: str) -> tuple[str, ...]:
    """The kinds of the communes to choose from, in the order in which they are named."""
    if dataset.area_kinds and boundaries == areas.BOUNDARIES[0]:
        return dataset.area_kinds
    listed = dataset.communes["commune_id"].isin(areas.listed(dataset, as_of, boundaries))
    kinds = set(dataset.communes.loc[listed, "kind"]) or {schema.COMMUNE_KINDS[0]}
    return tuple(kind for kind in _KINDS if kind in kinds)


def village_kinds(dataset: Dataset, as_of: str) -> tuple[str, ...]:
    """The kinds of the villages of a date."""
    at_date = dataset.villages.loc[villages.in_force(dataset.villages, as_of), "kind"]
    return dataset.village_kinds or tuple(at_date.unique())


def _joined(kinds: Iterable[str], key: str, words: Text) -> str:
    return words(f"{key}.between").join(dict.fromkeys(words(f"{key}.{kind}") for kind in kinds))
