"""Signing in with name and password, through the gate: who gets in, where to, what the others are told."""

from __future__ import annotations

import asyncio
import re
import secrets
import threading
import time
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from types import SimpleNamespace
from urllib.parse import urljoin, urlsplit

import pytest
from account_forms import PASSWORD, WANTED, audit, reader, sign_in, take_away
from argon2 import PasswordHasher
from gated import ADDRESS
from httpx2 import ASGITransport, AsyncClient
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from dashboard import text
from dashboard.access import (
    User,
    accounts,
    credentials,
    passwords,
    session_cache,
    sessions,
    targets,
    totp,
)
from own_loop import finished

VI, EN = (text.get(lang) for lang in text.LANGUAGES)


@pytest.fixture
def clock(monkeypatch) -> list[float]:
    """What the process counts seconds by, in a list: the test sets it."""
    now = [time.monotonic()]
    monkeypatch.setattr(session_cache, "time", SimpleNamespace(monotonic=lambda: now[0]))
    return now


@pytest.fixture
def browser(browsers) -> TestClient:
    return browsers()


def test_who_signs_in_lands_on_the_page_and_filters_of_the_link(browser):
    page = browser.get(browser.get(WANTED).headers["location"]).text
    target = unescape(re.search('name="tiep" value="([^"]*)"', page).group(1))
    answer = sign_in(browser, target=target)
    assert (answer.status_code, answer.headers["location"]) == (303, WANTED)
    user = reader(browser)
    assert user == User("Lan", "viewer", ("huong-son",), user.session)


@pytest.mark.parametrize("name", ["LAN", "  lan "])
def test_the_name_in_another_spelling(browser, name):
    assert sign_in(browser, name).status_code == 303


@pytest.mark.parametrize(
    ("name", "password"),
    [("lan", "khác hẳn mật khẩu"), ("ai", PASSWORD), ("a\u202eb", PASSWORD), ("lan", "x" * 500)],
)
def test_a_wrong_name_or_password_is_told_so_and_no_more(browser, name, password):
    answer = sign_in(browser, name, password)
    assert answer.status_code == 401
    assert VI("access.wrong") in answer.text
    assert "set-cookie" not in answer.headers
    assert reader(browser) is None


def test_an_empty_field_is_told_and_is_no_attempt(browser):
    for _ in range(30):
        assert sign_in(browser, "lan", "").status_code == 400
    assert sign_in(browser).status_code == 303


def test_each_sign_in_is_a_new_one_and_the_one_before_in_the_same_browser_is_over(here, browser):
    tokens = []
    for _ in range(2):
        sign_in(browser)
        tokens.append(browser.cookies["dashboard"])
    assert [sessions.find(here, token) is not None for token in tokens] == [False, True]


def test_signing_out_ends_it_for_a_copy_of_the_cookie_too(browser, browsers):
    sign_in(browser)
    copy = browsers()
    copy.cookies.set("dashboard", browser.cookies["dashboard"])
    assert reader(copy) is not None
    answer = browser.post("/dang-xuat?lang=en")
    assert answer.headers["location"] == "/dang-nhap?tiep=%2F%3Flang%3Den&ra=1"
    assert "dashboard" not in browser.cookies
    assert reader(copy) is None
    assert EN("access.signed_out") in browser.get(answer.headers["location"]).text


def test_signing_out_is_a_form_of_this_site(browser):
    sign_in(browser)
    assert browser.get("/dang-xuat").status_code == 405
    assert browser.post("/dang-xuat", headers={"origin": "http://elsewhere.example"}).status_code == 403
    assert reader(browser) is not None


def test_a_form_of_another_site_signs_nobody_in(browser):
    sent = {"ten": "lan", "mat_khau": PASSWORD}
    for origin in ("http://elsewhere.example", "null", ""):
        answer = browser.post("/dang-nhap", data=sent, headers={"origin": origin})
        assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)


@pytest.mark.parametrize(
    "change",
    [
        lambda here: accounts.remove(here, "lan"),
        lambda here: accounts.set_password(here, "lan", "một mật khẩu khác"),
        lambda here: (accounts.remove(here, "lan"), accounts.add(here, "lan", PASSWORD, "viewer", None)),
        lambda here: accounts.set_totp(here, "lan", totp.new_secret()),
        lambda here: sessions.end_all(here, "lan"),
    ],
    ids=["removed", "another password", "made anew", "second step", "signed out"],
)
def test_a_changed_account_is_out_within_a_second(here, browser, clock, change):
    sign_in(browser)
    assert reader(browser) is not None
    change(here)
    clock[0] += 1
    assert reader(browser) is None


def test_the_hundred_files_of_a_page_ask_the_database_once(browser, monkeypatch):
    sign_in(browser)
    calls = []
    real = sessions.find
    monkeypatch.setattr(sessions, "find", lambda *args: calls.append(1) or real(*args))
    for _ in range(20):
        assert reader(browser) is not None
    assert len(calls) == 1


def test_while_the_database_is_away_who_is_in_goes_on_for_a_minute_and_others_are_told(
    browser, browsers, clock, monkeypatch, caplog
):
    sign_in(browser)
    assert reader(browser) is not None
    take_away(monkeypatch, "reading", "writing")
    for _ in range(5):
        clock[0] += 10
        assert reader(browser) is not None
    answer = sign_in(browsers())
    assert (answer.status_code, VI("access.unavailable") in answer.text) == (503, True)
    clock[0] += 20
    assert reader(browser) is None
    logged = [record for record in caplog.records if "sessions cannot be used" in record.getMessage()]
    assert len(logged) == 1


def test_while_the_database_hangs_who_is_in_goes_on_and_the_server_is_ready(browsers, clock, monkeypatch):
    browser = browsers()
    sign_in(browser)
    assert reader(browser) is not None
    let_go, real = threading.Event(), sessions.find
    monkeypatch.setattr(sessions, "find", lambda *args: let_go.wait(60) and real(*args))
    clock[0] += 2

    async def statuses() -> list[int]:
        sent = {"accept": "text/html", "cookie": f"dashboard={browser.cookies['dashboard']}"}
        async with AsyncClient(transport=ASGITransport(browser.app), base_url=ADDRESS) as client:
            forged = [{"cookie": f"dashboard={secrets.token_urlsafe(32)}"} for _ in range(60)]
            strangers = [asyncio.create_task(client.get("/who", headers=headers)) for headers in forged]
            await asyncio.sleep(0)
            paths = ("/healthz", "/who", "/who", "/dang-nhap/kieu.css")
            answers = [await client.get(path, headers=sent) for path in paths]
            answers.append(await client.get("/readyz"))
            let_go.set()
            await asyncio.gather(*strangers)
            return [answer.status_code for answer in answers]

    try:
        assert finished(statuses(), 30) == [200] * 5
    finally:
        let_go.set()


def test_who_signs_out_while_the_database_is_away_takes_nobody_along(browser, browsers, monkeypatch, clock):
    of_chi = browsers()
    sign_in(browser)
    sign_in(of_chi, "chi")
    assert (reader(browser) is not None, reader(of_chi) is not None) == (True, True)
    take_away(monkeypatch, "reading", "writing")
    copy = browsers()
    copy.cookies.set("dashboard", browser.cookies["dashboard"])
    assert browser.post("/dang-xuat").status_code == 303
    assert "dashboard" not in browser.cookies
    assert (reader(copy), reader(of_chi) is not None) == (None, True)


def test_who_is_signed_in_already_is_led_on(browser):
    sign_in(browser)
    answer = browser.get("/dang-nhap", params={"tiep": WANTED})
    assert (answer.status_code, answer.headers["location"]) == (303, WANTED)


def test_guessing_is_slow_and_says_for_how_long(browser):
    answers = [sign_in(browser, password=f"thử lần thứ {n}") for n in range(8)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429] * 3
    seconds = int(answers[-1].headers["retry-after"])
    assert 0 < seconds <= 30
    assert VI("access.wait", n=seconds) in answers[-1].text
    assert sign_in(browser).status_code == 429


def test_a_stranger_keeps_no_leader_waiting(browser, browsers):
    sign_in(browser)
    browser.post("/dang-xuat")
    for n in range(45):
        sign_in(browsers(f"10.0.1.{n}"), password="đoán mò thôi mà")
    assert sign_in(browsers("10.0.2.1")).status_code == 429
    # The leader's own device elsewhere, and another one in the leader's office.
    own = browsers("10.0.3.1")
    own.cookies.set("dashboard-device", browser.cookies["dashboard-device"])
    assert sign_in(own).status_code == 303
    assert sign_in(browsers("10.0.0.1")).status_code == 303


def test_for_a_name_that_is_not_there_as_much_is_computed(browser, monkeypatch):
    class Counting(PasswordHasher):
        checked = 0

        def verify(self, stored: str, password: str) -> bool:
            Counting.checked += 1
            return super().verify(stored, password)

    monkeypatch.setattr(passwords, "_HASHER", Counting(1, 64, 1))
    for n, name in enumerate(("lan", "nobody there", "a\u202eb"), 1):
        assert sign_in(browser, name, "không phải mật khẩu").status_code == 401
        assert Counting.checked == n


def test_a_hash_of_older_parameters_is_renewed_and_sessions_stay(here, browser, browsers):
    account = accounts.known(here, "lan")
    accounts.renew_hash(here, account, PasswordHasher(1, 8, 1).hash(PASSWORD))
    assert passwords.outdated(accounts.known(here, "lan").hash)
    first, second = browser, browsers()
    sign_in(first)
    assert not passwords.outdated(accounts.known(here, "lan").hash)
    sign_in(second)
    assert reader(first) is not None
    assert reader(second) is not None


@pytest.mark.parametrize(("password_then", "answer"), [(PASSWORD, 303), ("một mật khẩu khác", 401)])
def test_whose_hash_changes_while_it_is_renewed_is_asked_again(
    here, browser, monkeypatch, password_then, answer
):
    account = accounts.known(here, "lan")
    accounts.renew_hash(here, account, PasswordHasher(1, 8, 1).hash(PASSWORD))
    hashed = passwords.hashed

    def beside(password: str) -> str:
        monkeypatch.setattr(passwords, "hashed", hashed)
        accounts.renew_hash(here, accounts.known(here, "lan"), hashed(password_then))
        return hashed(password)

    monkeypatch.setattr(passwords, "hashed", beside)
    assert sign_in(browser).status_code == answer
    assert (reader(browser) is not None) == (answer == 303)


def test_the_audit_log_names_readers_and_never_what_was_typed(here, browser):
    sign_in(browser)
    browser.post("/dang-xuat")
    sign_in(browser, "LAN", "không đúng đâu")
    sign_in(browser, PASSWORD, PASSWORD)
    assert audit(here) == [
        ("sign_in", "Lan"),
        ("sign_out", "Lan"),
        ("sign_in_failed", "Lan"),
        ("sign_in_failed", ""),
    ]
    assert PASSWORD not in (here.state / "audit.log").read_text("utf-8")


def test_when_everybody_signs_in_at_once_who_waits_too_long_is_told_so(browsers, monkeypatch):
    monkeypatch.setattr(credentials, "_TIMEOUT_S", 0.05)
    let_go, app = threading.Event(), browsers().app
    real = passwords.matches

    def slowly(stored, password):
        let_go.wait(60)
        return real(stored, password)

    monkeypatch.setattr(passwords, "matches", slowly)

    async def storm() -> list[int]:
        sent = {"accept": "text/html", "origin": ADDRESS}
        async with AsyncClient(transport=ASGITransport(app), base_url=ADDRESS, headers=sent) as client:
            form = {"ten": "lan", "mat_khau": PASSWORD, "tiep": WANTED}
            tasks = [asyncio.create_task(client.post("/dang-nhap", data=form)) for _ in range(120)]
            while sum(task.done() for task in tasks) < 118:
                await asyncio.sleep(0.01)
            # Meanwhile others are answered.
            assert (await client.get("/healthz")).status_code == 200
            let_go.set()
            return [(await task).status_code for task in tasks]

    assert Counter(finished(storm())) == {303: 2, 503: 118}


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        (FORM, b"ten=lan&ten=chi&mat_khau=x", 400),
        (FORM, b"ten=%ff&mat_khau=x", 400),
        (FORM, b"ten=\xff&mat_khau=x", 400),
        (FORM, b"ten", 400),
        (FORM, b"&".join(b"a=b" for _ in range(100)), 400),
        (FORM, b"", 400),
        ("application/json", b'{"ten": "lan"}', 400),
        ("multipart/form-data; boundary=x", b"--x--", 400),
        (FORM, b"ten=lan&mat_khau=" + b"x" * 40_000, 413),
    ],
)
def test_a_body_that_is_no_form_of_ours_is_a_sentence(browser, kind, body, status):
    answer = browser.post("/dang-nhap", content=body, headers={"content-type": kind})
    assert answer.status_code == status
    assert any(VI(f"access.{key}") in answer.text for key in ("malformed", "empty"))


ELSEWHERE = [
    "//elsewhere.example",
    "https://elsewhere.example/",
    "/\\elsewhere.example",
    "\\\\elsewhere.example",
    "/\t/elsewhere.example",
    "/\n/elsewhere.example",
    " //elsewhere.example",
    "javascript:alert(1)",
    "elsewhere.example",
    "",
    "/a//elsewhere.example",
    "/dang-nhap",
    "/dang-nhap/x",
    "/dang-xuat",
    "/_stcore/health",
    "/" + "x" * 10_000,
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_a_link_to_elsewhere_leads_to_the_start_page(browser, target):
    assert targets.local(target) == "/"
    assert sign_in(browser, target=target).headers["location"] == "/"


@given(st.text(max_size=30) | st.from_regex(r"[/\\]{0,3}[a-z:@.]{0,9}[/\\?#][\s\S]{0,9}"))
def test_wherever_a_link_says_the_reader_stays_here(written):
    url = urljoin(f"{ADDRESS}/dang-nhap", targets.local(written))
    assert urlsplit(url).netloc == urlsplit(ADDRESS).netloc
    assert targets.local(written).startswith("/")
    assert targets.local(targets.local(written)) == targets.local(written)


@pytest.mark.parametrize("target", [WANTED, "/", "/muc-tieu?mt=a&mt=b", "/xa?x=%2B%26%3D&y", "/?thu=1#x"])
def test_another_language_changes_nothing_else_in_the_link(target):
    there = targets.in_language(target, "en")
    assert targets.language(there).lang == "en"
    assert targets.in_language(there, "vi") == target.partition("#")[0]


class Page(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_the_page_is_in_the_language_of_the_link_and_offers_the_other(browser, lang):
    words, other_lang = text.get(lang), next(language for language in text.LANGUAGES if language != lang)
    answer = browser.get("/dang-nhap", params={"tiep": targets.in_language(WANTED, lang)})
    page = Page(answer.text)
    assert page.all("html") == [{"lang": lang}]
    assert words("access.password") in answer.text
    (switch,) = page.all("a")
    assert switch["lang"] == other_lang
    switched = Page(browser.get(switch["href"]).text)
    assert switched.all("html") == [{"lang": other_lang}]
    hidden = next(field for field in switched.all("input") if field["name"] == "tiep")
    assert hidden["value"] == targets.in_language(WANTED, other_lang)


def test_the_language_can_be_asked_for(browser):
    assert Page(browser.get("/dang-nhap?ngon=en").text).all("html") == [{"lang": "en"}]
    assert Page(browser.get("/dang-nhap?ngon=xx").text).all("html") == [{"lang": "vi"}]


def test_the_page_has_no_script_and_loads_only_what_strangers_may(browser):
    page = Page(browser.get("/dang-nhap").text)
    assert page.all("script") == []
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)
    style = next(link["href"] for link in page.all("link") if link["rel"] == "stylesheet")
    css = browser.get(style)
    loaded = [link["href"] for link in page.all("link")] + re.findall(r'url\("([^"]*)"\)', css.text)
    assert len(loaded) >= 4
    assert {path: browser.get(path).status_code for path in loaded} == dict.fromkeys(loaded, 200)


def test_an_error_is_bound_to_its_fields_and_the_password_is_typed_again(browser):
    page = Page(sign_in(browser, password="không đúng đâu").text)
    error = next(attributes for _, attributes in page.tags if attributes.get("role") == "alert")
    fields = {field["name"]: field for field in page.all("input")}
    assert fields["ten"]["aria-describedby"] == fields["mat_khau"]["aria-describedby"] == error["id"]
    assert fields["ten"]["value"] == "lan"
    assert "value" not in fields["mat_khau"]
    assert ("autofocus" in fields["ten"], "autofocus" in fields["mat_khau"]) == (False, True)
    labelled = {label["for"] for label in page.all("label")}
    assert labelled == {fields["ten"]["id"], fields["mat_khau"]["id"]}


def test_what_was_typed_is_shown_as_the_text_that_it_is(browser):
    typed = '"><script>alert(1)</script>'
    answer = sign_in(browser, typed, target=f"/xa?x={typed}")
    assert "<script" not in answer.text
    fields = {field["name"]: field["value"] for field in Page(answer.text).all("input") if "value" in field}
    assert fields == {"ten": typed, "tiep": f"/xa?x={typed}"}
