"""What changed since an earlier as-of date (`Selection.since`, else the date before): in villages and posts
one by one, in communes by their figures, and both dates side by side.

Nothing is compared where one of the two dates does not tell. A commune is at both dates what it is at the
chosen one, as everywhere (`aggregates.at_date`).
"""

from dashboard.measures.between import villages as villages_between
from dashboard.measures.changes.communes import figures, goal, reported_dates
from dashboard.measures.changes.villages import ROW_LIMIT, Changes, combinations, held_posts, villages
from dashboard.measures.comparison import Comparison, goal_comparison, measured, merged, pairs, positions

__all__ = [
    "ROW_LIMIT",
    "Changes",
    "Comparison",
    "combinations",
    "figures",
    "goal",
    "goal_comparison",
    "held_posts",
    "measured",
    "merged",
    "pairs",
    "positions",
    "reported_dates",
    "villages",
    "villages_between",
]
