"""Talking to the sandbox by hand, as a shop's back end and as a shopper's browser do."""

import io

import requests
from PIL import Image

import tenant

STOREFRONT = "/api/storefront/v1"
REFERENCE = "classic-business-cards"
SKU = "OW-BC-MATT-50"
OWNER = "visitor-1"


def new_token(server, **form) -> requests.Response:
    credentials = {
        "grant_type": "client_credentials",
        "client_id": tenant.IDENTITY["client_id"],
        "client_secret": tenant.IDENTITY["client_secret"],
    }
    return requests.post(f"{server.url}/connect/token", data=credentials | form, timeout=10)


class Caller:
    """Sends requests with one bearer token."""

    def __init__(self, server, token: str | None) -> None:
        self._url = server.url
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def __call__(self, method: str, path: str, **options) -> requests.Response:
        headers = self._headers | options.pop("headers", {})
        url = path if path.startswith("http") else self._url + path
        return requests.request(method, url, headers=headers, timeout=10, **options)

    def get(self, path: str, **options) -> requests.Response:
        return self("GET", path, **options)

    def post(self, path: str, body=None, **options) -> requests.Response:
        return self("POST", path, json=body, **options)


def backend(server) -> Caller:
    """The shop's back end, with an access token."""
    return Caller(server, new_token(server).json()["access_token"])


def editor_of(server, user_id: str = OWNER) -> Caller:
    """An editor in the browser of this storefront user, with their token."""
    server.control.add_user(user_id)
    answer = backend(server).get(
        f"{STOREFRONT}/storefront-users/token", params={"storefrontUserId": user_id, "storefrontId": 42}
    )
    return Caller(server, answer.json())


def project_body(design_id: str, **changes) -> dict:
    """A project as the shop creates one; `item_…` changes go to the item."""
    item = {"productReference": REFERENCE, "sku": SKU, "quantity": 2, "designIds": [design_id]}
    item |= {name.removeprefix("item_"): value for name, value in changes.items() if name.startswith("item_")}
    header = {
        "ownerId": OWNER,
        "orderId": "1042",
        "orderLineItemId": "1042-1",
        "orderName": "#1042",
        "name": "Order 1042, line 1",
        "productReference": item["productReference"],
        "item": item,
    }
    return header | {name: value for name, value in changes.items() if not name.startswith("item_")}


def create_project(server, **changes) -> int:
    """A project with a design of its own; returns its id."""
    design_id = server.control.add_design(OWNER, REFERENCE)
    answer = backend(server).post(
        f"{STOREFRONT}/projects/with-single-item?storefrontId=42", project_body(design_id, **changes)
    )
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def picture(width: int, height: int, mode: str = "RGB", color="#c8643b", kind: str = "PNG") -> bytes:
    data = io.BytesIO()
    Image.new(mode, (width, height), color).save(data, kind)
    return data.getvalue()
