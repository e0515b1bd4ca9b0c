"""Signed tokens (JWT, HS256): access tokens of the external app and tokens of storefront users."""

import base64
import hashlib
import hmac
import json
from typing import Any


class TokenError(Exception):
    """The token is malformed, signed by somebody else, of another kind, or expired."""


def sign(claims: dict[str, Any], *, key: bytes) -> str:
    head = _encode({"alg": "HS256", "typ": "JWT"})
    body = _encode(claims)
    return f"{head}.{body}.{_signature(f'{head}.{body}', key)}"


def read(token: str, *, key: bytes, now: float) -> dict[str, Any]:
    """Return the claims of a token that is genuine and not expired.

    Raises TokenError.
    """
    signed, _, signature = token.rpartition(".")
    if not hmac.compare_digest(signature.encode(), _signature(signed, key).encode()):
        raise TokenError("unknown")
    try:
        claims = json.loads(_decode(signed.partition(".")[2]))
    except ValueError as error:
        raise TokenError("malformed") from error
    if claims.get("exp", 0) <= now:
        raise TokenError("expired")
    return claims


def _signature(signed: str, key: bytes) -> str:
    return _base64(hmac.new(key, signed.encode(), hashlib.sha256).digest())


def _encode(part: dict[str, Any]) -> str:
    return _base64(json.dumps(part, separators=(",", ":")).encode())


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
