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
from dashboard.outputs.slides.chart_format import Style
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
        setting = Setting(FORM, page.rooms(heading), text, exhibit.mark)
        [pieces] = body.of_chart(entry.chart, setting, below=entry.below)
        page.add_exhibit(deck, heading, exhibit, pieces)
    _proposals(deck, briefing)


def _pages(briefing: Briefing) -> Iterator[_Page]:
    """What there is of: figures, goals, places and goals, what closes the gap, overlap, what changed. The
    changes of one commune are beside its figures."""
    exhibits = {exhibit.id: exhibit for exhibit in briefing.exhibits}
    charts = {exhibit.id: exhibit.chart for exhibit in briefing.exhibits if exhibit.chart is not None}
    changed = exhibits["overview.changed"].sentences if "overview.changed" in exhibits else ()
    by_post = charts.get("changes.by_post")
    apart = isinstance(by_post, Dumbbells) and bool(by_post.rows) and briefing.selection.only is None
    figures = exhibits.get("structure.members_over_time", briefing.opening)
    yield _Page(figures, briefing.tiles, () if apart else changed, "overview.key_figures")
    below = {"goals.plan": exhibits["goals.gap"].sentences if "goals.gap" in exhibits else ()}
    names = ["goals.progress", "goals.attention", "goals.plan", "overlap.by_commune"]
    if apart:
        names.append("changes.by_post")
        headline = exhibits["changes.by_post"].headline
        below["changes.by_post"] = tuple(words for words in changed if words != headline)
    if "goals.progress" not in exhibits:
        names += ["structure.by_commune", "structure.admitted_over_time"]
    for name in (name for name in names if name in charts):
        chart = charts[name]
        simplified = _by_commune(chart, briefing.text) if isinstance(chart, Names) else chart
        yield _Page(exhibits[name], simplified, below.get(name, ()))


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
    table = tables.grid((), rows, Style(FORM.sizes[0], text), room.w)
    table.draw(slide, room, range(len(rows)))
    page.close(slide, page.End(briefing.mark, briefing.foot, text("slide.proposals")), text)
