"""POST /connect/token: client credentials (RFC 6749, section 4.4)."""

import hmac

from werkzeug.wrappers import Response

from .. import access
from ..http import HubRequest, json_response
from ..hub import Hub
from ..routing import RouteTable

routes = RouteTable()


@routes.public("POST", "/connect/token", "token")
def issue_token(hub: Hub, request: HubRequest) -> Response:
    """An access token with every scope of the external app, or with the subset asked for."""
    form = request.form
    if form.get("grant_type") != "client_credentials":
        return _refuse("unsupported_grant_type")
    if not _is_our_app(hub, form.get("client_id", ""), form.get("client_secret", "")):
        return _refuse("invalid_client")
    scopes = form.get("scope", "").split() or list(hub.switches.scopes)
    if not set(scopes) <= set(hub.switches.scopes):
        return _refuse("invalid_scope")
    response = json_response(
        {
            "access_token": access.new_access_token(hub, scopes),
            "expires_in": hub.switches.access_token_seconds,
            "token_type": "Bearer",
            "scope": " ".join(scopes),
        }
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _is_our_app(hub: Hub, client_id: str, client_secret: str) -> bool:
    given = f"{client_id}\n{client_secret}".encode()
    ours = f"{hub.config.client_id}\n{hub.config.client_secret}".encode()
    return hmac.compare_digest(given, ours)


def _refuse(error: str) -> Response:
    return json_response({"error": error}, status=400)
