"""What the tests of the deployment need beside Python: skipped, with the reason, where it is missing."""

from __future__ import annotations

import os
import shutil

import pytest


@pytest.fixture(scope="session")
def nginx() -> str:
    """nginx, which CI must have."""
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("no nginx is installed: CI must run these tests")
        pytest.skip("no nginx is installed (Debian: apt install nginx-light)")
    return found
