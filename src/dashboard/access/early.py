"""What the shell asks for at once: Streamlit's front end learns only from the content of a page which of its
scripts it needs, and guesses where its server is."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

# The scripts of what stands on nearly every page, as Streamlit names them before their hash. One that it no
# longer has is left out.
_PARTS = (
    "ArrowVegaLiteChart",
    "embed",
    "Multiselect",
    "Selectbox",
    "ButtonGroup",
    "Button",
    "BidiComponent",
    "Html",
    "Metric",
)
_NEEDED = re.compile(r"""\bimport\s*(?:[\w$*{][^"'`;()]*from\s*)?["']\./([^"']+\.js)["']""")
# The pages are one folder down, where the front end would look for its server first, in vain.
SERVER = 'window.__streamlit = { BACKEND_BASE_URL: location.origin + "/" }'


def streamlit_files() -> Path:
    """The folder of Streamlit's front end."""
    found = find_spec("streamlit")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "static"


@cache
def head() -> str:
    """What is put at the end of the shell's head."""
    links = (f'<link rel="modulepreload" crossorigin href="./static/js/{name}">' for name in _wanted())
    return "\n".join([f"<script>{SERVER}</script>", *links, ""])


def _wanted() -> list[str]:
    """The scripts of `_PARTS` and those that they need, but for those that the shell names already."""
    folder = streamlit_files() / "static" / "js"
    shell = (streamlit_files() / "index.html").read_text("utf-8")
    wanted: dict[str, None] = {}
    left = [path.name for part in reversed(_PARTS) for path in sorted(folder.glob(f"{part}.*.js"))]
    while left:
        name = left.pop()
        if name not in wanted and name not in shell:
            wanted[name] = None
            left += _NEEDED.findall((folder / name).read_text("utf-8"))
    return list(wanted)
