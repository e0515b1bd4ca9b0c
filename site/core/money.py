"""Amounts of money: how many decimals a currency has, and how people read them.

Both come from the Unicode CLDR by way of Babel, so yen have no decimals and a German reads "16,50 €".
"""

import re
from decimal import ROUND_HALF_UP, Decimal

from babel import Locale
from babel.numbers import format_currency, get_currency_precision
from django.conf import settings
from django.utils.translation import get_language

# CLDR keeps the letters of a currency apart from its digits; Babel leaves that to whoever calls it.
LETTER_BEFORE_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)")


def decimal_places(currency: str) -> int:
    """How many decimals amounts in this currency (ISO 4217) have."""
    return get_currency_precision(currency)


def smallest_amount(currency: str) -> Decimal:
    """The step in which amounts in this currency are counted: a cent, or a whole yen."""
    return Decimal(1).scaleb(-decimal_places(currency))


def round_money(amount: Decimal, currency: str) -> Decimal:
    """The amount in whole steps of the currency, half a step up."""
    return amount.quantize(smallest_amount(currency), ROUND_HALF_UP)


def is_exact(amount: Decimal, currency: str) -> bool:
    """Whether the amount can be paid in this currency."""
    return amount == round_money(amount, currency)


def format_money(amount: Decimal, currency: str) -> str:
    """An amount as readers of the active language write it, such as €1,234.50."""
    locale = Locale.parse(get_language() or settings.LANGUAGE_CODE, sep="-")
    return LETTER_BEFORE_DIGIT.sub("\N{NO-BREAK SPACE}", format_currency(amount, currency, locale=locale))
