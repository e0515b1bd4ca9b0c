"""Under which product reference the Hub knows one of its products in this shop."""

from personalization.hub import Hub


def connected_reference(hub: Hub, product_id: int) -> str:
    """The product's reference in this shop; empty when it has none. Raises HubError."""
    connections = hub.product_references(product_id=product_id, take=1).items
    # A filter that the Hub does not know would give somebody else's reference.
    return next((known.reference for known in connections if known.product_id == product_id), "")
