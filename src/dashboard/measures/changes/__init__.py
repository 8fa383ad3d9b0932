"""What changed since an earlier as-of date (`Selection.since`, else the date before): in villages and posts
one by one, in communes by their figures, and both dates side by side.

Nothing is compared where one of the two dates does not tell. A commune is at both dates what it is at the
chosen one, as everywhere (`tally.at_date`).
"""

from dashboard.measures.between import villages as villages_between
from dashboard.measures.changes.communes import figures, goal, told_dates
from dashboard.measures.changes.villages import MOST_ROWS, Changes, combinations, held_posts, villages
from dashboard.measures.comparison import Sides, goal_sides, measured, merged, pairs, positions

__all__ = [
    "MOST_ROWS",
    "Changes",
    "Sides",
    "combinations",
    "figures",
    "goal",
    "goal_sides",
    "held_posts",
    "measured",
    "merged",
    "pairs",
    "positions",
    "told_dates",
    "villages",
    "villages_between",
]
