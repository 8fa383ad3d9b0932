"""Tổng quan: chúng ta đang ở đâu?"""

from dashboard import exhibits, ui

page = ui.open_page("overview")
page.tiles(exhibits.tiles.overview)
page.columns(
    [exhibits.goals.progress, exhibits.goals.plan],
    [exhibits.goals.attention, exhibits.overview.changed],
    widths=[1, 1],
)
