"""Thay đổi: từ ngày chốt trước đến nay, điều gì đã thay đổi?"""

from dashboard import exhibits, ui

page = ui.open_page("changes").compared()
page.tiles(exhibits.changes.tiles)
if page.selection.since:
    page.columns(
        [exhibits.changes.by_post, exhibits.changes.pace, exhibits.changes.overlap],
        [exhibits.changes.villages, exhibits.changes.members],
        widths=[11, 9],
    )
else:
    page.card(exhibits.changes.by_post)
    page.card(exhibits.changes.pace)
