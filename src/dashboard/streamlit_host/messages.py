"""Messages between Streamlit's pages and server, as the websocket carries them."""

from __future__ import annotations

from typing import Any

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


def session_expired_message() -> bytes:
    """A message upon which the page loads its own address again: that leads on to the sign-in page, and from
    there back to the same page and filters."""
    message = ForwardMsg()
    # Streamlit's pages go to the address that they are sent to; a blank one is their own.
    message.auth_redirect.url = ""
    message.auth_redirect.SetInParent()
    return bytes(message.SerializeToString())


def offered_files(data: bytes) -> list[str]:
    """The files that a message of the server offers: addresses of finished ones, ids of those made on demand.

    Only fields that the server fills by itself count: a page's name, say, is the browser's own word.
    """
    message = _parsed(ForwardMsg, data)
    if message is None:
        return []
    button = message.delta.new_element.download_button
    files = [
        button.url,
        button.deferred_file_id,
        message.backend_operation_response.deferred_file.url,
        message.page_config_changed.favicon,
    ]
    return [file for file in files if file]


def requested_file(data: bytes) -> str | None:
    """The id of the file that a message of the browser asks to be made; None where it asks for none."""
    message = _parsed(BackMsg, data)
    if message is None or not message.backend_operation_request.HasField("deferred_file"):
        return None
    return str(message.backend_operation_request.deferred_file.file_id)


def _parsed(kind: type[ForwardMsg] | type[BackMsg], data: bytes) -> Any:
    try:
        return kind.FromString(data)
    except DecodeError:
        return None
