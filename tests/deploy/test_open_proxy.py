"""A proxy on the same computer that adds nothing, before a server in mode local: it opens nothing."""

from __future__ import annotations

from collections.abc import Iterator

import deployment
import pytest
import servers

from asking import UPGRADE, ask

BARE = "server {{ listen 127.0.0.1:{front}; location / {{ proxy_pass http://127.0.0.1:{port}; }} }}"
# As for any program with websockets; it rewrites the origin, so that this is no obstacle.
UPGRADING = """server {{ listen 127.0.0.1:{front}; location / {{
    proxy_pass http://127.0.0.1:{port};
    proxy_http_version 1.1;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection $http_connection;
    proxy_set_header Origin http://127.0.0.1:{port};
}} }}"""
ASKED = {"/": {"Accept": "text/html"}, "/_stcore/health": {}, "/_stcore/stream": UPGRADE}


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Where a server in mode local listens."""
    free = servers.free_port()
    with servers.running(port=free):
        yield free


@pytest.mark.parametrize("site", [BARE, UPGRADING], ids=["bare", "upgrading"])
def test_who_reaches_the_proxy_does_not_reach_the_dashboard(nginx: str, tmp_path, port: int, site: str):
    front = servers.free_port()
    (tmp_path / "site.conf").write_text(site.format(front=front, port=port), "utf-8")
    with deployment.nginx(deployment.around(tmp_path / "site.conf"), front):
        for path, sent in ASKED.items():
            # Where it comes from is not seen behind it.
            answer = ask(f"http://127.0.0.1:{front}", path, {"Host": "dashboard.example", **sent})
            assert answer.status not in (101, 200), path
            if site == UPGRADING:
                assert answer.status == 401, path
            assert 'id="root"' not in answer.body
