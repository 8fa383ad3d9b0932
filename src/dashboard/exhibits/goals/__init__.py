"""Exhibits of the goals."""

from dashboard.exhibits.goals.gap import gap
from dashboard.exhibits.goals.one import by_commune, over_time, path
from dashboard.exhibits.goals.plan import plan
from dashboard.exhibits.goals.progress import attention, progress, stated
from dashboard.exhibits.goals.wording import goal_names

__all__ = ["attention", "by_commune", "gap", "goal_names", "over_time", "path", "plan", "progress", "stated"]
