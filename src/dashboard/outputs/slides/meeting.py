"""The deck of a meeting: at most eight slides (seven for one commune), each a finding that fills it, the last
one for what is proposed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pptx.presentation import Presentation as Deck

from dashboard.charts.model import Chart, Dumbbells, Names
from dashboard.exhibits import Exhibit
from dashboard.outputs.briefing import Briefing
from dashboard.outputs.slides import body, page, tables
from dashboard.outputs.slides.body import Form, Setting
from dashboard.outputs.slides.tables import Cell
from dashboard.text import Text

FORM = Form((24, 20, 18, 16), 1)
_PROPOSALS = 5  # lines to type in
_STEPS = 12  # villages of a plan that one slide names


@dataclass(frozen=True)
class _Page:
    """One slide: the exhibit whose finding it tells, what is drawn, sentences under it, and what it is called
    where the finding is too long for a title ("" as the exhibit)."""

    exhibit: Exhibit
    chart: Chart
    below: tuple[str, ...] = ()
    name_of: str = ""


def add(deck: Deck, briefing: Briefing) -> None:
    """Every slide but the first."""
    text = briefing.text
    for entry in _pages(briefing):
        exhibit = entry.exhibit
        heading = page.heading(exhibit, text(f"{entry.name_of or exhibit.id}.name"))
        slide = page.add(deck, heading, text)
        setting = Setting(FORM, page.rooms(heading), text, exhibit.mark)
        [pieces] = body.of_chart(entry.chart, setting, below=entry.below)
        for piece in pieces:
            piece.draw(slide, piece.box)
        notes = page.to_say(exhibit)
        page.close(slide, page.End(exhibit.mark, exhibit.foot, exhibit.description, notes), text)
    _proposals(deck, briefing)


def _pages(briefing: Briefing) -> Iterator[_Page]:
    """What there is of: figures, goals, places and goals, what closes the gap, overlap, what changed. The
    changes of one commune are beside its figures."""
    exhibits = {exhibit.id: exhibit for exhibit in briefing.exhibits}
    changed = exhibits["overview.changed"].sentences if "overview.changed" in exhibits else ()
    by_post = exhibits.get("changes.by_post")
    moved = by_post is not None and isinstance(by_post.chart, Dumbbells) and bool(by_post.chart.rows)
    apart = moved and briefing.selection.only is None
    figures = exhibits.get("structure.members_over_time", briefing.opening)
    yield _Page(figures, briefing.tiles, () if apart else changed, "overview.key_figures")
    gap = exhibits.get("goals.gap")
    for name, below in (
        ("goals.progress", ()),
        ("goals.attention", ()),
        ("goals.plan", gap.sentences if gap else ()),
        ("overlap.by_commune", ()),
    ):
        exhibit = exhibits.get(name)
        if exhibit is not None and exhibit.chart is not None:
            chart = exhibit.chart
            simplified = _by_commune(chart, briefing.text) if isinstance(chart, Names) else chart
            yield _Page(exhibit, simplified, below)
    if apart and by_post is not None and by_post.chart is not None:
        rest = tuple(words for words in changed if words != by_post.headline)
        yield _Page(by_post, by_post.chart, rest)
    if "goals.progress" not in exhibits:
        for name in ("structure.by_commune", "structure.admitted_over_time"):
            exhibit = exhibits.get(name)
            if exhibit is not None and exhibit.chart is not None:
                yield _Page(exhibit, exhibit.chart)


def _by_commune(plan: Names, text: Text) -> Names:
    """A plan of more villages than a slide names: per commune how many, and how many of each post."""
    column = plan.columns[0]
    if len(column.groups) < 2 or sum(len(group.items) for group in column.groups) <= _STEPS:
        return plan
    groups = []
    for group in column.groups:
        posts = Counter(post for _, words, _ in group.items for post in words.strip("()").split(", "))
        counted = ", ".join(f"{post} ({text.number(n)})" for post, n in posts.most_common())
        line = (text("goals.plan.villages", n=len(group.items)), counted, "")
        groups.append(replace(group, items=(line,)))
    return replace(plan, columns=(replace(column, groups=tuple(groups)),))


def _proposals(deck: Deck, briefing: Briefing) -> None:
    """The last slide: lines to type in."""
    text = briefing.text
    heading = page.Heading(text("slide.proposals"))
    slide = page.add(deck, heading, text)
    room = page.rooms(heading).first
    rows = tuple((Cell(f"{n}.", True), Cell("")) for n in range(1, _PROPOSALS + 1))
    setting = Setting(FORM, page.rooms(heading), text, "")
    table = tables.grid((), rows, setting.style(FORM.sizes[0]), room.w)
    table.draw(slide, room, range(len(rows)))
    page.close(slide, page.End(briefing.mark, briefing.foot, text("slide.proposals")), text)
