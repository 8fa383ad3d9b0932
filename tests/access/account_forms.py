"""What readers of mode accounts do in a browser, and what becomes of it."""

from __future__ import annotations

import json
from typing import NoReturn

import pytest
from sqlalchemy.exc import OperationalError
from starlette.responses import Response
from starlette.testclient import TestClient

from dashboard.access import User
from dashboard.access.database import Database
from dashboard.settings import Settings

PASSWORD = "một mật khẩu dài"
WANTED = "/kiem-nhiem?xa=X%C3%A3+H%C6%B0%C6%A1ng+S%C6%A1n&ngay=31%2F12%2F2024"


def sign_in(
    browser: TestClient, name: str = "lan", password: str = PASSWORD, target: str = WANTED
) -> Response:
    return browser.post("/dang-nhap", data={"ten": name, "mat_khau": password, "tiep": target})


def reader(browser: TestClient) -> User | None:
    """Whom the gate lets in."""
    answer = browser.get("/who")
    return User.from_header(answer.text) if answer.status_code == 200 else None


def audit(here: Settings) -> list[tuple[str, str]]:
    """The lines of the audit log: what happened, and who did it."""
    lines = (here.state / "audit.log").read_text("utf-8").splitlines()
    return [(entry["event"], entry["who"]) for entry in map(json.loads, lines)]


def take_away(monkeypatch: pytest.MonkeyPatch, *uses: str) -> None:
    """Let the database fail to be read or written."""

    def away(*_args: object, **_kwargs: object) -> NoReturn:
        raise OperationalError("", {}, OSError("away"))

    for use in uses:
        monkeypatch.setattr(Database, use, away)
