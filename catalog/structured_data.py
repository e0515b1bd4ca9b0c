"""What a product page tells search engines (schema.org)."""

from django.conf import settings

from home.models.base import SHARED_RENDITION


def product_data(page, details) -> list[dict]:
    """A Product with one Offer for each variant; nothing for a product without variants."""
    if not details.variants:
        return []
    address = page.full_url
    pictures = [picture.rendition_or_none(SHARED_RENDITION) for picture in details.pictures[:1]]
    return [
        {
            "@context": "https://schema.org",
            "@type": "Product",
            "name": page.title,
            "description": page.meta_description,
            "url": address,
            "image": [picture.full_url for picture in pictures if picture],
            "offers": [_offer(variant, address) for variant in details.variants],
        }
    ]


def _offer(variant, address: str) -> dict:
    return {
        "@type": "Offer",
        "sku": variant.sku,
        "name": variant.title,
        "price": str(variant.price),
        "priceCurrency": settings.SHOP_CURRENCY,
        "availability": f"https://schema.org/{_availability(variant)}",
        "url": address,
    }


def _availability(variant) -> str:
    if not variant.is_active:
        return "OutOfStock"
    if variant.is_sold_out:
        return "SoldOut"
    return "LimitedAvailability" if variant.few_left else "InStock"
