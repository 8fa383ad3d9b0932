"""The sign-in page: a form, no script, in both languages; what signing in and out do with the cookie."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from dashboard import text
from dashboard.access import names, passwords, requests, session, targets
from dashboard.access.audit import record
from dashboard.access.user import SIGN_IN, SIGN_OUT, Authenticator
from dashboard.charts import theme
from dashboard.settings import Settings
from dashboard.streamlit_host.index_html import language
from dashboard.text import Text

# Fields of the form, in the language of the addresses.
NAME, PASSWORD, TARGET, LANGUAGE = "ten", "mat_khau", "tiep", "ngon"
# Says on the page that the reader has signed out.
SIGNED_OUT = "ra"
STYLE, ICON, FONTS = f"{SIGN_IN}/kieu.css", f"{SIGN_IN}/bieu-tuong.svg", f"{SIGN_IN}/chu"
_HERE = Path(__file__).parent
_STATIC = _HERE.parent / "static"
_FILES = {
    STYLE: _HERE / "sign_in.css",
    ICON: _STATIC / "icon.svg",
    **{f"{FONTS}/{file.name}": file for file in sorted((_STATIC / "fonts").glob("*.ttf"))},
}


@dataclass(frozen=True)
class Notice:
    """A sentence above the form: its key in `access.toml`, HTTP's number of the answer, and what it names: a
    number of seconds, or who was refused."""

    key: str
    status: int = 200
    n: int | None = None
    who: str | None = None

    @property
    def error(self) -> bool:
        """Whether the reader is to do something about it."""
        return self.status >= 400

    def sentence(self, words: Text) -> str:
        """The sentence in a language."""
        named = {"n": self.n, "who": self.who}
        return words(
            f"access.{self.key}", **{key: value for key, value in named.items() if value is not None}
        )


def files() -> list[BaseRoute]:
    """The routes of what the page loads: style, icon and fonts."""
    return [Route(path, _file) for path in _FILES]


async def _file(request: Request) -> Response:
    file = _FILES[request.scope["path"]]
    if file.suffix == ".css":
        return Response(f":root {{ {theme.css()} }}\n{file.read_text('utf-8')}", media_type="text/css")
    return FileResponse(file)


def wanted(request: Request) -> str:
    """The link that the page leads on to, in the language that was chosen on the page."""
    asked = request.query_params
    target = targets.local(asked.get(TARGET, ""))
    return targets.in_language(target, asked[LANGUAGE]) if asked.get(LANGUAGE) in text.LANGUAGES else target


def sign_in(target: str, notice: Notice | None = None, name: str = "") -> Response:
    """The page on which readers sign in and go on to the link `target`; `name` is what was typed before."""
    return page(target, notice, _form(targets.language(target), target, notice, name))


def page(target: str, notice: Notice | None, content: str) -> Response:
    """A page of signing in with this HTML below its heading, in the language of the link `target`."""
    words = targets.language(target)
    here = words("access.title")
    title = f"{here} · {words('page.app')}"
    if notice is not None and notice.error:
        title = words("access.error_title", title=title)
    html = f"""<!doctype html>
<html lang="{words.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<link rel="stylesheet" href="{STYLE}">
<link rel="icon" href="{ICON}" type="image/svg+xml">
</head>
<body>
{_languages(words, target)}
<main>
<p class="app">{escape(words("page.app"))}</p>
<h1>{escape(here)}</h1>
{_sentence(words, notice)}
{content}
</main>
</body>
</html>
"""
    return HTMLResponse(html, notice.status if notice is not None else 200, {"Content-Language": words.lang})


def address(target: str, **more: str) -> str:
    """The address of the sign-in page that leads on to a link."""
    return f"{SIGN_IN}?{urlencode({TARGET: target, **more}, safe='', quote_via=quote)}"


def _languages(words: Text, target: str) -> str:
    links = []
    for lang in text.LANGUAGES:
        own = text.get(lang)
        label = escape(own("access.language"))
        if lang == words.lang:
            links.append(f'<span lang="{lang}" aria-current="true">{label}</span>')
        else:
            link = escape(address(targets.in_language(target, lang), **{LANGUAGE: lang}))
            links.append(f'<a lang="{lang}" hreflang="{lang}" href="{link}">{label}</a>')
    return f'<nav aria-label="{escape(words("access.languages"))}">{"".join(links)}</nav>'


def _sentence(words: Text, notice: Notice | None) -> str:
    if notice is None:
        return ""
    if notice.error:
        return f'<p id="loi" class="error" role="alert">{escape(notice.sentence(words))}</p>'
    return f'<p class="said" role="status">{escape(notice.sentence(words))}</p>'


def _form(words: Text, target: str, notice: Notice | None, name: str) -> str:
    wrong = ' aria-invalid="true" aria-describedby="loi"' if notice is not None and notice.error else ""
    # Whoever mistyped the password types it again; everybody else begins with the name.
    first, second = ("", " autofocus") if name and wrong else (" autofocus", "")
    return f"""<form method="post" action="{SIGN_IN}" novalidate>
<input type="hidden" name="{TARGET}" value="{escape(target)}">
<label for="{NAME}">{escape(words("access.name"))}</label>
<input id="{NAME}" name="{NAME}" value="{escape(name[: names.LONGEST])}" maxlength="{names.LONGEST}" required
 autocomplete="username" autocapitalize="none" autocorrect="off" spellcheck="false"{wrong}{first}>
<label for="{PASSWORD}">{escape(words("access.password"))}</label>
<input id="{PASSWORD}" name="{PASSWORD}" type="password" maxlength="{passwords.LONGEST}" required
 autocomplete="current-password"{wrong}{second}>
<button type="submit">{escape(words("access.enter"))}</button>
</form>
<p class="help">{escape(words("access.forgotten"))}</p>"""


def signed_in(
    settings: Settings, request: Request, target: str, key: str, credential_version: str, **facts: str
) -> RedirectResponse:
    """The answer that lets somebody in and leads on to a link: a new sign-in in place of the one before;
    `facts` are for the audit log."""
    before = session.sent(settings, request)
    if before is not None:
        session.end(settings, before)
    record("sign_in", address=requests.address(settings, request), **facts)
    answer = RedirectResponse(target, 303)
    answer.headers.append(
        "set-cookie", session.cookie(settings, session.issue(settings, key, credential_version))
    )
    return answer


def sign_out(settings: Settings, authenticator: Authenticator) -> Route:
    """The route of signing out, for all tabs of a sign-in; forms of other sites never come here."""

    async def end(request: Request) -> Response:
        signed_in = session.sent(settings, request)
        if signed_in is not None:
            user = authenticator.user(request)
            who = user.name if user is not None else signed_in.name
            session.end(settings, signed_in)
            record("sign_out", who=who, address=requests.address(settings, request))
        target = targets.in_language("/", language(request).lang)
        answer = RedirectResponse(address(target, **{SIGNED_OUT: "1"}), 303)
        answer.headers.append("set-cookie", session.forget(settings))
        return answer

    return Route(SIGN_OUT, end, methods=["POST"])
