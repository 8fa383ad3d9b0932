"""Deadlines that have passed: said of the day of viewing, and never counted with."""

from __future__ import annotations

import pytest

from dashboard import exhibits, measures
from dashboard.dataset import select
from dashboard.exhibits import places, tiles
from dashboard.outputs import briefing

BEFORE, DAY = "2024-12-31", "2025-12-31"
DATA = {
    "officers": f"""
        as_of | village_id | secretary | village_head
        {BEFORE} | a | A+ | A+
        {BEFORE} | b | A+ | B-
        {DAY} | a | A+ | A+
        {DAY} | b | A+ | B-
        2026-12-31 | a | A+ | A+
        2026-12-31 | b | A+ | B-
        """,
    "goals": f"""
        goal_id | measure | operator | target | deadline
        heads | member_share:village_head | >= | 80 | {DAY}
        both | overlap_share:secretary+village_head | >= | 80 |
        """,
}
SINCE, AT_DATE = "hạn 31/12/2025 đã qua khi xem", "hạn 31/12/2025 đã qua trước ngày chốt"
# By as-of date and day of viewing: the clause, and the note of the time left.
SAID = {
    (BEFORE, DAY): ("", "Thời hạn 31/12/2025: còn 365 ngày tính từ ngày chốt."),
    (BEFORE, "2026-01-01"): (
        SINCE,
        "Thời hạn 31/12/2025 đã qua khi xem; số liệu đến 31/12/2024, khi đó còn 365 ngày.",
    ),
    (DAY, DAY): ("", "Thời hạn 31/12/2025: đúng ngày chốt."),
    (DAY, "2026-01-01"): (SINCE, "Thời hạn 31/12/2025: đúng ngày chốt."),
    # Of data of a later date than the clock says the data tell.
    ("2026-12-31", DAY): (AT_DATE, "Thời hạn 31/12/2025: đã qua 365 ngày tính đến ngày chốt."),
    ("2026-12-31", "2027-01-01"): (AT_DATE, "Thời hạn 31/12/2025: đã qua 365 ngày tính đến ngày chốt."),
}
OF_GOALS = (
    *("goals.progress", "goals.attention", "goals.gap", "goals.plan", "goals.over_time", "changes.pace"),
    *("goals.by_commune:heads", "goals.path:heads", "commune.goals_over_time", "village.goals:a"),
)


def built(data, selection, ids=OF_GOALS):
    return {exhibit.id: exhibit for exhibit in exhibits.build(data, selection, ids)}


@pytest.mark.parametrize(("as_of", "today"), SAID)
def test_a_card_on_goals_says_once_that_a_deadline_has_passed(build, as_of, today):
    data, (clause, note) = build(**DATA).on(today), SAID[as_of, today]
    selection = select(data, ("north",), as_of)
    for name, exhibit in built(data, selection).items():
        clauses = [text for text in exhibit.subtitle.split(" · ") if "đã qua" in text]
        assert clauses == [clause] * bool(clause), name
        assert exhibit.foot.count(clause or "đã qua") == bool(clause), name
    assert note in built(data, selection)["goals.progress"].notes
    tile = next(tiles.goals_met(data, selection))
    assert [note for note in tile.notes if "đã qua" in note] == [clause] * bool(clause)


def test_other_cards_and_goals_without_a_deadline_say_nothing(build):
    data = build(**DATA).on("2027-01-01")
    others = ("goals.by_commune:both", "goals.path:both", "overlap.matrix", "structure.by_commune")
    assert not any("đã qua" in exhibit.subtitle for exhibit in built(data, select(data), others).values())


def test_no_figure_counts_from_the_day_of_viewing(build):
    data = build(**DATA)
    days = (BEFORE, DAY, "2026-01-01", "2027-06-30")
    results = [measures.figures(data.on(day), select(data.on(day), as_of=BEFORE)) for day in days]
    assert all(result == results[0] for result in results)
    paces = [measures.pace.paces(data.on(day), select(data.on(day), as_of=BEFORE)) for day in days]
    assert [[(pace.days_left, pace.status) for pace in day_paces] for day_paces in paces] == [
        [(365, "open")]
    ] * len(days)


def test_the_data_are_made_anew_on_the_day_after_a_deadline_only(build):
    data = build(**DATA).on("2025-06-30")
    assert data.on(DAY) is data
    after = data.on("2026-01-01")
    assert after is not data
    assert after.on("2030-01-01") is after


def test_what_is_printed_says_it_too(build):
    data = build(**DATA).on("2026-01-01")
    brief = briefing.brief(data, select(data, as_of=BEFORE))
    assert any(SINCE in note for tile in brief.tiles.rows for note in tile.notes)
    assert all(SINCE in exhibit.foot for exhibit in brief.exhibits if exhibit.id.startswith("goals."))


def test_several_deadlines_are_named_each_once_and_many_are_counted(build):
    rows = "".join(
        f"\ng{n} | member_share:village_head | >= | {80 + n} | 2025-0{1 + n // 2}-01" for n in range(8)
    )
    data = build(goals=f"goal_id | measure | operator | target | deadline{rows}", officers=DATA["officers"])
    data = data.on("2026-01-01")
    clauses = [
        exhibits.deadlines.passed(data, select(data, as_of=BEFORE), list(data.goal.values())[:n])
        for n in (4, 8)
    ]
    assert clauses == ["hạn 01/01/2025 và 01/02/2025 đã qua khi xem", "4 thời hạn đã qua khi xem"]


def test_the_page_of_a_village_says_it_of_its_goals_only(build):
    data = build(**DATA).on("2026-01-01")
    page = built(data, select(data, as_of=BEFORE), places.of_village("a"))
    assert [name for name, exhibit in page.items() if SINCE in exhibit.foot] == ["village.goals:a"]


def test_several_deadlines_are_told_in_the_plural(build):
    data = build(
        officers="village_id | secretary | village_head\na | A+ | B-",
        goals="""
        goal_id | measure | operator | target | deadline
        heads | member_share:village_head | >= | 50 | 2025-06-30
        fronts | member_share:front_head | >= | 50 | 2025-12-31""",
    )
    subtitle = exhibits.goals.progress(data, select(data, lang="en")).subtitle
    assert subtitle.endswith("deadlines 30/06/2025 and 31/12/2025 had passed when viewed")
