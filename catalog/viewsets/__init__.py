"""Lists of the catalog in the Wagtail admin."""

from .products import ProductListingViewSet
from .stock import StockViewSet

__all__ = ["ProductListingViewSet", "StockViewSet"]
