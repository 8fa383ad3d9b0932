"""A reader of one commune, watched: nothing of another commune comes over the websocket, in an answer or in
a file, whatever the link says. A reader of all shows that the same watching finds it."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Response, WebSocket, expect
from pypdf import PdfReader
from reading import ended, open_tables, opened_files
from screens import PAGES
from servers import free_port, running
from starlette.requests import HTTPConnection

from dashboard import settings, store
from dashboard.access import accounts, sessions
from two_versions import two_versions

ROOT = Path(__file__).parents[2]
# A whole briefing on a busy machine.
PATIENCE_MS = 240_000
PASSWORD = "mot-mat-khau-dai"
OWN = "huong-son"
# Ids of all other communes; ids and names of their villages and bodies begin or end with them (`marked`).
OTHERS = (
    *("khe-tre", "huong-phu", "huong-loc", "thuong-quang", "huong-xuan", "huong-huu"),
    *("thuong-lo", "thuong-long", "thuong-nhat", "long-quang"),
)
LINKS = (
    "kiem-nhiem?xa=huong-son&xa=khe-tre",
    "thon?xa=khe-tre&thon=khe-tre-1",
    "muc-tieu?xa=khe-tre&diagioi=now&giadinh=khe-tre-1.member.front_head",
    "thay-doi?xa=khe-tre&ngay=2023-12-31&sosanh=2021-12-31",
    "du-lieu?phienban={old}",
    "xa?xa=khe-tre&phienban={old}",
    "bao-cao?xa=outside&thon=khong-co&lang=en",
)


def marked(folder: Path) -> Path:
    """A copy of the bundled data in which every commune, village and body is called by its id."""
    target = folder / "marked"
    shutil.copytree(ROOT / "data", target)
    for table, key in (("communes", "commune_id"), ("villages", "village_id"), ("organizations", "org_id")):
        file = target / f"{table}.csv"
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = [{**row, "name": f"Z {row[key]}"} for row in csv.DictReader(lines)]
        with file.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return target


@dataclass
class Server:
    """The running server, the first version of its data, its settings, and the browsers of its readers."""

    address: str
    old: str
    settings: Path
    browsers: dict[str, BrowserContext] = field(default_factory=dict)


@pytest.fixture(scope="module")
def served(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder, port = tmp_path_factory.mktemp("scope"), free_port()
    versions_store = two_versions(folder, marked(folder))
    old = store.versions(versions_store)[-1].data_version
    (folder / "state").mkdir()
    file = folder / "dashboard.toml"
    file.write_text(
        f'mode = "accounts"\nport = {port}\npublic_url = "http://127.0.0.1:{port}"\nstate = "state"\n'
        f'[data]\nfolder = "{versions_store.plain}"\nstore = "{versions_store.folder}"\n',
        "utf-8",
    )
    accounts.add(settings.read(file), "all", PASSWORD, "viewer", None)
    accounts.add(settings.read(file), "one", PASSWORD, "viewer", (OWN,))
    with running(settings=file, port=port) as address:
        server = Server(address, old, file)
        yield server
        for context in server.browsers.values():
            context.close()


@dataclass
class Ears:
    """All that a browser was sent."""

    heard: list[bytes] = field(default_factory=list)
    answers: list[Response] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        """Hear the websockets and the answers of a page."""
        page.on("websocket", self._websocket)
        page.on("response", self._response)

    def others(self, *, but: tuple[str, ...] = ()) -> set[str]:
        """The communes beside OWN that were told of; `but` those that the reader named first."""
        text = self.text()
        return {commune for commune in OTHERS if commune not in but and commune in text}

    def names(self) -> set[str]:
        """The names beside those of OWN: no link holds them."""
        text = self.text()
        return {commune for commune in re.findall(r"Z (?:[dc]b-)?([a-z-]+[a-z])", text) if commune in OTHERS}

    def text(self) -> str:
        """All of it as text."""
        while self.answers:
            # The page may have moved on before an answer was whole.
            with suppress(Error):
                self.heard.append(self.answers.pop().body())
        return b"\n".join(self.heard).decode("utf-8", "replace")

    def _websocket(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: self.heard.append(_bytes(frame)))

    def _response(self, response: Response) -> None:
        # Streamlit's own program is no data, and large. A file that was taken along has no body here, and
        # asking for it waits for ever: it is opened where it was saved.
        is_file = "attachment" in response.headers.get("content-disposition", "")
        if "/static/" not in response.url and response.status == 200 and not is_file:
            self.answers.append(response)


@contextmanager
def reading(browser: Browser, served: Server, name: str) -> Iterator[tuple[Page, Ears]]:
    """A page of a reader who has signed in, and what it is sent."""
    if name not in served.browsers:
        here = settings.read(served.settings)
        from_here = HTTPConnection({"type": "http", "headers": [], "client": ("127.0.0.1", 1)})
        value = sessions.start(here, from_here, accounts.known(here, name))
        context = browser.new_context(viewport={"width": 1440, "height": 1000})
        context.add_cookies([{"name": "dashboard", "value": value, "url": served.address}])
        served.browsers[name] = context
    page, ears = served.browsers[name].new_page(), Ears()
    ears.follow(page)
    try:
        yield page, ears
    finally:
        page.close()


def opened(data: bytes, name: str) -> bytes:
    """All text of a file, also of files within it."""
    if name.endswith(".pdf"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).encode()
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            return b"\n".join(
                part.encode() + b"\n" + opened(pack.read(part), part) for part in pack.namelist()
            )
    return data


def downloaded(page: Page, button: str) -> bytes:
    """The file behind a button, opened."""
    with page.expect_download(timeout=PATIENCE_MS) as waiting:
        page.get_by_role("button", name=button).first.click()
    download = waiting.value
    return download.suggested_filename.encode() + opened(
        Path(download.path()).read_bytes(), download.suggested_filename
    )


def visit(page: Page, served: Server, paths: Iterable[str]) -> None:
    """Open these pages, and every table on them."""
    for path in paths:
        page.goto(f"{served.address}/{path}")
        ended(page)
        open_tables(page)


def card_files(page: Page, served: Server) -> bytes:
    page.goto(f"{served.address}/kiem-nhiem")
    opened_files(page, "overlap-by_commune")
    return b"\n".join(downloaded(page, button) for button in ("Ảnh SVG", "Số liệu (Excel)"))


def briefing(page: Page, served: Server) -> bytes:
    page.goto(f"{served.address}/bao-cao")
    ended(page)
    page.get_by_role("button", name="Tạo trọn bộ (ZIP)").click()
    expect(page.get_by_role("button", name="Tải về bao-cao_")).to_be_visible(timeout=PATIENCE_MS)
    return downloaded(page, "Tải về bao-cao_")


def test_on_every_page_the_reader_of_one_commune_is_sent_nothing_of_another(browser: Browser, served: Server):
    with reading(browser, served, "one") as (page, ears):
        visit(page, served, PAGES.values())
        assert f"Z {OWN}" in ears.text()
        assert ears.others() == set()


def test_the_same_watching_finds_every_commune_at_a_reader_of_all(browser: Browser, served: Server):
    with reading(browser, served, "all") as (page, ears):
        visit(page, served, ("kiem-nhiem",))
        # No page shows a commune of later boundaries unasked.
        assert ears.others() >= set(OTHERS) - {"long-quang"}
        assert ears.names() >= set(OTHERS) - {"long-quang"}


@pytest.mark.parametrize("link", LINKS)
def test_a_link_made_by_hand_opens_no_other_commune(browser: Browser, served: Server, link: str):
    with reading(browser, served, "one") as (page, ears):
        page.goto(f"{served.address}/{link.format(old=served.old)}")
        ended(page)
        assert ears.names() == set()
        assert ears.others(but=("khe-tre",)) == set()


def test_the_same_link_opens_it_to_a_reader_of_all(browser: Browser, served: Server):
    with reading(browser, served, "all") as (page, ears):
        page.goto(f"{served.address}/xa?xa=khe-tre&phienban={served.old}")
        ended(page)
        assert "khe-tre" in ears.names()


def test_the_files_of_a_card_hold_nothing_of_another(browser: Browser, served: Server):
    with reading(browser, served, "one") as (page, _):
        files = Ears([card_files(page, served)])
    with reading(browser, served, "all") as (page, _):
        files_of_all = Ears([card_files(page, served)])
    assert (files.others(), "khe-tre" in files_of_all.others()) == (set(), True)


def test_the_whole_briefing_holds_nothing_of_another(browser: Browser, served: Server):
    with reading(browser, served, "one") as (page, ears):
        files = Ears([briefing(page, served)])
        assert OWN.encode() in files.heard[0]
        assert files.others() == set()
        assert ears.others() == set()


def test_a_file_that_was_made_for_somebody_else_is_not_handed_over(browser: Browser, served: Server):
    with reading(browser, served, "all") as (page, _):
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        card_files(page, served)
    media = [url for url in requests if url.startswith(f"{served.address}/media/")]
    assert media
    with reading(browser, served, "one") as (page, ears):
        answers = [page.request.get(url) for url in media]
        assert {answer.status for answer in answers} == {404}
        ears.heard.extend(answer.body() for answer in answers)
        page.goto(f"{served.address}/bao-cao")
        ended(page)
        assert page.get_by_role("button", name="Tải về bao-cao_").count() == 0
        assert ears.others() == set()


def test_each_export_is_a_line_of_the_audit_log(browser: Browser, served: Server):
    log = served.settings.parent / "state" / "audit.log"
    before = len(log.read_text("utf-8").splitlines()) if log.exists() else 0
    with reading(browser, served, "one") as (page, _):
        card_files(page, served)
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()[before:]]
    fields = ("who", "address", "format", "communes")
    exports = [tuple(entry[name] for name in fields) for entry in lines if entry["event"] == "export"]
    assert exports == [("one", "127.0.0.1", form, "Xã Z huong-son") for form in ("svg", "xlsx")]


def _bytes(frame: str | bytes) -> bytes:
    return frame.encode() if isinstance(frame, str) else frame
