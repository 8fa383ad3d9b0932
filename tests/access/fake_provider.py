"""A provider of OpenID Connect on this computer that a test tells whom to name, and how to be wrong."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "dashboard", "a-secret-of-the-client-in-tests"
# Made once: each takes a second of a busy machine.
FIRST_KEY, OTHER_KEY = (RSAKey.generate_key(2048, {"kid": kid}) for kid in ("first", "other"))


@dataclass
class Provider:
    """What it answers: `claims` go into the ID token, `userinfo` is told on its own."""

    issuer: str = ""
    key: RSAKey = field(default_factory=lambda: FIRST_KEY)
    claims: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] | None = None
    nonce: str = ""
    challenge: str = ""
    # "" = as it should; else what is wrong with the signature or the answer.
    wrong: str = ""
    slow_s: float = 0
    asked: list[str] = field(default_factory=list)

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": f"{self.issuer}/other" if self.wrong == "calls itself otherwise" else self.issuer,
            "authorization_endpoint": f"{self.issuer}/auth",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
            **({"userinfo_endpoint": f"{self.issuer}/me"} if self.userinfo is not None else {}),
        }

    def token(self, form: dict[str, list[str]], authorization: str) -> tuple[int, dict[str, Any]]:
        """The answer to a code, where client, secret and PKCE's verifier are right."""
        client = base64.b64decode(authorization.removeprefix("Basic ")).decode()
        verifier = hashlib.sha256(form["code_verifier"][0].encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).rstrip(b"=").decode()
        if client != f"{CLIENT}:{SECRET}" or challenge != self.challenge or self.wrong == "code refused":
            return 400, {"error": "invalid_grant"}
        found = {"access_token": "an-access-token", "token_type": "Bearer"}
        return 200, found if self.wrong == "no ID token" else {**found, "id_token": self.id_token()}

    def id_token(self) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "7",
            "iat": now,
            "exp": now + 300,
            "nonce": self.nonce,
            **self.claims,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.wrong == "signed by another":
            return str(jwt.encode({"alg": "RS256", "kid": "first"}, claims, OTHER_KEY))
        if self.wrong == "signed with the secret":
            key = OctKey.import_key(SECRET)
            return str(jwt.encode({"alg": "HS256"}, claims, key, algorithms=["HS256"]))
        token = str(jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key))
        if self.wrong == "not signed":
            head = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
            return f"{head}.{token.split('.')[1]}."
        return token


@contextmanager
def running() -> Iterator[Provider]:
    """A provider that answers on a free port until the end."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            provider.asked.append(self.path)
            time.sleep(provider.slow_s)
            answers = {
                "/.well-known/openid-configuration": provider.metadata,
                "/jwks": lambda: {"keys": [provider.key.as_dict(private=False)]},
                "/me": lambda: provider.userinfo,
            }
            self.answer(503 if provider.wrong == "down" else 200, answers[self.path]())

        def do_POST(self) -> None:
            provider.asked.append(self.path)
            form = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
            self.answer(*provider.token(form, self.headers.get("authorization", "")))

        def answer(self, status: int, content: object) -> None:
            body = b"<html>" if provider.wrong == "no JSON" else json.dumps(content).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
