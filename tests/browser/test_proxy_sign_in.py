"""Mode proxy in a real browser: nginx asks for name and password, and names the reader to the dashboard."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator

import deployment
import pytest
from playwright.sync_api import Browser, Page, expect
from servers import free_port, running

SECRET = "a-secret-of-the-proxy-in-tests"
PASSWORD = "mot-mat-khau-dai"
SITE = """
map $http_upgrade $onward {{ default upgrade; "" close; }}
server {{
    listen 127.0.0.1:{front};
    auth_basic "dashboard";
    auth_basic_user_file {folder}/names;
    location / {{
        proxy_pass http://127.0.0.1:{port};
        proxy_http_version 1.1;
        proxy_set_header Host $http_host;
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection $onward;
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_set_header X-Remote-User $remote_user;
        proxy_set_header X-Dashboard-Secret {secret};
        proxy_set_header Authorization "";
    }}
}}
"""


@pytest.fixture(scope="module")
def address(browser: Browser, nginx: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """nginx in front of a server that lists lan (viewer) and ba (one commune); nginx knows one more."""
    folder, port, front = tmp_path_factory.mktemp("proxy"), free_port(), free_port()
    (folder / "secret").write_text(SECRET, "utf-8")
    (folder / "secret").chmod(0o600)
    (folder / "names").write_text("".join(f"{name}:{hashed()}\n" for name in ("lan", "ba", "ai")), "utf-8")
    (folder / "names").chmod(0o644)
    folder.chmod(0o755)
    settings = folder / "dashboard.toml"
    settings.write_text(
        f'mode = "proxy"\nport = {port}\npublic_url = "http://127.0.0.1:{front}"\nstate = "state"\n'
        '[proxy]\nheader = "X-Remote-User"\nsecret_file = "secret"\n'
        'sign_out_url = "/oauth2/sign_out?a=1&rd=%2F"\n'
        '[[proxy.readers]]\nname = "lan"\n[[proxy.readers]]\nname = "ba"\ncommunes = ["huong-son"]\n',
        "utf-8",
    )
    site = folder / "site.conf"
    site.write_text(SITE.format(front=front, port=port, folder=folder, secret=SECRET), "utf-8")
    with running(settings=settings, port=port), deployment.nginx(deployment.around(site), front):
        yield f"http://127.0.0.1:{front}"


@pytest.fixture
def open_as(browser: Browser) -> Iterator[Callable[[str, str], Page]]:
    contexts = []

    def open_one(name: str, url: str) -> Page:
        context = browser.new_context(http_credentials={"username": name, "password": PASSWORD})
        contexts.append(context)
        page = context.new_page()
        page.goto(url)
        return page

    yield open_one
    for context in contexts:
        context.close()


def hashed() -> str:
    """PASSWORD as nginx keeps it."""
    result = subprocess.run(
        ["openssl", "passwd", "-apr1", PASSWORD], check=True, capture_output=True, text=True
    )
    return result.stdout.strip()


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def test_a_listed_name_sees_the_page_and_filters_of_the_link(
    address: str, open_as: Callable[[str, str], Page]
):
    page = open_as("lan", f"{address}/kiem-nhiem?xa=huong-son")
    heading(page, "Kiêm nhiệm")
    expect(page.get_by_text("Xã Hương Sơn · số liệu đến").first).to_be_visible()
    expect(page.get_by_text("Người đang xem: lan")).to_be_visible()
    expect(page.get_by_role("link", name="Đăng xuất")).to_have_attribute(
        "href", "/oauth2/sign_out?a=1&rd=%2F"
    )


def test_a_name_of_one_commune_sees_that(address: str, open_as: Callable[[str, str], Page]):
    page = open_as("ba", address)
    heading(page, "Tổng quan")
    expect(page.get_by_text("Được xem: Xã Hương Sơn")).to_be_visible()


def test_a_name_that_only_the_proxy_knows_sees_nothing(address: str, open_as: Callable[[str, str], Page]):
    page = open_as("ai", address)
    expect(page.get_by_text("tài khoản chưa được phép xem")).to_be_visible()
    assert page.locator("#root").count() == 0
