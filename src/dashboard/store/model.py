"""What a store holds: versions, and the facts about each."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from dashboard.text import Text


@dataclass(frozen=True)
class Store:
    """Where versions are kept.

    `plain` is the data folder shown as long as the store holds no version; the first publish makes its data
    version 1 and leaves it as it is.
    """

    folder: Path
    plain: Path

    @property
    def versions(self) -> Path:
        """The folder that holds one folder per version, named by its number."""
        return self.folder / "versions"


@dataclass(frozen=True)
class Entry:
    """What the publisher says of a version: who, why, and the file it came from with its SHA-256 in hex
    (blank where it came from a data folder, whose files have their hashes in the version anyway)."""

    who: str
    why: str
    file: str = ""
    file_sha256: str = ""


@dataclass(frozen=True)
class Version:
    """One whole version: a data folder that is never changed.

    `number` counts from 1 and gives the order; `when` is what the clock said, and clocks go wrong.
    `data_version` is `About.version` of its data: the same for equal files. `based_on` is the number of the
    version that was current when this one was published (None = the first), `restores` that of the version
    whose data it brings back (None = it brings its own).
    """

    number: int
    folder: Path
    data_version: str
    when: datetime
    entry: Entry
    based_on: int | None = None
    restores: int | None = None

    @property
    def id(self) -> str:
        """The number as the folder writes it: "0003"."""
        return version_id(self.number)

    def as_json(self) -> dict[str, Any]:
        """What version.json holds."""
        return {
            "number": self.number,
            "data_version": self.data_version,
            "when": self.when.isoformat(timespec="seconds"),
            **asdict(self.entry),
            "based_on": self.based_on,
            "restores": self.restores,
        }

    def in_words(self, text: Text) -> str:
        """Which it is, who published it, when and why."""
        values = {"id": self.id, "who": self.entry.who, "why": self.entry.why}
        return text("store.by", when=self.when_in_words(text), **values)

    def when_in_words(self, text: Text) -> str:
        """Time and date of publishing as they are in a sentence."""
        return text("store.when", time=f"{self.when:%H:%M}", date=text.date(self.when.date().isoformat()))


@dataclass(frozen=True)
class Damaged:
    """A version that is not whole. `file` is the file at fault, `how` one of "missing", "differs" (its bytes
    are not those that were published), "unreadable", "number" (it is version `actual`, renamed or copied)."""

    number: int
    folder: Path
    file: str
    how: str
    actual: int | None = None

    @property
    def id(self) -> str:
        """The number as the folder writes it."""
        return version_id(self.number)

    @property
    def values(self) -> dict[str, str]:
        """What the sentence of `how` names."""
        return {} if self.actual is None else {"named": version_id(self.actual)}

    def reason(self, text: Text) -> str:
        """What is wrong with the file, and what to do."""
        return text(f"rule.version_{self.how}", **self.values)

    def sentence(self, text: Text) -> str:
        """What is wrong with which file, and what to do."""
        return text("store.damaged", id=self.id, file=self.file, how=self.reason(text))


def version_id(number: int) -> str:
    """A version's number as the name of its folder."""
    return f"{number:04d}"
