"""Data sets that try what files bear: hostile names, and many communes."""

from __future__ import annotations

import pytest

import hostile
from dashboard.dataset import Dataset, load, sample


@pytest.fixture(scope="session")
def hostile_data(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Every name is markup, a formula or a path."""
    return load(hostile.folder(tmp_path_factory.mktemp("hostile")))


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """600 villages in over twenty communes."""
    folder = tmp_path_factory.mktemp("many")
    sample.write(folder, 600)
    return load(folder)
