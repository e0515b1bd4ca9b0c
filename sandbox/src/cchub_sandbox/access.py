"""Who is calling: access tokens of the external app and tokens of storefront users."""

import secrets
from collections.abc import Iterable
from typing import Any

from . import problems, tokens, users
from .http import HubRequest
from .hub import Hub
from .routing import Audience, Route

APP_TOKEN = "app"  # noqa: S105 - the kind of a token, not a token
USER_TOKEN = "storefront-user"  # noqa: S105


def new_access_token(hub: Hub, scopes: Iterable[str]) -> str:
    now = hub.clock.now()
    claims = {
        "kind": APP_TOKEN,
        "client_id": hub.config.client_id,
        "tenantId": hub.config.tenant_id,
        "scope": " ".join(scopes),
        "generation": hub.tokens_valid_from,
        "jti": secrets.token_hex(8),
        "iat": int(now),
        "exp": now + hub.switches.access_token_seconds,
    }
    return tokens.sign(claims, key=hub.signing_key)


def new_user_token(hub: Hub, user_id: str) -> str:
    """The storefront user's JWT for the browser."""
    now = hub.clock.now()
    claims = {
        "kind": USER_TOKEN,
        "sub": user_id,
        "storefrontId": hub.config.storefront_id,
        "tenantId": hub.config.tenant_id,
        "iat": int(now),
        "exp": int(now + hub.switches.user_token_seconds),
    }
    return tokens.sign(claims, key=hub.signing_key)


def authorize(hub: Hub, request: HubRequest, route: Route) -> None:
    """Let the caller through or refuse; remembers the storefront user on the request.

    Raises Refusal: 401 without a body for a missing, unknown or expired token, 403 for one of the wrong
    kind or without the endpoint's scope.
    """
    if route.audience in (Audience.PUBLIC, Audience.LOCAL):
        return
    if route.audience is Audience.BACKEND:
        require_app(hub, request, route.scope)
        return
    claims = bearer_claims(hub, request)
    if claims.get("kind") != USER_TOKEN:
        raise problems.forbidden()
    if not users.was_ever_known(hub.store, claims["sub"]):
        raise problems.unauthorized()
    request.user_id = claims["sub"]


def require_app(hub: Hub, request: HubRequest, scope: str | None) -> None:
    """Raises Refusal unless the external app is calling and has the scope."""
    claims = bearer_claims(hub, request)
    if claims.get("kind") != APP_TOKEN or not _grants(claims["scope"].split(), scope):
        raise problems.forbidden()
    tenant = request.args.get("tenantId")
    if tenant and tenant != str(hub.config.tenant_id):
        raise problems.forbidden()


def bearer_claims(hub: Hub, request: HubRequest) -> dict[str, Any]:
    """What the request's bearer token says.

    Raises Refusal (401).
    """
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise problems.unauthorized()
    try:
        claims = tokens.read(token.strip(), key=hub.signing_key, now=hub.clock.now())
    except tokens.TokenError as error:
        raise problems.unauthorized() from error
    if claims.get("kind") == APP_TOKEN and claims["generation"] < hub.tokens_valid_from:
        raise problems.unauthorized()
    return claims


def _grants(scopes: list[str], needed: str | None) -> bool:
    if needed is None or needed in scopes:
        return True
    resource, _, level = needed.rpartition("_")
    return level == "read" and f"{resource}_full" in scopes


def require_storefront(hub: Hub, request: HubRequest, storefront_id: int | None) -> None:
    """Raises Refusal (404) when the call is about another storefront than this tenant's only one."""
    if storefront_id is not None and storefront_id != hub.config.storefront_id:
        raise problems.not_found(f"Storefront {storefront_id} was not found.")
