"""The table of communes and goals has room for every column, or keeps names and what is missing in sight."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page
from reading import ended
from servers import running

from dashboard import schema
from dashboard.dataset import sample

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def province(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Forty communes of longer names, whose counts have two digits."""
    folder = tmp_path_factory.mktemp("province")
    sample.write(folder, shape="province")
    with running(folder) as address:
        yield address


@pytest.fixture(scope="module")
def many_goals(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A target for each of the seven posts."""
    folder = tmp_path_factory.mktemp("many_goals")
    sample.write(folder)
    with (folder / "goals.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["goal_id", "name_vi", "measure", "operator", "target", "deadline", "source"])
        for position in schema.POSITIONS:
            rows.writerow([position, position, f"member_share:{position}", ">", 80, "", ""])
    with running(folder) as address:
        yield address


def heat_table(page: Page) -> Locator:
    ended(page)
    return page.locator("table.heat").first


def hides_no_column(table: Locator) -> bool:
    return table.evaluate("table => table.scrollWidth <= table.closest('.scroll').clientWidth")


@pytest.mark.parametrize(("path", "width"), [("muc-tieu", 1280), ("muc-tieu", 1440), ("xa", 1280)])
def test_a_heat_table_hides_no_column(server: str, open_page: Open, path: str, width: int):
    page = open_page(f"{server}/{path}?lang=en&xa=thuong-quang", width=width)  # the longest name, in bold
    assert hides_no_column(heat_table(page))


def test_nor_does_that_of_a_province(province: str, open_page: Open):
    assert hides_no_column(heat_table(open_page(f"{province}/muc-tieu?lang=en")))


def test_nor_does_that_of_many_goals(many_goals: str, open_page: Open):
    assert hides_no_column(heat_table(open_page(f"{many_goals}/?lang=en")))


def test_on_a_phone_names_and_what_is_missing_stay_while_goals_are_moved(many_goals: str, open_page: Open):
    table = heat_table(open_page(f"{many_goals}/muc-tieu", width=390))
    assert not hides_no_column(table)
    in_sight = """(table, moved) => {
      const seen = table.closest('.scroll');
      seen.scrollLeft = moved ? seen.scrollWidth : 0;
      const [view, row] = [seen.getBoundingClientRect(), table.querySelector('tbody tr')];
      return [...row.children].map(cell => {
        const box = cell.getBoundingClientRect();
        return box.left >= view.left - 1 && box.right <= view.right + 1;
      });
    }"""
    for moved in (False, True):
        name, *goals, missing = table.evaluate(in_sight, moved)
        assert (name, goals[0], goals[-1], missing) == (True, not moved, moved, True)
