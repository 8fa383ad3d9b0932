"""Kiêm nhiệm: một người giữ mấy chức danh, ở thôn nào?"""

from dashboard import exhibits, ui

page = ui.open_page("overlap")
page.card(exhibits.overlap.by_commune)
page.card(exhibits.overlap.combinations)
page.card(exhibits.overlap.pool)
page.card(exhibits.overlap.matrix)
page.card(exhibits.overlap.post_states)
