"""What a page is told when its sign-in has ended."""

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard import ui


def test_it_sends_the_page_to_its_own_address():
    message = ForwardMsg.FromString(ui.reload())
    assert message.WhichOneof("type") == "auth_redirect"
    assert message.auth_redirect.url == ""
