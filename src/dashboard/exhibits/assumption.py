"""What a what-if assumes, in words: villages and posts, never persons."""

from __future__ import annotations

from dashboard import schema
from dashboard.dataset import Change, Dataset, Selection, areas, memoize, scenario, villages
from dashboard.exhibits.names import then, then_names, with_commune
from dashboard.text import Text

# Exhibits, or all of a noun, that a what-if leaves as reported.
_AS_REPORTED = ("structure", "changes.members", "reconciliation", "data", "overview.key_figures")


def applies(dataset: Dataset, selection: Selection, name: str, of: str) -> bool:
    """Whether the figures of an exhibit are counted with the changes of a what-if."""
    if not selection.scenario or name in _AS_REPORTED or name.partition(".")[0] in _AS_REPORTED:
        return False
    return of not in dataset.goal or dataset.goal[of].measure.of_posts


def mark(text: Text, sample: bool, hypothetical: bool) -> str:
    """The words of the marks that apply."""
    marks = (("common.hypothetical", hypothetical), ("common.sample", sample))
    return " · ".join(text(key) for key, applies in marks if applies)


def sentence(selection: Selection) -> str:
    """How many changes the figures are counted with, by kind; "" without a scenario."""
    text, changes = selection.text, selection.scenario
    if not changes:
        return ""
    counts = {kind: sum(change.kind == kind for change in changes) for kind in scenario.KINDS}
    kinds = "; ".join(text(f"what_if.kind.{kind}", n=n) for kind, n in counts.items() if n)
    return text("what_if.assumption", mark=text("common.hypothetical"), n=len(changes), kinds=kinds)


def filters(dataset: Dataset, selection: Selection) -> tuple[tuple[str, str], ...]:
    """Every change of the scenario as a value of the filter."""
    label = selection.text("filter.scenario")
    return tuple((label, describe(dataset, selection, change)) for change in selection.scenario)


def describe(dataset: Dataset, selection: Selection, change: Change) -> str:
    """ "Thôn 1 (Xã Hương Sơn): trưởng thôn trở thành đảng viên"; an unknown village by its id."""
    return _described(dataset, Selection(selection.as_of, lang=selection.lang, texts=selection.texts), change)


@memoize(size=1024)
def _described(dataset: Dataset, selection: Selection, change: Change) -> str:
    """For any choice of that date and language: the list of a page has hundreds at every click."""
    village, kind = place(dataset, selection, change.village_id)
    post_name = post(change.position, kind, selection.text)
    return selection.text(f"what_if.{change.kind}", place=village, post=post_name)


def post(position: str, kind: str, text: Text) -> str:
    """A post of one village; its head is called by the kind of village."""
    return text(f"takeaway.position.{kind if position == 'village_head' else position}")


def refused(dataset: Dataset, selection: Selection, refusal: scenario.Refusal) -> str:
    """Which change is not counted, and why."""
    change = refusal.written if refusal.change is None else describe(dataset, selection, refusal.change)
    return selection.text("what_if.refused_change", change=change, reason=reason(refusal, selection.text))


def reason(refusal: scenario.Refusal, text: Text) -> str:
    """Why a change cannot be."""
    return text(f"what_if.refused.{refusal.reason}", known=", ".join(refusal.known))


def place(dataset: Dataset, selection: Selection, village_id: str) -> tuple[str, str]:
    """The name of a village with that of its commune, and its kind; the id alone of one not in the data."""
    row = villages.by_id(dataset, selection.as_of).get(village_id)
    if row is None:
        return village_id, schema.VILLAGE_KINDS[0]
    commune = areas.of_villages(dataset, selection.as_of, areas.BOUNDARIES[0])[row]
    name = with_commune(dataset, then(selection), row, then_names(dataset, selection)[commune])
    return name, str(dataset.villages["kind"].array[row])
