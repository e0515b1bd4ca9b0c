"""The catalog: pages that describe what is sold, and the variants that are sold."""

from .categories import CatalogPage, CategoryPage
from .products import ProductGroupPage, ProductPicture, new_reference
from .variants import PriceBreak, ProductVariant

__all__ = [
    "CatalogPage",
    "CategoryPage",
    "PriceBreak",
    "ProductGroupPage",
    "ProductPicture",
    "ProductVariant",
    "new_reference",
]
