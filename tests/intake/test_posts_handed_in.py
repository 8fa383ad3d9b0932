"""Posts that a data set names itself, through the workbook (see `posts_of_data`)."""

from __future__ import annotations

import pytest
from handed_in import OFFICERS, VI, opened, receive, received

from dashboard import intake, text
from dashboard.dataset import load
from posts_of_data import AFTER, EIGHT, THREE

ELDERS = "Chi hội trưởng người cao tuổi"


def form(data):
    return opened(intake.template(data, AFTER, VI))


def headings(book):
    return [cell.value for cell in next(book[OFFICERS].iter_rows(min_row=2, max_row=2)) if cell.value]


@pytest.fixture
def eight(build):
    return build(**EIGHT)


@pytest.mark.parametrize("lang", text.LANGUAGES)
@pytest.mark.parametrize("tables", [EIGHT, THREE], ids=["eight", "three"])
def test_what_is_handed_in_unchanged_changes_nothing(build, tmp_path, tables, lang):
    data = build(**tables)
    result = received(intake.template(data, AFTER, text.get(lang)), data)
    assert result.changes == ()
    result.write(tmp_path)
    written = load(tmp_path)
    assert written.positions.equals(data.positions)
    assert written.officers.sort_values(["as_of", "village_id", "position"]).shape == data.officers.shape


def test_the_form_has_two_columns_for_each_post(eight, build):
    heads = headings(form(eight))
    assert heads[8:10] == [ELDERS, f"{ELDERS}: là đảng viên?"]
    assert len(heads) == 2 + 2 * 8
    assert [head for head in headings(form(build(**THREE))) if "?" not in head][2:] == [
        "Trưởng bản",
        "Bí thư chi bộ",
        "Trưởng ban công tác Mặt trận",
    ]


def test_a_holder_of_an_eighth_post_is_taken_and_told(eight):
    book = form(eight)
    sheet, column = book[OFFICERS], headings(book).index(ELDERS) + 1
    row = next(row for row in range(4, 12) if sheet.cell(row, 2).value == "Thôn 2")
    sheet.cell(row, column).value, sheet.cell(row, column + 1).value = "H", "có"
    result = received(book, eight)
    (change,) = result.changes
    assert change.who == f"Thôn 2 (Xã north): {ELDERS}"
    figures = {figure.figure: (figure.before, figure.after) for figure in result.figures}
    assert any("1/2" in before and "2/3" in after for before, after in figures.values())


def test_a_form_without_the_post_is_refused_by_its_heading(eight, build):
    seven = {name: EIGHT[name] for name in ("villages", "organizations")}
    workbook = intake.template(build(**seven), AFTER, VI)
    assert ELDERS in "\n".join(receive(workbook, eight).lines(VI))


def test_default_posts_are_not_written(filled, bundled, tmp_path):
    received(filled, bundled).write(tmp_path)
    assert not (tmp_path / "positions.csv").exists()
