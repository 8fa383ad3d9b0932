"""Một xã: một trang về một xã, thị trấn."""

from dashboard import exhibits, ui

page = ui.open_page("commune")
if page.one_commune():
    page.cards(exhibits.places.COMMUNE)
    page.take_away(exhibits.places.COMMUNE)
else:
    page.card(exhibits.overlap.by_commune)
