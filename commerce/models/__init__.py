"""Carts and orders."""

from .carts import Cart, CartItem
from .consents import Consent
from .doctor import DoctorReport
from .emails import OutgoingEmail
from .orders import (
    Order,
    OrderEvent,
    OrderItem,
    OrderNote,
    Reorder,
    new_order_code,
    new_order_secret,
)

__all__ = [
    "Cart",
    "CartItem",
    "Consent",
    "DoctorReport",
    "Order",
    "OrderEvent",
    "OrderItem",
    "OrderNote",
    "OutgoingEmail",
    "Reorder",
    "new_order_code",
    "new_order_secret",
]
