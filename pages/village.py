"""Một thôn: một trang về một thôn, tổ dân phố."""

from dashboard import exhibits, ui

page = ui.open_page("village")
village = page.element(ui.places.village)
if village is not None:
    page.tiles(exhibits.places.tiles.of_village, village)
    page.columns(
        [exhibits.places.village.portrait],
        [exhibits.places.village.goals],
        widths=[1, 1],
        of=village,
    )
    page.take_away(exhibits.places.of_village(village))
else:
    page.card(exhibits.overlap.three_posts)
