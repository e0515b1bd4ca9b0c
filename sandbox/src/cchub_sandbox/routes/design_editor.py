"""Tokens of the Design Editor (Aurigma's documentation of the Design Editor, "Auth tokens")."""

import hmac

from werkzeug.wrappers import Response

from .. import access, problems, users
from ..http import HubRequest, json_response
from ..hub import Hub
from ..product_dtos import DESIGN_EDITOR_API_KEY
from ..routing import RouteTable

KEY_HEADER = "X-CustomersCanvasAPIKey"
routes = RouteTable()


@routes.public("POST", "/design-editor/api/Auth/Users/<path:user_id>/Tokens", "design-editor.tokens")
def create_token(hub: Hub, request: HubRequest, user_id: str) -> Response:
    """A token for one user, for whoever has the application's API key.

    The real one is a GUID; here it is the storefront user's token, which the editor API understands.
    """
    if not hmac.compare_digest(request.headers.get(KEY_HEADER, "").encode(), DESIGN_EDITOR_API_KEY.encode()):
        raise problems.unauthorized()
    if not users.was_ever_known(hub.store, user_id):
        raise problems.not_found(f"The user '{user_id}' was not found.")
    return json_response(
        {
            "tokenId": access.new_user_token(hub, user_id),
            "userId": user_id,
            "seconds": hub.switches.user_token_seconds,
            "updateOnCall": request.args.get("updateOnCall") == "true",
        }
    )
