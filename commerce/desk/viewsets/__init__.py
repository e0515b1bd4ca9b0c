"""The order desk: orders, and render projects that failed."""

from .failed_renders import FailedRenderViewSet
from .orders import OrderViewSet

__all__ = ["FailedRenderViewSet", "OrderViewSet"]
