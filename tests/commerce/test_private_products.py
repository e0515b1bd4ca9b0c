"""A product on a private page is sold only to those who may see the page."""

import json

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction

from catalog.selectors import sellable_variant
from commerce.models import CartItem, Order
from commerce.services.cart import NotSold, add_plain_item, put_design
from commerce.services.checkout import CartBlocked, place_order
from tests.factories.catalog import a_category, a_group
from tests.factories.commerce import (
    checkout_key_of,
    client_of,
    make_cart_design,
    make_order,
    make_picture,
    make_variant,
)
from tests.factories.personalization import make_storefront_user

pytestmark = pytest.mark.django_db


def close(page, kind="login", **values) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page.page_ptr, restriction_type=kind, **values)


def logged_in(client, *groups) -> Client:
    user = User.objects.create_user("anna", "anna@example.com", "x")
    user.groups.set(groups)
    client.force_login(user)
    return client


@pytest.fixture
def pencil(db):
    variant = make_variant()
    close(variant.page)
    return variant


@pytest.fixture
def card(db):
    variant = make_variant("OW-CARD", is_personalized=True)
    close(variant.page)
    return variant


def test_a_stranger_neither_sees_nor_buys_it(client, pencil):
    asked = client.get("/cart/add/", {"sku": pencil.sku})
    bought = client.post("/cart/add/", {"sku": pencil.sku, "quantity": "1"})

    assert asked.status_code == bought.status_code == 404
    assert pencil.page.title not in asked.text
    assert not CartItem.objects.exists()


def test_who_is_logged_in_buys_it(client, pencil):
    logged_in(client)

    assert client.post("/cart/add/", {"sku": pencil.sku, "quantity": "1"}).status_code == 302
    assert pencil.page.title in client.get("/cart/").text


def test_only_a_member_of_the_group_buys_what_is_for_a_group(client):
    dealers = Group.objects.create(name="Dealers")
    variant = make_variant()
    close(variant.page, "groups").groups.add(dealers)
    logged_in(client)
    assert client.get("/cart/add/", {"sku": variant.sku}).status_code == 404

    User.objects.get().groups.add(dealers)

    assert client.get("/cart/add/", {"sku": variant.sku}).status_code == 200


def test_who_has_typed_the_password_buys_it_until_another_browser_asks(client):
    group = a_group("OW-A")
    restriction = close(group, "password", password="sesame")
    address = reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, group.pk])
    client.post(address, {"password": "sesame", "return_url": "/"})

    assert client.get("/cart/add/", {"sku": "OW-A"}).status_code == 200
    assert Client().get("/cart/add/", {"sku": "OW-A"}).status_code == 404


def test_a_private_category_closes_what_is_below_it(client):
    category = a_category()
    a_group("OW-A", parent=category)
    close(category)

    assert client.get("/cart/add/", {"sku": "OW-A"}).status_code == 404


def test_an_alias_in_an_open_category_sells_what_is_in_a_private_one():
    category, elsewhere = a_category(), a_category("Gifts")
    group = a_group("OW-A", parent=category)
    close(category)
    assert sellable_variant("OW-A") is None

    group.create_alias(parent=elsewhere)

    assert sellable_variant("OW-A").sku == "OW-A"


def test_an_alias_of_a_page_that_is_itself_private_sells_nothing():
    group = a_group("OW-A")
    group.create_alias(parent=a_category("Gifts"))

    close(group)

    assert sellable_variant("OW-A") is None


def test_a_stranger_neither_opens_its_editor_nor_sends_a_design(shopper, card):
    address = reverse("personalize", args=[card.sku])
    body = json.dumps({"detail": {}, "editor": "workflow-elements", "design": None})

    assert shopper.get(address).status_code == 404
    assert shopper.post(address, body, content_type="application/json").status_code == 404
    assert not CartItem.objects.exists()


def test_a_cart_filled_before_the_page_became_private_is_not_ordered(shopper, owner):
    variant = make_variant(price="4.00")
    add_plain_item(owner=owner, sku=variant.sku, quantity=1)
    close(variant.page)

    page = shopper.get("/cart/")
    sent = shopper.post("/checkout/", {"email": "a@example.com", "checkout_key": checkout_key_of(owner)})

    assert "We no longer sell this product" in page.text
    assert "4.00" not in page.text
    assert sent.status_code in (302, 422)
    with pytest.raises(CartBlocked):
        place_order(owner=owner, email="a@example.com", checkout_key=checkout_key_of(owner))
    assert not Order.objects.exists()


def test_a_private_product_is_ordered_by_who_may_see_it(client, pencil):
    logged_in(client)
    client.post("/cart/add/", {"sku": pencil.sku, "quantity": "1"})
    page = client.get("/checkout/")
    cart = page.context["cart"]

    client.post(
        "/checkout/",
        {"email": "a@example.com", "checkout_key": cart.checkout_key, "shown": cart.fingerprint},
    )

    assert Order.objects.get().items.get().sku == pencil.sku


def test_a_design_of_it_does_not_get_into_a_strangers_cart(shopper, owner, card):
    design = make_cart_design(owner)

    page = shopper.get("/designs/")
    shopper.post(reverse("design_put_in_cart", args=[design.pk]), {"quantity": "1"})

    assert card.page.url not in page.text
    assert not CartItem.objects.exists()


def test_an_order_of_it_is_not_repeated_by_a_stranger(shopper, owner, pencil):
    order = make_order(owner=owner)
    address = reverse("order_again", args=[order.code, order.secret])

    page = shopper.get(address)
    shopper.post(address, {"key": page.context["key"]})

    assert "We no longer sell this product" in page.text
    assert pencil.page.url not in page.text
    assert not CartItem.objects.exists()


def test_the_offer_to_put_a_removed_line_back_does_not_name_it(shopper, pencil):
    assert pencil.page.title not in shopper.get("/cart/", {"sku": pencil.sku, "quantity": "1"}).text


def test_the_services_sell_nothing_private_unless_told_what_the_shopper_sees(owner, pencil, card):
    with pytest.raises(NotSold):
        add_plain_item(owner=owner, sku=pencil.sku, quantity=1)
    with pytest.raises(NotSold):
        put_design(owner=owner, design=make_cart_design(owner), quantity=1)

    assert add_plain_item(owner=owner, sku=pencil.sku, quantity=1, closed=()).sku == pencil.sku


@pytest.mark.parametrize("count", [1, 10])
def test_private_lines_take_two_queries_more_than_public_ones(count):
    """Where something is private: the restrictions and their groups, however many lines there are."""
    owner = make_storefront_user()
    variants = [make_variant(f"OW-{number}", image=make_picture()) for number in range(count)]
    for variant in variants:
        add_plain_item(owner=owner, sku=variant.sku, quantity=1)
    shopper = client_of(owner)
    before = queries_of(shopper)

    for variant in variants:
        close(variant.page, "password", password="sesame")

    assert queries_of(shopper) <= before + 2


def queries_of(shopper) -> int:
    shopper.get("/cart/")
    with CaptureQueriesContext(connection) as queries:
        shopper.get("/cart/")
    return len(queries)
