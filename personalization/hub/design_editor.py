"""Tokens of the Design Editor, an application of its own beside the Hub with keys and tokens of its own.

Source: Aurigma's documentation of the Design Editor ("Auth tokens") and its Python sample: the application's
API key goes into the header X-CustomersCanvasAPIKey of a call that creates a token for one user. That key can
do anything for anybody, so it stays in this module: in no cache, no page, no log, no exception.
"""

from collections.abc import Callable
from time import monotonic
from typing import Any
from urllib.parse import quote

from core.bounds import FROM_HUB, bounded_json

from .addresses import is_loopback
from .errors import HubContractError, HubForbidden, HubNotFound
from .transport import Transport

KEY_HEADER = "X-CustomersCanvasAPIKey"
TOKENS_PATH = "/api/Auth/Users/{userId}/Tokens"
# The editor's own calls prolong the token (updateOnCall), so this is how long a shopper may do nothing.
TOKEN_SECONDS = 4 * 3600
KEY_KEPT_SECONDS = 3600

KEY_REFUSED = (
    "The Design Editor refused the API key that the Hub names for it. Check the Design Editor under "
    "Settings > Applications in the Hub."
)
NOT_INSTALLED = "The tenant has no Design Editor: the Hub names no address or no API key for it."


class DesignEditorTokens:
    """Hands out Design Editor tokens; `applications` asks the Hub for its TenantApplicationsInfoDto."""

    def __init__(self, transport: Transport, applications: Callable[[], Any]):
        self._transport = transport
        self._applications = applications
        self._address = self._key = ""
        self._known_until = 0.0

    def token(self, user_id: str) -> str:
        """A new token for the user's browser. Raises HubError."""
        was_known = monotonic() < self._known_until
        try:
            return self._create(user_id)
        except (HubForbidden, HubNotFound):
            if not was_known:
                raise
        # The key was changed, or the editor moved, since the Hub was last asked.
        self._known_until = 0.0
        return self._create(user_id)

    def _create(self, user_id: str) -> str:
        address, key = self._application()
        refused = None
        try:
            response = self._transport.exchange(
                "POST",
                address + TOKENS_PATH.replace("{userId}", quote(user_id, safe="")),
                template=f"design-editor{TOKENS_PATH}",
                retry=True,
                headers={KEY_HEADER: key},
                params={"seconds": TOKEN_SECONDS, "updateOnCall": "true"},
            )
        except HubForbidden as refusal:
            refused = HubForbidden(KEY_REFUSED, status=refusal.status)
        # Raised outside the except block: the cause may hold the request, and with it the key.
        if refused is not None:
            raise refused
        return _token_id(response)

    def _application(self) -> tuple[str, str]:
        if monotonic() >= self._known_until:
            dto = self._applications()
            self._address = (dto.design_editor_url or "").rstrip("/")
            self._key = dto.design_editor_api_key or ""
            self._known_until = monotonic() + KEY_KEPT_SECONDS
        if not self._address or not self._key:
            raise HubContractError(NOT_INSTALLED)
        if not self._address.startswith("https://") and not is_loopback(self._address):
            raise HubContractError("The Design Editor has no secure address; its API key is not sent there.")
        return self._address, self._key


def _token_id(response: Any) -> str:
    try:
        token = bounded_json(response.content, FROM_HUB)["tokenId"]
    except (ValueError, KeyError, TypeError):
        token = None
    if not isinstance(token, str) or not token.isascii() or not token.isprintable() or not token.strip():
        raise HubContractError("The Design Editor did not answer with a token.")
    return token
