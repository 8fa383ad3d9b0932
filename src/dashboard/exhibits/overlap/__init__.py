"""Exhibits of role overlap."""

from dashboard.exhibits.overlap.combinations import by_commune, combinations, pool
from dashboard.exhibits.overlap.posts import headline, matrix, post_states, three_posts

__all__ = ["by_commune", "combinations", "headline", "matrix", "pool", "post_states", "three_posts"]
