"""What if: a few invented changes of who holds which post, at the chosen as-of date only.

A change is written `VILLAGE_ID.KIND.POSITION`, in links and on the command line: `thon-1.fill.front_head`.
Whatever the order in which changes are written, holders become members first, then vacant posts are filled,
then posts are merged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from dashboard.dataset import posts, villages
from dashboard.dataset.memo import memoize
from dashboard.dataset.model import Dataset

# The holder of the post becomes a party member, in every post that he or she is known to hold there.
MEMBER = "member"
FILL = "fill"  # the vacant post is filled by a member who holds nothing else there
MERGE = (
    "merge"  # the holder of the post becomes cell secretary too; the former one keeps his or her other posts
)
KINDS = (MEMBER, FILL, MERGE)
# Posts that can be merged with the cell secretary's.
MERGED = ("village_head", "front_head")
# More do not fit into a link that every program passes on.
MOST = 100


@dataclass(frozen=True, order=True)
class Change:
    """One change in one village; what `position` is of, `KINDS` say."""

    village_id: str
    kind: str
    position: str

    @property
    def written(self) -> str:
        """The change as a link and the command line write it."""
        return f"{self.village_id}.{self.kind}.{self.position}"


Scenario = tuple[Change, ...]


@dataclass(frozen=True)
class Refusal:
    """A change that cannot be: as it was written, and why not (a key of `what_if.refused`).

    `change` is what was read, where its village is known; `known` what could have been written instead."""

    written: str
    reason: str
    change: Change | None = None
    known: tuple[str, ...] = ()


class RefusedChangeError(ValueError):
    """A scenario that breaks a rule; `refusal` says which."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"{refusal.written}: {refusal.reason}")
        self.refusal = refusal


@dataclass(frozen=True)
class Checked:
    """The changes that hold, in canonical order without doubles, and those that do not."""

    scenario: Scenario
    refused: tuple[Refusal, ...]


def parse(text: str, positions: tuple[str, ...]) -> Change | Refusal:
    """The change written as `VILLAGE_ID.KIND.POSITION`, of one of these posts; what is wrong with it where it
    is none."""
    parts = text.split(".")
    if len(parts) != 3 or not parts[0]:
        return Refusal(text, "form")
    village_id, kind, position = parts
    if kind not in KINDS:
        return Refusal(text, "kind", known=KINDS)
    choices = MERGED if kind == MERGE else positions
    if position not in choices:
        return Refusal(text, "position", known=choices)
    return Change(village_id, kind, position)


def read(dataset: Dataset, as_of: str, texts: Iterable[str]) -> Checked:
    """`check` for changes as they are written."""
    result = [parse(text, dataset.position_ids) for text in dict.fromkeys(texts)]
    checked = check(dataset, as_of, tuple(item for item in result if isinstance(item, Change)))
    wrong = tuple(item for item in result if isinstance(item, Refusal))
    return Checked(checked.scenario, (*wrong, *checked.refused))


def canonical(dataset: Dataset, as_of: str, change: Change) -> Change:
    """The same change of a village in force as it is named among those that hold (see `check`)."""
    current = posts.at(dataset, as_of)
    village = _Village.of(current, villages.by_id(dataset, as_of)[change.village_id])
    return replace(change, position=village.first(change))


@memoize(size=64)
def check(dataset: Dataset, as_of: str, changes: Scenario) -> Checked:
    """Each change held against the posts of a date and the changes before it, in the order of applying.

    The canonical order is by village (by rank), kind and position. Of a holder with several posts the first
    names the change, so that one effect is written in one way only. Equal changes are one.
    """
    rows = villages.by_id(dataset, as_of)
    current = posts.at(dataset, as_of)
    placed = [change for change in dict.fromkeys(changes) if change.village_id in rows]
    refused = [Refusal(change.written, "village") for change in changes if change.village_id not in rows]
    places = {change.village_id: _Village.of(current, rows[change.village_id]) for change in placed}
    # As it was written, by the change in its canonical form.
    as_written = {
        replace(change, position=places[change.village_id].first(change)): change
        for change in reversed(placed)
    }

    def by_village(change: Change) -> tuple[int, int, int]:
        return rows[change.village_id], KINDS.index(change.kind), dataset.position_ids.index(change.position)

    accepted: list[Change] = []
    for change in sorted(as_written, key=lambda change: (KINDS.index(change.kind), by_village(change))):
        reason = "too_many" if len(accepted) == MOST else places[change.village_id].make(change)
        if reason:
            choices = (str(MOST),) if reason == "too_many" else ()
            refused.append(Refusal(as_written[change].written, reason, as_written[change], choices))
        else:
            accepted.append(change)
    return Checked(tuple(sorted(accepted, key=by_village)), tuple(refused))


@memoize(size=32)
def posts_with(dataset: Dataset, as_of: str, scenario: Scenario) -> posts.Posts:
    """The posts of a date with a checked scenario applied; those of `posts.all_dates` without one."""
    current = posts.at(dataset, as_of)
    if not scenario:
        return current
    holder, member = current.holder.copy(), current.member.copy()
    rows = villages.by_id(dataset, as_of)
    changed: dict[int, _Village] = {}
    for change in sorted(scenario, key=lambda change: KINDS.index(change.kind)):
        row = rows[change.village_id]
        village = changed.setdefault(row, _Village.of(current, row))
        village.make(change)
        holder[row], member[row] = village.holder, village.member
    return posts.Posts(current.positions, holder, member)


def rows_of(dataset: Dataset, as_of: str, scenario: Scenario) -> npt.NDArray[np.intp]:
    """The rows of `dataset.villages` that a checked scenario changes, each once."""
    rows = villages.by_id(dataset, as_of)
    return np.array(sorted({rows[change.village_id] for change in scenario}), dtype=np.intp)


@dataclass
class _Village:
    """The posts of one village while changes are made there, a place per post of the data set."""

    positions: tuple[str, ...]
    holder: npt.NDArray[np.int8]
    member: posts.Flags
    new_secretary: bool = False

    @staticmethod
    def of(current: posts.Posts, row: int) -> _Village:
        """The village as it is."""
        return _Village(current.positions, current.holder[row].copy(), current.member[row].copy())

    @property
    def _secretary(self) -> int:
        return self.positions.index("secretary")

    def first(self, change: Change) -> str:
        """The post that names the change: of those that the same holder has, the first it may be said of."""
        column = self.positions.index(change.position)
        if change.kind == FILL or self.holder[column] <= 0:
            return change.position
        choices = MERGED if change.kind == MERGE else self.positions
        return next(
            post for post in choices if self.holder[self.positions.index(post)] == self.holder[column]
        )

    def make(self, change: Change) -> str:
        """Make the change and give ""; where a rule forbids it, leave all as it is and give the rule."""
        column = self.positions.index(change.position)
        if self.holder[column] == posts.NOT_REPORTED:
            return "not_reported"
        ways: dict[str, Callable[[int], str]] = {MEMBER: self._member, FILL: self._fill, MERGE: self._merge}
        return ways[change.kind](column)

    def _member(self, column: int) -> str:
        if self.holder[column] == posts.VACANT:
            return "no_holder"
        if self.member[column]:
            return "already_member"
        self.member[self.holder == self.holder[column]] = True
        return ""

    def _fill(self, column: int) -> str:
        if self.holder[column] != posts.VACANT:
            return "not_vacant"
        self.holder[column] = self.holder[self.holder < posts.UNKNOWN].max(initial=0) + 1
        self.member[column] = True
        self.new_secretary = self.new_secretary or column == self._secretary
        return ""

    def _merge(self, column: int) -> str:
        holder, secretary = self.holder[column], self.holder[self._secretary]
        refused = {
            "no_holder": holder == posts.VACANT,
            "no_secretary": secretary == posts.NOT_REPORTED,
            "already_same": holder == secretary,
            "unknown": not posts.same_holder_known(holder, secretary),
            "not_member": not self.member[column],
            "one_secretary": self.new_secretary,
        }
        if reason := next((reason for reason, is_so in refused.items() if is_so), ""):
            return reason
        self.holder[self._secretary], self.member[self._secretary] = holder, True
        self.new_secretary = True
        return ""
