"""Signing in at a real provider (npm oidc-provider, tests/browser/provider) in a real browser, mode oidc."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from servers import free_port, running

PROVIDER = Path(__file__).with_name("provider")
SECRET = "a-secret-of-the-client-in-tests"
LISTED = """
[[oidc.readers]]
name = "lan@huyen.example"
[[oidc.readers]]
name = "chi@huyen.example"
[[oidc.readers]]
group = "xa-huong-son"
communes = ["huong-son"]
"""
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def node() -> str:
    """node, with the provider beside it, which CI must have."""
    found = shutil.which("node")
    if found is None or not (PROVIDER / "node_modules").is_dir():
        if os.environ.get("CI"):
            pytest.fail("no provider is installed: CI must run these tests")
        pytest.skip(
            "no provider is installed (npm ci --prefix tests/browser/provider; Debian: apt install npm)"
        )
    return found


@pytest.fixture(scope="module")
def address(browser: Browser, node: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder, port, theirs = tmp_path_factory.mktemp("oidc"), free_port(), free_port()
    (folder / "state").mkdir()
    (folder / "secret").write_text(SECRET, "utf-8")
    file = folder / "dashboard.toml"
    file.write_text(
        f'mode = "oidc"\nport = {port}\npublic_url = "http://127.0.0.1:{port}"\nstate = "state"\n'
        f'[oidc]\nissuer = "http://127.0.0.1:{theirs}"\nclient_id = "dashboard"\n'
        f'client_secret_file = "secret"\n{LISTED}',
        "utf-8",
    )
    back = f"http://127.0.0.1:{port}/dang-nhap/oidc/tro-lai"
    provider = subprocess.Popen(
        [node, "server.mjs", str(theirs), back, SECRET],
        cwd=PROVIDER,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert provider.stdout is not None
        assert any("ready" in line for line in provider.stdout), "the provider stopped at start"
        with running(settings=file, port=port) as found:
            yield found
    finally:
        provider.terminate()
        provider.wait()


@pytest.fixture
def open_one(browser: Browser) -> Iterator[Open]:
    """Opens a page of its own context; unlike `open_page` it may ask the provider."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000})

    def open_one(url: str) -> Page:
        page = context.new_page()
        page.goto(url)
        return page

    yield open_one
    context.close()


def at_the_provider(page: Page, name: str) -> None:
    """Sign in there, and agree that the dashboard may know who it is."""
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill("x")
    page.get_by_role("button", name="Sign-in").click()
    page.get_by_role("button", name="Continue").click()


def sign_in(page: Page, name: str) -> None:
    page.get_by_role("link", name="Đăng nhập bằng tài khoản cơ quan").click()
    at_the_provider(page, name)


def heading(page: Page, said: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(said)


def test_a_listed_address_lands_on_the_page_and_filters_of_the_link(address: str, open_one: Open):
    page = open_one(f"{address}/kiem-nhiem?xa=huong-son")
    heading(page, "Đăng nhập")
    sign_in(page, "lan")
    heading(page, "Kiêm nhiệm")
    assert urlsplit(page.url).path == "/kiem-nhiem"
    assert parse_qs(urlsplit(page.url).query)["xa"] == ["Xã Hương Sơn"]
    expect(page.get_by_text("Người đang xem: lan")).to_be_visible()


def test_a_group_sees_the_commune_of_its_entry(address: str, open_one: Open):
    page = open_one(address)
    sign_in(page, "can-bo-xa")
    expect(page.get_by_text("Người đang xem: can-bo-xa")).to_be_visible()
    expect(page.get_by_text("Được xem: Xã Hương Sơn")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("nguoi-ngoai", "Tài khoản ai@huyen.example chưa có trong danh sách"),
        ("chua-xac-nhan", "Địa chỉ thư chi@huyen.example chưa được xác nhận"),
    ],
)
def test_who_is_refused_signs_in_as_somebody_else(address: str, open_one: Open, name: str, sentence: str):
    page = open_one(f"{address}/muc-tieu")
    sign_in(page, name)
    expect(page.get_by_role("alert")).to_contain_text(sentence)
    page.get_by_role("link", name="Dùng tài khoản khác").click()
    at_the_provider(page, "lan")
    heading(page, "Mục tiêu")


def test_signing_out_stays_so_while_the_provider_still_knows_the_reader(address: str, open_one: Open):
    page = open_one(address)
    sign_in(page, "lan")
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("status")).to_have_text("Đã đăng xuất.")
    page.goto(f"{address}/xa")
    heading(page, "Đăng nhập")
    page.get_by_role("link", name="Đăng nhập bằng tài khoản cơ quan").click()
    expect(page).to_have_url(re.compile(r"/xa"))
    expect(page.get_by_text("Người đang xem: lan")).to_be_visible()


def test_who_cancels_at_the_provider_is_told_so(address: str, open_one: Open):
    page = open_one(address)
    page.get_by_role("link", name="Đăng nhập bằng tài khoản cơ quan").click()
    page.get_by_role("link", name="Cancel").click()
    expect(page.get_by_role("alert")).to_contain_text("Việc đăng nhập đã bị huỷ")
