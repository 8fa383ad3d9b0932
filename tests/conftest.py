"""Data sets for every test: the bundled one, and small ones written as tables in the test."""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from dashboard import schema
from dashboard.dataset import Dataset, load

# The same inputs in every run, however slow the machine; without `derandomize` new ones are looked for.
settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")

# The modules that take more than some seconds: `make check` leaves them to `make test`.
SLOW = frozenset(
    f"test_{name}"
    for name in (
        *(
            "cache",
            "check",
            "country",
            "hostile_names",
            "read",
            "regions",
            "sample",
            "scope",
            "source",
            "source_faults",
        ),
        *("whole", "against_plain_counting", "changes", "gap", "generic_goals", "goal_measures"),
        *("overlap_measures", "pace", "places_measures", "scenario_counts", "structure_measures"),
        *("villages_over_time", "approved", "empty", "exhibits", "place_exhibits", "published_marks"),
        *("regions_in_charts", "sentences_are_true", "takeaway_cases", "what_if", "headlines"),
        *("goal_charts", "accounts", "account_authenticator", "gate_table"),
        *("account_page", "rate_limit", "village_names_shown", "users", "streamlit_sessions"),
    )
)

DATE = "2024-12-31"
# The day of viewing: what is said of deadlines and of the boundaries of now does not change with the clock.
TODAY = "2026-07-01"
Row = dict[str, str]

# What a column holds that the test leaves out; {…} is another column of the row.
DEFAULTS: dict[str, Row] = {
    "communes": {"name": "{commune_id}", "kind": "xa"},
    "villages": {"name": "{village_id}", "kind": "thon"},
    "organizations": {"as_of": DATE, "parent_id": "root", "name": "{org_id}"},
    "officers": {"as_of": DATE},
    "goals": {"name_vi": "{goal_id}", "name_en": "{goal_id}", "operator": ">"},
    "published": {"source": "Báo cáo"},
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that `make check` leaves out."""
    for item in items:
        if item.path.stem in SLOW:
            item.add_marker("slow")


@pytest.fixture(scope="session")
def bundled() -> Dataset:
    """The data set in `data/`, shared: it must not be changed."""
    return load(Path(__file__).parents[1] / "data").on(TODAY)


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Dataset]:
    """A data set from tables as text: cells between bars, the first line names the columns.

    What is left out takes its default. Rows are in their order; the root organisation ("root") is added
    at every date, the commune "north" and its villages where only other tables name them. `officers` has a
    line per village and a column per position: "A+" is a member, "B-" is not, "vacant" has no holder, blank
    is not reported. Without `positions` there is no file of them. The same tables are built once, so
    the data set must not be changed.
    """

    @cache
    def build_data_set(
        *,
        sample: bool = True,
        assumed_as_of: str = "",
        root: str = "Đảng bộ thử",
        root_level: str = "district",
        **written: str,
    ) -> Dataset:
        tables = {name: _rows(written.get(name, "")) for name in DEFAULTS}
        positions = schema.POSITIONS
        if "positions" in written:
            tables["positions"] = _rows(written["positions"])
            positions = tuple(row["position_id"] for row in tables["positions"])
        tables["officers"] = [post for village in tables["officers"] for post in _posts(village, positions)]
        _add_what_is_named(tables, root_level)
        folder = tmp_path_factory.mktemp("data")
        _write(folder, tables)
        about = {"title": "Thử", "publisher": "Thử", "sample": sample, "root": root}
        if assumed_as_of:
            about["assumed_as_of"] = assumed_as_of
        lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in about.items())
        (folder / schema.ABOUT_FILE).write_text("".join(lines), "utf-8")
        return load(folder).on(TODAY)

    return build_data_set


def _rows(written: str) -> list[Row]:
    lines = [[cell.strip() for cell in line.split("|")] for line in written.strip().splitlines()]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def _posts(village: Row, positions: tuple[str, ...]) -> Iterator[Row]:
    where = {key: value for key, value in village.items() if key not in positions}
    for position, cell in village.items():
        if position in positions and cell:
            holder, sign = ("", "") if cell == "vacant" else cell
            member = {"+": "true", "-": "false", "": ""}[sign]
            yield {**where, "position": position, "holder": holder, "party_member": member}


def _add_what_is_named(tables: dict[str, list[Row]], root_level: str) -> None:
    villages = {row["village_id"] for row in tables["villages"]}
    for village in dict.fromkeys(row["village_id"] for row in tables["officers"]):
        if village not in villages:
            tables["villages"].append({"village_id": village})
    if not tables["communes"]:
        tables["communes"] = [{"commune_id": "north"}]
    for row in tables["villages"]:
        row.setdefault("commune_id", tables["communes"][0]["commune_id"])
    for as_of in dict.fromkeys(row.get("as_of", DATE) for row in tables["organizations"]):
        root = {"as_of": as_of, "org_id": "root", "parent_id": "", "level": root_level}
        tables["organizations"].append(root)


def _write(folder: Path, tables: dict[str, list[Row]]) -> None:
    for name, rows in tables.items():
        columns = schema.table(name).column_names
        with open(folder / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            for rank, row in enumerate(rows, 1):
                place = {"rank": rank} if "rank" in columns else {}
                defaults = {key: value.format(**row) for key, value in DEFAULTS.get(name, {}).items()}
                writer.writerow({**place, **defaults, **row})


@pytest.fixture(scope="session")
def nginx() -> str:
    """nginx, which CI must have."""
    path = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no nginx is installed: CI must run these tests")
        pytest.skip("no nginx is installed (Debian: apt install nginx-light)")
    return path


@pytest.fixture
def show_data(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], None]]:
    """Lets the pages show the data of another folder."""
    # Only these tests need Streamlit.
    from dashboard import ui  # noqa: PLC0415

    def show(folder: Path) -> None:
        monkeypatch.setenv("DASHBOARD_DATA", str(folder))
        monkeypatch.delenv("DASHBOARD_STORE", raising=False)
        ui.source.cache_clear()

    yield show
    ui.source.cache_clear()


@pytest.fixture
def own_data(tmp_path: Path, show_data: Callable[[Path], None]) -> Path:
    """A copy of the bundled data that the pages show and a test may change."""
    folder = Path(shutil.copytree(Path(__file__).parents[1] / "data", tmp_path / "data"))
    show_data(folder)
    return folder
