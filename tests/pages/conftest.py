"""The data folder behind the pages: the bundled one, read once; a test with a folder of its own reads it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dashboard import ui


@pytest.fixture(autouse=True)
def own_source(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that makes a folder (`tmp_path`) starts from no data, and leaves none behind."""
    own = "tmp_path" in request.fixturenames
    if own:
        ui.source.cache_clear()
    yield
    if own:
        ui.source.cache_clear()
