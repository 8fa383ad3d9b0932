"""Messages between Streamlit's pages and server, as the websocket carries them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


@dataclass(frozen=True)
class FromServer:
    """What a message of the server says.

    `files` are those it offers: addresses of finished ones, ids of those made on demand. Only fields that the
    server fills by itself count: a page's name, say, is the browser's own word. `run` is "ended" where no
    other run follows at once.
    """

    files: tuple[str, ...] = ()
    run: Literal["begun", "ended"] | None = None


@dataclass(frozen=True)
class FromBrowser:
    """What a message of the browser asks for: the file with this id, a run of the script."""

    file: str | None = None
    run: bool = False


def session_expired_message() -> bytes:
    """A message upon which the page loads its own address again: that leads on to the sign-in page, and from
    there back to the same page and filters."""
    message = ForwardMsg()
    # Streamlit's pages go to the address that they are sent to; a blank one is their own.
    message.auth_redirect.url = ""
    message.auth_redirect.SetInParent()
    return bytes(message.SerializeToString())


def from_server(data: bytes) -> FromServer:
    """Read a message of the server."""
    message = _parsed(ForwardMsg, data)
    if message is None:
        return FromServer()
    button = message.delta.new_element.download_button
    files = (
        button.url,
        button.deferred_file_id,
        message.backend_operation_response.deferred_file.url,
        message.page_config_changed.favicon,
    )
    run: Literal["begun", "ended"] | None = None
    if message.HasField("new_session"):
        run = "begun"
    elif message.HasField("script_finished"):
        run = None if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN else "ended"
    return FromServer(tuple(file for file in files if file), run)


def from_browser(data: bytes) -> FromBrowser:
    """Read a message of the browser."""
    message = _parsed(BackMsg, data)
    if message is None:
        return FromBrowser()
    request = message.backend_operation_request
    file = str(request.deferred_file.file_id) if request.HasField("deferred_file") else None
    return FromBrowser(file, message.HasField("rerun_script"))


def _parsed(kind: type[ForwardMsg] | type[BackMsg], data: bytes) -> Any:
    try:
        return kind.FromString(data)
    except DecodeError:
        return None
