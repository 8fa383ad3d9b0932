"""Kiêm nhiệm: một người giữ mấy chức danh, ở thôn nào?"""

from dashboard import exhibits, ui

page = ui.open_page("overlap")
page.tiles(exhibits.tiles.overlap)
page.columns(
    [exhibits.overlap.by_commune, exhibits.overlap.post_states],
    [exhibits.overlap.three_posts, exhibits.overlap.pool],
    widths=[17, 23],
)
page.fold("overlap.matrix.open", exhibits.overlap.matrix)
