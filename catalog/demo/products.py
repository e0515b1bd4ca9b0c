"""Product groups of the demo."""

from datetime import datetime
from decimal import Decimal

from django.utils.html import escape

from catalog.models import PriceBreak, ProductGroupPage, ProductPicture, ProductVariant

from .pictures import Pictures


def product_group(data: dict, pictures: Pictures, published: datetime) -> ProductGroupPage:
    """An unsaved page with variants, price breaks and gallery."""
    images = [pictures.get(name, alt) for name, alt in zip(data["pictures"], data["alt"], strict=True)]
    images = [image for image in images if image]
    personalization = data["personalization"]
    page = ProductGroupPage(
        slug=data["slug"],
        title=data["title"],
        summary=data["summary"],
        reference=personalization["reference"] if personalization else data["slug"],
        picture=images[0] if images else None,
        body=[("paragraph", "".join(f"<p>{escape(text)}</p>" for text in data["description"]))],
        personalization=[("customers_canvas", _mapping(personalization))] if personalization else [],
        first_published_at=published,
    )
    page.gallery = [ProductPicture(image=image, sort_order=i) for i, image in enumerate(images[1:])]
    page.variants = [_variant(variant, i) for i, variant in enumerate(data["variants"])]
    page.price_breaks = [
        PriceBreak(minimum_quantity=quantity, discount_percent=Decimal(percent), sort_order=i)
        for i, (quantity, percent) in enumerate(data["price_breaks"])
    ]
    return page


def _mapping(personalization: dict) -> dict:
    """The page size that every print file has to have, that of the design's surfaces, which are alike; and
    what shoppers agree to about the proof, where they are asked.
    """
    approval_text = personalization.get("approval_text", "")
    surface = personalization["surfaces"][0]
    return {
        "print_width_mm": Decimal(str(surface["width"])),
        "print_height_mm": Decimal(str(surface["height"])),
        "print_pages": len(personalization["surfaces"]),
        "asks_for_approval": bool(approval_text),
        "approval_text": approval_text,
    }


def _variant(data: dict, position: int) -> ProductVariant:
    return ProductVariant(
        sku=data["sku"],
        title=data["title"],
        price=Decimal(data["price"]),
        options=[list(option) for option in data["options"].items()],
        pack_size=data.get("pack_size", 1),
        weight_grams=data["weight_grams"],
        is_active=data["active"],
        sort_order=position,
    )
