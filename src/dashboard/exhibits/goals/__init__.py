"""Exhibits of the goals."""

from dashboard.exhibits.goals.dates import over_time
from dashboard.exhibits.goals.gap import gap, plan
from dashboard.exhibits.goals.one import by_commune, path
from dashboard.exhibits.goals.progress import attention, progress
from dashboard.exhibits.goals.wording import goal_names, stated

__all__ = ["attention", "by_commune", "gap", "goal_names", "over_time", "path", "plan", "progress", "stated"]
