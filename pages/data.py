"""Dữ liệu: số liệu có tin được không, cập nhật thế nào?"""

from dashboard import exhibits, ui

page = ui.open_page("data")
page.rejected()
page.card(exhibits.provenance.about)
page.card(exhibits.reconciliation.compare)
page.card(exhibits.reconciliation.quotes)
page.card(exhibits.checks.checks)
page.upload()
page.versions()
page.how_to_update()
page.glossary()
