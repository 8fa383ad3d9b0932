"""Kiêm nhiệm: một người giữ mấy chức danh, ở thôn nào?"""

from dashboard import exhibits, ui

page = ui.open_page("overlap")
page.card_in_parts(exhibits.overlap.by_commune)
page.card(exhibits.overlap.combinations)
page.card_in_parts(exhibits.overlap.pool)
page.card_in_parts(exhibits.overlap.matrix)
page.card(exhibits.overlap.post_states)
