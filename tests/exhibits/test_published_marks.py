"""In a sample, published figures are told from those that are invented; in real data nothing is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard import exhibits, text
from dashboard.dataset import Change, Dataset, select

# The figures of the article that the data give, by the label of the key figures.
PUBLISHED = {
    "Tổ chức cơ sở đảng": "42",
    "Chi bộ trực thuộc": "128",
    "Đảng viên": "2.198",
    "Thôn, tổ dân phố": "60",
    "Hộ": "6.873",
    "Nhân khẩu": "28.336",
}


def labels(dataset: Dataset, selection) -> list[str]:
    return [figure.label for figure in exhibits.overview.key_figures(dataset, selection).figures]


def notes(dataset: Dataset, selection) -> dict[str, str]:
    """The notes that tell published figures, by exhibit."""
    said = "không phải số mẫu"
    return {
        one.id: note
        for one in exhibits.every(dataset, selection)
        for note in one.notes
        if said in note and "công bố" in note
    }


def test_every_key_figure_of_the_whole_is_published_or_sample(bundled):
    figures = {one.label: one for one in exhibits.overview.key_figures(bundled, select(bundled)).figures}
    for name, value in PUBLISHED.items():
        assert figures.pop(f"{name} (công bố)").value == value
    assert list(figures) == ["Mới kết nạp (mẫu)"]
    changes = [one.change for one in exhibits.overview.key_figures(bundled, select(bundled)).figures]
    assert "+26 (mẫu)" in changes
    assert all(change == "" or change.endswith(" (mẫu)") for change in changes)


def test_exhibits_name_the_published_figures_that_they_show(bundled):
    found = notes(bundled, select(bundled))
    for value in ("42", "14", "28", "128", "2.198", "60", "6.873", "28.336"):
        assert f" {value}" in found["overview.key_figures"]
    for family in ("overview.findings", "overlap.by_commune", "goals.progress"):
        assert "26/60 (43,3%)" in found[family]
        assert "4/60 (6,7%)" in found[family]
    for family in ("goals.progress", "goals.by_commune:village_head_member"):
        assert "50/60 (83,3%)" in found[family]
    assert found["structure.organizations"].endswith("Đảng bộ cơ sở 14; Chi bộ trực thuộc 128.")
    assert found["structure.cells"].endswith("Chi bộ cơ sở 28.")
    assert found["structure.members_over_time"].endswith("Đảng viên 2.198.")
    assert "structure.admitted_over_time" not in found
    assert "goals.by_commune:youth_head_member" not in found


@pytest.mark.parametrize(
    "chosen",
    [{"communes": ["huong-son"]}, {"as_of": "2023-12-31"}],
    ids=["a commune", "another date"],
)
def test_nothing_is_called_published_where_something_else_is_shown(bundled, chosen):
    selection = select(bundled, **chosen)
    assert notes(bundled, selection) == {}
    assert not any("công bố" in label or "mẫu" in label for label in labels(bundled, selection))


def test_what_a_what_if_changes_is_not_published(bundled):
    assumed = select(bundled, scenario=(Change("khe-tre-1", "member", "front_head"),))
    assert notes(bundled, assumed).keys() & {"overlap.by_commune", "goals.progress"} == set()
    assert "Đảng viên (công bố)" in labels(bundled, assumed)


def test_a_figure_that_differs_is_not_marked(bundled):
    published = bundled.published.assign(
        value=bundled.published["value"].mask(bundled.published["figure_id"] == "members", 2197)
    )
    differing = replace(bundled, published=published)
    shown = labels(differing, select(differing))
    assert "Đảng viên (mẫu)" in shown
    assert "Hộ (công bố)" in shown


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
    for one in exhibits.every(real, selection):
        assert one.mark(words) == ""
        assert words("common.sample") not in one.alt
        assert not any(note.startswith(begins) or note == columns for note in one.notes)
        assert words("file.sample") not in one.stem.split("_")
    shown = exhibits.overview.key_figures(real, selection).figures
    assert [figure.label for figure in shown] == [
        words(f"count.{name}")
        for name in ("grassroots", "subcells", "members", "admitted", "villages", "households", "population")
    ]
    assert "+26" in [figure.change for figure in shown]


def test_the_comparison_says_which_column_is_which(bundled):
    [compared] = exhibits.build(bundled, select(bundled), ["reconciliation.compare"])
    assert any("“Công bố” là số công bố" in note for note in compared.notes)
    assert "43,31%" in set(compared.table.frame["Công bố"])
