"""The page of one's own account: another password, the second step of signing in, the sessions. Forms, no
script; what changes something asks for the password."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboard.access import accounts, forms, pages, passwords, rate_limit, requests, sessions, targets, totp
from dashboard.access.accounts import Account, AccountError
from dashboard.access.audit import Event, record
from dashboard.access.credentials import Credentials
from dashboard.access.database import in_thread
from dashboard.access.pages import CODE, PASSWORD, TARGET, Notice
from dashboard.access.session_cache import SessionCache
from dashboard.access.sessions import Session
from dashboard.access.user import ACCOUNT
from dashboard.settings import Settings
from dashboard.text import Text

# Fields of the forms; ACTION says which form it is.
ACTION, NEW, AGAIN, SECRET, SESSION, DONE = "viec", "moi", "lai", "khoa", "phien", "xong"
SET_PASSWORD, TOTP_ON, TOTP_OFF, END, END_OTHERS = "mat_khau", "bat_ma", "tat_ma", "ket_thuc", "ket_thuc_khac"
# What the page says after each.
_DONE = {
    SET_PASSWORD: "password_set",
    TOTP_ON: "totp_set",
    TOTP_OFF: "totp_removed",
    END: "ended",
    END_OTHERS: "ended",
}
_EVENTS: dict[str, Event] = {
    SET_PASSWORD: "password_changed",
    TOTP_ON: "totp_on",
    TOTP_OFF: "totp_off",
    END: "session_ended",
    END_OTHERS: "session_ended",
}


class AccountPage:
    """Answers on ACCOUNT readers who have given name and password."""

    def __init__(self, settings: Settings, cache: SessionCache, credentials: Credentials) -> None:
        self._settings, self._cache, self._credentials = settings, cache, credentials

    async def answer(self, request: Request) -> Response:
        """The page, or what became of one of its forms."""
        signed_in = await self._cache.find(request)
        if signed_in is None or signed_in[0].waits_for_code:
            return RedirectResponse(pages.address(pages.target_of(request)), 303)
        session, account = signed_in
        if request.method == "GET":
            message = _DONE.get(request.query_params.get(DONE, ""))
            notice = Notice(f"account.{message}") if message else None
            return await self._page(pages.target_of(request), session, account, notice)
        form = await forms.read(request, ACTION, PASSWORD, NEW, AGAIN, CODE, SECRET, SESSION)
        if isinstance(form, Notice):
            return await self._page("/", session, account, form)
        return await self._act(request, session, account, form)

    async def _act(
        self, request: Request, session: Session, account: Account, form: Mapping[str, str]
    ) -> Response:
        action, target = form[ACTION], form[TARGET]
        if action in (END, END_OTHERS) and not account.must_change:
            await in_thread(self._end, session, form)
            token = None
        else:
            notice = await self._refused(request, account, form)
            if notice is not None:
                return await self._page(target, session, account, notice)
            try:
                changed = await in_thread(self._changed, account, form)
            except AccountError as error:
                notice = Notice(error.key.removeprefix("access."), 400, error.values)
                return await self._page(target, session, account, notice)
            # The change has ended every session: this one goes on as a new one.
            token = await in_thread(sessions.start, self._settings, request, changed)
        self._cache.forget(account.key)
        address = requests.address(self._settings, request)
        record(_EVENTS[action], who=account.name, address=address)
        location = target if account.must_change else pages.address(target, ACCOUNT, **{DONE: action})
        answer = RedirectResponse(location, 303)
        if token is not None:
            answer.headers.append("set-cookie", sessions.cookie(self._settings, token))
        return answer

    async def _refused(self, request: Request, account: Account, form: Mapping[str, str]) -> Notice | None:
        """Why a form is not carried out; None = it is."""
        notice = _wrong(account, form)
        if notice is not None:
            return notice
        attempt = rate_limit.attempt(self._settings, request, account.name)
        result = await self._credentials.password(attempt, form[PASSWORD])
        if isinstance(result, Notice):
            return Notice("account.wrong", 401) if result.key == "wrong" else result
        return None

    def _changed(self, account: Account, form: Mapping[str, str]) -> Account:
        if form[ACTION] == SET_PASSWORD:
            return accounts.set_password(self._settings, account.name, form[NEW])
        if form[ACTION] == TOTP_OFF:
            return accounts.set_totp(self._settings, account.name, None)
        # None where its time is over by now: it is not taken again.
        step = totp.matching_step(form[SECRET], form[CODE]) or 0
        return accounts.set_totp(self._settings, account.name, form[SECRET], step)

    def _end(self, session: Session, form: Mapping[str, str]) -> None:
        if form[ACTION] == END:
            sessions.end(self._settings, form[SESSION], session.key)
        else:
            sessions.end_all(self._settings, session.key, but=session.id)

    async def _page(self, target: str, session: Session, account: Account, notice: Notice | None) -> Response:
        words = targets.language(target)
        title = words("access.account.title", name=account.name)
        if account.must_change:
            content = _password(words, target, notice)
            notice = notice or Notice("account.first")
        else:
            rows = await in_thread(sessions.all_of, self._settings, account.key)
            content = "\n".join(
                [
                    f'<a class="back" href="{escape(target)}">{escape(words("access.account.back"))}</a>',
                    _password(words, target, notice),
                    _second_step(words, target, account, notice) if account.can_publish else "",
                    _sessions(words, target, rows, session),
                ]
            )
        return pages.page(target, notice, content, title=title, path=ACCOUNT)


def _wrong(account: Account, form: Mapping[str, str]) -> Notice | None:
    """What is wrong with a form before the password is looked at."""
    action = form[ACTION]
    if action == SET_PASSWORD:
        return _wrong_password(form)
    if account.must_change or not account.can_publish or action not in (TOTP_ON, TOTP_OFF):
        return Notice("malformed", 400)
    if action == TOTP_ON and totp.matching_step(form[SECRET], form[CODE]) is None:
        return Notice("wrong_code", 400)
    return None


def _wrong_password(form: Mapping[str, str]) -> Notice | None:
    """What is wrong with a new password; whether it can be guessed takes a while, and is asked last."""
    if form[NEW] != form[AGAIN]:
        return Notice("account.differing", 400)
    return Notice("account.same", 400) if form[NEW] == form[PASSWORD] else None


def _form(words: Text, target: str, action: str, fields: list[str], button: str) -> str:
    hidden = f'<input type="hidden" name="{ACTION}" value="{action}">'
    return pages.form(ACCOUNT, target, "\n".join([hidden, *fields]), words(f"access.account.{button}"))


def _password(words: Text, target: str, notice: Notice | None) -> str:
    new = 'autocomplete="new-password"'
    fields = [
        _current(words, "doi", notice),
        pages.password_field(words, NEW, "access.account.new", notice, new),
        pages.password_field(words, AGAIN, "access.account.again", notice, new),
    ]
    help_ = words("access.account.password_help", least=passwords.SHORTEST)
    return (
        f"<h2>{escape(words('access.account.password'))}</h2>"
        f'<p class="help">{escape(help_)}</p>'
        f"{_form(words, target, SET_PASSWORD, fields, 'set_password')}"
    )


def _second_step(words: Text, target: str, account: Account, notice: Notice | None) -> str:
    heading = f"<h2>{escape(words('access.account.totp'))}</h2>"
    if account.totp_secret is not None:
        sentence = f"<p>{escape(words('access.account.totp_is_on'))}</p>"
        return (
            heading + sentence + _form(words, target, TOTP_OFF, [_current(words, "tat", notice)], "totp_off")
        )
    secret = totp.new_secret()
    picture = totp.qr_code(secret, account, words("page.app"))
    fields = [
        f'<input type="hidden" name="{SECRET}" value="{secret}">',
        pages.field(words, CODE, "access.code", notice, 'inputmode="numeric" autocomplete="one-time-code"'),
        _current(words, "bat", notice),
    ]
    return (
        f'{heading}<p class="help">{escape(words("access.account.totp_help"))}</p>'
        f'<div class="qr" role="img" aria-label="{escape(words("access.account.qr"))}">{picture}</div>'
        f"<p><code>{secret}</code></p>"
        f"{_form(words, target, TOTP_ON, fields, 'totp_on')}"
    )


def _current(words: Text, suffix: str, notice: Notice | None) -> str:
    """The field for the password as it is; of several on the page, each with an id of its own."""
    attributes = 'autocomplete="current-password"'
    return pages.password_field(
        words, PASSWORD, "access.account.current", notice, attributes, id_=f"{PASSWORD}_{suffix}"
    )


def _sessions(words: Text, target: str, rows: list[Session], current: Session) -> str:
    items = []
    for session in rows:
        place = " · ".join(part for part in (session.browser, session.address) if part)
        if session.id == current.id:
            end = f"<strong>{escape(words('access.account.here'))}</strong>"
        else:
            chosen = f'<input type="hidden" name="{SESSION}" value="{session.id}">'
            end = _form(words, target, END, [chosen], "end")
        times = words("access.account.since", **session.moments(words))
        items.append(f"<li><span>{escape(place)}<br><small>{escape(times)}</small></span>{end}</li>")
    end_others = _form(words, target, END_OTHERS, [], "end_others") if len(rows) > 1 else ""
    heading = f"<h2>{escape(words('access.account.sessions'))}</h2>"
    return f'{heading}<ul class="sessions">{"".join(items)}</ul>{end_others}'
