"""Signing in at a provider, through the gate: whom it names, what it may get wrong, what others are told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qs, quote, urlsplit

import fake_provider
import pytest
from fake_provider import SECRET, Provider
from joserfc.jwk import RSAKey
from settings_files import with_provider
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard import settings, text
from dashboard.access import HEADER, Readiness, User, provider
from dashboard.access.middleware import AuthMiddleware
from dashboard.access.oidc_authenticator import OidcAuthenticator

ADDRESS = "http://127.0.0.1:8501"
WANTED = "/kiem-nhiem?xa=X%C3%A3+H%C6%B0%C6%A1ng+S%C6%A1n&ngay=31%2F12%2F2024"
START, BACK = "/dang-nhap/oidc", "/dang-nhap/oidc/tro-lai"
VI, EN = (text.get(lang) for lang in text.LANGUAGES)
LAN = {"email": "lan@huyen.example", "email_verified": True}


@pytest.fixture
def there() -> Iterator[Provider]:
    """The provider."""
    with fake_provider.running() as found:
        yield found


@pytest.fixture
def here(tmp_path, monkeypatch, there) -> settings.Settings:
    file = with_provider(tmp_path, there.issuer, secret=SECRET)
    monkeypatch.setenv("DASHBOARD_SETTINGS", str(file))
    return settings.read(file)


@pytest.fixture
def browsers(here):
    """Makes browsers in front of one server; each keeps its own cookies."""

    async def who(request: Request) -> PlainTextResponse:
        return PlainTextResponse(request.headers[HEADER])

    gate = Middleware(AuthMiddleware, authenticator=OidcAuthenticator(here), ready=lambda: Readiness("ready"))
    app = Starlette(routes=[Route("/{path:path}", who)], middleware=[gate])

    def browser() -> TestClient:
        sent = {"accept": "text/html", "origin": ADDRESS, "x-forwarded-for": "10.0.0.1"}
        return TestClient(app, ADDRESS, headers=sent, follow_redirects=False, client=("127.0.0.1", 1))

    return browser


@pytest.fixture
def browser(browsers) -> TestClient:
    return browsers()


def leave(browser: TestClient, there: Provider, target: str = WANTED, more: str = "") -> dict[str, str]:
    """Go to the provider; what it is asked."""
    answer = browser.get(f"{START}?tiep={quote(target, safe='')}{more}")
    assert answer.status_code == 303
    asked = {name: one for name, (one,) in parse_qs(urlsplit(answer.headers["location"]).query).items()}
    there.nonce, there.challenge = asked["nonce"], asked["code_challenge"]
    return asked


def sign_in(browser: TestClient, there: Provider, target: str = WANTED):
    """Go to the provider and come back."""
    return browser.get(f"{BACK}?code=1&state={leave(browser, there, target)['state']}")


def reader(browser: TestClient) -> User | None:
    answer = browser.get("/who")
    return User.from_header(answer.text) if answer.status_code == 200 else None


def audit(here) -> list[dict[str, str]]:
    return [json.loads(line) for line in (here.state / "audit.log").read_text("utf-8").splitlines()]


def test_a_stranger_is_led_to_a_page_and_from_there_to_the_provider(browser, there):
    page = browser.get(browser.get(WANTED).headers["location"])
    assert VI("access.oidc.enter") in page.text
    assert f'href="{START}?tiep={quote(WANTED, safe="")}"' in unescape(page.text)
    assert there.asked == []


def test_the_provider_is_asked_with_pkce_a_state_and_a_nonce(browser, there):
    first, second = leave(browser, there), leave(browser, there)
    assert first["code_challenge_method"] == "S256"
    assert (first["response_type"], first["scope"]) == ("code", "openid email profile")
    assert first["redirect_uri"] == ADDRESS + BACK
    assert (first["ui_locales"], "prompt" in first) == ("vi", False)
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 20
        assert first[name] != second[name]


def test_another_account_is_asked_for_by_name_and_password(browser, there):
    assert (
        leave(browser, there, "/?lang=en", "&khac=1").items()
        >= {"prompt": "login", "ui_locales": "en"}.items()
    )


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        (LAN, User("lan@huyen.example", "viewer")),
        ({**LAN, "email": "LAN@Huyen.Example"}, User("LAN@Huyen.Example", "viewer")),
        ({**LAN, "email": "chi@huyen.example"}, User("chi@huyen.example", "editor")),
        ({**LAN, "groups": ["xa-huong-son"]}, User("lan@huyen.example", "viewer")),
        (
            {"groups": ["x", "xa-huong-son", "thuong-truc"], "preferred_username": "ba"},
            User("ba", "viewer", ("huong-son",)),
        ),
        ({"groups": "thuong-truc"}, User("7", "viewer")),
        ({"groups": ["thuong-truc"], "email": "chi@huyen.example"}, User("7", "viewer")),
    ],
)
def test_who_is_on_the_list_lands_on_the_page_and_filters_of_the_link(browser, there, claims, expected):
    there.claims = claims
    answer = sign_in(browser, there)
    assert (answer.status_code, answer.headers["location"]) == (303, WANTED)
    found = reader(browser)
    assert found is not None
    assert replace(found, session="") == expected


@pytest.mark.parametrize(
    ("claims", "sentence", "who"),
    [
        ({"email": "ai@huyen.example", "email_verified": True}, "not_listed", "ai@huyen.example"),
        ({"email": "lan@huyen.example"}, "not_verified", "lan@huyen.example"),
        ({**LAN, "email_verified": False}, "not_verified", "lan@huyen.example"),
        ({**LAN, "email_verified": "true"}, "not_verified", "lan@huyen.example"),
        ({"groups": ["Thuong-truc", "lan@huyen.example"]}, "not_listed", "7"),
        ({"preferred_username": "lan@huyen.example"}, "not_listed", "lan@huyen.example"),
        ({**LAN, "email": ["lan@huyen.example"]}, "not_listed", "7"),
        ({"email": "<b>x</b>@huyen.example"}, "not_listed", "<b>x</b>@huyen.example"),
    ],
)
def test_who_is_not_on_the_list_is_told_so_and_offered_another_account(browser, there, claims, sentence, who):
    there.claims = claims
    answer = sign_in(browser, there)
    assert answer.status_code == 403
    assert "<b>x" not in answer.text
    assert VI(f"access.oidc.{sentence}", who=who) in unescape(answer.text)
    assert f'class="button" href="{START}?tiep={quote(WANTED, safe="")}&khac=1"' in unescape(answer.text)
    assert "dashboard" not in browser.cookies
    assert reader(browser) is None


def test_who_is_refused_is_in_the_audit_log(browser, there, here):
    there.claims = {"email": "ai@huyen.example", "email_verified": True}
    sign_in(browser, there)
    expected = {"event": "refused", "who": "ai@huyen.example", "reason": "oidc.not_listed"}
    assert audit(here)[0].items() >= expected.items()


def test_what_the_id_token_leaves_out_is_read_from_userinfo(browser, there):
    there.userinfo = {"sub": "7", **LAN}
    assert sign_in(browser, there).status_code == 303
    assert reader(browser).name == "lan@huyen.example"


def test_an_address_of_one_source_is_not_verified_by_the_other(browser, there):
    there.claims, there.userinfo = {"email_verified": True}, {"sub": "7", "email": "lan@huyen.example"}
    assert sign_in(browser, there).status_code == 403


def test_userinfo_of_somebody_else_lets_nobody_in(browser, there):
    there.userinfo = {"sub": "8", **LAN}
    assert sign_in(browser, there).status_code == 502
    assert reader(browser) is None


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "http://elsewhere.example"},
        {"iss": None},
        {"aud": "another"},
        {"aud": "another", "azp": "dashboard"},
        {"aud": ["dashboard", "another"], "azp": "another"},
        {"nonce": "x"},
        {"nonce": None},
        {"exp": 1},
        {"exp": None},
        {"sub": None},
        {"iat": 99999999999},
    ],
    ids=str,
)
def test_an_id_token_that_is_not_for_this_sign_in_lets_nobody_in(browser, there, claims):
    there.claims = {**LAN, **claims}
    answer = sign_in(browser, there)
    assert (answer.status_code, VI("access.oidc.failed") in answer.text) == (502, True)
    assert reader(browser) is None


@pytest.mark.parametrize(
    "wrong", ["signed by another", "signed with the secret", "not signed", "no ID token", "code refused"]
)
def test_a_token_that_the_provider_did_not_sign_lets_nobody_in(browser, there, wrong):
    there.claims, there.wrong = LAN, wrong
    answer = sign_in(browser, there)
    assert (answer.status_code, VI("access.oidc.failed") in answer.text) == (502, True)
    assert reader(browser) is None


def test_coming_back_without_having_left_lets_nobody_in(browser, browsers, there):
    there.claims = LAN
    state = leave(browser, there)["state"]
    stranger = browsers()
    answer = stranger.get(f"{BACK}?code=1&state={state}")
    assert (answer.status_code, VI("access.oidc.expired") in answer.text) == (400, True)
    assert browser.get(f"{BACK}?code=1&state={state}x").status_code == 400
    assert browser.get(f"{BACK}?code=1&state={state}").status_code == 400
    assert (reader(stranger), reader(browser)) == (None, None)


@pytest.mark.parametrize("asked", ["", "?code=1", "?state=1", "?code=1&state=", "?code=%00&state=%ff"])
def test_a_made_up_way_back_is_answered_with_a_sentence(browser, asked):
    assert VI("access.oidc.expired") in browser.get(BACK + asked).text


def test_the_same_way_back_twice_signs_in_once(browser, there):
    there.claims = LAN
    state = leave(browser, there)["state"]
    assert [browser.get(f"{BACK}?code=1&state={state}").status_code for _ in range(2)] == [303, 400]


def test_a_cookie_of_another_purpose_is_no_way_back(browser, there):
    there.claims = LAN
    sign_in(browser, there)
    browser.cookies.set("dashboard-oidc", browser.cookies["dashboard"])
    assert browser.get(f"{BACK}?code=1&state=x").status_code == 400


def test_an_answer_of_another_issuer_is_refused(browser, there):
    there.claims = LAN
    state = leave(browser, there)["state"]
    assert browser.get(f"{BACK}?code=1&state={state}&iss=http%3A%2F%2Felsewhere.example").status_code == 502


def test_who_cancels_is_told_so_in_the_language_of_the_link(browser, there):
    state = leave(browser, there, "/xa?lang=en")["state"]
    answer = browser.get(f"{BACK}?error=access_denied&error_description=%3Cb%3E&state={state}")
    assert (answer.status_code, EN("access.oidc.cancelled") in answer.text) == (401, True)
    assert "<b>" not in answer.text


@pytest.mark.parametrize("wrong", ["down", "no JSON", "calls itself otherwise"])
def test_a_provider_that_cannot_be_asked_is_said_and_asked_again_later(browser, there, monkeypatch, wrong):
    there.wrong = wrong
    for _ in range(3):
        answer = browser.get(f"{START}?tiep=%2F")
        assert (answer.status_code, VI("access.oidc.unreachable") in answer.text) == (503, True)
    assert len(there.asked) == 1
    monkeypatch.setattr(provider, "AGAIN_S", 0)
    there.wrong, there.claims = "", LAN
    assert sign_in(browser, there).status_code == 303


def test_a_provider_that_is_silent_is_not_waited_for(browser, there, monkeypatch):
    monkeypatch.setattr(provider, "PATIENCE_S", 0.05)
    there.slow_s = 0.5
    assert browser.get(f"{START}?tiep=%2F").status_code == 503


def test_a_new_key_of_the_provider_is_fetched(browser, browsers, there):
    there.claims = LAN
    assert sign_in(browser, there).status_code == 303
    there.key = RSAKey.generate_key(2048, {"kid": "second"})
    assert sign_in(browsers(), there).status_code == 303


def test_a_new_key_under_the_old_name_is_fetched_for_the_next_try(browser, there):
    there.claims = LAN
    assert sign_in(browser, there).status_code == 303
    there.key = RSAKey.generate_key(2048, {"kid": "first"})
    browser.cookies.clear()
    assert [sign_in(browser, there).status_code for _ in range(2)] == [502, 303]


def test_signing_out_lasts_until_somebody_signs_in_again(browser, browsers, there):
    there.claims = LAN
    sign_in(browser, there)
    copy = browsers()
    copy.cookies.set("dashboard", browser.cookies["dashboard"])
    answer = browser.post("/dang-xuat?lang=en")
    page = browser.get(answer.headers["location"])
    assert (page.status_code, EN("access.signed_out") in page.text) == (200, True)
    assert (reader(browser), reader(copy)) == (None, None)


def test_who_is_taken_off_the_list_is_out_and_a_new_role_counts_at_once(browser, there, here):
    there.claims = LAN
    sign_in(browser, there)
    carried = Request(
        {"type": "http", "headers": [(b"cookie", f"dashboard={browser.cookies['dashboard']}".encode())]}
    )
    lan = next(one for one in here.oidc.readers if one.who == "Lan@huyen.example")

    def later(*readers: settings.Listed) -> User | None:
        return OidcAuthenticator(replace(here, oidc=replace(here.oidc, readers=readers))).user(carried)

    assert later(lan).role == "viewer"
    assert later(replace(lan, role="editor")).role == "editor"
    assert later(replace(lan, who="chi@huyen.example")) is None
    other = replace(here, oidc=replace(here.oidc, issuer="https://elsewhere.example"))
    assert OidcAuthenticator(other).user(carried) is None


def test_a_long_link_is_kept_and_one_longer_than_a_cookie_leads_to_the_start(browser, there):
    there.claims = LAN
    many = "/kiem-nhiem?" + "&".join(f"xa={quote(f'Xã Hương Sơn {n}')}" for n in range(90))
    assert sign_in(browser, there, many).headers["location"] == many
    there.claims = {**LAN}
    browser.cookies.clear()
    random = "/?xa=" + "".join(f"{hash((n, 'x')):x}"[-8:] for n in range(700))
    assert sign_in(browser, there, random).headers["location"] == "/"


def test_each_sign_in_is_a_line_of_the_audit_log_and_no_token_is_kept(browser, there, here):
    there.claims = LAN
    answer = sign_in(browser, there)
    (line,) = audit(here)
    expected = {"event": "sign_in", "who": "lan@huyen.example", "subject": "7", "address": "10.0.0.1"}
    assert line.items() >= expected.items()
    kept = [file.read_text("utf-8") for file in here.state.rglob("*") if file.is_file()]
    assert "an-access-token" not in "".join([*kept, *answer.headers.values()])
