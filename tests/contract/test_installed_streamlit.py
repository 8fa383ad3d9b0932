"""The installed Streamlit still has each name that is relied on; what it lacks is named.

Streamlit promises little of this: its words, test ids, scripts, addresses and messages. A control that it
names otherwise would be English on a Vietnamese page, an address that it adds would be open.
"""

from __future__ import annotations

import ast
import inspect
import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path

import pytest
import streamlit as st
from streamlit import config
from streamlit.proto import BackMsg_pb2, ForwardMsg_pb2
from streamlit.runtime import Runtime

from dashboard.streamlit_host import controls, index_html, paths

ROOT = Path(__file__).parents[2]
SOURCES = sorted([ROOT / "app.py", *(ROOT / "pages").glob("*.py"), *(ROOT / "src/dashboard").rglob("*.py")])
STYLES = sorted((ROOT / "src/dashboard/streamlit_host").rglob("*.[cj]ss")) + sorted(
    (ROOT / "src/dashboard/streamlit_host").rglob("*.js")
)
# A word of a test id or an attribute in a rule of style or a script.
TEST_ID = re.compile(r'data-testid="?(\w+)')
FIELDS = {
    ForwardMsg_pb2.ForwardMsg: (
        "auth_redirect.url",
        "backend_operation_response.deferred_file.url",
        "delta.new_element.alert.format",
        "delta.new_element.download_button.deferred_file_id",
        "delta.new_element.download_button.url",
        "delta.new_element.exception",
        "new_session",
        "page_config_changed.favicon",
        "script_finished",
    ),
    BackMsg_pb2.BackMsg: ("backend_operation_request.deferred_file.file_id", "rerun_script"),
}
# Served to readers; all other addresses of Streamlit are in `paths.SHUT`.
SERVED = {
    "/_stcore/health",
    "/script-health-check",
    "/_stcore/host-config",
    "/_stcore/stream",
    "/_stcore/upload_file",
    "/_stcore/bidi-components",
    "/media",
    "/component",
    "/app/static",
    "/static",
    "/",
}


def assert_none(missing: Iterable[str]) -> None:
    names = sorted(set(missing))
    assert not names, ", ".join(names)


@pytest.fixture(scope="module")
def bundle() -> str:
    """All scripts of the front end."""
    return "\n".join(path.read_text("utf-8") for path in (paths.static_folder() / "static/js").glob("*.js"))


def test_index_html_and_the_scripts_to_load_at_once():
    assert_none(index_html.missing())


def test_every_english_word_that_is_put_in_the_readers_language(bundle):
    words = {part for word in controls.ENGLISH.values() for part in word.split("*") if part.strip()}
    assert_none(word for word in words if not re.search(f"[\"'`}}>]{re.escape(word)}", bundle))


def test_every_test_id_in_styles_and_scripts(bundle):
    names = {name for path in STYLES for name in TEST_ID.findall(path.read_text("utf-8"))}
    assert len(names) > 20
    assert_none(name for name in names if not re.search(rf"[\"'`]{name}\b", bundle))


@pytest.mark.parametrize("word", ["st-key-", "vite:preloadError", "data-test-connection-state"])
def test_attributes_classes_and_events_in_styles_and_scripts(bundle, word):
    assert word in bundle


def test_every_field_of_a_message():
    def known(descriptor, path: str) -> bool:
        for name in path.split("."):
            field = descriptor.fields_by_name.get(name) if descriptor else None
            if field is None:
                return False
            descriptor = field.message_type
        return True

    missing = [path for kind, fields in FIELDS.items() for path in fields if not known(kind.DESCRIPTOR, path)]
    assert_none(missing)


@pytest.fixture(scope="module")
def routes() -> Iterator[set[str]]:
    """The addresses of a server, without what stands for a part of them."""
    if Runtime.exists():
        pytest.skip("another test runs a server")
    try:
        app = st.App(ROOT / "src/dashboard/router.py")
        routes = app._build_starlette_app().routes
        yield {getattr(route, "path", "").partition("{")[0].rstrip("/") or "/" for route in routes}
    finally:
        Runtime._instance = None


def test_every_address_that_is_relied_on(routes):
    needed = {paths.STREAM, paths.UPLOAD, paths.MEDIA, paths.APP_STATIC, "/_stcore/health"}
    assert_none(path for path in needed if path.rstrip("/") not in routes)


def test_every_address_is_either_served_or_shut(routes):
    assert_none(path for path in routes if path not in SERVED and not path.startswith(paths.SHUT))


def test_every_option_of_the_configuration():
    tables = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))
    names = [f"{table}.{key}" for table, values in tables.items() for key in values]
    known = config.get_config_options()
    missing = [name for name in names if name not in known and name.partition(".")[0] != "theme"]
    assert_none(missing)


def calls(tree: ast.AST) -> Iterator[tuple[str, list[str]]]:
    """Each call `st.name(…)`, with the keywords that it passes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and re.fullmatch(r"st(\.\w+)+", name := ast.unparse(node.func)):
            yield name.removeprefix("st."), [key.arg for key in node.keywords if key.arg]


def lacking(name: str, keywords: list[str]) -> Iterator[str]:
    """What Streamlit does not have of one call."""
    target = st
    for part in name.split("."):
        if part not in dir(target) and not hasattr(type(target), "__getattr__"):
            yield f"st.{name}"
            return
        target = getattr(target, part)
    parameters = inspect.signature(target).parameters
    if not any(parameter.kind == parameter.VAR_KEYWORD for parameter in parameters.values()):
        yield from (f"st.{name}({key}=)" for key in keywords if key not in parameters)


def imported(tree: ast.AST) -> Iterator[str]:
    """Each name that is imported from Streamlit and is not there."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "streamlit":
            for alias in node.names:
                try:
                    exists = hasattr(import_module(node.module), alias.name)
                    exists = exists or bool(import_module(f"{node.module}.{alias.name}"))
                except ImportError:
                    exists = False
                if not exists:
                    yield f"{node.module}.{alias.name}"


def test_every_function_parameter_and_import():
    trees = [ast.parse(path.read_text("utf-8")) for path in SOURCES]
    used = {(name, tuple(keywords)) for tree in trees for name, keywords in calls(tree)}
    assert len(used) > 40
    missing = {fault for name, keywords in used for fault in lacking(name, list(keywords))}
    missing |= {name for tree in trees for name in imported(tree)}
    assert_none(missing)


def test_the_server_runs_a_session_without_a_browser():
    methods = {"connect_session": ["client", "user_info"], "handle_backmsg": ["session_id", "msg"]}
    methods |= {"close_session": ["session_id"], "is_active_session": ["session_id"]}
    missing = [
        f"Runtime.{name}({parameter})"
        for name, parameters in methods.items()
        for parameter in parameters
        if parameter not in inspect.signature(getattr(Runtime, name, lambda: None)).parameters
    ]
    assert_none(missing)
