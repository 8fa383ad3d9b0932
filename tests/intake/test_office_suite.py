"""The filled template as LibreOffice saves it: no figure changes."""

from __future__ import annotations

import pytest
from handed_in import VI, lines, receive

from dashboard import intake


@pytest.mark.parametrize("form", ["xlsx:Calc MS Excel 2007 XML", "ods", "xls:MS Excel 97"])
def test_what_an_office_suite_saves_changes_nothing(filled, spoilt, bundled, resaved, form):
    saved = resaved(filled, form)
    assert lines(saved, bundled, "so-lieu") == ""
    # It still says which data it was filled from: what has changed since stays.
    now = receive(spoilt({"Tổ chức!G6": 41}), bundled).dataset
    versions = {bundled.about.version: bundled}
    _, result = intake.receive_all([("so-lieu", saved)], now, VI, versions.get)
    assert (result.older, result.changes) == ((bundled.about.version,), ())
