"""Giả định: nếu thay đổi thì các mục tiêu ra sao?"""

from dashboard import exhibits, ui

page = ui.open_page("what_if")
page.choose_changes()
if not page.selection.scenario:
    page.card(exhibits.goals.progress)
page.card(exhibits.what_if.goals)
page.card(exhibits.what_if.overlap)
page.card(exhibits.what_if.communes)
page.card(exhibits.what_if.changes)
