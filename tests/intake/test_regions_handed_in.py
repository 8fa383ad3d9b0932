"""The region of a commune through the workbook: filled in, handed in, left out, hostile."""

import csv

import pytest
from handed_in import VI, opened, receive

from dashboard import intake
from dashboard.dataset import default_folder, load
from dashboard.store.difference import difference

HEADING = "Khu vực (tỉnh, thành phố…)"


@pytest.fixture(scope="module")
def with_regions(tmp_path_factory):
    """The bundled data with a region for the communes."""
    folder = tmp_path_factory.mktemp("regions")
    for file in default_folder().iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    communes = folder / "communes.csv"
    head, *rows = communes.read_text("utf-8").splitlines()
    communes.write_text("\n".join([f"{head},region", *(f"{row},Tỉnh Huế" for row in rows)]), "utf-8")
    return load(folder)


def column(sheet):
    """The cells of the column of regions, the heading first; [] where there is none."""
    for cells in sheet.iter_cols():
        for place, cell in enumerate(cells):
            if cell.value and str(cell.value).startswith("Khu vực"):
                return list(cells[place:])
    return []


def test_regions_go_through_the_workbook_unchanged(with_regions):
    preview = receive(intake.template(with_regions, None, VI), with_regions)
    assert preview.changes == ()
    assert set(preview.dataset.communes["region"]) == {"Tỉnh Huế"}


def test_a_region_is_handed_in_and_named_as_a_change(filled, bundled, tmp_path):
    book = opened(filled)
    cells = column(book["Xã"])
    assert cells[0].value == HEADING
    for cell in cells[1:]:
        if book["Xã"].cell(cell.row, 1).value and not str(book["Xã"].cell(cell.row, 1).value).startswith(
            "Ví"
        ):
            cell.value = "=1+1 **Tỉnh**"
            cell.data_type = "s"
    preview = receive(book, bundled)
    assert set(preview.dataset.communes["region"]) == {"=1+1 **Tỉnh**"}
    preview.write(tmp_path)
    with open(tmp_path / "communes.csv", encoding="utf-8", newline="") as file:
        assert next(csv.reader(file))[-1] == "region"
    (communes,) = [
        table for table in difference(bundled, load(tmp_path)).tables if table.table.name == "communes"
    ]
    assert set(communes.changed["column"]) == {"region"}


def test_a_sheet_without_the_column_leaves_the_regions(with_regions):
    book = opened(intake.template(with_regions, None, VI))
    book["Xã"].delete_cols(column(book["Xã"])[0].column)
    preview = receive(book, with_regions)
    assert set(preview.dataset.communes["region"]) == {"Tỉnh Huế"}


def test_without_regions_no_column_is_written(filled, bundled, tmp_path):
    receive(filled, bundled).write(tmp_path)
    assert "region" not in (tmp_path / "communes.csv").read_text("utf-8").splitlines()[0]
