"""The heading of a page: what is chosen, and on the page of goals against which day they are read."""

from __future__ import annotations

import pytest

from dashboard.dataset import select
from dashboard.ui import places


@pytest.mark.parametrize(
    ("page", "today", "passed"),
    [
        ("goals", "2025-12-31", False),
        ("goals", "2026-01-01", True),
        ("overlap", "2026-01-01", False),
    ],
)
def test_the_page_of_goals_says_that_their_deadline_has_passed(bundled, page, today, passed):
    data = bundled.on(today)
    _, chosen = places.heading(page, data, select(data))
    assert chosen.startswith("Toàn Đảng bộ huyện Nam Đông · số liệu đến 31/12/2024")
    assert chosen.endswith(" · hạn 31/12/2025 đã qua khi xem") == passed
