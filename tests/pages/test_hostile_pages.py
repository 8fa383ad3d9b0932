"""Every page with names that are markup: each is shown as the text that it is, and as nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

import app_page
import hostile
from app_page import NAMES, needed
from dashboard import text
from dashboard.dataset import Dataset, load
from dashboard.ui.markdown import escape_markdown

CHANGE = "khe-tre-1.member.front_head"
# Texts that the browser shows as they are: choices of lists, what a field holds, keys, a chart's description,
# the names of pages, places and files.
AS_IT_IS = {
    ("Selectbox", "options"),
    ("Selectbox", "raw_value"),
    ("ButtonGroup", "raw_values"),
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
def shown_data(folder, show_data) -> None:
    show_data(folder)


def open_page(name: str, lang: str = "vi", **query: str) -> AppTest:
    """A page with one commune and one change chosen, and with what its link says more."""
    return app_page.open_page(
        name, lang=lang, **{"xa": ["huong-son"], "giadinh": CHANGE, **needed(name), **query}
    )


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
        for item in many:
            if isinstance(item, Message):
                yield from texts(item)
            elif isinstance(item, str) and (message.DESCRIPTOR.name, described.name) not in AS_IT_IS:
                yield message.DESCRIPTOR.name, described.name, item


def alive(written: str) -> list[str]:
    """What of a hostile name is not escaped in a markdown."""
    left = re.sub(r"\\(.)", "\ue000", written)
    return [part for part in hostile.LIVE if part in left]


@pytest.mark.parametrize("lang", text.LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_name_is_there_and_none_is_markup(name: str, lang: str, data: Dataset):
    sent = [item for proto in protos(open_page(name, lang)._tree) for item in texts(proto)]
    live = [(kind, field, part, written[:200]) for kind, field, written in sent for part in alive(written)]
    assert live == []
    commune = data.communes.set_index("commune_id").at["huong-son", "name"]
    assert any(escape_markdown(commune) in written for _, _, written in sent)


def test_the_page_of_a_commune_is_headed_by_its_name(data: Dataset):
    name = data.communes.set_index("commune_id").at["huong-son", "name"]
    (heading,) = (
        element.value for element in open_page("commune").markdown if element.value.startswith("# ")
    )
    assert heading.splitlines()[0] == f"# {escape_markdown(f'Xã {name}')}"


def test_a_link_that_names_what_is_not_there_is_quoted_as_text():
    unknown = hostile.name(0)
    at = open_page("goals", muc=unknown)
    assert any(escape_markdown(unknown) in warning.value for warning in at.warning)
