"""Turns of script runs: how many at once, whose is next, and that none is ever lost."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.access import run_queue
from dashboard.access.run_queue import RunQueue, Runs

AT_ONCE = 3


class Loop(asyncio.SelectorEventLoop):
    """An event loop whose clock the test moves."""

    now = 0.0

    def time(self) -> float:
        return self.now


class Office:
    """Two queues, and the readers who ask; `after` lets time go by."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self.first, self.later = RunQueue(AT_ONCE), RunQueue(AT_ONCE)

    def page(self, reader: str) -> Runs:
        """A page of which the first run is over."""
        runs = self.opened(reader)
        runs.ended()
        return runs

    def opened(self, reader: str) -> Runs:
        return Runs(reader, self.first, self.later)

    async def after(self, seconds: float) -> None:
        self._loop.now += seconds
        for _ in range(3):
            await asyncio.sleep(0)


def played(scene: Callable[[Office], Coroutine[Any, Any, None]]) -> None:
    """Play a scene on a loop of its own: a browser test may have left one in this thread."""

    def play() -> None:
        loop = Loop()
        try:
            loop.run_until_complete(scene(Office(loop)))
        finally:
            loop.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(play).result(60)


def test_thirty_pages_of_one_reader_keep_no_other_waiting():
    async def scene(office: Office) -> None:
        pages = [office.page("lan") for _ in range(30)]
        turns = [page.ask() for page in pages]
        assert sum(turn.done() for turn in turns) == run_queue.ALONE
        of_minh = office.page("minh")
        assert of_minh.ask().done()
        pages[0].ended()  # and no more than one beside another reader
        assert sum(turn.done() for turn in turns) == run_queue.ALONE
        pages[1].ended()
        assert sum(turn.done() for turn in turns) == run_queue.ALONE + 1

    played(scene)


def test_readers_come_one_after_the_other_however_much_each_asks_for():
    async def scene(office: Office) -> None:
        busy = [office.page(f"busy {n}") for n in range(AT_ONCE)]
        for page in busy:
            page.ask()
        waiting = [office.page(name) for name in ("lan", "lan", "lan", "minh", "hoa", "minh")]
        order: list[int] = []
        for number, page in enumerate(waiting):
            page.ask().add_done_callback(lambda _turn, number=number: order.append(number))
        busy[0].ended()  # one place, for all of them
        for turn in range(len(waiting)):
            await office.after(0)
            waiting[order[turn]].ended()
        names = [waiting[number].reader for number in order]
        assert names == ["lan", "minh", "hoa", "lan", "minh", "lan"]

    played(scene)


def test_a_change_while_the_page_is_drawn_waits_for_nobody():
    async def scene(office: Office) -> None:
        pages = [office.page(f"reader {n}") for n in range(AT_ONCE + 1)]
        turns = [page.ask() for page in pages]
        assert pages[0].ask().done()
        # And takes no second place.
        pages[0].ended()
        assert turns[-1].done()

    played(scene)


def test_pages_that_come_back_keep_no_place_of_those_that_are_worked_with():
    async def scene(office: Office) -> None:
        storm = [office.opened(f"reader {n}") for n in range(300)]
        turns = [page.ask() for page in storm]
        assert sum(turn.done() for turn in turns) == AT_ONCE
        assert office.page("at work").ask().done()
        # The second run of a page is one of those.
        storm[0].ended()
        assert storm[0].ask().done()

    played(scene)


def test_a_run_that_never_begins_or_lasts_keeps_its_place_for_a_while_only():
    async def scene(office: Office) -> None:
        pages = [office.page(f"reader {n}") for n in range(AT_ONCE)]
        for page in pages:
            assert page.ask().done()
        last = office.page("last").ask()
        await office.after(run_queue.HOLD_S / 2)
        for page in pages[1:]:
            page.begun()
        await office.after(run_queue.HOLD_S / 2)
        assert last.done()
        another = office.page("another").ask()
        assert not another.done()
        await office.after(run_queue.HOLD_S / 2)
        assert another.done()

    played(scene)


def test_a_run_that_nobody_asked_for_counts():
    async def scene(office: Office) -> None:
        for n in range(AT_ONCE):
            office.page(f"reader {n}").begun()
        assert not office.page("last").ask().done()

    played(scene)


def test_a_turn_that_nobody_awaits_any_more_takes_no_place():
    async def scene(office: Office) -> None:
        pages = [office.page(f"reader {n}") for n in range(AT_ONCE + 2)]
        turns = [page.ask() for page in pages]
        turns[AT_ONCE].cancel()
        pages[0].ended()
        assert turns[-1].done()

    played(scene)


async def step(
    office: Office, pages: list[Runs], turns: dict[int, asyncio.Future[None]], what: str, n: int
) -> None:
    """Let one thing happen to a page, which asks for no turn while it waits for one."""
    if what == "time":
        await office.after(n / 4)
    elif what == "ask":
        if n not in turns or turns[n].done():
            turns[n] = pages[n].ask()
    elif what == "cancel":
        if n in turns:
            turns[n].cancel()
    else:
        getattr(pages[n], what)()
        if what == "close":
            turns.pop(n, None)


@pytest.mark.parametrize("readers", [1, 4])
@settings(max_examples=200, deadline=None)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["ask", "begun", "ended", "close", "time", "cancel"]), st.integers(0, 11)),
        max_size=80,
    )
)
def test_in_whatever_order_things_happen_no_place_is_lost(readers, steps):
    async def scene(office: Office) -> None:
        pages = [office.page(f"reader {n % readers}") for n in range(12)]
        turns: dict[int, asyncio.Future[None]] = {}
        for what, n in steps:
            await step(office, pages, turns, what, n)
            held = Counter(runs.reader for runs in office.later._held)
            waiting = {pages[n].reader for n, turn in turns.items() if not turn.done()}
            # A reader who has nothing and waits does so because all places are taken.
            assert held.total() >= AT_ONCE or waiting <= set(held)
        # Each run ends within HOLD_S: after that no reader waits, and all places are free again.
        for _ in range(len(pages)):
            await office.after(run_queue.HOLD_S)
        assert all(turn.done() for turn in turns.values())
        for page in pages:
            page.close()
        fresh = [office.page(f"fresh {n}").ask() for n in range(AT_ONCE)]
        assert all(turn.done() for turn in fresh)

    played(scene)
