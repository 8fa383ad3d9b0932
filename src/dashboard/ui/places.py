"""The pages of one commune and one village: their heading, the choice of one, and the way up and beside."""

from __future__ import annotations

import streamlit as st

from dashboard import exhibits, measures
from dashboard.dataset import Dataset, Selection, UnknownChoiceError, areas, link
from dashboard.exhibits.names import area_names, opening
from dashboard.text import Text
from dashboard.ui import open, sidebar
from dashboard.ui.plain import plain

# Longer lists are not read: a commune is searched for, or chosen first.
_MOST_VILLAGES = 300
_MOST_COMMUNES = 120


def heading(name: str, dataset: Dataset, selection: Selection) -> tuple[str, str]:
    """The title of a page, and what it is about: that of one place is its name."""
    text = selection.text
    village_id = chosen_village(dataset) if name == open.VILLAGE else None
    if village_id is not None:
        place = exhibits.places.village.name(dataset, selection, village_id)
        return place, " · ".join(selection.sentence(dataset).split(" · ")[1:])
    if name == open.COMMUNE and selection.only:
        return selection.place(dataset), selection.sentence(dataset)
    return text(f"page.{name}.title"), selection.sentence(dataset)


def chosen_village(dataset: Dataset) -> str | None:
    """The village that the link names; None where it names none that is known."""
    named = st.query_params.get(link.VILLAGE)
    try:
        return named if named and measures.places.row_of(dataset, named, "") >= 0 else None
    except UnknownChoiceError:
        return None


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
    many = len(listed) > _MOST_COMMUNES
    if selection.only is None:
        said = text("page.commune.too_many", n=len(listed)) if many else text("page.commune.choose")
        st.markdown(plain(said))
    with _row():
        if selection.only and len(names) > 1:
            _button(text("open.up", place=sidebar.everything(dataset, text)), "overview", "", "up")
        one = dict(zip(opening(open.COMMUNE, listed), (names[area] for area in listed), strict=True))
        one.pop("", None)
        if list(names) != [selection.only] and not many:
            open.choice(one, "open-commune", text("open.commune"))
    return selection.only is not None


def village(dataset: Dataset, selection: Selection) -> str | None:
    """Draw the way up and to the villages beside, or the choice of one where the link names none; its id."""
    text = selection.text
    village_id = chosen_village(dataset)
    if village_id is None:
        _choose_village(dataset, selection, text)
        return None
    found = measures.places.village(dataset, selection, village_id)
    beside = [one for one in (found.before, found.after) if one]
    names = measures.places.village_names(dataset, beside, selection.as_of)
    with _row():
        # The commune of a village that is not in force may not be there either.
        if commune_name := area_names(dataset, selection).get(found.area):
            _button(text("open.up", place=commune_name), open.COMMUNE, found.area, "up")
        for way, one in (("before", found.before), ("after", found.after)):
            if one:
                _button(text(f"open.{way}", place=names[one]), open.VILLAGE, one, way)
    return village_id


def _choose_village(dataset: Dataset, selection: Selection, text: Text) -> None:
    by_commune = measures.places.villages_of(dataset, selection.as_of, selection.boundaries)
    communes = selection.communes or areas.listed(dataset, selection.as_of, selection.boundaries)
    many = sum(len(by_commune.get(area, [])) for area in communes)
    if not many:
        st.markdown(plain(text("page.village.none")))
    elif many > _MOST_VILLAGES:
        st.markdown(plain(text("page.village.too_many", n=many)))
    else:
        st.markdown(plain(text("page.village.choose")))
        ids = [one for area in communes for one in by_commune.get(area, [])]
        names = [exhibits.places.village.name(dataset, selection, one) for one in ids]
        open.choice(
            dict(zip(opening(open.VILLAGE, ids), names, strict=True)), "open-village", text("open.village")
        )


def _row() -> st.delta_generator.DeltaGenerator:
    return st.container(horizontal=True, vertical_alignment="center", gap="small")


def _button(label: str, page: str, chosen: str, key: str) -> None:
    st.button(plain(label), on_click=open.page, args=[page, chosen], key=f"open-{key}")
