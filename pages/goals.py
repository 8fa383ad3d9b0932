"""Mục tiêu: còn cách mục tiêu bao xa, thôn nào làm tròn phần còn thiếu, và nếu thay đổi thì sao?"""

from dashboard import exhibits, ui

page = ui.open_page("goals")
page.tiles(exhibits.tiles.targets)
page.columns([exhibits.goals.attention], [exhibits.goals.gap], widths=[1, 1.08])
page.element(ui.what_if.fewest)
if page.selection.scenario:
    page.columns(
        [exhibits.what_if.goals, exhibits.what_if.overlap],
        [exhibits.what_if.communes, exhibits.what_if.changes],
        widths=[1, 1],
    )
page.card(exhibits.goals.over_time)
