"""What a server installs: each package that the program needs, by hash, in the version of all tests."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CONSTRAINTS = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
LOCK = (ROOT / "deploy" / "requirements.lock").read_text("utf-8")


@pytest.fixture(scope="module")
def locked() -> dict[str, str]:
    """The versions of the lock by name; each has a hash, and nothing else is there."""
    entry = re.compile(
        r"([\w.-]+)==([\w.]+)(?: ;[^\\\n]+)? \\\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+"
    )
    lines = re.sub(r"^#.*\n", "", LOCK, flags=re.MULTILINE)
    assert entry.sub("", lines) == ""
    return {canonicalize_name(name): version for name, version in entry.findall(lines)}


def needed(requirements: Iterable[str]) -> set[str]:
    """The packages of these requirements on this computer, and those that they bring along."""
    names: set[str] = set()
    left = [Requirement(line) for line in requirements]
    while left:
        requirement = left.pop()
        if requirement.name in names or (
            requirement.marker and not requirement.marker.evaluate({"extra": ""})
        ):
            continue
        names.add(requirement.name)
        left += map(Requirement, requires(requirement.name) or ())
    return {canonicalize_name(name) for name in names}


def versions(requirements: Iterable[str]) -> dict[str, str]:
    """What is required of each package, by its name."""
    parsed = [Requirement(line) for line in requirements]
    return {
        canonicalize_name(requirement.name): str(requirement.specifier).removeprefix("==")
        for requirement in parsed
    }


def test_the_lock_holds_all_that_the_program_needs(locked: dict[str, str]):
    assert needed(PROJECT["project"]["dependencies"]) - set(locked) == set()


def test_the_lock_and_the_constraints_name_the_same_versions(locked: dict[str, str]):
    pinned = versions([*CONSTRAINTS, *PROJECT["build-system"]["requires"]])
    assert {name: pinned.get(name) for name in locked} == locked


def test_the_constraints_pin_what_pyproject_names():
    required = versions(
        [*PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"]["dev"]]
    )
    assert {name: versions(CONSTRAINTS).get(name) for name in required} == required
