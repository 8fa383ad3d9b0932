"""A briefing as PowerPoint slides: native charts and tables, to be edited and spoken to.

Charts that PowerPoint does not have are pictures. They take the most time, so they are drawn apart: first
`picture_of` for each of `pictured(briefing)`, in any process, then `pptx` puts everything together.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from dashboard.exhibits import Exhibit
from dashboard.outputs.briefing import Briefing
from dashboard.outputs.slides import everything, meeting, page, template
from dashboard.outputs.slides.everything import picture_of

__all__ = ["picture_of", "pictured", "pptx"]


def pictured(briefing: Briefing) -> tuple[Exhibit, ...]:
    """The exhibits whose chart is a picture."""
    return () if briefing.meeting else everything.pictured(briefing)


def pptx(briefing: Briefing, pictures: Mapping[str, Sequence[bytes]]) -> bytes:
    """The briefing as a PowerPoint file; `pictures` holds `picture_of` of each of `pictured` by its id."""
    deck = template.empty(briefing)
    page.add_opening(deck, briefing)
    if briefing.meeting:
        meeting.add(deck, briefing)
    else:
        everything.add(deck, briefing, pictures)
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()
