"""Một xã: một trang về một xã, thị trấn."""

from dashboard import exhibits, ui

page = ui.open_page("commune")
if page.element(ui.places.commune):
    page.tiles(exhibits.places.tiles.of_commune)
    page.columns(
        [exhibits.goals.attention, exhibits.places.commune.portrait],
        [exhibits.overlap.three_posts, exhibits.goals.gap],
        widths=[11, 9],
    )
    page.take_away(exhibits.places.COMMUNE)
    page.of_files(ui.templates.of_commune)
else:
    page.card(exhibits.goals.attention)
