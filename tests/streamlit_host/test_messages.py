"""Messages of the websocket."""

from __future__ import annotations

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.streamlit_host import messages

FILE = "/media/" + "a" * 56 + ".svg"


def test_the_end_of_a_sign_in_sends_the_page_to_its_own_address():
    message = ForwardMsg.FromString(messages.session_expired_message())
    assert message.WhichOneof("type") == "auth_redirect"
    assert message.auth_redirect.url == ""


def test_files_are_offered_by_the_fields_that_the_server_fills():
    button, made, icon = ForwardMsg(), ForwardMsg(), ForwardMsg()
    button.delta.new_element.download_button.url = FILE
    button.delta.new_element.download_button.deferred_file_id = "1"
    made.backend_operation_response.deferred_file.url = FILE
    icon.page_config_changed.favicon = FILE
    offered = [messages.offered_files(one.SerializeToString()) for one in (button, made, icon)]
    assert offered == [[FILE, "1"], [FILE], [FILE]]


def test_the_browsers_own_words_that_come_back_offer_nothing():
    page, word, config = ForwardMsg(), ForwardMsg(), ForwardMsg()
    page.page_not_found.page_name = FILE
    word.delta.new_element.markdown.body = FILE
    config.page_config_changed.title = FILE
    assert [messages.offered_files(one.SerializeToString()) for one in (page, word, config)] == [[], [], []]
    assert messages.offered_files(FILE.encode()) == []


def test_a_browser_asks_for_a_file_by_its_id():
    file, run = BackMsg(), BackMsg()
    file.backend_operation_request.deferred_file.file_id = "1"
    run.rerun_script.query_string = "1"
    asked = [messages.requested_file(one.SerializeToString()) for one in (file, run)]
    assert [*asked, messages.requested_file(b"x")] == ["1", None, None]
