"""The shop's own access token (OAuth2 client credentials), fetched once for all processes.

It lies in Django's cache as it is: whoever can read that cache can act as the shop until the token expires,
so the cache deserves the protection of the database. The client secret is never put there, and the key
reveals neither.
"""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

import requests
from django.core.cache import cache

from core.bounds import FROM_HUB, bounded_json

from .config import HubConfig
from .errors import HubContractError, HubError, HubForbidden, HubNotFound, HubRejected, HubUnavailable
from .locks import try_lock

TOKEN_PATH = "/connect/token"  # noqa: S105 - an address

REFRESH_EARLY_SECONDS = 60
REFRESH_SHORT_LIVED_AT = 0.8
ASSUMED_LIFETIME_SECONDS = 300

POLL_OTHERS_SECONDS = 0.05

CREDENTIALS_REFUSED = (
    "The Hub refused the shop's credentials. Check CCHUB_CLIENTID and CCHUB_CLIENTSECRET against the "
    "external app in the Hub (Settings > External apps), and that CCHUB_BASEURL is the Hub that issued them."
)
CREDENTIALS_MISSING = "CCHUB_BASEURL, CCHUB_CLIENTID or CCHUB_CLIENTSECRET is not set."
NO_TOKEN = (
    "The token endpoint did not answer with a token. Check that CCHUB_BASEURL is the address of the Hub."  # noqa: S105
)


@dataclass(frozen=True)
class HeldToken:
    """A token with the moments (seconds since the epoch) to replace it and to stop using it."""

    value: str = field(repr=False)
    refresh_at: float
    expires_at: float


class AccessTokens:
    """Hands out the current access token; `exchange` sends a request as `Transport.exchange` does."""

    def __init__(self, config: HubConfig, exchange: Callable[..., requests.Response]):
        self._config = config
        self._exchange = exchange
        self._key = f"cchub:{config.fingerprint}:token"

    def current(self) -> str:
        """A token that the Hub should accept. Raises HubForbidden, HubUnavailable or HubContractError."""
        held = self._held()
        if held is None:
            return self._obtain(other_than="")
        if time.time() < held.refresh_at:
            return held.value
        with self._try_lock() as is_ours:
            return self._renew(held) if is_ours else held.value

    def replace(self, rejected: str) -> str:
        """A token other than `rejected`, which the Hub has just refused."""
        return self._obtain(other_than=rejected)

    def _obtain(self, *, other_than: str) -> str:
        """Fetch a token, or wait for the process that is already fetching one."""
        give_up_at = time.monotonic() + self._config.timeout_seconds
        while time.monotonic() < give_up_at:
            with self._try_lock() as is_ours:
                held = self._held()
                if held is not None and held.value != other_than:
                    return held.value
                if is_ours:
                    return self._fetch()
            time.sleep(POLL_OTHERS_SECONDS)
        return self._fetch()

    def _renew(self, held: HeldToken) -> str:
        """A token in place of one that ends soon, unless somebody has just fetched it."""
        latest = self._held()
        if latest is not None and time.time() < latest.refresh_at:
            return latest.value
        try:
            return self._fetch()
        except HubUnavailable:
            return held.value

    def _held(self) -> HeldToken | None:
        held = cache.get(self._key)
        return held if held is not None and time.time() < held.expires_at else None

    def _try_lock(self) -> AbstractContextManager[bool]:
        return try_lock(self._key, seconds=2 * sum(self._config.timeout))

    def _fetch(self) -> str:
        config = self._config
        if not (config.base_url and config.client_id and config.client_secret):
            raise HubForbidden(CREDENTIALS_MISSING)
        asked_at = time.time()
        refused: HubError | None = None
        try:
            response = self._exchange(
                "POST",
                config.base_url + TOKEN_PATH,
                template=TOKEN_PATH,
                retry=True,
                data={
                    "grant_type": "client_credentials",
                    "client_id": config.client_id,
                    "client_secret": config.client_secret,
                },
            )
        except HubNotFound:
            refused = HubContractError(NO_TOKEN)
        except HubRejected as rejection:
            refused = HubForbidden(CREDENTIALS_REFUSED, status=rejection.status, detail=rejection.detail)
        if refused is not None:
            raise refused
        token = _read_token(response, asked_at)
        cache.set(self._key, token, max(1, token.expires_at - time.time()))
        return token.value


def _read_token(response: requests.Response, asked_at: float) -> HeldToken:
    try:
        answer = bounded_json(response.content, FROM_HUB)
    except ValueError:
        answer = None
    value = answer.get("access_token") if isinstance(answer, dict) else None
    if (
        not isinstance(value, str)
        or not value.isascii()
        or not value.isprintable()
        or " " in value
        or not value
    ):
        raise HubContractError(NO_TOKEN)
    lifetime = _lifetime(answer.get("expires_in"))
    refresh_after = max(lifetime - REFRESH_EARLY_SECONDS, lifetime * REFRESH_SHORT_LIVED_AT)
    return HeldToken(value, refresh_at=asked_at + refresh_after, expires_at=asked_at + lifetime)


def _lifetime(expires_in: object) -> float:
    try:
        lifetime = float(str(expires_in))
    except ValueError:
        return ASSUMED_LIFETIME_SECONDS
    return lifetime if 0 < lifetime < float("inf") else ASSUMED_LIFETIME_SECONDS
