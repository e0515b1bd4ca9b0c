"""Storefront users: the shop's customers and visitors (Storefront API)."""

from typing import Any

from werkzeug.wrappers import Response

from .. import access, problems, users
from ..access import require_storefront
from ..http import HubRequest, empty, json_object, json_response, paged, query_bool, query_int, sorted_by
from ..hub import Hub
from ..routing import RouteTable

API = "/api/storefront/v1/storefront-users"
SCOPE = "StorefrontUsers_full"
MAX_ID_LENGTH = 256
routes = RouteTable()


@routes.backend("GET", API, "users.list", scope="StorefrontUsers_read")
def list_users(hub: Hub, request: HubRequest) -> Response:
    _require_storefront(hub, request)
    user_id = request.args.get("storefrontUserId")
    search = request.args.get("search", "")
    with_anonymous = query_bool(request, "includeAnonymous", default=True)
    rows = [
        _dto(hub, user)
        for user in users.all_users(hub.store)
        if user_id in (None, "", user["user_id"])
        and search in user["user_id"]
        and (with_anonymous or not user["is_anonymous"])
    ]
    return paged(request, sorted_by(request, rows, fields={"userid": "userId"}))


@routes.backend("POST", API, "users.create", scope=SCOPE)
def create_user(hub: Hub, request: HubRequest) -> Response:
    _require_storefront(hub, request)
    body = json_object(request)
    is_anonymous = body.get("isAnonymous", False)
    if not isinstance(is_anonymous, bool):
        raise problems.invalid(isAnonymous="The isAnonymous field must be true or false.")
    return _add(hub, _user_id(body, "storefrontUserId"), is_anonymous=is_anonymous, status=201)


@routes.backend("POST", f"{API}/register", "users.register", scope=SCOPE)
def register_user(hub: Hub, request: HubRequest) -> Response:
    _require_storefront(hub, request)
    user_id = _user_id(json_object(request), "storefrontUserId")
    return _add(hub, user_id, is_anonymous=False, status=200)


@routes.backend("GET", f"{API}/token", "users.token", scope=SCOPE)
def get_token(hub: Hub, request: HubRequest) -> Response:
    """The user's JWT for the browser, as a JSON string."""
    _require_storefront(hub, request)
    user_id = request.args.get("storefrontUserId")
    if not user_id:
        raise problems.invalid(storefrontUserId="The storefrontUserId field is required.")
    _existing(hub, user_id)
    response = json_response(access.new_user_token(hub, user_id))
    response.headers["Cache-Control"] = "no-store"
    return response


@routes.backend("POST", f"{API}/merge-anonymous", "users.merge", scope=SCOPE)
def merge_anonymous(hub: Hub, request: HubRequest) -> Response:
    _require_storefront(hub, request)
    body = json_object(request)
    anonymous = _existing(hub, _user_id(body, "anonymousStorefrontUserId"))
    regular = _existing(hub, _user_id(body, "regularStorefrontUserId"))
    if not anonymous["is_anonymous"]:
        raise problems.conflict(f"The storefront user '{anonymous['user_id']}' is not anonymous.")
    if regular["is_anonymous"]:
        raise problems.conflict(f"The storefront user '{regular['user_id']}' is anonymous.")
    users.merge(hub.store, anonymous_id=anonymous["user_id"], regular_id=regular["user_id"])
    return empty(200)


@routes.backend("GET", f"{API}/<path:user_id>", "users.get", scope="StorefrontUsers_read")
def get_user(hub: Hub, request: HubRequest, user_id: str) -> Response:
    _require_storefront(hub, request)
    return json_response(_dto(hub, _existing(hub, user_id)))


def _add(hub: Hub, user_id: str, *, is_anonymous: bool, status: int) -> Response:
    if not users.add(hub.store, user_id, is_anonymous=is_anonymous, now=hub.clock.now()):
        raise problems.conflict(f"The storefront user '{user_id}' already exists.", "IdConflict")
    return json_response(_dto(hub, users.find(hub.store, user_id)), status=status)


def _existing(hub: Hub, user_id: str) -> Any:
    user = users.find(hub.store, user_id)
    if user is None:
        raise problems.not_found(f"The storefront user '{user_id}' was not found.")
    return user


def _user_id(body: dict[str, Any], field: str) -> str:
    value = body.get(field)
    if not isinstance(value, str) or not value.strip():
        raise problems.invalid(**{field: f"The {field} field is required."})
    if len(value) > MAX_ID_LENGTH:
        raise problems.invalid(**{field: f"The {field} field is longer than {MAX_ID_LENGTH} characters."})
    return value


def _require_storefront(hub: Hub, request: HubRequest) -> None:
    require_storefront(hub, request, query_int(request, "storefrontId", required=True))


def _dto(hub: Hub, user: Any) -> dict[str, Any]:
    return {
        "userId": user["user_id"],
        "tenantId": hub.config.tenant_id,
        "storefrontId": hub.config.storefront_id,
        "isAnonymous": bool(user["is_anonymous"]),
    }
