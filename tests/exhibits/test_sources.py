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
