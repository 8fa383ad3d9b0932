"""In a sample, published figures are told from those that are invented; in real data nothing is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard import exhibits, text
from dashboard.dataset import Change, select


def test_what_a_what_if_changes_is_not_published(bundled):
    plain = select(bundled)
    assumed = select(bundled, scenario=(Change("khe-tre-1", "member", "front_head"),))
    ids = ("overlap.by_commune", "goals.progress")
    for selection, marked in ((plain, True), (assumed, False)):
        for exhibit in exhibits.build(bundled, selection, ids):
            assert any("không phải số mẫu" in note for note in exhibit.notes) == marked, exhibit.id
    figures = exhibits.overview.key_figures(bundled, assumed).figures
    assert "Đảng viên (công bố)" in [figure.name for figure in figures]


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_real_data_tell_nothing_apart(bundled, lang):
    real = replace(bundled, about=replace(bundled.about, sample=False))
    selection = select(real, lang=lang)
    words = selection.text
    begins = words("reconciliation.published_note", figures="\0").partition("\0")[0]
    columns = words(
        "reconciliation.in_sample",
        published=words("column_short.published"),
        computed=words("column_short.computed"),
    )
    for exhibit in exhibits.every(real, selection):
        assert exhibit.mark == ""
        assert words("common.sample") not in exhibit.alt
        assert not any(note.startswith(begins) or note == columns for note in exhibit.notes)
        assert words("file.sample") not in exhibit.stem.split("_")
    figures = exhibits.overview.key_figures(real, selection).figures
    assert [figure.name for figure in figures] == [
        words(f"count.{name}")
        for name in ("grassroots", "subcells", "members", "admitted", "villages", "households", "population")
    ]
    assert "+26" in [note for figure in figures for note in figure.notes]


def test_the_comparison_says_which_column_is_which(bundled):
    [compared] = exhibits.build(bundled, select(bundled), ["reconciliation.compare"])
    assert any("“Công bố” là số công bố" in note for note in compared.notes)
    assert "43,31%" in set(compared.table.frame["Công bố"])


def test_a_lower_bound_is_not_marked_as_published(build):
    data = build(
        organizations="org_id | level | commune_id | members\none | cell | north | 4\ntwo | cell | north |",
        published="figure_id | measure | value | as_of | quote\na | count:members | 4 | 2024-12-31 | q\n"
        "b | count:cells | 2 | 2024-12-31 | q",
    )
    names = [tile.name for tile in exhibits.tiles.overview(data, select(data)).rows]
    assert names[0] == "Đảng viên (mẫu)"
    (note,) = [note for note in exhibits.structure.cells(data, select(data)).notes if "số công bố" in note]
    assert note == "Đúng bằng số công bố, không phải số mẫu: Chi bộ cơ sở 2."
