"""In a sample, published figures are told from those that are invented; in real data nothing is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard import exhibits, text
from dashboard.dataset import Change, Dataset, select
from dashboard.exhibits import tiles


def labels(dataset: Dataset, selection) -> list[str]:
    return [figure.name for figure in exhibits.overview.key_figures(dataset, selection).figures]


def notes(dataset: Dataset, selection) -> dict[str, str]:
    """The notes that tell published figures, by exhibit."""
    mark = "không phải số mẫu"
    return {
        exhibit.id: note
        for exhibit in exhibits.every(dataset, selection)
        for note in exhibit.notes
        if mark in note and "công bố" in note
    }


@pytest.mark.parametrize(
    "chosen",
    [{"communes": ["huong-son"]}, {"as_of": "2023-12-31"}],
    ids=["a commune", "another date"],
)
def test_nothing_is_called_published_where_something_else_is_shown(bundled, chosen):
    selection = select(bundled, **chosen)
    assert notes(bundled, selection) == {}
    assert not any("công bố" in label or "mẫu" in label for label in labels(bundled, selection))


def test_a_change_is_not_called_published(bundled):
    selection = select(bundled)
    (members,) = (tile for tile in tiles.changes(bundled, selection).rows if tile.value == "+26")
    assert members.name == "Đảng viên (mẫu)"
    head = tiles.overview(bundled, selection).rows[-1]
    assert head.name.endswith("(công bố)")
    assert head.notes == ("43,3% · +3 so với 31/12/2023 (mẫu)",)


def test_what_a_what_if_changes_is_not_published(bundled):
    assumed = select(bundled, scenario=(Change("khe-tre-1", "member", "front_head"),))
    assert notes(bundled, assumed).keys() & {"overlap.by_commune", "goals.progress"} == set()
    assert "Đảng viên (công bố)" in labels(bundled, assumed)


def test_a_figure_that_differs_is_not_marked(bundled):
    published = bundled.published.assign(
        value=bundled.published["value"].mask(bundled.published["figure_id"] == "members", 2197)
    )
    differing = replace(bundled, published=published)
    figure_labels = labels(differing, select(differing))
    assert "Đảng viên (mẫu)" in figure_labels
    assert "Hộ (công bố)" in figure_labels


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
