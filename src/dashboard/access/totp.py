"""The second step of signing in: a code of six digits from an app on the phone (TOTP, RFC 6238)."""

from __future__ import annotations

import re

import pyotp
import segno
from pyotp.exceptions import OTPVerificationError

from dashboard.access.accounts import Account

_SECRET = re.compile(r"[A-Z2-7]{32}")


def new_secret() -> str:
    """A secret to be shared with an app."""
    return pyotp.random_base32()


def matching_step(secret: str, code: str) -> int | None:
    """The time step whose code it is, now or half a minute before or after, since clocks differ; None where
    it is the code of no such time, or the secret is none of ours."""
    if not _SECRET.fullmatch(secret):
        return None
    try:
        return pyotp.TOTP(secret).verify_and_get_timecode(code.replace(" ", ""), valid_window=1)
    except OTPVerificationError:
        return None


def qr_code(secret: str, account: Account, issuer: str) -> str:
    """The picture (SVG) by which an app takes the secret."""
    address = pyotp.TOTP(secret).provisioning_uri(name=account.name, issuer_name=issuer)
    return segno.make(address, error="m").svg_inline(border=2, omitsize=True)
