"""Dữ liệu: số liệu có tin được không, cập nhật thế nào?"""

from dashboard import exhibits, ui

page = ui.open_page("data")
page.status()
page.of_files(ui.upload.form)
page.columns(
    [exhibits.sources.compare, exhibits.sources.quotes],
    [exhibits.sources.about, exhibits.sources.checks],
    widths=[1, 1],
)
page.how_to_update()
page.of_files(ui.versions.history)
page.element(ui.reading.all_terms)
