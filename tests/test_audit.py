"""What `make audit` makes of the answers about known faults of packages, and of licences."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[1] / "tools"
FAULT = {"id": "PYSEC-1", "fix_versions": ["2.0"]}


def tool(name: str):
    spec = importlib.util.spec_from_file_location(f"tool_{name}", TOOLS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look it up
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def audit(monkeypatch):
    """`tools/audit.py` with the answers of both services given."""
    found = tool("audit")

    def run(pypi, osv=None, *arguments: str) -> int:
        answers = {"pypi": pypi, "osv": osv}
        monkeypatch.setattr(found, "_asked", lambda service: answers[service])
        return int(found.main(list(arguments)))

    return run


def known(*faults):
    return {"name": "a", "version": "1.0", "vulns": list(faults)}


UNKNOWN = {"name": "b", "skip_reason": "not found"}


def test_packages_without_a_fault_pass(audit):
    assert audit([known()]) == 0


def test_a_fault_fails_and_is_named(audit, capsys):
    assert audit([known(FAULT)], None, "--unreachable-ok") == 1
    assert "a 1.0: PYSEC-1 (fixed in: 2.0)" in capsys.readouterr().out


def test_no_answer_is_no_good_answer(audit, capsys):
    assert audit([UNKNOWN]) == 2
    assert "NOT AUDITED" in capsys.readouterr().out


def test_where_no_service_is_there_it_is_said_and_may_be_passed_over(audit, capsys):
    assert audit(None, None, "--unreachable-ok") == 0
    assert "NOT AUDITED" in capsys.readouterr().out


def test_a_second_service_is_asked_where_the_first_knows_not_all(audit):
    assert audit([known(), UNKNOWN], [known(), known()]) == 0
    assert audit([known(), UNKNOWN], [known(), known(FAULT)]) == 1


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("MIT", True),
        ("Apache-2.0 OR BSD-2-Clause", True),
        ("GPL-3.0-only OR MIT", True),
        ("BSD-3-Clause AND 0BSD AND MIT", True),
        ("MIT AND GPL-3.0-only", False),
        ("(MIT OR Apache-2.0) AND GPL-2.0-only", False),
        ("unknown", False),
    ],
)
def test_a_licence_is_on_the_list(licence, allowed):
    assert tool("licences")._is_allowed(licence) == allowed
