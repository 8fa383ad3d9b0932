"""Briefings for the tests of the report: one of the bundled data set, and small ones made by hand."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from dashboard import exhibits
from dashboard.dataset import Dataset, select
from dashboard.outputs.briefing import Briefing, Section, brief


@pytest.fixture(scope="session")
def briefing(bundled: Dataset) -> Briefing:
    """Everything about one commune, in Vietnamese."""
    return brief(bundled, select(bundled, ["huong-son"]), full=True)


@pytest.fixture(scope="session")
def with_table(bundled: Dataset) -> Callable[..., Briefing]:
    """A briefing in Vietnamese of one exhibit with these rows (columns by name) and parts of an exhibit."""
    whole = brief(bundled, select(bundled, []), ["reconciliation.quotes"])

    def build(rows: dict[str, list[object]], **parts: object) -> Briefing:
        table = exhibits.Table(pd.DataFrame(rows))
        exhibit = replace(whole.exhibits[0], **{"sentences": (), "table": table, **parts})
        return replace(whole, sections=(Section("Phần thử", (exhibit,)),))

    return build
