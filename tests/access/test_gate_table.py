"""The table: every path and the websocket × every mode × every kind of reader, on a running server.

A `Mode` says what each kind of reader sends; another way of signing in is another one in MODES. What was
answered is in docs/access.md, which the last test holds to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
import sign_ins
from servers import COOKIE, COOKIES, KEY, answers, free_port, running, until
from session_client import Session

from asking import UPGRADE, Answer, ask, handshake
from dashboard import registry
from dashboard.access import HEADER, SIGN_IN, User
from own_loop import finished
from settings_files import SECRET, proxied, write

PAGES = tuple(f"/{page.path}" for page in registry.PAGES)
FILES = (
    "/_stcore/health",
    "/_stcore/host-config",
    "/app/static/fonts/BeVietnamPro-Regular.ttf",
    "/favicon.png",
)
NOT_THERE = (
    "/media/x",
    f"/media/{'a' * 56}.svg",
    "/component/x",
    "/_stcore/bidi-components/x/y",
    "/_stcore/upload_file/x/y",
    "/static/x.js",
    "/static/index.html",
    "/app/static/",
    "/app/static/fonts",
    "/index.html",
    "/unknown",
    "/KIEM-NHIEM",
    "/kiem-nhiem/",
    "/kiem-nhiem%2f",
    "/kiem-nhiem/_stcore/host-config",
    "/%ff",
    "/..;/",
)
SHUT = (
    "/_stcore/metrics",
    "/_stcore/script-health-check",
    "/_stcore/agent/openapi.json",
    "/_stcore/agent/mcp",
    "/_STCORE/metrics",
    "/auth/login",
    "/auth/logout",
    "/oauth2callback",
)
TRICKS = (
    "//",
    "//elsewhere.example/",
    "/..%2f",
    "/%2e%2e/etc/passwd",
    "/dang-nhap/../",
    "/dang-nhap/..%2f_stcore/health",
    "/healthz/../",
    "/healthz/..%2f",
    "/healthz//",
    "/healthz%00",
    "/healthz%252f",
    "/.%5c",
    "/%5celsewhere.example",
    "/a%0d%0aSet-Cookie:%20x=y",
    "http://elsewhere.example/kiem-nhiem",
    "*",
)
SOCKETS = (
    *("/", "/_stcore/stream/", "/_STCORE/stream", "/x/_stcore/stream", "/kiem-nhiem", "/healthz"),
    *("/%2f_stcore/stream", "/_stcore/stream%00", "/media/x"),
)
METHODS = ("PUT", "POST", "DELETE", "OPTIONS", "PATCH", "TRACE")
HEALTH = ("/healthz", "/readyz")
ALMOST_OPEN = ("/HEALTHZ", "/healthz/", "/healthz.html", "/Dang-Nhap", "/readyz/x")
HTML = {"Accept": "text/html"}
FORGED = User("local", "editor").to_header()


@dataclass(frozen=True)
class Mode:
    """One way of signing in, and what each kind of reader sends (known once the server runs)."""

    name: str
    settings: Callable[[Path, int], Path]
    kinds: dict[str, dict[str, str]]
    let_in: tuple[str, ...]


FROM_PROXY = {"X-Dashboard-Secret": SECRET}
OF_GROUPS = "staff, xã hương sơn".encode().decode("latin-1")
KEYED = {"Cookie": COOKIES}
LOCAL_MODE = Mode(
    "local",
    lambda folder, _port: write(folder, 'mode = "local"'),
    {
        "with the key": KEYED,
        "a name of its own": {**KEYED, HEADER: User("x", "viewer", ("none",)).to_header()},
        "without the key": {},
        "another key": {"Cookie": f"{KEYED['Cookie'][:-1]}x"},
        "the key as it is": {"Cookie": f"{COOKIE['name']}={KEY}"},
        "behind a proxy": {**KEYED, "X-Forwarded-For": "10.0.0.9"},
        "forwarded": {**KEYED, "Forwarded": "for=10.0.0.9"},
        "via": {**KEYED, "Via": "1.1 proxy"},
        "real ip": {**KEYED, "X-Real-IP": "127.0.0.1"},
        "foreign host": {**KEYED, "Host": "dashboard.example"},
        "rebound host": {**KEYED, "Host": "127.0.0.1.example:8501"},
        "foreign origin": {**KEYED, "Origin": "http://elsewhere.example"},
    },
    ("with the key", "a name of its own"),
)
PROXY_MODE = Mode(
    "proxy",
    proxied,
    {
        "stranger": {},
        "viewer": {**FROM_PROXY, "X-Remote-User": "lan"},
        "editor": {**FROM_PROXY, "X-Remote-User": "chi"},
        "of one commune": {**FROM_PROXY, "X-Remote-User": "bà".encode().decode("latin-1")},
        "of a group, one commune": {**FROM_PROXY, "X-Remote-User": "dung", "X-Remote-Groups": OF_GROUPS},
        "revoked": {**FROM_PROXY, "X-Remote-User": "gone"},
        "of a group not listed": {**FROM_PROXY, "X-Remote-User": "dung", "X-Remote-Groups": "editor,all"},
        "no name": {**FROM_PROXY, "X-Remote-User": ""},
        "of a group, no name": {**FROM_PROXY, "X-Remote-User": "", "X-Remote-Groups": OF_GROUPS},
        "of a group, no secret": {"X-Remote-User": "dung", "X-Remote-Groups": OF_GROUPS},
        "no secret": {"X-Remote-User": "lan"},
        "forged secret": {"X-Dashboard-Secret": SECRET + "x", "X-Remote-User": "lan"},
        "forged cookie": {"Cookie": "dashboard=x; __Host-dashboard=x"},
        "forged header": {HEADER: FORGED},
        "forged header, written otherwise": {HEADER.replace("-", "_"): FORGED},
        "foreign host": {**FROM_PROXY, "X-Remote-User": "lan", "Host": "elsewhere.example"},
    },
    ("viewer", "editor", "of one commune", "of a group, one commune"),
)
SIGNED_IN: dict[str, dict[str, str]] = {kind: {} for kind in sign_ins.KINDS}


def signed_in(folder: Path, port: int) -> Path:
    file = sign_ins.accounts_of(folder, port)
    SIGNED_IN.update(sign_ins.sent_by_kind(file))
    return file


ACCOUNTS_MODE = Mode("accounts", signed_in, SIGNED_IN, sign_ins.LET_IN)
MODES = (LOCAL_MODE, PROXY_MODE, ACCOUNTS_MODE)


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Mode], str]]:
    """The address of a running server of each mode, started when first asked for."""
    started: dict[str, str] = {}
    open_now = []

    def address(mode: Mode) -> str:
        if mode.name not in started:
            port = free_port()
            server = running(settings=mode.settings(tmp_path_factory.mktemp(mode.name), port), port=port)
            started[mode.name] = server.__enter__()
            open_now.append(server)
            until(partial(answers, f"{started[mode.name]}/readyz"), "no page can be drawn")
        return started[mode.name]

    yield address
    for server in open_now:
        server.__exit__(None, None, None)


def refusal(answer: Answer) -> bool:
    """Whether an answer refuses, and holds nothing of the pages, with every header in place."""
    assert answer.headers["cache-control"] == "no-store"
    assert "script-src" in answer.headers["content-security-policy"]
    led_to_sign_in = answer.status == 303 and answer.headers["location"].startswith(f"{SIGN_IN}?tiep=%2F")
    refused = answer.status in (400, 401, 403, 404, 405) or led_to_sign_in
    return refused and 'id="root"' not in answer.body


Answers = dict[str, Answer]
SOCKET = "the websocket"


@pytest.fixture(scope="module")
def answers_of(servers) -> Callable[[Mode, str], Answers]:
    """What one kind of reader is answered: by path, and by the websocket; asked once."""
    cache: dict[tuple[str, str], Answers] = {}

    def answers(mode: Mode, kind: str) -> Answers:
        if (mode.name, kind) not in cache:
            address, sent = servers(mode), mode.kinds[kind]
            by_path = {path: ask(address, path, {**HTML, **sent}) for path in PAGES + FILES + HEALTH}
            cache[mode.name, kind] = {**by_path, SOCKET: handshake(address, sent)}
        return cache[mode.name, kind]

    return answers


each_mode = pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.name)


def few(mode: Mode) -> dict[str, dict[str, str]]:
    """What a reader who is let in sends, and two who are not: who asks does not change what a path is."""
    out = [kind for kind in mode.kinds if kind not in mode.let_in]
    return {kind: mode.kinds[kind] for kind in (mode.let_in[0], out[0], out[-1])}


@each_mode
def test_pages_files_and_the_websocket_open_to_who_is_let_in(answers_of, mode):
    wrong = []
    for kind in mode.kinds:
        answers = {path: answer for path, answer in answers_of(mode, kind).items() if path not in HEALTH}
        if kind in mode.let_in:
            opened = {path: 101 if path == SOCKET else 200 for path in answers}
            wrong += [(kind, path) for path, answer in answers.items() if answer.status != opened[path]]
        else:
            wrong += [(kind, path) for path, answer in answers.items() if not refusal(answer)]
    assert wrong == []


@each_mode
def test_the_health_routes_tell_strangers_nothing_more(answers_of, mode):
    for kind in mode.kinds:
        alive, ready = (answers_of(mode, kind)[path] for path in HEALTH)
        assert (alive.status, alive.body, ready.status) == (200, '{"status":"ok"}', 200)
        assert (ready.body != '{"status":"ready"}') == (kind in mode.let_in), kind


@each_mode
def test_what_is_open_to_nobody_and_what_is_not_there(servers, mode):
    address = servers(mode)
    publish = {"Origin": address, "Content-Length": "0"}
    requests = [(path, "GET", HTML) for path in (*TRICKS, *SHUT)]
    requests += [("/kiem-nhiem", method, {"Origin": address}) for method in METHODS]
    requests += [("/_stcore/upload_file/x/y", method, publish) for method in ("PUT", "DELETE")]
    for kind, sent in few(mode).items():
        not_there = [] if kind in mode.let_in else [(path, "GET", {}) for path in (*NOT_THERE, *ALMOST_OPEN)]
        opened = [
            (path, method)
            for path, method, more in requests + not_there
            if not refusal(ask(address, path, {**more, **sent}, method))
        ]
        assert opened == [], kind
        assert [path for path in SOCKETS if handshake(address, sent, path).status == 101] == [], kind
        head = ask(address, "/kiem-nhiem", {**HTML, **sent}, "HEAD")
        assert (head.status == 200) == (kind in mode.let_in)


def test_a_websocket_of_another_site_is_refused(servers):
    address = servers(PROXY_MODE)
    sent = PROXY_MODE.kinds["viewer"]
    assert handshake(address, {**sent, "Origin": "http://elsewhere.example"}).status == 403
    assert handshake(address, {**sent, "Origin": "null"}).status == 403
    # Nor one that does not say whose page it is of.
    assert ask(address, "/_stcore/stream", {**UPGRADE, **sent}).status == 403


async def opened_session(address: str, sent: dict[str, str], session_id: str = "") -> tuple[str, set[str]]:
    """The id of the session that a reader is given, and the communes on offer there; the connection is then
    lost, as on a bad line. `session_id` is the one that is asked for."""
    page = Session(address, id=session_id)
    page.http.cookies.set("dashboard", sent["Cookie"].rpartition("=")[2], domain="127.0.0.1")
    await page.open()
    socket = page._socket
    assert socket is not None
    socket.transport.abort()
    await page.http.aclose()
    return page.id, set(page.options["xa"])


def test_nobody_goes_on_with_the_session_of_another_reader(servers):
    address, kinds = servers(ACCOUNTS_MODE), ACCOUNTS_MODE.kinds

    async def taken_over() -> None:
        first, of_all = await opened_session(address, kinds["viewer"])
        assert len(of_all) > 2
        again, _ = await opened_session(address, kinds["viewer"], first)
        assert again == first
        other, of_one = await opened_session(address, kinds["of one commune"], first)
        assert other != first
        assert of_one == {"Xã Hương Sơn"}

    finished(taken_over())


OF_SIGN_IN = ("", "/kieu.css", "/bieu-tuong.svg", "/chu/BeVietnamPro-Regular.ttf")


@pytest.mark.parametrize("mode", [PROXY_MODE, ACCOUNTS_MODE], ids=lambda mode: mode.name)
def test_the_page_to_sign_in_is_open_where_there_is_one(servers, mode):
    address = servers(mode)
    statuses = [ask(address, SIGN_IN + path, {}).status for path in OF_SIGN_IN]
    assert (statuses == [200] * 4) == (mode == ACCOUNTS_MODE)
    beside = ("/", "/tai-khoan", "/chu/", "/chu/OFL.txt", "/chu/..%2f..%2faccounts.py", "/x", "/kieu.css/x")
    assert [path for path in beside if not refusal(ask(address, SIGN_IN + path, {}))] == []


DOCS = Path(__file__).parents[2] / "docs" / "access.md"
# The columns of the table, and the paths behind each.
COLUMNS = {
    "pages": PAGES,
    "files of the pages": FILES,
    "websocket": (SOCKET,),
    "`/healthz`": ("/healthz",),
    "`/readyz`": ("/readyz",),
}


def cell(answers: list[Answer]) -> str:
    """What all paths of a column answer."""
    first = answers[0]
    opened = {answer.status in (101, 200) for answer in answers}
    if opened == {True}:
        words = {'{"status":"ok"}': "alive", '{"status":"ready"}': "ready"}
        return words.get(first.body, "ready, version, age" if '"version"' in first.body else "**open**")
    assert opened == {False}
    return "led to sign in" if first.status == 303 else "refused"


def test_the_table_in_the_docs_is_what_the_servers_answer(answers_of, tmp_path):
    lines = []
    for mode in MODES:
        lines += [f"## `{mode.name}`", "", f"| who asks | {' | '.join(COLUMNS)} |"]
        lines.append(f"| --- |{' --- |' * len(COLUMNS)}")
        for kind in mode.kinds:
            cells = [cell([answers_of(mode, kind)[path] for path in paths]) for paths in COLUMNS.values()]
            lines.append(f"| {kind} | {' | '.join(cells)} |")
        lines.append("")
    tables = "\n".join(lines)
    beside = tmp_path / "access.md"
    beside.write_text(tables, "utf-8")
    assert DOCS.read_text("utf-8").endswith(tables), f"the tables as they are now: {beside}"
