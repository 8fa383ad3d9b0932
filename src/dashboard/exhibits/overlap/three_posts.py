"""The three posts that one person may hold, village by village."""

from __future__ import annotations

from dashboard import measures
from dashboard.dataset import Dataset, Selection
from dashboard.exhibits.model import Content, exhibit
from dashboard.exhibits.names import area_names
from dashboard.exhibits.overlap import drawn, posts, wording
from dashboard.exhibits.parts import Part

# More villages than these are drawn part by part.
_AT_ONCE = 100


@exhibit("overlap.three_posts")
def three_posts(dataset: Dataset, selection: Selection, part: int = 1) -> Content:
    """Who is secretary, village head and Front head in each village, one person's posts as one."""
    text = selection.text
    counts = measures.overlap.counts(dataset, selection)
    names = area_names(dataset, selection)
    if counts["villages"] <= _AT_ONCE:
        found = Part(measures.overlap.villages(dataset, selection))
    else:
        found = posts.part_of_villages(dataset, selection, part, names)
    states = measures.overlap.post_states(dataset, selection)
    states = states[states["position"].isin(drawn.THREE)]
    vacant = int(states["vacant"].sum())
    return Content(
        headline=wording.nothing(dataset, selection)
        or text("overlap.three_posts.headline", any=text.ratio(counts["any"], counts["villages"]))
        + (f"; {text('overlap.vacant', n=vacant)}" if vacant else "")
        + wording.unknown(counts["silent"], text),
        chart=drawn.posts(dataset, selection, found.rows, drawn.THREE),
        table=posts.posts_table(found.rows, names, drawn.THREE, text),
        notes=[text("overlap.three_posts.note")],
        part=found,
    )
