"""Every sentence of each language, read from the files themselves."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dashboard
from dashboard import text

FOLDER = Path(dashboard.__file__).parent / "text"


def _flat(table: dict[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}.{key}")
        else:
            yield f"{prefix}.{key}", value


# By language, then by file and path, plural forms included.
SENTENCES = {
    lang: {
        key: sentence
        for file in sorted((FOLDER / lang).glob("*.toml"))
        for key, sentence in _flat(tomllib.loads(file.read_text("utf-8")), file.stem)
    }
    for lang in text.LANGUAGES
}
