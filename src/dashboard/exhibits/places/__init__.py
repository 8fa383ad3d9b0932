"""Exhibits of one commune and of one village, and what is on their pages."""

from collections.abc import Sequence

from dashboard.exhibits.places import commune, tiles, village

# What a briefing of one commune holds, what the page of a village and its briefing.
COMMUNE = (
    "commune.portrait",
    "commune.peers",
    "commune.goals_over_time",
    "structure.organizations",
    "structure.members_over_time",
    "overlap.matrix",
    "overlap.post_states",
    "goals.progress",
    "goals.gap",
)
_VILLAGE = ("village.portrait", "village.goals", "village.history")


def of_village(village_id: str) -> tuple[str, ...]:
    """Everything on the page of one village."""
    return tuple(f"{family}:{village_id}" for family in _VILLAGE)


def village_of(ids: Sequence[str]) -> str | None:
    """The one village that all these exhibits are of; None where there is none."""
    villages = {key.partition(":")[2] if key.partition(":")[0] in _VILLAGE else "" for key in ids}
    return villages.pop() or None if len(villages) == 1 else None


__all__ = ["COMMUNE", "commune", "of_village", "tiles", "village", "village_of"]
