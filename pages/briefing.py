"""Báo cáo: mang bảng theo dõi vào cuộc họp."""

from dashboard import ui

page = ui.open_page("briefing").compared()
page.element(ui.briefing.form)
