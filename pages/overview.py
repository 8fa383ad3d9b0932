"""Tổng quan: chúng ta đang ở đâu?"""

from dashboard import exhibits, ui

page = ui.open_page("overview")
page.card(exhibits.overview.key_figures)
page.card(exhibits.overview.findings)
page.card(exhibits.goals.progress)
page.card(exhibits.goals.attention)
