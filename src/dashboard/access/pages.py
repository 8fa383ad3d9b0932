"""The sign-in page: a form, no script, in both languages; the frame of the account page, too."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from dashboard import text
from dashboard.access import names, passwords, targets
from dashboard.access.user import SIGN_IN
from dashboard.charts import theme
from dashboard.text import Text

# Fields of the form, in the language of the addresses.
NAME, PASSWORD, CODE, TARGET, LANGUAGE = "ten", "mat_khau", "ma", "tiep", "ngon"
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
    """A sentence above the form: its key in `access.toml`, HTTP's number of the answer, and what it names."""

    key: str
    status: int = 200
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)

    @property
    def error(self) -> bool:
        """Whether the reader is to do something about it."""
        return self.status >= 400

    def sentence(self, words: Text) -> str:
        """The sentence in a language."""
        return words(f"access.{self.key}", **self.values)


def files() -> list[BaseRoute]:
    """The routes of what the page loads: style, icon and fonts."""
    return [Route(path, _file) for path in _FILES]


async def _file(request: Request) -> Response:
    file = _FILES[request.scope["path"]]
    if file.suffix == ".css":
        return Response(f":root {{ {theme.css()} }}\n{file.read_text('utf-8')}", media_type="text/css")
    return FileResponse(file)


def target_of(request: Request) -> str:
    """The link that the page leads on to, in the language that was chosen on the page."""
    parameters = request.query_params
    target = targets.local(parameters.get(TARGET, ""))
    return (
        targets.in_language(target, parameters[LANGUAGE])
        if parameters.get(LANGUAGE) in text.LANGUAGES
        else target
    )


def sign_in(target: str, notice: Notice | None = None, name: str = "") -> Response:
    """The page on which readers sign in and go on to the link `target`; `name` is what was typed before."""
    return page(target, notice, _form(targets.language(target), target, notice, name))


def second_step(target: str, action: str, notice: Notice | None = None) -> Response:
    """The page that asks for the code of the second step."""
    words = targets.language(target)
    code = field(
        words, CODE, "access.code", notice, 'inputmode="numeric" autocomplete="one-time-code" autofocus'
    )
    content = form(action, target, code, words("access.enter"))
    again = f'<p class="help">{escape(words("access.code_lost"))}</p>'
    return page(target, notice, content + again)


def page(
    target: str, notice: Notice | None, content: str, *, title: str = "", path: str = SIGN_IN
) -> Response:
    """A page with this HTML below its heading, in the language of the link `target`; signing in, or another
    one with a title at a path."""
    words = targets.language(target)
    heading = title or words("access.title")
    title = f"{heading} · {words('page.app')}"
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
{_languages(words, target, path)}
<main>
<p class="app">{escape(words("page.app"))}</p>
<h1>{escape(heading)}</h1>
{_sentence(words, notice)}
{content}
</main>
</body>
</html>
"""
    headers = {"Content-Language": words.lang}
    if notice is not None and notice.key == "wait":
        headers["Retry-After"] = str(notice.values["n"])
    return HTMLResponse(html, notice.status if notice is not None else 200, headers)


def address(target: str, path: str = SIGN_IN, **more: str) -> str:
    """The address of the sign-in page, or of another one, that leads on to a link."""
    return f"{path}?{urlencode({TARGET: target, **more}, safe='', quote_via=quote)}"


def form(action: str, target: str, fields: str, button: str) -> str:
    """A form with these fields and a button; it hands the link on."""
    return f"""<form method="post" action="{action}" novalidate>
<input type="hidden" name="{TARGET}" value="{escape(target)}">
{fields}
<button type="submit">{escape(button)}</button>
</form>
"""


def field(  # noqa: PLR0913 # what an input has
    words: Text, name: str, label: str, notice: Notice | None, attributes: str, *, id_: str = ""
) -> str:
    """A labelled field; where something is wrong it is bound to the sentence that says so."""
    wrong = ' aria-invalid="true" aria-describedby="loi"' if notice is not None and notice.error else ""
    return f"""<label for="{id_ or name}">{escape(words(label))}</label>
<input id="{id_ or name}" name="{name}" required {attributes}{wrong}>"""


def password_field(  # noqa: PLR0913 # what an input has
    words: Text, name: str, label: str, notice: Notice | None, attributes: str, *, id_: str = ""
) -> str:
    """A field for a password."""
    kind = f'type="password" maxlength="{passwords.LONGEST}" {attributes}'
    return field(words, name, label, notice, kind, id_=id_)


def _languages(words: Text, target: str, path: str) -> str:
    links = []
    for lang in text.LANGUAGES:
        words_of_lang = text.get(lang)
        label = escape(words_of_lang("access.language"))
        if lang == words.lang:
            links.append(f'<span lang="{lang}" aria-current="true">{label}</span>')
        else:
            link = escape(address(targets.in_language(target, lang), path, **{LANGUAGE: lang}))
            links.append(f'<a lang="{lang}" hreflang="{lang}" href="{link}">{label}</a>')
    return f'<nav aria-label="{escape(words("access.languages"))}">{"".join(links)}</nav>'


def _sentence(words: Text, notice: Notice | None) -> str:
    if notice is None:
        return ""
    if notice.error:
        return f'<p id="loi" class="error" role="alert">{escape(notice.sentence(words))}</p>'
    return f'<p class="said" role="status">{escape(notice.sentence(words))}</p>'


def _form(words: Text, target: str, notice: Notice | None, name: str) -> str:
    # A reader who mistyped the password types it again; all others begin with the name.
    first, second = ("", "autofocus") if name and notice is not None and notice.error else ("autofocus", "")
    name_attributes = (
        f'value="{escape(name[: names.LONGEST])}" maxlength="{names.LONGEST}" autocomplete="username" '
        f'autocapitalize="none" autocorrect="off" spellcheck="false" {first}'
    )
    fields = [
        field(words, NAME, "access.name", notice, name_attributes),
        password_field(
            words, PASSWORD, "access.password", notice, f'autocomplete="current-password" {second}'
        ),
    ]
    help_ = f'<p class="help">{escape(words("access.forgotten"))}</p>'
    return form(SIGN_IN, target, "\n".join(fields), words("access.enter")) + help_
