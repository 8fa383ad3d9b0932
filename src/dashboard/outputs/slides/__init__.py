"""A briefing as PowerPoint slides: native charts and tables, to be edited and spoken to.

Charts that PowerPoint does not have are pictures. They take the most time, so they are drawn apart: first
`picture_of` for each of `pictured(briefing)`, in any process, then `pptx` puts everything together.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from dashboard.exhibits import Exhibit
from dashboard.outputs.briefing import Briefing
from dashboard.outputs.slides import deck, everything, meeting, opening, picture

__all__ = ["picture_of", "pictured", "pptx"]


def pictured(briefing: Briefing) -> tuple[Exhibit, ...]:
    """The exhibits whose chart is a picture."""
    return () if briefing.meeting else tuple(filter(picture.needed, briefing.exhibits))


def picture_of(exhibit: Exhibit) -> tuple[bytes, ...]:
    """The chart of one of `pictured` as PNG, a picture for each of its slides."""
    return everything.pictures(exhibit)


def pptx(briefing: Briefing, pictures: Mapping[str, Sequence[bytes]]) -> bytes:
    """The briefing as a PowerPoint file; `pictures` holds `picture_of` of each of `pictured` by its id."""
    made = deck.opened(briefing)
    opening.add(made, briefing)
    if briefing.meeting:
        meeting.add(made, briefing)
    else:
        everything.add(made, briefing, pictures)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()
