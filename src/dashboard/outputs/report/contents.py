"""What a report holds from top to bottom, set for a meeting or in full."""

from __future__ import annotations

from collections.abc import Collection

from dashboard.outputs.briefing import Briefing
from dashboard.outputs.report import meeting, outline
from dashboard.outputs.report.outline import Block


def blocks(briefing: Briefing, drawn: Collection[str]) -> list[Block]:
    """The blocks of the report; `drawn` holds the ids of the exhibits whose chart is at hand."""
    made = meeting.blocks if briefing.meeting else outline.blocks
    return list(made(briefing, drawn))
