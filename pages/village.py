"""Một thôn: một trang về một thôn, tổ dân phố."""

from dashboard import exhibits, ui

page = ui.open_page("village")
village = page.one_village()
if village is not None:
    page.cards(exhibits.places.of_village(village))
    page.take_away(exhibits.places.of_village(village))
else:
    page.card(exhibits.overlap.matrix)
