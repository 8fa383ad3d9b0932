"""The pages of one commune and one village: their heading, the choice of one, and the ways up and beside."""

from __future__ import annotations

import streamlit as st

from dashboard import exhibits, measures, registry, schema
from dashboard.dataset import Dataset, Selection, UnknownChoiceError, areas
from dashboard.exhibits import deadlines
from dashboard.exhibits.names import AREA, area_names, link
from dashboard.registry import VILLAGE
from dashboard.ui import drilldown, sidebar
from dashboard.ui.markdown import escape_markdown

_COMMUNE_PAGE, _VILLAGE_PAGE = registry.COMMUNE_PAGE.name, registry.VILLAGE_PAGE.name
# Longer lists are not read: a commune is searched for, or chosen first.
_MOST_VILLAGES = 300
_MOST_COMMUNES = 120


def heading(name: str, dataset: Dataset, selection: Selection) -> tuple[str, str]:
    """The title of a page, and what it is about: that of one place is its name."""
    village_id = chosen_village(dataset) if name == _VILLAGE_PAGE else None
    if village_id is not None:
        place = exhibits.places.village.name(dataset, selection, village_id)
        return place, " · ".join(selection.sentence(dataset).split(" · ")[1:])
    if name == _COMMUNE_PAGE and selection.only:
        return selection.place(dataset), selection.sentence(dataset)
    chosen = selection.sentence(dataset)
    # The goals on top of the page have no foot of their own.
    if name == "goals" and (passed := deadlines.passed(dataset, selection, dataset.goal.values())):
        chosen = f"{chosen} · {passed}"
    return selection.text(f"page.{name}.title"), chosen


def chosen_village(dataset: Dataset) -> str | None:
    """The village that the link names; None where it names none that is known."""
    village_id = st.query_params.get(VILLAGE.key)
    try:
        return village_id if village_id and measures.places.row_of(dataset, village_id, "") >= 0 else None
    except UnknownChoiceError:
        return None


def way_up(dataset: Dataset, selection: Selection) -> None:
    """Draw a button to each level above what is chosen, on the same page; nothing where everything is."""
    every = areas.choices(dataset, selection.as_of, selection.boundaries)
    if selection.everything or set(selection.communes) == set(every):
        return
    with _row():
        _up(sidebar.everything(dataset, selection.text), AREA, "", "up-everything", selection)
        regions = areas.regions(dataset, selection.as_of, selection.boundaries)
        above = areas.region_of(dataset, selection.as_of, selection.boundaries).get(selection.only or "")
        if above and above != schema.REGION and len(regions[above]) > 1:
            _up(above.removeprefix(schema.REGION), AREA, above, "up-region", selection)


def commune(dataset: Dataset, selection: Selection) -> bool:
    """Draw the way up and the choice of another commune, or where none or several are chosen of one; whether
    there is one."""
    text = selection.text
    listed = areas.listed(dataset, selection.as_of, selection.boundaries)
    names = area_names(dataset, selection)
    if selection.only is None:
        listed = selection.communes or listed
    elif len(listed) > _MOST_COMMUNES:
        # The communes beside it: of its region.
        region = areas.region_of(dataset, selection.as_of, selection.boundaries).get(selection.only, "")
        listed = areas.regions(dataset, selection.as_of, selection.boundaries).get(region, listed)
    is_long = len(listed) > _MOST_COMMUNES
    if selection.only is None:
        st.markdown(
            escape_markdown(text(f"page.commune.{'too_many' if is_long else 'choose'}", n=len(listed)))
        )
    with _row():
        if selection.only and len(names) > 1:
            _up(sidebar.everything(dataset, text), registry.OVERVIEW.name, "", "open-up", selection)
        pages = {link(_COMMUNE_PAGE, area): names[area] for area in listed}
        pages.pop("", None)
        if list(names) != [selection.only] and not is_long:
            drilldown.choice(pages, "open-commune", text("open.commune"))
    return selection.only is not None


def village(dataset: Dataset, selection: Selection) -> str | None:
    """Draw the way up and to the villages beside, or the choice of one where the link names none; its id."""
    village_id = chosen_village(dataset)
    if village_id is None:
        _choose_village(dataset, selection)
        return None
    place = measures.places.village(dataset, selection, village_id)
    beside = {
        way: neighbour for way, neighbour in (("before", place.before), ("after", place.after)) if neighbour
    }
    with _row():
        # The commune of a village that is not in force may not be there either.
        if dataset.by_village:
            whole = sidebar.everything(dataset, selection.text)
            _up(whole, registry.OVERVIEW.name, "", "open-up", selection)
        elif commune_name := area_names(dataset, selection).get(place.area):
            _up(commune_name, _COMMUNE_PAGE, place.area, "open-up", selection)
        for way, neighbour in beside.items():
            row = measures.places.row_of(dataset, neighbour, selection.as_of)
            label = selection.text(f"open.{way}", place=exhibits.names.village(dataset, selection, row))
            _button(label, _VILLAGE_PAGE, neighbour, f"open-{way}")
    return village_id


def _choose_village(dataset: Dataset, selection: Selection) -> None:
    text = selection.text
    by_commune = measures.places.villages_of(dataset, selection.as_of, selection.boundaries)
    communes = selection.communes or areas.listed(dataset, selection.as_of, selection.boundaries)
    ids = [village_id for area in communes for village_id in by_commune.get(area, [])]
    state = "none" if not ids else "too_many" if len(ids) > _MOST_VILLAGES else "choose"
    st.markdown(escape_markdown(text(f"page.village.{state}", n=len(ids))))
    if state == "choose":
        pages = {
            link(_VILLAGE_PAGE, village_id): exhibits.places.village.name(dataset, selection, village_id)
            for village_id in ids
        }
        drilldown.choice(pages, "open-village", text("open.village"))


def _row() -> st.delta_generator.DeltaGenerator:
    return st.container(horizontal=True, vertical_alignment="center", gap="small")


def _up(place: str, page: str, chosen: str, key: str, selection: Selection) -> None:
    _button(selection.text("open.up", place=place), page, chosen, key)


def _button(label: str, page: str, chosen: str, key: str) -> None:
    st.button(escape_markdown(label), on_click=drilldown.open_page, args=[page, chosen], key=key)
