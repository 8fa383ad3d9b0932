"""What a page is told when its sign-in has ended."""

from __future__ import annotations

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


def reload() -> bytes:
    """A message upon which the page loads its own address anew: the gate leads it on to the sign-in page, and
    from there back to the same page and filters."""
    message = ForwardMsg()
    # Streamlit's pages go to the address that they are sent to; a blank one is their own.
    message.auth_redirect.url = ""
    message.auth_redirect.SetInParent()
    return bytes(message.SerializeToString())
