"""Where an exhibit has nothing to show, it says what is missing and what to do."""

from __future__ import annotations

import shutil

import pytest

from dashboard import exhibits, text
from dashboard.dataset import default_folder, load, select, texts


@pytest.fixture
def without(tmp_path):
    """The bundled data with only the headings of some tables."""

    def emptied(*tables):
        folder = shutil.copytree(default_folder(), tmp_path / "-".join(tables))
        for table in tables:
            file = folder / f"{table}.csv"
            file.write_text(file.read_text("utf-8-sig").splitlines()[0] + "\n", "utf-8")
        return load(folder)

    return emptied


def nothing_shown(dataset, selection):
    """The exhibits that show nothing, by id."""
    return {exhibit.id: exhibit for exhibit in exhibits.every(dataset, selection) if not exhibit.has_body}


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_the_district_bodies_have_no_villages(bundled, lang):
    empty = nothing_shown(bundled, select(bundled, ["outside"], lang=lang))
    assert "overlap.by_commune" in empty
    assert {exhibit.notes for exhibit in empty.values()} == {(texts(bundled)[lang]("empty.outside"),)}


@pytest.mark.parametrize(
    ("tables", "exhibit", "key"),
    [
        (("officers",), "overlap.combinations", "posts"),
        (("organizations",), "structure.organizations", "organizations"),
        (("goals",), "goals.progress", "goals"),
        (("published",), "reconciliation.quotes", "published"),
        (("officers", "organizations", "villages"), "overlap.by_commune", "villages"),
    ],
)
@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_what_is_missing_is_said_with_what_to_do(without, tables, exhibit, key, lang):
    dataset = without(*tables)
    selection = select(dataset, lang=lang)
    empty = nothing_shown(dataset, selection)[exhibit]
    assert empty.notes == (selection.text(f"empty.{key}"),)
    assert empty.headline
    assert "0" not in empty.headline.split()


def test_good_news_keeps_its_notes(bundled):
    selection = select(bundled, ["thuong-lo"])
    assert selection.text("goals.gap.note") in nothing_shown(bundled, selection)["goals.plan"].notes
