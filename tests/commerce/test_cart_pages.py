"""The cart and checkout as a browser without script uses them."""

import re
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from catalog.models import ProductVariant
from commerce.models import CartItem, Order
from commerce.selectors.cart import cart_contents
from commerce.services.cart import add_plain_item, put_design, remove_item
from personalization.models import StorefrontUser
from tests.factories.commerce import client_of, make_cart_design, make_variant

pytestmark = pytest.mark.django_db


GONE = "This product is not in your cart any more."


def hidden_fields(html: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(checkout_key|shown)" value="([^"]*)"', html))


def test_adding_ends_on_the_cart_page_and_remembers_the_visitor():
    make_variant("OW-PENCIL", price="4.00", page_title="Cedar pencils")
    client = Client()

    answer = client.post(reverse("cart_add"), {"sku": "OW-PENCIL", "quantity": "3"}, follow=True)

    assert answer.redirect_chain == [("/cart/", 302)]
    assert client.cookies["visitor"]["httponly"]
    html = answer.content.decode()
    assert "Cedar pencils" in html
    assert "€12.00" in html


def test_without_script_adding_asks_first_and_adds_nothing():
    make_variant("OW-PENCIL", page_title="Cedar pencils")
    client = Client()

    answer = client.get(reverse("cart_add"), {"sku": "OW-PENCIL", "quantity": "7"})

    html = answer.content.decode()
    assert "Cedar pencils" in html
    assert 'name="quantity" value="7"' in html
    assert "visitor" not in client.cookies
    assert not CartItem.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "asked, address",
    [
        ({"quantity": "25"}, "/personalize/OW-CARD/?quantity=25"),
        ({"quantity": "a few&design=1"}, "/personalize/OW-CARD/?quantity=a+few%26design%3D1"),
        ({}, "/personalize/OW-CARD/"),
    ],
)
def test_a_personalized_product_is_sent_to_the_editor_with_its_quantity(method, asked, address):
    make_variant("OW-CARD", is_personalized=True)
    client = Client()

    answer = getattr(client, method)(reverse("cart_add"), {"sku": "OW-CARD"} | asked)

    assert (answer.status_code, answer.url) == (302, address)
    assert not CartItem.objects.exists()
    assert not StorefrontUser.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_product_that_is_not_sold_is_told_calmly(method):
    answer = getattr(Client(), method)(reverse("cart_add"), {"sku": "NO-SUCH", "quantity": "1"})

    assert answer.status_code == 404
    assert "We no longer sell this" in answer.content.decode()
    assert not StorefrontUser.objects.exists()


@pytest.mark.parametrize(
    "quantity, sentence",
    [
        ("0", "Enter a quantity of at least 1."),
        ("10000", "Enter a quantity of at most 9999."),
        ("many", "Enter the quantity as a whole number, like 25."),
        ("", "Enter how many you would like."),
    ],
)
def test_a_wrong_quantity_is_explained_and_kept(quantity, sentence):
    make_variant("OW-PENCIL")

    answer = Client().post(reverse("cart_add"), {"sku": "OW-PENCIL", "quantity": quantity})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert f'value="{quantity}"' in answer.content.decode()
    assert not StorefrontUser.objects.exists()


def test_the_cart_shows_design_edit_link_and_price_break(owner, shopper):
    make_variant("OW-CARD", price="20.00", is_personalized=True, breaks=((5, "10"), (10, "15")))
    design = make_cart_design(owner, preview_urls=["https://hub.example/preview.png"])
    design.preview.save("card.png", ContentFile(b"png"))
    put_design(owner=owner, design=design, quantity=5)

    html = shopper.get("/cart/").content.decode()

    assert f'href="/personalize/OW-CARD/?design={design.pk}"' in html
    assert f'src="{design.preview.url}"' in html
    assert "hub.example" not in html
    assert "10 % less from 5" in html
    assert '<span class="price">€17.00</span> each.' in html
    assert "€90.00" in html


def test_an_empty_cart_offers_no_checkout(shopper):
    html = shopper.get("/cart/").content.decode()

    assert "There is nothing in your cart yet." in html
    assert "/checkout/" not in html


def test_a_line_can_be_changed_and_removed(owner, shopper):
    make_variant("OW-PENCIL", price="4.00")
    item = add_plain_item(owner=owner, sku="OW-PENCIL", quantity=1)

    answer = shopper.post(reverse("cart_item_update", args=[item.pk]), {"quantity": "6"})
    assert (answer.status_code, answer.url) == (302, "/cart/")
    assert cart_contents(owner).total == Decimal("24.00")

    answer = shopper.post(reverse("cart_item_remove", args=[item.pk]))
    assert (answer.status_code, answer.url) == (302, "/cart/?sku=OW-PENCIL&quantity=6")
    assert cart_contents(owner).lines == []


def test_a_wrong_quantity_is_explained_next_to_its_line(owner, shopper):
    make_variant("OW-PENCIL", price="4.00")
    item = add_plain_item(owner=owner, sku="OW-PENCIL", quantity=2)

    answer = shopper.post(reverse("cart_item_update", args=[item.pk]), {"quantity": "12345"})

    assert answer.status_code == 422
    html = answer.content.decode()
    assert f'id="quantity-{item.pk}-error">Enter a quantity of at most 9999.' in html
    assert 'value="12345"' in html
    assert cart_contents(owner).total == Decimal("8.00")


@pytest.mark.parametrize("name", ["cart_item_update", "cart_item_remove"])
def test_nobody_touches_another_visitors_line(owner, stranger, name):
    make_variant("OW-PENCIL")
    item = add_plain_item(owner=owner, sku="OW-PENCIL", quantity=2)
    url = reverse(name, args=[item.pk])

    for browser in (stranger, Client()):
        for quantity in ("9", "wrong"):
            assert GONE in browser.post(url, {"quantity": quantity}, follow=True).content.decode()
    assert [line.quantity for line in cart_contents(owner).lines] == [2]


@pytest.mark.parametrize("name", ["cart_item_update", "cart_item_remove"])
def test_what_is_gone_already_leads_to_the_cart_as_it_is_now(owner, shopper, name):
    make_variant("OW-PENCIL", page_title="Cedar pencils")
    make_variant("OW-RULER", page_title="Steel ruler")
    gone = add_plain_item(owner=owner, sku="OW-PENCIL", quantity=2)
    add_plain_item(owner=owner, sku="OW-RULER", quantity=1)
    remove_item(owner=owner, item_id=gone.pk)

    answer = shopper.post(reverse(name, args=[gone.pk]), {"quantity": "3"}, follow=True)

    assert answer.redirect_chain == [("/cart/", 302)]
    html = answer.content.decode()
    assert GONE in html
    assert "Steel ruler" in html
    assert "Cedar pencils" not in html


@pytest.mark.parametrize("is_personalized", [False, True])
def test_a_removed_line_can_be_put_back(owner, shopper, is_personalized):
    variant = make_variant("OW-CARD", page_title="Cards", is_personalized=is_personalized)
    if is_personalized:
        reference = variant.page.reference
        design = make_cart_design(owner, title="Cards", product_reference=reference)
        item = put_design(owner=owner, design=design, quantity=7)
    else:
        item = add_plain_item(owner=owner, sku="OW-CARD", quantity=7)

    html = shopper.post(reverse("cart_item_remove", args=[item.pk]), follow=True).content.decode()
    assert "“Cards” is out of your cart." in html
    [undo] = re.findall(r'<form class="notice notice-action" method="post" action="([^"]+)"', html)
    fields = dict(re.findall(r'<input type="hidden" name="(sku|quantity)" value="([^"]*)"', html))
    answer = shopper.post(undo, fields, follow=True)

    assert answer.redirect_chain == [("/cart/", 302)]
    [line] = cart_contents(owner).lines
    assert (line.sku, line.quantity, line.design) == ("OW-CARD", 7, item.design)


def test_what_is_in_the_cart_or_not_sold_is_not_offered_to_be_put_back(owner, shopper):
    make_variant("OW-PENCIL")
    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=2)

    for query in (
        "sku=OW-PENCIL&quantity=2",
        "sku=NONE&quantity=2",
        f"sku=OW-PENCIL&quantity=1&design={uuid4()}",
    ):
        assert "is out of your cart" not in shopper.get(f"/cart/?{query}").content.decode()


def test_a_product_that_was_deleted_is_called_as_it_was(owner, shopper):
    variant = make_variant("OW-GB-OAT", page_title="Linen guest book", title="Oat")
    add_plain_item(owner=owner, sku="OW-GB-OAT", quantity=1)
    variant.page.delete()

    html = shopper.get("/cart/").content.decode()

    assert '<h2 class="line-title">Linen guest book</h2>' in html
    assert '<p class="line-variant">Oat</p>' in html
    assert "OW-GB-OAT" not in html


@pytest.mark.parametrize("name", ["cart_add", "checkout"])
def test_forms_without_a_token_are_refused(owner, name):
    make_variant("OW-PENCIL")
    shopper = client_of(owner, enforce_csrf_checks=True)

    answer = shopper.post(reverse(name), {"sku": "OW-PENCIL", "quantity": "1"})

    assert answer.status_code == 403
    assert not CartItem.objects.exists()


def test_the_state_sets_no_cookie_and_the_token_works(owner):
    make_variant("OW-PENCIL")
    make_variant("OW-RULER")
    shopper = client_of(owner, enforce_csrf_checks=True)
    assert shopper.get(reverse("cart_state")).json() == {"count": 0, "account": False}
    assert "csrftoken" not in shopper.cookies
    token = shopper.get(reverse("form_token")).json()["csrfToken"]

    for sku in ("OW-PENCIL", "OW-RULER", "OW-RULER"):
        values = {"sku": sku, "quantity": "5"}
        answer = shopper.post(reverse("cart_add"), values, headers={"X-CSRFToken": token})
        assert answer.status_code == 302

    assert shopper.get(reverse("cart_state")).json()["count"] == 2


def test_checkout_needs_something_to_order(shopper):
    for client in (shopper, Client()):
        assert client.get("/checkout/").url == "/cart/"
        assert client.post("/checkout/", {"email": "anna@example.com"}).url == "/cart/"


def test_a_product_that_left_the_range_stops_checkout(owner, shopper):
    variant = make_variant("OW-PENCIL")
    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=1)
    fields = hidden_fields(shopper.get("/checkout/").content.decode())
    ProductVariant.objects.filter(pk=variant.pk).update(is_active=False)

    html = shopper.get("/cart/").content.decode()
    assert "We no longer sell this product. Remove it to go on to checkout." in html
    assert 'href="/checkout/"' not in html
    assert shopper.get("/checkout/").url == "/cart/"
    assert shopper.post("/checkout/", fields | {"email": "anna@example.com"}).url == "/cart/"
    assert not Order.objects.exists()


def test_placing_an_order_leads_to_its_page(owner, shopper):
    make_variant("OW-PENCIL", price="4.00")
    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=2)
    html = shopper.get("/checkout/").content.decode()
    assert "€8.00" in html

    answer = shopper.post("/checkout/", hidden_fields(html) | {"email": " anna@example.com "})

    order = Order.objects.get()
    assert answer.url == order.get_absolute_url()
    assert (order.email, order.total) == ("anna@example.com", Decimal("8.00"))


def test_sent_twice_and_refreshed_it_stays_one_order(owner, shopper):
    make_variant("OW-PENCIL")
    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=1)
    fields = hidden_fields(shopper.get("/checkout/").content.decode()) | {"email": "anna@example.com"}

    answers = {shopper.post("/checkout/", fields).url for _ in range(3)}

    assert answers == {Order.objects.get().get_absolute_url()}


@pytest.mark.parametrize(
    "email, sentence",
    [
        ("", "Enter your email address, so that we can send you your order."),
        ("anna@", "Enter a complete email address, like anna@example.com."),
        ("anna@example.com\nBcc: eve@example.com", "Enter a complete email address, like anna@example.com."),
    ],
)
def test_a_wrong_email_is_explained_and_kept(owner, shopper, email, sentence):
    make_variant("OW-PENCIL")
    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=1)
    fields = hidden_fields(shopper.get("/checkout/").content.decode())

    answer = shopper.post("/checkout/", fields | {"email": email})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert f'name="email" value="{email}"' in answer.content.decode()
    assert not Order.objects.exists()


def test_a_changed_price_is_shown_and_asked_for(owner, shopper):
    variant = make_variant("OW-PENCIL", price="4.00")
    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=2)
    fields = hidden_fields(shopper.get("/checkout/").content.decode()) | {"email": "anna@example.com"}
    ProductVariant.objects.filter(pk=variant.pk).update(price=Decimal("4.50"))

    answer = shopper.post("/checkout/", fields)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert 'Your order now comes to <strong class="price">€9.00</strong>' in html
    assert 'value="anna@example.com"' in html
    assert not Order.objects.exists()

    shopper.post("/checkout/", hidden_fields(html) | {"email": "anna@example.com"})
    assert Order.objects.get().total == Decimal("9.00")


@pytest.mark.parametrize("missing", ["shown", "checkout_key"])
def test_an_order_is_never_placed_without_knowing_what_was_shown(owner, shopper, missing):
    make_variant("OW-PENCIL")
    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=1)
    fields = hidden_fields(shopper.get("/checkout/").content.decode()) | {"email": "anna@example.com"}

    assert shopper.post("/checkout/", fields | {missing: ""}).status_code == 422

    assert not Order.objects.exists()


@pytest.mark.parametrize("quantity", ["1_0", "１２", "٣", "1e2", "0x10", "1,000"])
def test_a_quantity_is_a_number_in_plain_digits(quantity):
    make_variant("OW-PENCIL")

    answer = Client().post(reverse("cart_add"), {"sku": "OW-PENCIL", "quantity": quantity})

    assert answer.status_code == 422
    assert "Enter the quantity as a whole number, like 25." in answer.content.decode()
    assert not CartItem.objects.exists()
