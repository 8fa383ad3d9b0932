"""What the tests of the import share: a workbook as bytes, and what reading it said."""

from __future__ import annotations

import io

from dashboard import intake, text

VI = text.get()
# The fill of a wrong cell.
MARK = "FFF4B6B0"


def saved(book) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def places(refused) -> set[str]:
    """The cells that were found wrong."""
    return {finding.location(VI) for finding in refused.findings}


def lines(data, base, name="so-lieu.xlsx") -> str:
    """The lines of a refusal, or of the changes."""
    result = intake.receive(data, name, base)
    if isinstance(result, intake.Refused):
        return "\n".join(result.lines(VI))
    return "\n".join(change.line(VI) for change in result.changes)
