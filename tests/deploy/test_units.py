"""The units of systemd: hardened, and started and ended as the rest relies on."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import deployment
import pytest

UNITS = ("dashboard@.service", "dashboard-watchdog.service")
HARDENED = (
    "NoNewPrivileges=yes",
    "ProtectSystem=strict",
    "ProtectHome=yes",
    "PrivateTmp=yes",
    "PrivateDevices=yes",
    "ProtectProc=invisible",
    "ProtectKernelTunables=yes",
    "ProtectKernelModules=yes",
    "ProtectControlGroups=yes",
    "RestrictNamespaces=yes",
    "RestrictSUIDSGID=yes",
    "LockPersonality=yes",
    "CapabilityBoundingSet=",
    "SystemCallFilter=@system-service",
    "IPAddressDeny=any",
    "UMask=0077",
    "User=dashboard",
)


def lines(unit: str) -> list[str]:
    return (deployment.DEPLOY / "systemd" / unit).read_text("utf-8").splitlines()


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_is_hardened_limited_and_started_again_for_ever(unit: str):
    written = lines(unit)
    assert [line for line in HARDENED if line not in written] == []
    assert {"Restart=always", "StartLimitIntervalSec=0"} <= set(written)
    assert any(line.startswith("MemoryMax=") for line in written)


def test_the_service_writes_into_its_own_folder_only():
    assert "StateDirectory=dashboard" in lines(UNITS[0])
    assert not [line for line in lines(UNITS[0]) if line.startswith("ReadWritePaths=")]


@pytest.mark.parametrize("unit", UNITS)
def test_systemd_finds_nothing_wrong(unit: str, tmp_path: Path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd is installed")
    # A unit is refused whose programs are not there: here they are those of this folder.
    text = (
        "\n".join(lines(unit)).replace("/opt/dashboard/current", str(deployment.ROOT)).replace("%i", "8501")
    )
    placed = tmp_path / unit.replace("@.", "@8501.")
    placed.write_text(text, "utf-8")
    verified = subprocess.run(
        ["systemd-analyze", "verify", str(placed)], capture_output=True, text=True, check=False
    )
    assert unit.partition("@")[0] not in verified.stderr, verified.stderr
    rated = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", str(placed)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert rated.returncode == 0, rated.stdout[-200:]


def test_the_watchdog_watches_the_ports_that_nginx_knows():
    started = next(line for line in lines(UNITS[1]) if line.startswith("ExecStart="))
    site = (deployment.DEPLOY / "nginx" / "dashboard.conf").read_text("utf-8")
    assert [f"127.0.0.1:{port}" in site for port in started.split()[1:]] == [True, True]
