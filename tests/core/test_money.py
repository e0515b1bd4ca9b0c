from decimal import Decimal

import pytest
from django.utils import translation

from core.money import decimal_places, is_exact, round_money
from core.templatetags.money import money, shop_currency


@pytest.mark.parametrize(
    ("currency", "amount", "text"),
    [
        ("EUR", "19", "€19.00"),
        ("EUR", "1234.5", "€1,234.50"),
        ("GBP", "0", "£0.00"),
        ("SEK", "19", "SEK\xa019.00"),
        ("JPY", "1500", "JP¥1,500"),
        ("KWD", "1.5", "KWD\xa01.500"),
    ],
)
def test_amounts_are_shown_in_the_shops_currency(settings, currency, amount, text):
    settings.SHOP_CURRENCY = currency

    assert money(Decimal(amount)) == text


@pytest.mark.parametrize(
    ("language", "currency", "text"),
    [("de", "EUR", "1.234,50\xa0€"), ("de", "JPY", "1.235\xa0¥"), ("fr", "EUR", "1\u202f234,50\xa0€")],
)
def test_amounts_are_written_as_readers_of_the_language_write_them(settings, language, currency, text):
    settings.SHOP_CURRENCY = currency

    with translation.override(language):
        assert money(Decimal("1234.50") if currency == "EUR" else Decimal("1235")) == text


def test_without_an_active_language_the_shops_counts(settings):
    settings.LANGUAGE_CODE = "de"

    with translation.override(None):
        assert money(Decimal("16.5")) == "16,50\xa0€"


def test_an_amount_of_an_order_stays_in_the_orders_currency(settings):
    settings.SHOP_CURRENCY = "JPY"

    assert money(Decimal("19.50"), "EUR") == "€19.50"


def test_no_amount_shows_nothing():
    assert money(None) == ""


@pytest.mark.parametrize(
    ("currency", "places", "rounded"), [("EUR", 2, "0.13"), ("JPY", 0, "0"), ("KWD", 3, "0.125")]
)
def test_amounts_are_rounded_to_the_step_of_their_currency(currency, places, rounded):
    assert decimal_places(currency) == places
    assert str(round_money(Decimal("0.125"), currency)) == rounded


def test_half_a_yen_cannot_be_paid():
    assert is_exact(Decimal("15.00"), "JPY")
    assert not is_exact(Decimal("15.50"), "JPY")


def test_scripts_learn_the_currency_and_its_decimals(settings):
    settings.SHOP_CURRENCY = "JPY"

    assert shop_currency() == {"code": "JPY", "decimals": 0}
