"""What closes the gap: the posts in the way of the goals, and the fewest changes that reach them all.

A change is one holder who becomes a party member (all posts of that holder in the village count), or one
vacant post that is filled by a member. Goals with a target on a share of members take part; a goal on
another measure needs other changes, an `up` goal has no target to reach.
"""

from dashboard.measures.gap.kinds import CHANGES
from dashboard.measures.gap.plan import (
    Choice,
    Obstacles,
    Plan,
    by_commune,
    concrete,
    fewest,
    obstacles,
    steps,
)

__all__ = [
    "CHANGES",
    "Choice",
    "Obstacles",
    "Plan",
    "by_commune",
    "concrete",
    "fewest",
    "obstacles",
    "steps",
]
