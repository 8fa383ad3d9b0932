"""A reader's browser without the browser: Streamlit's websocket, spoken as its front end does.

It opens a page, changes a choice of the filter, waits until the run has finished, and comes back after a
lost connection with its session's id, its choices and the pauses of the front end (streamlit/frontend,
`WebsocketConnection`), so that thousands of clicks cost the server what they cost it in earnest.
"""

from __future__ import annotations

import asyncio
import json
import random
import ssl
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit

import httpx2
from servers import COOKIE
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

SIGN_IN = "/dang-nhap"
STREAM, HEALTH, HOST = "/_stcore/stream", "/_stcore/health", "/_stcore/host-config"
# The front end's: until a socket counts as failed, until a question does; pauses before the first and
# before later attempts, the least of them and the longest.
SOCKET_S, PING_S = 15.0, 15.0
FIRST_S, LEAST_S, LONGEST_S = 0.25, 0.5, 4.0
RUN_S = 60.0


class SessionError(Exception):
    """The server did what a reader would call a fault."""


class Counted(ClientConnection):
    """A websocket that counts what comes over the line."""

    on_the_wire = 0

    def data_received(self, data: bytes) -> None:
        """Take in a part of the stream."""
        self.on_the_wire += len(data)
        super().data_received(data)


@dataclass
class Session:
    """One open page: its `id` as the server named it, the texts and charts as it is drawn now, what each
    list of the filter offers; `received` are the bytes of the websocket's `messages`, uncompressed."""

    address: str
    path: str = "/"
    tls: ssl.SSLContext | bool = True
    choices: dict[str, list[str]] = field(default_factory=dict)
    id: str = ""
    texts: list[str] = field(default_factory=list)
    charts: int = 0
    options: dict[str, list[str]] = field(default_factory=dict)
    signed_out: bool = False
    received: int = 0
    messages: int = 0
    # Until a run, and until a question or a socket counts as failed; the front end's own unless told.
    run_s: float = RUN_S
    ping_s: float = PING_S
    _page: str = ""
    # The messages that are kept, by their hash, and the run in which each was last drawn; the runs so far,
    # and how many of them a message is kept.
    _known: dict[str, ForwardMsg] = field(default_factory=dict)
    _drawn: dict[str, int] = field(default_factory=dict)
    _runs: int = 0
    _kept_runs: int = 0
    _socket: Counted | None = None

    def __post_init__(self) -> None:
        self.http = httpx2.AsyncClient(
            base_url=self.address, verify=self.tls, timeout=self.ping_s, trust_env=False
        )
        self.http.cookies.set(COOKIE["name"], COOKIE["value"])

    async def sign_in(self, name: str, password: str) -> None:
        """Sign in on the page of mode accounts."""
        form = {"ten": name, "mat_khau": password, "tiep": self.path}
        answer = await self.http.post(SIGN_IN, data=form, headers={"Origin": self.address})
        if answer.status_code != HTTPStatus.SEE_OTHER:
            raise SessionError(f"sign-in: {answer.status_code}")

    @property
    def cookies(self) -> str:
        """What the browser sends back."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.http.cookies.jar)

    async def open(self) -> float:
        """Load the page and draw it; seconds until it is drawn."""
        begun = time.monotonic()
        answer = await self.http.get(f"{self.path}?{self._query()}", headers={"Accept": "text/html"})
        if answer.status_code != HTTPStatus.OK:
            raise SessionError(f"page: {answer.status_code}")
        await self._ping()
        await self._connect()
        await self._run()
        return time.monotonic() - begun

    async def choose(self, key: str, values: list[str]) -> float:
        """Choose in a list of the filter; seconds until the page is drawn again."""
        self.choices[key] = values
        return await self._run()

    def shows(self, place: str) -> bool:
        """Whether a text of the page, as it is drawn now, names a place."""
        return any(place in text.replace("\\", "") for text in self.texts)

    @property
    def on_the_wire(self) -> int:
        """Bytes that the websocket has brought, compressed as a browser gets them."""
        return self._socket.on_the_wire if self._socket is not None else 0

    async def ask(self) -> None:
        """Ask for a run with all that is chosen."""
        assert self._socket is not None
        await self._socket.send(self._rerun_message().SerializeToString())

    async def lost(self) -> None:
        """Wait until the connection is lost."""
        assert self._socket is not None
        try:
            while True:
                self._take(await self._socket.recv())
        except ConnectionClosed:
            return

    async def lose(self) -> None:
        """Lose the connection as a network does: no side says good-bye."""
        assert self._socket is not None
        self._socket.transport.abort()
        await self._socket.wait_closed()

    async def come_back(self, timeout_s: float) -> float:
        """Connect again as the front end does; seconds until the websocket is open."""
        begun = time.monotonic()
        attempt = 0
        while True:
            attempt += 1
            longest = min(LONGEST_S, LEAST_S * 2 ** (attempt - 1))
            await asyncio.sleep(random.uniform(FIRST_S if attempt == 1 else longest / 2, longest))
            try:
                await self._ping()
                await self._connect()
            except (httpx2.HTTPError, OSError, TimeoutError, WebSocketException, SessionError):
                if self.signed_out or time.monotonic() - begun > timeout_s:
                    raise
                continue
            return time.monotonic() - begun

    async def close(self) -> None:
        """Close the page."""
        if self._socket is not None:
            await self._socket.close()
        await self.http.aclose()

    async def _ping(self) -> None:
        """What the front end asks for before each websocket."""
        for answer in await asyncio.gather(self.http.get(HEALTH), self.http.get(HOST)):
            if answer.status_code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.SEE_OTHER):
                self.signed_out = True
            if answer.status_code != HTTPStatus.OK:
                raise SessionError(f"ping: {answer.status_code}")

    async def _connect(self) -> None:
        place = urlsplit(self.address)
        scheme = "wss" if place.scheme == "https" else "ws"
        token = self.http.cookies.get("_streamlit_xsrf") or "PLACEHOLDER_AUTH_TOKEN"
        socket = await connect(
            f"{scheme}://{place.netloc}{STREAM}",
            origin=self.address,
            subprotocols=["streamlit", token, *([self.id] if self.id else [])],
            additional_headers={"Cookie": self.cookies},
            ssl=self.tls if scheme == "wss" else None,
            open_timeout=max(SOCKET_S, self.ping_s),
            ping_interval=None,
            close_timeout=1,
            max_size=None,
            proxy=None,
            create_connection=Counted,
        )
        assert isinstance(socket, Counted)
        self._socket = socket
        assert self._socket.response is not None
        self.http.cookies.extract_cookies(
            httpx2.Response(
                101,
                headers=list(self._socket.response.headers.raw_items()),
                request=httpx2.Request("GET", self.address),
            )
        )

    async def _run(self) -> float:
        """Ask for a run, and wait for its end; seconds."""
        assert self._socket is not None
        begun = time.monotonic()
        self.texts, self.charts = [], 0
        await self.ask()
        async with asyncio.timeout(self.run_s):
            while not self._take(await self._socket.recv()):
                pass
        return time.monotonic() - begun

    def _rerun_message(self) -> BackMsg:
        """The message that asks for a run."""
        message = BackMsg()
        rerun = message.rerun_script
        rerun.query_string = self._query()
        rerun.page_script_hash = self._page
        rerun.page_name = "" if self._page else self.path.strip("/")
        rerun.cached_message_hashes.extend(self._known)
        rerun.context_info.url = f"{self.address}{self.path}"
        return message

    def _take(self, data: str | bytes) -> bool:
        """Take in one message of the server; whether it says that the run has finished."""
        assert isinstance(data, bytes)
        self.received += len(data)
        self.messages += 1
        message = ForwardMsg.FromString(data)
        kind = message.WhichOneof("type")
        if kind == "ref_hash":
            self._drawn[message.ref_hash] = self._runs
            message = self._known[message.ref_hash]
            kind = message.WhichOneof("type")
        elif message.metadata.cacheable and message.hash:
            self._known[message.hash] = message
            self._drawn[message.hash] = self._runs
        if kind == "new_session":
            self.id = message.new_session.initialize.session_id or self.id
            self._kept_runs = message.new_session.config.max_cached_message_age
        elif kind == "navigation":
            # The page that the router chose; the message before names the router itself.
            self._page = message.navigation.page_script_hash
        elif kind == "delta":
            self._draw(message)
        elif kind == "script_finished":
            if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                raise SessionError("the page does not compile")
            self._forget()
            return message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
        return False

    def _forget(self) -> None:
        """A run has ended: messages that were not drawn for long are thrown away."""
        self._runs += 1
        for key in [key for key, run in self._drawn.items() if self._runs - run > self._kept_runs]:
            del self._known[key], self._drawn[key]

    def _draw(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise SessionError(f"exception: {element.exception.message}")
        if kind == "markdown":
            self.texts.append(element.markdown.body)
        elif kind == "bidi_component":
            self._draw_component(element.bidi_component.component_name, element.bidi_component.json)

    def _draw_component(self, name: str, sent: str) -> None:
        if name == "dashboard.chart":
            self.charts += 1
        elif name == "dashboard.places":
            data = json.loads(sent)
            self.options[data["parameter"]] = [name for name, _ in data["options"]]

    def _query(self) -> str:
        return urlencode(self.choices, doseq=True)
