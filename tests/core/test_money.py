from decimal import Decimal

import pytest

from core.templatetags.money import money


@pytest.mark.parametrize(
    ("currency", "amount", "text"),
    [
        ("EUR", "19", "€19.00"),
        ("EUR", "1234.5", "€1,234.50"),
        ("GBP", "0", "£0.00"),
        ("SEK", "19", "19.00 SEK"),
    ],
)
def test_amounts_are_shown_in_the_shops_currency(settings, currency, amount, text):
    settings.SHOP_CURRENCY = currency

    assert money(Decimal(amount)) == text


def test_no_amount_shows_nothing():
    assert money(None) == ""
