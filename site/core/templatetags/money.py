"""Amounts of money in templates."""

from decimal import Decimal

from django import template
from django.conf import settings

from core.money import decimal_places, format_money

register = template.Library()


@register.filter
def money(amount: Decimal | None, currency: str = "") -> str:
    """An amount such as €19.00; nothing for None.

    Amounts of an order are in the order's currency, `{{ order.total|money:order.currency }}`; all others are
    in the shop's.
    """
    return "" if amount is None else format_money(amount, currency or settings.SHOP_CURRENCY)


@register.simple_tag
def shop_currency() -> dict[str, str | int]:
    """What scripts need to write prices: `code` (ISO 4217) and `decimals`."""
    return {"code": settings.SHOP_CURRENCY, "decimals": decimal_places(settings.SHOP_CURRENCY)}
