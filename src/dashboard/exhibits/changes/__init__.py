"""Exhibits of what changed between two as-of dates."""

from dashboard.exhibits.changes.communes import by_commune, members
from dashboard.exhibits.changes.gained import tiles
from dashboard.exhibits.changes.pace import pace
from dashboard.exhibits.changes.posts import by_post, overlap
from dashboard.exhibits.changes.villages import villages

__all__ = ["by_commune", "by_post", "members", "overlap", "pace", "tiles", "villages"]
