"""Messages of the websocket."""

from __future__ import annotations

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.streamlit_host import messages

FILE = "/media/" + "a" * 56 + ".svg"


def test_the_end_of_a_sign_in_sends_the_page_to_its_own_address():
    message = ForwardMsg.FromString(messages.session_expired_message())
    assert message.WhichOneof("type") == "auth_redirect"
    assert message.auth_redirect.url == ""


def test_files_are_offered_by_the_fields_that_the_server_fills():
    button, response, icon = ForwardMsg(), ForwardMsg(), ForwardMsg()
    button.delta.new_element.download_button.url = FILE
    button.delta.new_element.download_button.deferred_file_id = "1"
    response.backend_operation_response.deferred_file.url = FILE
    icon.page_config_changed.favicon = FILE
    offered = [
        messages.from_server(message.SerializeToString()).files for message in (button, response, icon)
    ]
    assert offered == [(FILE, "1"), (FILE,), (FILE,)]


def test_the_browsers_own_words_that_come_back_offer_nothing():
    page, word, config = ForwardMsg(), ForwardMsg(), ForwardMsg()
    page.page_not_found.page_name = FILE
    word.delta.new_element.markdown.body = FILE
    config.page_config_changed.title = FILE
    for message in (page, word, config):
        assert messages.from_server(message.SerializeToString()) == messages.FromServer()
    assert messages.from_server(FILE.encode()) == messages.FromServer()


def test_a_browser_asks_for_a_file_by_its_id_and_for_a_run():
    file, run, stop = BackMsg(), BackMsg(), BackMsg(stop_script=True)
    file.backend_operation_request.deferred_file.file_id = "1"
    run.rerun_script.SetInParent()
    requests = [messages.from_browser(message.SerializeToString()) for message in (file, run, stop)]
    nothing = messages.FromBrowser()
    assert requests == [messages.FromBrowser("1"), messages.FromBrowser(run=True), nothing]
    assert messages.from_browser(b"x") == nothing


@pytest.mark.parametrize(
    ("status", "run"),
    [
        ("FINISHED_SUCCESSFULLY", "ended"),
        ("FINISHED_WITH_COMPILE_ERROR", "ended"),
        ("FINISHED_FRAGMENT_RUN_SUCCESSFULLY", "ended"),
        ("FINISHED_EARLY_FOR_RERUN", None),
    ],
)
def test_a_run_has_ended_where_no_other_follows_at_once(status, run):
    finished = ForwardMsg(script_finished=ForwardMsg.ScriptFinishedStatus.Value(status))
    assert messages.from_server(finished.SerializeToString()).run == run


def test_a_run_has_begun():
    begun = ForwardMsg()
    begun.new_session.SetInParent()
    assert messages.from_server(begun.SerializeToString()).run == "begun"
