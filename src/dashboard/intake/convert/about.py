"""The sheet of general information: the entries of dataset.toml, one a row."""

from __future__ import annotations

from dashboard import text
from dashboard.dataset import wording
from dashboard.dataset.read import cells
from dashboard.intake import names
from dashboard.intake.convert.rows import Row
from dashboard.intake.findings import Findings, place_name
from dashboard.intake.forms import ENTRIES
from dashboard.intake.sheets import Entry, Filled
from dashboard.schema import ABOUT_REQUIRED


def entries(filled: Filled, findings: Findings) -> dict[str, Row]:
    """The entries of the sheet by their keys; what they say is checked here, since they are no table."""
    known = {
        names.folded(text.get(lang)(f"template.entry.{key}")): key
        for lang in text.LANGUAGES
        for key in ENTRIES
    }
    found: dict[str, Row] = {}
    for entry in filled.entries:
        written = entry.cells.get("entry", "")
        key = known.get(names.folded(written)) or (written if written in ENTRIES else None)
        if key is None:
            said = ", ".join(text.get()(f"template.entry.{key}") for key in ENTRIES)
            findings.add("entry_unknown", entry.place("entry"), written, known=said)
        elif key in found:
            findings.add(
                "row_twice", entry.place("entry"), written, first=place_name(found[key].places["content"])
            )
        else:
            content = _content(key, entry, findings)
            found[key] = Row({"content": content}, {"content": entry.place("content")})
    return found


def _content(key: str, entry: Entry, findings: Findings) -> str:
    """The value as dataset.toml has it; a finding where it cannot be."""
    written = entry.cells.get("content", "")
    if not written:
        if key in ABOUT_REQUIRED:
            findings.add("required", entry.place("content"))
        return ""
    try:
        if key == "sample":
            return str(cells.flag(written)).lower()
        if key == "assumed_as_of":
            return cells.iso_date(written)
    except cells.CellError as error:
        findings.add(str(error), entry.place("content"), written)
        return ""
    if rule := wording.fault(written, key):
        limit = {"longest": wording.longest(key)} if rule == "text_long" else {}
        findings.add(rule, entry.place("content"), written, **limit)
    return written
