from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from catalog.models import PriceBreak, ProductGroupPage, ProductVariant
from catalog.selectors import price_table, unit_price
from catalog.selectors.pricing import prices_by_quantity

# A page looks up its content type when it is made, even if it is never saved.
pytestmark = pytest.mark.django_db


def a_variant(price: str, breaks: dict[int, str]) -> ProductVariant:
    """A variant that is not saved: its prices need no rows."""
    page = ProductGroupPage(title="Cards")
    page.price_breaks = [
        PriceBreak(minimum_quantity=quantity, discount_percent=Decimal(percent))
        for quantity, percent in breaks.items()
    ]
    return ProductVariant(page=page, price=Decimal(price))


@pytest.mark.parametrize(
    ("quantity", "price"),
    [(1, "10.00"), (4, "10.00"), (5, "9.00"), (9, "9.00"), (10, "8.50"), (5000, "8.50")],
)
def test_the_highest_price_break_that_is_reached_counts(quantity, price):
    variant = a_variant("10.00", {10: "15", 5: "10"})

    assert unit_price(variant, quantity=quantity) == Decimal(price)


def test_a_discounted_price_is_rounded_half_up_to_the_cent():
    assert unit_price(a_variant("0.33", {2: "50"}), quantity=2) == Decimal("0.17")
    assert unit_price(a_variant("9.99", {2: "12.5"}), quantity=2) == Decimal("8.74")


def test_without_price_breaks_every_piece_costs_the_same():
    assert unit_price(a_variant("19.90", {}), quantity=1000) == Decimal("19.90")


def test_the_price_table_begins_with_one_piece_and_is_in_order():
    table = price_table(a_variant("20.00", {25: "20", 5: "10"}))

    assert [(price.minimum_quantity, price.unit_price) for price in table] == [
        (1, Decimal("20.00")),
        (5, Decimal("18.00")),
        (25, Decimal("16.00")),
    ]


def test_two_breaks_from_one_quantity_give_one_row_with_the_better_price():
    breaks = [
        PriceBreak(minimum_quantity=5, discount_percent=Decimal(20)),
        PriceBreak(minimum_quantity=5, discount_percent=Decimal(10)),
    ]

    assert [price.unit_price for price in prices_by_quantity(Decimal("10.00"), breaks)] == [
        Decimal("10.00"),
        Decimal("8.00"),
    ]


def test_a_discounted_price_in_yen_is_a_whole_number_of_yen(settings):
    settings.SHOP_CURRENCY = "JPY"

    assert unit_price(a_variant("1501", {2: "50"}), quantity=2) == Decimal("751")


def test_a_price_with_half_a_yen_is_refused(settings):
    settings.SHOP_CURRENCY = "JPY"

    with pytest.raises(ValidationError) as refused:
        a_variant("15.50", {}).clean()
    assert refused.value.message_dict == {"price": ["Prices in JPY have 0 decimals."]}
    a_variant("15.00", {}).clean()
