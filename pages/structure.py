"""Cơ cấu tổ chức: ai trực thuộc ai, có bao nhiêu?"""

from dashboard import exhibits, ui

page = ui.open_page("structure")
page.way_up()
page.card_in_parts(exhibits.structure.organizations)
page.card_in_parts(exhibits.structure.cells)
page.card_in_parts(exhibits.structure.by_commune)
page.card(exhibits.structure.members_over_time)
page.card(exhibits.structure.admitted_over_time)
