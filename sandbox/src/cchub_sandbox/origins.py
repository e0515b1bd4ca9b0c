"""Which web pages may talk to the sandbox."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from werkzeug.wrappers import Response

from . import problems
from .config import LOOPBACK_HOSTS
from .http import HubRequest, empty
from .hub import Hub
from .routing import Route

OPEN_TO_ALL = ("/libs/", "/fonts/", "/previews/")


def names_loopback(host: str) -> bool:
    """Whether a Host header names this machine; anything else is a rebound name of a foreign page."""
    try:
        return urlsplit(f"//{host}").hostname in LOOPBACK_HOSTS
    except ValueError:
        return False


def preflight(hub: Hub, request: HubRequest, methods: Iterable[str]) -> Response:
    response = empty(204)
    if request.path.startswith("/api/editor/"):
        _allow_shop(hub, request, response)
        response.headers["Access-Control-Allow-Methods"] = ", ".join(sorted(methods))
        response.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
        response.headers["Access-Control-Max-Age"] = "600"
    return response


def allow(hub: Hub, request: HubRequest, route: Route, response: Response) -> Response:
    """Let the shop's pages read the answer of a browser-facing endpoint."""
    if route.path.startswith(OPEN_TO_ALL):
        response.headers["Access-Control-Allow-Origin"] = "*"
    elif route.path.startswith("/api/editor/"):
        _allow_shop(hub, request, response)
    return response


def require_own_origin(request: HubRequest) -> None:
    """Keep foreign pages from driving the console and the control API.

    Raises Refusal (403). Calls that come from no page, as tests make them, carry no origin.
    """
    if request.method == "GET":
        return
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    if origin not in (None, request.host_url.rstrip("/")) or site not in ("same-origin", "none"):
        raise problems.forbidden()


def _allow_shop(hub: Hub, request: HubRequest, response: Response) -> None:
    """Registered shop addresses, which for the sandbox are those on this machine and `shop_url`."""
    response.headers["Vary"] = "Origin"
    origin = request.headers.get("Origin", "")
    if _is_shop(hub, origin):
        response.headers["Access-Control-Allow-Origin"] = origin


def _is_shop(hub: Hub, origin: str) -> bool:
    shop = hub.config.shop_url
    return names_loopback(urlsplit(origin).netloc) or bool(shop and shop.rstrip("/") == origin)
