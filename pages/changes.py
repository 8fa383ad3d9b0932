"""Thay đổi: từ ngày chốt trước đến nay, điều gì đã thay đổi?"""

from dashboard import exhibits, ui

page = ui.open_page("changes").compared()
page.card(exhibits.changes.by_post)
page.card(exhibits.changes.pace)
page.card(exhibits.changes.overlap)
page.card(exhibits.changes.villages)
page.card_in_parts(exhibits.changes.members)
goal = page.choose_goal() if page.selection.since else None
if goal is not None:
    page.card_in_parts(exhibits.changes.by_commune, goal)
