"""The page of one's own account: another password, the second step, the sessions; and what the first sign-in
with an administrator's password asks for."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress

import pyotp
import pytest
from account_forms import PASSWORD, WANTED, audit, reader, sign_in, take_away
from starlette.responses import Response
from starlette.testclient import TestClient

from dashboard import text
from dashboard.access import ACCOUNT, accounts, passwords, sessions

OTHER = "thói quen tốt 88"
VI = text.get("vi")


@pytest.fixture
def browser(browsers) -> TestClient:
    """The browser of Lan, who is signed in."""
    lan = browsers()
    sign_in(lan)
    return lan


@pytest.fixture
def editor(browsers) -> TestClient:
    """The browser of chi, who is signed in."""
    chi = browsers()
    sign_in(chi, "chi")
    return chi


def act(browser: TestClient, action: str, **fields: str) -> Response:
    sent = {"viec": action, "mat_khau": PASSWORD, "tiep": WANTED, **fields}
    return browser.post(ACCOUNT, data=sent)


def page(browser: TestClient) -> str:
    return browser.get(ACCOUNT, params={"tiep": WANTED}).text


def test_a_stranger_is_led_to_the_sign_in_page(browsers):
    answer = browsers().get(ACCOUNT, params={"tiep": WANTED})
    assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/dang-nhap")
    assert act(browsers(), "mat_khau", moi=OTHER, lai=OTHER).status_code == 303


def test_a_reader_changes_the_password_and_is_out_everywhere_else(here, browsers):
    own, elsewhere = browsers(), browsers()
    sign_in(own)
    sign_in(elsewhere)
    answer = act(own, "mat_khau", moi=OTHER, lai=OTHER)
    assert answer.status_code == 303
    assert VI("access.account.password_set") in own.get(answer.headers["location"]).text
    assert (reader(own) is not None, reader(elsewhere)) == (True, None)
    assert sign_in(browsers()).status_code == 401
    assert sign_in(browsers(), password=OTHER).status_code == 303
    assert ("password_changed", "Lan") in audit(here)


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"mat_khau": OTHER, "moi": "sáu bảy tám chín", "lai": "sáu bảy tám chín"}, "account.wrong"),
        ({"moi": OTHER, "lai": OTHER + "x"}, "account.differing"),
        ({"moi": PASSWORD, "lai": PASSWORD}, "account.same"),
        ({"moi": "1234567890", "lai": "1234567890"}, "users.password_guessable"),
        ({"moi": "ngắn", "lai": "ngắn"}, "users.password_length"),
    ],
)
def test_what_cannot_be_the_new_password_is_said_and_changes_nothing(here, browser, browsers, fields, key):
    answer = act(browser, "mat_khau", **fields)
    assert answer.status_code in (400, 401)
    assert VI(f"access.{key}", least=10, most=200) in answer.text
    assert reader(browser) is not None
    assert sign_in(browsers()).status_code == 303


def test_whoever_finds_an_open_page_cannot_guess_on_it(browser):
    answers = [act(browser, "mat_khau", mat_khau=f"đoán {n} lần", moi=OTHER, lai=OTHER) for n in range(12)]
    assert [answer.status_code for answer in answers] == [401] * 10 + [429] * 2


def test_whether_a_password_can_be_guessed_is_found_out_after_the_right_one_and_stops_nobody(
    browsers, monkeypatch
):
    calls = []

    def guessable(*_given) -> bool:
        with suppress(RuntimeError):
            asyncio.get_running_loop()
            calls.append("on the event loop")
        return calls.append("asked") or True

    monkeypatch.setattr(passwords, "guessable", guessable)
    browser = browsers()
    sign_in(browser)
    assert act(browser, "mat_khau", mat_khau="khác hẳn rồi", moi=OTHER, lai=OTHER).status_code == 401
    assert calls == []
    answer = act(browser, "mat_khau", moi=OTHER, lai=OTHER)
    assert (answer.status_code, VI("access.users.password_guessable") in answer.text) == (400, True)
    assert calls == ["asked"]


def test_while_the_database_is_away_nothing_is_changed_and_it_is_said(browser, monkeypatch):
    real = passwords.hashed

    def hashed(password: str) -> str:
        take_away(monkeypatch, "writing")
        return real(password)

    monkeypatch.setattr(passwords, "hashed", hashed)
    answer = act(browser, "mat_khau", moi=OTHER, lai=OTHER)
    assert (answer.status_code, VI("access.unavailable") in answer.text) == (503, True)


def test_a_first_password_lets_in_only_when_another_is_chosen(here, browsers):
    accounts.add(here, "Bà Ba", PASSWORD, "viewer", None, must_change=True)
    browser = browsers()
    answer = sign_in(browser, "bà ba")
    assert reader(browser) is None
    there = browser.get(answer.headers["location"]).headers["location"]
    html = browser.get(there).text
    assert VI("access.account.first") in html
    assert VI("access.account.sessions") not in html
    assert act(browser, "ket_thuc_khac").status_code == 400
    answer = act(browser, "mat_khau", moi=OTHER, lai=OTHER)
    assert answer.headers["location"] == WANTED
    assert reader(browser).name == "Bà Ba"
    assert not accounts.known(here, "bà ba").must_change


def turn_on(browser: TestClient) -> pyotp.TOTP:
    """Turn the second step on as a reader with a phone does."""
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page(browser)).group(1)
    app = pyotp.TOTP(secret)
    assert act(browser, "bat_ma", khoa=secret, ma=app.now()).status_code == 303
    return app


def test_with_the_second_step_the_password_alone_lets_nobody_in(here, editor, browsers, clock):
    app = turn_on(editor)
    assert reader(editor).can_publish

    browser = browsers()
    answer = sign_in(browser, "chi")
    assert reader(browser) is None
    code_page = browser.get(answer.headers["location"])
    assert (VI("access.code") in code_page.text, "one-time-code" in code_page.text) == (True, True)
    for wrong in ("000000", "", "không phải"):
        assert browser.post("/dang-nhap/ma", data={"ma": wrong, "tiep": WANTED}).status_code == 401
    assert reader(browser) is None
    clock[0] += 30
    answer = browser.post("/dang-nhap/ma", data={"ma": app.at(clock[0]), "tiep": WANTED})
    assert answer.headers["location"] == WANTED
    assert reader(browser).name == "chi"
    assert audit(here)[-1] == ("sign_in", "chi")


def test_a_code_is_of_use_once_and_the_one_that_turned_it_on_signs_nobody_in(editor, browsers, clock):
    app, answers = turn_on(editor), []
    for later in (0, 30, 30):
        browser = browsers()
        sign_in(browser, "chi")
        code = {"ma": app.at(clock[0] + later), "tiep": WANTED}
        answers.append(browser.post("/dang-nhap/ma", data=code).status_code)
    assert answers == [401, 303, 401]


def test_codes_cannot_be_guessed_from_many_addresses(editor, browsers):
    turn_on(editor)
    answers = []
    for n in range(12):
        thief = browsers(f"10.0.1.{n}")
        sign_in(thief, "chi")
        answers.append(thief.post("/dang-nhap/ma", data={"ma": "000000"}).status_code)
    assert answers == [401] * 10 + [429] * 2


def test_who_knows_the_password_keeps_the_owner_out_on_no_device_that_was_used_before(browsers, clock):
    own, thief = browsers(), browsers("10.0.9.1")
    sign_in(own, "chi")
    app = turn_on(own)
    own.post("/dang-xuat")
    answers = []
    for _ in range(11):
        sign_in(thief, "chi")
        answers.append(thief.post("/dang-nhap/ma", data={"ma": "000000"}).status_code)
    assert answers == [401] * 10 + [429]
    clock[0] += 30
    code = {"ma": app.at(clock[0]), "tiep": WANTED}
    sign_in(own, "chi")
    assert own.post("/dang-nhap/ma", data=code).status_code == 303
    assert thief.post("/dang-nhap/ma", data={"ma": "000000"}).status_code == 429


def test_a_code_without_a_password_before_it_is_of_no_use(browsers):
    answer = browsers().post("/dang-nhap/ma", data={"ma": "123456", "tiep": WANTED})
    assert (answer.status_code, VI("access.expired") in answer.text) == (401, True)


def test_the_second_step_is_turned_on_with_a_right_code_only_and_off_with_the_password(here, editor):
    assert act(editor, "bat_ma", khoa=pyotp.random_base32(), ma="000000").status_code == 400
    assert act(editor, "bat_ma", khoa="x", ma="000000").status_code == 400
    turn_on(editor)
    assert act(editor, "tat_ma", mat_khau=OTHER).status_code == 401
    assert accounts.known(here, "chi").totp_secret is not None
    assert act(editor, "tat_ma").status_code == 303
    assert accounts.known(here, "chi").totp_secret is None
    assert [event for event, _ in audit(here) if event.startswith("totp")] == ["totp_on", "totp_off"]


def test_a_viewer_is_offered_no_second_step(here, browser):
    assert VI("access.account.totp") not in page(browser)
    secret = pyotp.random_base32()
    assert act(browser, "bat_ma", khoa=secret, ma=pyotp.TOTP(secret).now()).status_code == 400


def test_the_picture_holds_the_secret_for_the_phone(editor):
    assert re.search(r'<div class="qr"[^>]*><svg [^>]*viewBox=[^>]*>.*</svg>\s*</div>', page(editor), re.S)


def test_a_reader_sees_the_own_sessions_and_ends_one_or_all_others(here, browsers):
    own, phone, home = browsers(), browsers("10.0.0.2"), browsers("10.0.0.3")
    for browser in (own, phone, home):
        sign_in(browser)
    sign_in(browsers(), "chi")
    assert page(own).count("<li>") == 3
    assert "10.0.0.2" in page(own)
    chosen = sessions.digest(phone.cookies["dashboard"])
    assert act(own, "ket_thuc", phien=chosen).status_code == 303
    assert [reader(browser) is not None for browser in (own, phone, home)] == [True, False, True]
    assert act(own, "ket_thuc_khac").status_code == 303
    assert [reader(browser) is not None for browser in (own, phone, home)] == [True, False, False]
    assert ("session_ended", "Lan") in audit(here)


def test_nobody_ends_a_session_of_somebody_else(here, browsers):
    lan, chi = browsers(), browsers()
    sign_in(lan)
    sign_in(chi, "chi")
    act(lan, "ket_thuc", phien=sessions.digest(chi.cookies["dashboard"]))
    assert reader(chi) is not None


@pytest.mark.parametrize("action", ["", "x", "mat_khau "])
def test_what_is_no_form_of_the_page_is_a_sentence(editor, action):
    answer = act(editor, action)
    assert (answer.status_code, VI("access.malformed") in answer.text) == (400, True)


def test_a_form_of_another_site_changes_nothing(browser, browsers):
    sent = {"viec": "mat_khau", "mat_khau": PASSWORD, "moi": OTHER, "lai": OTHER}
    assert browser.post(ACCOUNT, data=sent, headers={"origin": "http://else.example"}).status_code == 403
    assert sign_in(browsers()).status_code == 303


def test_the_page_has_no_script_and_no_id_twice(editor):
    html = page(editor)
    ids = re.findall(r' id="([^"]+)"', html)
    assert "<script" not in html
    assert len(ids) == len(set(ids)) > 4
    assert set(re.findall(r'<label for="([^"]+)"', html)) <= set(ids)
