"""What the shell of every page asks for at once."""

from __future__ import annotations

import re

from dashboard import text
from dashboard.access import front_end, headers

HTML = (front_end.streamlit_files() / "index.html").read_text("utf-8")


def scripts(html: str) -> list[str]:
    """The scripts that a shell asks for at once."""
    return re.findall(r'<link rel="modulepreload" crossorigin href="\./static/js/([^"]+)">', html)


def test_what_draws_a_chart_is_asked_for_at_once_and_all_once():
    asked = scripts(front_end.translated(HTML, text.get("vi")))
    assert {"ArrowVegaLiteChart", "embed", "vega-interpreter"} <= {name.split(".")[0] for name in asked}
    assert len(asked) == len(set(asked))


def test_every_script_is_there():
    folder = front_end.streamlit_files() / "static" / "js"
    assert [name for name in scripts(front_end.head()) if not (folder / name).is_file()] == []


def test_the_policy_lets_the_shell_say_where_its_server_is():
    html = front_end.translated(HTML, text.get("vi"))
    assert f"<script>{front_end.SERVER}</script>" in html
    policy = headers.policy(secure=False)["Content-Security-Policy"]
    assert all(f"'sha256-{digest}'" in policy for digest in front_end.inline_scripts())
