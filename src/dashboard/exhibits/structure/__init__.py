"""Exhibits of the organisation."""

from dashboard.exhibits.structure.counts import admitted_over_time, by_commune, members_over_time
from dashboard.exhibits.structure.organizations import cells, organizations
from dashboard.exhibits.structure.wording import (
    comparable,
    incomplete,
    members,
    only_once,
    or_none,
    persons,
    scope,
    silent_says,
    total,
)

__all__ = [
    "admitted_over_time",
    "by_commune",
    "cells",
    "comparable",
    "incomplete",
    "members",
    "members_over_time",
    "only_once",
    "or_none",
    "organizations",
    "persons",
    "scope",
    "silent_says",
    "total",
]
