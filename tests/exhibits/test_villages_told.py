"""What became of villages, in the words of Thay đổi and of their pages: never a post gained or lost."""

from __future__ import annotations

import pytest

from dashboard import exhibits, measures, registry
from dashboard.dataset import select
from dashboard.exhibits import names, places
from restless_villages import AFTER, BEFORE, LATER, TABLES


@pytest.fixture
def data(build):
    return build(**TABLES).on("2026-07-01")


# Of each village of the set what its page says became of it.
LIVES = {
    "k": [
        "Thôn Kha (Xã Nam): trước ngày 01/07/2025 là Thôn K (Xã Bắc).",
        "Thôn Kha (Xã Nam): trước ngày 01/07/2025 thuộc Xã Bắc.",
    ],
    "p": ["Thôn P (Xã Bắc): nhập vào Thôn Q từ ngày 01/07/2025."],
    "q": [
        "Thôn Q (Xã Bắc): nhận thêm Thôn P từ ngày 01/07/2025.",
        "Thôn Quế (Xã Bắc): trước ngày 01/01/2026 là Thôn Q.",
    ],
    "t": [
        "Thôn T (Xã Bắc): không còn ở Xã Bắc từ ngày 01/04/2025.",
        "Thôn T (Xã Bắc): lập từ Thôn T1 và Thôn T2 ngày 01/10/2025.",
    ],
    "t1": [
        "Thôn T1 (Xã Bắc): có từ ngày 01/04/2025.",
        "Thôn T1 (Xã Bắc): nhập vào Thôn T từ ngày 01/10/2025.",
    ],
    "e": ["Thôn E (Xã Bắc): không còn ở Xã Bắc từ ngày 01/01/2025."],
    "b": [
        "Thôn B (Xã Nam): không còn ở Xã Nam từ ngày 01/07/2024.",
        "Thôn B (Xã Nam): có lại từ ngày 15/01/2025.",
    ],
    "f": ["Thôn F (Xã Bắc): có từ ngày 31/12/2025."],
}


@pytest.mark.parametrize("village", LIVES)
def test_the_page_of_a_village_tells_its_life_at_every_date(data, village):
    for as_of, boundaries in ((date, kind) for date in data.dates for kind in ("then", "now")):
        selection = select(data, as_of=as_of, boundaries=boundaries)
        (page,) = exhibits.build(data, selection, [f"village.portrait:{village}"])
        assert list(page.sentences)[-len(LIVES[village]) :] == LIVES[village]


def test_what_came_about_between_two_dates_is_told_in_the_order_of_its_days(data):
    selection = select(data, as_of=AFTER)
    sentences = names.became(data, measures.periods.between(data, selection), selection)
    days = [
        [part for part in sentence.rstrip(".").split() if part.count("/") == 2][-1] for sentence in sentences
    ]
    assert [sentence.partition(" (")[0] for sentence in sentences] == [
        *("Thôn E", "Thôn H", "Thôn B", "Thôn T", "Thôn T1", "Thôn T2"),
        *("Thôn Q", "Thôn Kha", "Thôn Kha", "Thôn T", "Thôn G", "Thôn F"),
    ]
    assert days == sorted(days, key=lambda day: day.split("/")[::-1])


def test_nothing_that_began_or_ended_is_said_to_be_gained_or_lost(data):
    selection = select(data, as_of=AFTER, since=BEFORE)
    (changed,) = exhibits.build(data, selection, ["changes.villages"])
    *_, posts, pair = changed.sentences
    assert posts.endswith("thêm 1 vị trí đảng viên giữ: Thôn T (Xã Bắc); giảm 1: Thôn Kha (Xã Nam).")
    assert pair.endswith("giảm 1 thôn có một người giữ cả hai chức danh: Thôn Kha (Xã Nam).")
    assert changed.headline.startswith("Thêm 1 vị trí đảng viên giữ; giảm 1;")


@pytest.mark.parametrize("village", ["p", "t1", "e", "g"])
def test_a_link_to_a_village_that_has_ended_opens_its_page(data, village):
    assert registry.unknown_params(data, [(registry.VILLAGE.key, village)]) == {}
    for boundaries in ("then", "now"):
        selection = select(data, as_of=LATER, boundaries=boundaries)
        page = exhibits.build(data, selection, places.of_village(village))
        assert [exhibit.id.partition(":")[0] for exhibit in page] == [
            *("village.portrait", "village.goals", "village.history")
        ]
        assert "không có hiệu lực tại ngày chốt 31/12/2026" in page[0].headline
