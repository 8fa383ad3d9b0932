"""What the figures and the goals rest on is said on the screen, in the words of the data set."""

from __future__ import annotations

import pytest

from dashboard import exhibits, text
from dashboard.dataset import select

VI = ("chữ và ảnh: Phong Anh", "không ghi tên bài, tên báo và ngày đăng")
EN = ("text and pictures: Phong Anh", "bears no title, newspaper or date")


@pytest.mark.parametrize(("lang", "own"), [("vi", VI), ("en", EN)])
def test_the_article_is_named_where_the_data_are_explained(bundled, lang, own):
    selection = select(bundled, lang=lang)
    about, quotes = exhibits.build(bundled, selection, ("data.provenance", "reconciliation.quotes"))
    assert all(part in " ".join(about.notes) for part in own)
    # The source of a figure is quoted as it stands, in every language.
    assert all(part in quotes.source for part in VI)


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_goals_say_whose_words_they_are_and_what_is_the_dashboards_reading(bundled, lang):
    selection = select(bundled, lang=lang)
    statement, policy = dict.fromkeys(bundled.goals["source"])
    progress = " ".join(exhibits.goals.progress(bundled, selection).notes)
    assert progress.count(statement) == progress.count(policy) == 1
    for build in (exhibits.goals.by_commune, exhibits.goals.path):
        of_heads = " ".join(build(bundled, selection, "village_head_member").notes)
        assert statement in of_heads
        assert policy not in of_heads
        of_overlap = " ".join(build(bundled, selection, "secretary_front_head").notes)
        assert policy in of_overlap
        assert statement not in of_overlap


def test_goals_without_a_source_say_nothing_of_one(build):
    data = build(
        officers="village_id | village_head\na | A+",
        goals="""goal_id | measure | operator | target | source
                 heads | member_share:village_head | > | 80 |""",
    )
    assert list(data.goals["source"]) == [""]
    notes = exhibits.goals.progress(data, select(data)).notes
    assert notes
    assert not any("Nguồn mục tiêu" in note for note in notes)


def test_the_size_is_that_of_the_date(build):
    data = build(
        communes="""
        commune_id | name | kind | valid_from | valid_to | merged_into
        a | Hương Sơn | xa | | 2025-06-30 | m
        b | Hương Lộc | xa | | 2025-06-30 | m
        m | Nam Đông | xa | 2025-07-01 | |
        """,
        villages="""
        village_id | commune_id | valid_from | valid_to | merged_into
        a1 | a | | 2025-06-30 | m1
        b1 | b | | 2025-06-30 | m1
        m1 | m | 2025-07-01 | |
        """,
        officers="as_of | village_id | secretary\n2024-12-31 | a1 | A+\n2025-12-31 | m1 | A+",
    )
    sizes = [exhibits.sources.about(data, select(data, as_of=date)).sentences[-1] for date in data.dates]
    assert [size.partition(" thôn")[0] for size in sizes] == ["Quy mô: 2 xã; 2", "Quy mô: 1 xã; 1"]
