"""The provider that signs readers in: OpenID Connect, the code flow with PKCE, by Authlib's Starlette client.

Nothing that the provider hands out is kept: its tokens are read once and forgotten.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from authlib.integrations.starlette_client import OAuth, OAuthError
from joserfc.errors import JoseError
from starlette.requests import Request

from dashboard.settings import Oidc

_LOG = logging.getLogger("dashboard")
# For one request to the provider, and for all that signing in takes.
PATIENCE_S, WHOLE_S = 5, 15
# A provider that could not be reached is left in peace for so long.
AGAIN_S = 5
# Signatures that only the provider can make; never "none", nor one made with the secret that we know, too.
_SIGNED_WITH = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
_NAME = "oidc"
# Names are shown and written into the audit log.
_LONGEST = 200

Reason = Literal["cancelled", "expired", "unreachable", "failed"]


class ProviderError(Exception):
    """Nobody signed in; `reason` is the key of the sentence in `access.toml`, below `oidc`."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


@dataclass(frozen=True)
class Identity:
    """Whom the provider names: its id of the subject, the address and whether that is verified, the groups,
    and what the subject is called there."""

    subject: str
    address: str
    verified: bool
    groups: tuple[str, ...]
    called: str

    @property
    def name(self) -> str:
        """What the reader goes by here: the address where it is verified."""
        identity = (self.address if self.verified else "") or self.called or self.subject
        return identity[:_LONGEST]


class Provider:
    """One provider; asked for its addresses and keys when somebody first signs in."""

    def __init__(self, oidc: Oidc, back: str) -> None:
        self._oidc, self._back = oidc, back
        self._client: Any = None
        self._failed_at = -float(AGAIN_S)
        self._turn = asyncio.Lock()

    async def start(self, request: Request, lang: str, *, again: bool) -> str:
        """The address at the provider where the browser goes on; `request.session` holds what its answer has
        to match. `again`: the provider asks who it is, even if it knows. `ProviderError` "unreachable"."""
        client = await self._ready()
        asked = {"ui_locales": lang, **({"prompt": "login"} if again else {})}
        request_data = await client.create_authorization_url(self._back, **asked)
        address = str(request_data.pop("url"))
        await client.save_authorize_data(request, redirect_uri=self._back, **request_data)
        return address

    async def signed_in(self, request: Request, enough: Callable[[Identity], bool]) -> Identity:
        """Who comes back from the provider: as its ID token says; where that is not `enough`, as its userinfo
        says. `ProviderError` where that fails."""
        client = await self._ready()
        if request.query_params.get("iss", self._oidc.issuer) != self._oidc.issuer:
            raise ProviderError("failed")
        try:
            async with asyncio.timeout(WHOLE_S):
                token = await self._token(client, request)
                identity = _identity(token["userinfo"])
                if not enough(identity) and client.server_metadata.get("userinfo_endpoint"):
                    identity = await self._userinfo(client, token, identity)
        except OAuthError as error:
            raise _refused(error) from error
        except JoseError as error:
            # Its keys may be others by now: asked for again the next time.
            self._client = None
            _LOG.warning("oidc: an ID token was not accepted: %s", error)
            raise ProviderError("failed") from error
        except ProviderError:
            raise
        except TimeoutError as error:
            _LOG.warning("oidc: %s did not answer in time", self._oidc.issuer)
            raise ProviderError("unreachable") from error
        except Exception as error:
            # Whatever an answer that is none makes of the libraries; it lets no reader in.
            _LOG.warning("oidc: %s answered otherwise than a provider does: %r", self._oidc.issuer, error)
            raise ProviderError("failed") from error
        return identity

    async def _token(self, client: Any, request: Request) -> Mapping[str, Any]:
        token: Mapping[str, Any] = await client.authorize_access_token(
            request,
            claims_options={
                "iss": {"essential": True, "values": [self._oidc.issuer]},
                "aud": {"essential": True, "values": [self._oidc.client_id]},
            },
        )
        return token

    async def _userinfo(self, client: Any, token: Mapping[str, Any], known: Identity) -> Identity:
        identity = _identity(await client.userinfo(token=token))
        if identity.subject != known.subject:
            _LOG.warning("oidc: userinfo is of another subject than the ID token")
            raise ProviderError("failed")
        return identity

    async def _ready(self) -> Any:
        """The client, with the provider's addresses."""
        async with self._turn:
            if self._client is None:
                if time.monotonic() - self._failed_at < AGAIN_S:
                    raise ProviderError("unreachable")
                try:
                    self._client = await self._discovered()
                except Exception as error:
                    self._failed_at = time.monotonic()
                    _LOG.warning("oidc: %s cannot be asked: %r", self._oidc.issuer, error)
                    raise ProviderError("unreachable") from error
            return self._client

    async def _discovered(self) -> Any:
        client = OAuth().register(
            _NAME,
            client_id=self._oidc.client_id,
            client_secret=self._oidc.client_secret,
            server_metadata_url=f"{self._oidc.issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={
                "scope": self._oidc.scope,
                "code_challenge_method": "S256",
                "timeout": PATIENCE_S,
            },
        )
        metadata = await client.load_server_metadata()
        if metadata.get("issuer") != self._oidc.issuer:
            raise ValueError(f"it calls itself {metadata.get('issuer')!r}: write oidc.issuer like that")
        offered = metadata.get("id_token_signing_alg_values_supported", ["RS256"])
        metadata["id_token_signing_alg_values_supported"] = [name for name in offered if name in _SIGNED_WITH]
        return client


def _refused(error: OAuthError) -> ProviderError:
    """What the provider answered, as the reader is told it."""
    if error.error == "mismatching_state":
        return ProviderError("expired")
    _LOG.warning("oidc: nobody signed in: %s", str(error.error)[:_LONGEST])
    return ProviderError("cancelled" if error.error == "access_denied" else "failed")


def _identity(claims: Mapping[str, Any]) -> Identity:
    """The identity of one source. Address and `email_verified` are never taken from two."""
    groups = claims.get("groups", ())
    return Identity(
        subject=str(claims["sub"]),
        address=_text(claims.get("email")),
        verified=claims.get("email_verified") is True,
        groups=tuple(_text(one) for one in groups) if isinstance(groups, list | tuple) else (_text(groups),),
        called=_text(claims.get("preferred_username")),
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
