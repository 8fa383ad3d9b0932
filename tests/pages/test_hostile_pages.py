"""Every page with names that are markup: each stands there as the text that it is, and as nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

import hostile
from dashboard import text, ui
from dashboard.dataset import Dataset, load
from dashboard.ui.plain import plain

ROOT = Path(__file__).parents[2]
PAGES = {
    "overview": {},
    "structure": {},
    "overlap": {},
    "goals": {"giadinh": "khe-tre-1.member.front_head"},
    "changes": {},
    "commune": {},
    "village": {"thon": "huong-son-2"},
    "briefing": {},
    "data": {},
}
# Texts that the browser shows as they are: choices of lists, what a field holds, keys, a chart's description,
# the names of pages, places and files.
AS_IT_IS = {
    ("Selectbox", "options"),
    ("Selectbox", "raw_value"),
    ("MultiSelect", "options"),
    ("MultiSelect", "raw_values"),
    ("ButtonGroup", "raw_values"),
    ("VegaLiteChart", "spec"),
    ("VegaLiteChart", "alt"),
    ("ArrowVegaLiteChart", "spec"),
    ("ArrowVegaLiteChart", "alt"),
    ("BidiComponent", "json"),
    ("BidiComponent", "mixed"),
    ("Html", "body"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile.folder(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def data(folder: Path) -> Dataset:
    return load(folder)


@pytest.fixture(autouse=True)
def shown(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DASHBOARD_DATA", str(folder))
    ui.source.cache_clear()
    yield
    ui.source.cache_clear()


def open_page(name: str, lang: str, **query: str) -> AppTest:
    """A page with one commune chosen, and with what its link says more."""
    at = AppTest.from_file(ROOT / "src" / "dashboard" / "router.py", default_timeout=60)
    at.session_state["lang"] = lang
    at.query_params["xa"] = ["huong-son"]
    for key, value in query.items():
        at.query_params[key] = [value]
    at.run()
    if name != "overview":
        at.switch_page(str(ROOT / "pages" / f"{name}.py"))
        for key, value in query.items():
            at.query_params[key] = [value]
        at.run()
    assert not at.exception
    return at


def protos(block: Any) -> Iterator[Message]:
    """What goes to the browser, part by part."""
    if getattr(block, "proto", None) is not None:
        yield block.proto
    for child in getattr(block, "children", {}).values():
        yield from protos(child)


def texts(message: Message) -> Iterator[tuple[str, str, str]]:
    """(kind of element, field, text) of every text in a message that the browser reads as markdown."""
    for described, value in message.ListFields():
        many = value if described.is_repeated else [value]
        for one in many:
            if isinstance(one, Message):
                yield from texts(one)
            elif isinstance(one, str) and (message.DESCRIPTOR.name, described.name) not in AS_IT_IS:
                yield message.DESCRIPTOR.name, described.name, one


def alive(written: str) -> list[str]:
    """What of a hostile name is not escaped in a markdown."""
    left = re.sub(r"\\(.)", "\ue000", written)
    return [part for part in hostile.LIVE if part in left]


@pytest.mark.parametrize("lang", text.LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_no_name_is_markup(name: str, lang: str):
    at = open_page(name, lang, **PAGES[name])
    found = [
        (kind, field, part, written[:200])
        for proto in protos(at._tree)
        for kind, field, written in texts(proto)
        for part in alive(written)
    ]
    assert found == []


@pytest.mark.parametrize("page", PAGES)
def test_the_name_stands_there(page: str, data: Dataset):
    at = open_page(page, "vi", **PAGES[page])
    said = [written for proto in protos(at._tree) for _, _, written in texts(proto)]
    name = data.communes.set_index("commune_id").at["huong-son", "name"]
    assert any(plain(name) in one for one in said)


def test_the_page_of_a_commune_is_headed_by_its_name(data: Dataset):
    name = data.communes.set_index("commune_id").at["huong-son", "name"]
    (heading,) = (one.value for one in open_page("commune", "vi").markdown if one.value.startswith("# "))
    assert heading.splitlines()[0] == f"# {plain(f'Xã {name}')}"


def test_a_link_that_names_what_is_not_there_is_quoted_as_text():
    stranger = hostile.name(0)
    at = open_page("goals", "vi", muc=stranger)
    assert any(plain(stranger) in warning.value for warning in at.warning)
