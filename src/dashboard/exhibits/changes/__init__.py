"""Exhibits of what changed between two as-of dates."""

from dashboard.exhibits.changes.communes import by_commune, members
from dashboard.exhibits.changes.pace import pace
from dashboard.exhibits.changes.posts import by_post, overlap
from dashboard.exhibits.changes.villages import villages
from dashboard.exhibits.tiles import changes as tiles

__all__ = ["by_commune", "by_post", "members", "overlap", "pace", "tiles", "villages"]
