"""The region of a commune through the workbook: filled in, handed in, left out, hostile."""

import csv
import shutil

import pytest
from handed_in import VI, opened, received

from dashboard import intake
from dashboard.dataset import default_folder, load
from dashboard.store.difference import difference

HEADING = "Khu vực (tỉnh, thành phố…)"


@pytest.fixture(scope="module")
def with_regions(tmp_path_factory):
    """The bundled data with a region for the communes."""
    folder = shutil.copytree(default_folder(), tmp_path_factory.mktemp("regions") / "data")
    communes = folder / "communes.csv"
    head, *rows = communes.read_text("utf-8").splitlines()
    communes.write_text("\n".join([f"{head},region", *(f"{row},Tỉnh Huế" for row in rows)]), "utf-8")
    return load(folder)


def column(sheet):
    """The cells of the column of regions in the rows of communes."""
    at = next(cell.column for row in sheet.iter_rows() for cell in row if cell.value == HEADING)
    return [sheet.cell(row, at) for row in range(3, sheet.max_row + 1)]


def test_regions_go_through_the_workbook_unchanged(with_regions):
    preview = received(intake.template(with_regions, None, VI), with_regions)
    assert preview.changes == ()
    assert set(preview.dataset.communes["region"]) == {"Tỉnh Huế"}


def test_a_region_is_handed_in_and_named_as_a_change(book, bundled, tmp_path):
    for cell in column(book["Xã"]):
        cell.value = "=1+1 **Tỉnh**"
        cell.data_type = "s"
    preview = received(book, bundled)
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
    preview = received(book, with_regions)
    assert set(preview.dataset.communes["region"]) == {"Tỉnh Huế"}


def test_without_regions_no_column_is_written(filled, bundled, tmp_path):
    received(filled, bundled).write(tmp_path)
    assert "region" not in (tmp_path / "communes.csv").read_text("utf-8").splitlines()[0]
