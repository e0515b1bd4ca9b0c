"""The catalog: pages that describe what is sold, and the variants that are sold."""

from .categories import CatalogPage, CategoryPage
from .mapping import Finding, MappingCheck, MappingIssue
from .products import ProductGroupPage, ProductPicture, new_reference
from .stock import Stock, StockMovement
from .variants import PriceBreak, ProductVariant

__all__ = [
    "CatalogPage",
    "CategoryPage",
    "Finding",
    "MappingCheck",
    "MappingIssue",
    "PriceBreak",
    "ProductGroupPage",
    "ProductPicture",
    "ProductVariant",
    "Stock",
    "StockMovement",
    "new_reference",
]
