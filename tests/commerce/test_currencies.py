"""An order keeps its currency, and comes to no more than its columns hold."""

from decimal import Decimal

import pytest
from django.urls import reverse

from commerce.models import Order, OrderItem, OutgoingEmail
from commerce.selectors.cart import MAXIMUM_TOTAL, cart_contents
from commerce.services.cart import add_plain_item
from commerce.services.checkout import CartBlocked, place_order
from commerce.services.messages import preview
from tests.factories.commerce import checkout_key_of, client_of, make_order, make_variant
from tests.factories.personalization import make_storefront_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def order_in_euros(settings):
    """Placed before the shop went over to kroner."""
    make_variant()
    order = make_order()
    settings.SHOP_CURRENCY = "SEK"
    return order


def test_the_shopper_sees_an_order_in_its_own_currency(order_in_euros):
    client = client_of(order_in_euros.owner)

    for address in (order_in_euros.get_absolute_url(), reverse("orders")):
        html = client.get(address).content.decode()
        assert "€19.00" in html
        assert "SEK" not in html


def test_staff_see_an_order_in_its_own_currency(order_in_euros, admin_client):
    for address in (
        reverse("order_desk:index"),
        reverse("order_desk:inspect", args=[order_in_euros.pk]),
    ):
        html = admin_client.get(address).content.decode()
        assert "€19.00" in html
        assert "SEK" not in html


# The others name no amount.
WITH_AMOUNTS = [OutgoingEmail.Kind.CONFIRMATION, OutgoingEmail.Kind.READY, OutgoingEmail.Kind.CANCELLED]


@pytest.mark.parametrize("kind", [*WITH_AMOUNTS, OutgoingEmail.Kind.PROBLEM])
def test_emails_show_an_order_in_its_own_currency(order_in_euros, kind):
    message = preview(order_in_euros, kind)

    for text in (message.body, message.alternatives[0].content):
        assert "SEK" not in text
        assert "€19.00" in text


def test_ordering_again_shows_todays_prices_in_todays_currency(order_in_euros):
    address = reverse("order_again", args=[order_in_euros.code, order_in_euros.secret])
    html = client_of(order_in_euros.owner).get(address).content.decode()

    assert "SEK\xa0" in html
    assert "€" not in html


@pytest.mark.parametrize("field", [Order._meta.get_field("total"), OrderItem._meta.get_field("line_total")])
def test_the_maximum_is_what_the_columns_hold(field):
    assert Decimal(10) ** (field.max_digits - field.decimal_places) - Decimal("0.01") == MAXIMUM_TOTAL


def test_a_total_beyond_the_columns_is_refused_in_words():
    owner = make_storefront_user()
    make_variant("OW-GOLD", price="9999999.99")
    add_plain_item(owner=owner, sku="OW-GOLD", quantity=9999)
    client = client_of(owner)

    with pytest.raises(CartBlocked):
        place_order(owner=owner, email="anna@example.com", checkout_key=checkout_key_of(owner))
    answer = client.get(reverse("checkout"), follow=True)

    assert answer.redirect_chain == [("/cart/", 302)]
    assert "This comes to more than one order can hold. Order fewer, or write to us." in answer.text
    assert not Order.objects.exists()


def test_an_order_may_come_to_just_the_maximum():
    owner = make_storefront_user()
    for sku, price, quantity in (("OW-A", "9999999.99", 1000), ("OW-B", "9.99", 1)):
        make_variant(sku, price=price)
        add_plain_item(owner=owner, sku=sku, quantity=quantity)
    assert cart_contents(owner).total == MAXIMUM_TOTAL

    order = place_order(owner=owner, email="anna@example.com", checkout_key=checkout_key_of(owner))

    assert order.total == MAXIMUM_TOTAL
