"""The tenant that the tests' sandbox plays, and what it sells."""

import json

from cchub_sandbox.config import EXAMPLE_CATALOG

IDENTITY = {
    "client_id": "test-client",
    "client_secret": "test-client-secret",
    "tenant_id": 4242,
    "storefront_id": 42,
}
PLAIN_PRODUCTS = (
    "Loyalty cards",
    "Birthday cards",
    "Name bookmarks",
    "Photo poster",
    "Steel water bottle",
    "Weekly planner 2027",
)


def plain_product(title: str) -> dict:
    """As little as a product of the catalog can be."""
    reference = title.lower().replace(" ", "-")
    surface = {"name": "Front", "width": 85, "height": 55}
    return {
        "title": title,
        "variants": [{"sku": reference.upper(), "price": "10.00"}],
        "personalization": {"reference": reference, "component": "handy-editor", "surfaces": [surface]},
    }


def catalog() -> dict:
    """The example that the package brings along, and more products than fit on a short page."""
    example = json.loads(EXAMPLE_CATALOG.read_text(encoding="utf-8"))
    return {"product_groups": [*example["product_groups"], *map(plain_product, PLAIN_PRODUCTS)]}
