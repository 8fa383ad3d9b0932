"""Known faults of the pinned packages, by pip-audit.

python tools/audit.py [--unreachable-ok]    # `make audit`

pip-audit says "no known vulnerabilities" also of packages that its service had never heard of, as behind a
mirror without the vulnerability service. So every package counts that got no answer. Exit 1: a fault is
known. Exit 2: not every package could be asked about; with --unreachable-ok this is said, and the exit is 0.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

PINNED = Path(__file__).parents[1] / "constraints.txt"
SERVICES = ("pypi", "osv")
# Findings that do not touch this project: id, and why not.
IGNORED: dict[str, str] = {}
_PATIENCE_S = 300


def main(arguments: list[str]) -> int:
    """Ask the services in turn until one has answered for every package."""
    answers: list[dict[str, Any]] = []
    for service in SERVICES:
        asked = _asked(service)
        if asked is None:
            print(f"{service}: not reachable")
            continue
        answers = asked
        unanswered = [one["name"] for one in answers if "skip_reason" in one]
        print(f"{service}: {len(answers) - len(unanswered)} of {len(answers)} packages known there")
        found = [
            (one, fault) for one in answers for fault in one.get("vulns", []) if fault["id"] not in IGNORED
        ]
        for one, fault in found:
            fixed = ", ".join(fault["fix_versions"]) or "none"
            print(f"{one['name']} {one['version']}: {fault['id']} (fixed in: {fixed})")
        if found:
            return 1
        if not unanswered:
            print("no known fault in any package")
            return 0
    print("NOT AUDITED: no vulnerability service answered for all of the packages of constraints.txt.")
    print("This says nothing about them; run `make audit` where the internet is reachable.")
    return 0 if "--unreachable-ok" in arguments else 2


def _asked(service: str) -> list[dict[str, Any]] | None:
    """What a service says of every pinned package; None where it gave no answer at all."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(PINNED), "--no-deps", "--disable-pip"]
    command += ["--vulnerability-service", service, "--progress-spinner", "off", "--format", "json"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE_S, check=False)
        found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        return None
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
