"""What a briefing holds: the chosen exhibits, page by page; nothing that is only an empty sentence."""

import pickle

import pytest

from dashboard import exhibits
from dashboard.dataset import UnknownChoiceError, select
from dashboard.outputs import briefing


def test_all_exhibits_stand_under_their_pages(bundled):
    brief = briefing.brief(bundled, select(bundled), full=True)
    assert [section.title for section in brief.sections] == [
        "Tổng quan",
        "Tổ chức",
        "Kiêm nhiệm",
        "Mục tiêu",
        "Thay đổi",
        "Dữ liệu",
    ]
    every = exhibits.every(bundled, select(bundled))
    assert [exhibit.id for exhibit in brief.exhibits] == [exhibit.id for exhibit in every]


def test_a_meeting_is_told_a_few_findings_of_the_same_exhibits(bundled):
    brief, full = (briefing.brief(bundled, select(bundled), full=full) for full in (False, True))
    assert (brief.meeting, full.meeting) == (True, False)
    assert {exhibit.id for exhibit in brief.exhibits} == set(briefing.MEETING)
    whole = {exhibit.id: exhibit for exhibit in full.exhibits}
    assert all(exhibit.headline == whole[exhibit.id].headline for exhibit in brief.exhibits)
    # Goals, overlap, members: what their exhibits find.
    assert list(brief.findings) == [
        whole[key].headline for key in ("goals.progress", "overlap.by_commune", "structure.members_over_time")
    ]


def test_one_family_stands_for_every_goal(bundled):
    brief = briefing.brief(bundled, select(bundled), ["goals.path"])
    assert not brief.meeting
    assert [exhibit.id for exhibit in brief.exhibits] == [
        f"goals.path:{goal}" for goal in bundled.goals["goal_id"]
    ]


def test_the_district_bodies_have_no_empty_pages_on_villages(bundled):
    brief = briefing.brief(bundled, select(bundled, ["outside"]), full=True)
    ids = {exhibit.id for exhibit in brief.exhibits}
    assert "overlap.by_commune" not in ids
    assert {"structure.cells", "data.checks"} <= ids


def test_the_key_figures_open_it_even_when_not_chosen(bundled):
    brief = briefing.brief(bundled, select(bundled, ["huong-son"]), ["goals.progress"])
    assert "156" in [figure.value for figure in brief.opening.figures]


def test_an_unknown_exhibit_lists_the_known(bundled):
    with pytest.raises(UnknownChoiceError) as error:
        briefing.brief(bundled, select(bundled), ["goals.nothing"])
    assert "goals.progress" in error.value.known


def test_it_goes_to_another_process_without_the_data(bundled):
    brief = briefing.brief(bundled, select(bundled, ["huong-son"]))
    sent = pickle.dumps(brief)
    assert len(sent) < 300_000
    assert pickle.loads(sent).chosen == brief.chosen


def test_file_names_say_what_and_where(bundled):
    brief = briefing.brief(bundled, select(bundled, ["huong-son"], "2023-12-31", lang="vi"))
    assert brief.stem == "bao-cao_xa-huong-son_2023-12-31_so-lieu-mau"
    assert "muc-tieu_xa-huong-son_2023-12-31_so-lieu-mau" in [exhibit.stem for exhibit in brief.exhibits]
    stems = [exhibit.stem for exhibit in brief.exhibits]
    assert len(set(stems)) == len(stems)


def test_boundaries_of_today_are_in_the_file_name(bundled):
    brief = briefing.brief(bundled, select(bundled, ["nam-dong"], boundaries="now", lang="en"))
    assert brief.stem == "briefing_nam-dong-commune_boundaries-of-today_2024-12-31_sample"
