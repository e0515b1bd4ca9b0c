"""Amounts of money in templates."""

from decimal import Decimal

from django import template
from django.conf import settings
from django.utils.formats import number_format

register = template.Library()

SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "$"}


@register.filter
def money(amount: Decimal | None) -> str:
    """An amount in the shop's currency, such as €19.00; nothing for None."""
    if amount is None:
        return ""
    number = number_format(amount, decimal_pos=2, use_l10n=True, force_grouping=True)
    symbol = SYMBOLS.get(settings.SHOP_CURRENCY)
    return f"{symbol}{number}" if symbol else f"{number} {settings.SHOP_CURRENCY}"
