"""How listings of products are filtered and sorted."""

from . import product_dtos
from .catalog import Product
from .http import HubRequest

SORTABLE = {
    "title": "name",
    "name": "name",
    "id": "id",
    "created": "created",
    "lastmodified": "lastModified",
}


def matches_filters(request: HubRequest, product: Product, *more_text: str) -> bool:
    """Whether a product passes the `search`, `sku` and `tags` filters of a listing."""
    search = request.args.get("search", "").casefold()
    sku = request.args.get("sku")
    tags = request.args.getlist("tags")
    searched = (product.name, product.description, *more_text)
    return (
        any(search in text.casefold() for text in searched)
        and (not sku or product.variant(sku=sku) is not None)
        and set(tags) <= set(product_dtos.tags(product))
    )
