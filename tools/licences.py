"""The list of dependencies with their licences, from what is installed and the reasons in pyproject.toml.

python tools/licences.py            # writes docs/dependencies.md (`make licences`)
python tools/licences.py --check    # exit 1: it is out of date, or a licence is not allowed (`make audit`)
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
WRITTEN = ROOT / "docs" / "dependencies.md"
# Licences under which the project may be run and passed on unchanged. Not on the list: ask before adding.
ALLOWED = {
    *("0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0", "CNRI-Python"),
    *("HPND", "ISC", "LGPL-2.1-or-later", "MIT", "MIT-0", "MIT-CMU", "MPL-2.0", "OFL-1.1", "PSF-2.0"),
    *("Unlicense", "Zlib"),
}
# What packages write where an identifier belongs.
_MEANT = {
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "apache-2.0 license": "Apache-2.0",
    "bsd license": "BSD",
    "bsd 3-clause license": "BSD-3-Clause",
    "bsd-3-clause license": "BSD-3-Clause",
    "3-clause bsd license": "BSD-3-Clause",
    "bsd": "BSD",
    "bsd-3": "BSD-3-Clause",
    "isc license": "ISC",
    "isc license (iscl)": "ISC",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "psfl": "PSF-2.0",
    "python software foundation license": "PSF-2.0",
    "the unlicense (unlicense)": "Unlicense",
}
_CLASSIFIER = "License :: OSI Approved :: "
_LONGEST = 60  # a "licence" longer than this is its whole text


@dataclass(frozen=True)
class Package:
    """One installed package, and why it is there."""

    name: str
    version: str
    licence: str
    why: str


def main(arguments: list[str]) -> int:
    """Write the list, or compare it with what is written."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    reasons = _reasons((ROOT / "pyproject.toml").read_text("utf-8"))
    run = list(_installed(project["dependencies"], reasons))
    known = {one.name for one in run}
    dev = [
        one for one in _installed(project["optional-dependencies"]["dev"], reasons) if one.name not in known
    ]
    strange = [one for one in (*run, *dev) if not _is_allowed(one.licence)]
    for one in strange:
        print(f"{one.name} {one.version}: licence {one.licence!r} is not on the list of tools/licences.py")
    content = _page(run, dev)
    if "--check" not in arguments:
        WRITTEN.write_text(content, "utf-8")
        return 1 if strange else 0
    stale = not WRITTEN.exists() or WRITTEN.read_text("utf-8") != content
    if stale:
        print(f"{WRITTEN.relative_to(ROOT)} is out of date: run `make licences`")
    return 1 if strange or stale else 0


def _page(run: Iterable[Package], dev: Iterable[Package]) -> str:
    return f"""\
# Dependencies

Written by `make licences` from what is installed; `make audit` fails where it is out of date.

## In the running dashboard

{_rows(run)}

## In development and tests only

{_rows(dev)}
"""


def _rows(packages: Iterable[Package]) -> str:
    rows = (
        f"| {one.name} | {one.version} | {one.licence} | {one.why.replace('|', '/')} |"
        for one in sorted(packages, key=lambda one: one.name)
    )
    return "\n".join(["| package | version | licence | why |", "| --- | --- | --- | --- |", *rows])


def _installed(wanted: Iterable[str], reasons: Mapping[str, str]) -> Iterator[Package]:
    """These requirements and all that they bring along, each once."""
    queue = [(Requirement(line), "") for line in wanted]
    seen: set[tuple[str, str]] = set()
    given: set[str] = set()
    while queue:
        requirement, above = queue.pop(0)
        name = canonicalize_name(requirement.name)
        try:
            found = distribution(requirement.name)
        except PackageNotFoundError:
            continue  # for another system or another Python
        if name not in given:
            given.add(name)
            yield Package(name, found.version, _licence(found), reasons.get(name) or f"needed by {above}")
        for extra in ("", *sorted(requirement.extras)):
            if (name, extra) in seen:
                continue
            seen.add((name, extra))
            queue += [(needed, name) for needed in _needs(found, extra)]


def _needs(found: Distribution, extra: str) -> Iterator[Requirement]:
    for line in found.requires or []:
        requirement = Requirement(line)
        if requirement.marker is None:
            if not extra:
                yield requirement
        elif requirement.marker.evaluate({"extra": extra}):
            yield requirement


def _reasons(written: str) -> dict[str, str]:
    """The comment behind each direct dependency of pyproject.toml."""
    lines = re.findall(r'^  "([A-Za-z0-9._-]+)[^"]*",[ \t]*(?:# (.*))?$', written, re.MULTILINE)
    return {canonicalize_name(name): reason or "direct" for name, reason in lines}


def _licence(found: Distribution) -> str:
    """The licence that a package names: its expression, else its classifiers, else its free text."""
    metadata = found.metadata
    named = [
        line.removeprefix(_CLASSIFIER) for line in metadata.get_all("Classifier") or [] if _CLASSIFIER in line
    ]
    free = (metadata.get("License") or "").strip()
    if metadata.get("License-Expression"):
        return str(metadata["License-Expression"])
    if free and "\n" not in free and len(free) <= _LONGEST:
        return _MEANT.get(free.casefold(), free)
    return " OR ".join(_MEANT.get(one.casefold(), one) for one in named) or "unknown"


def _is_allowed(licence: str) -> bool:
    """Whether one of the choices ("OR") has only licences ("AND") of the list; brackets from within."""
    while bracket := re.search(r"\(([^()]*)\)", licence):
        inner = "MIT" if _is_allowed(bracket[1]) else "unknown"
        licence = licence[: bracket.start()] + inner + licence[bracket.end() :]
    choices = re.split(r"\s+OR\s+", licence.strip())
    return any(
        all(part.partition(" WITH ")[0] in ALLOWED for part in re.split(r"\s+AND\s+", choice))
        for choice in choices
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
