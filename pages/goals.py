"""Mục tiêu: còn cách mục tiêu bao xa, thôn nào làm tròn phần còn thiếu, và nếu thay đổi thì sao?"""

from dashboard import exhibits, ui

page = ui.open_page("goals")
page.tiles(exhibits.tiles.targets)
page.columns([exhibits.goals.attention], [exhibits.goals.gap], widths=[1, 1])
page.take_fewest()
page.card(exhibits.what_if.goals)
page.card(exhibits.what_if.overlap)
page.card(exhibits.what_if.communes)
page.card(exhibits.what_if.changes)
page.card(exhibits.goals.over_time)
