"""Exhibits of the organisation."""

from dashboard.exhibits.structure.counts import admitted_over_time, by_commune, members_over_time
from dashboard.exhibits.structure.organizations import cells, organizations
from dashboard.exhibits.structure.wording import scope

__all__ = ["admitted_over_time", "by_commune", "cells", "members_over_time", "organizations", "scope"]
