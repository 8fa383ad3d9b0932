"""What the shell of every page asks for at once."""

from __future__ import annotations

import re

from dashboard import text
from dashboard.access import early, headers, shell

HTML = (early.streamlit_files() / "index.html").read_text("utf-8")


def scripts(html: str) -> list[str]:
    """The scripts that a shell asks for at once."""
    return re.findall(r'<link rel="modulepreload" crossorigin href="\./static/js/([^"]+)">', html)


def test_what_draws_a_chart_is_asked_for_at_once_and_all_once():
    asked = scripts(shell.translated(HTML, text.get("vi")))
    assert {"ArrowVegaLiteChart", "embed", "vega-interpreter"} <= {name.split(".")[0] for name in asked}
    assert len(asked) == len(set(asked))


def test_every_script_is_there():
    folder = early.streamlit_files() / "static" / "js"
    assert [name for name in scripts(early.head()) if not (folder / name).is_file()] == []


def test_the_policy_lets_the_shell_say_where_its_server_is():
    html = shell.translated(HTML, text.get("vi"))
    assert f"<script>{early.SERVER}</script>" in html
    policy = headers.policy(secure=False)["Content-Security-Policy"]
    assert all(f"'sha256-{digest}'" in policy for digest in shell.inline_scripts())
