"""Mục tiêu: còn cách mục tiêu bao xa?"""

from dashboard import exhibits, ui

page = ui.open_page("goals")
page.card(exhibits.goals.progress)
page.card_in_parts(exhibits.goals.gap)
page.card(exhibits.goals.plan)
goal = page.choose_goal()
if goal is not None:
    page.card_in_parts(exhibits.goals.by_commune, goal)
    page.card(exhibits.goals.path, goal)
