"""A cart becomes one order, at the prices that the shopper saw."""

import uuid
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import ProductVariant
from commerce.models import Cart, Order, OutgoingEmail
from commerce.selectors.cart import cart_contents
from commerce.services.cart import add_plain_item, put_design
from commerce.services.checkout import CartBlocked, CartChanged, CartEmpty, place_order
from personalization.models import RenderProject
from tests.factories.commerce import checkout_key_of, make_cart_design, make_variant
from tests.factories.personalization import make_storefront_user

pytestmark = pytest.mark.django_db


def buy(owner, **values):
    values = {"email": "anna@example.com", "checkout_key": checkout_key_of(owner)} | values
    return place_order(owner=owner, **values)


def test_an_order_is_a_snapshot_of_the_cart(owner):
    variant = make_variant("OW-PENCIL", price="0.99", breaks=((10, "12.5"),), page_title="Pencils")
    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=11)
    design = make_cart_design(owner)
    put_design(owner=owner, design=design, quantity=2)
    key = checkout_key_of(owner)

    order = buy(owner)

    assert (order.email, order.currency, order.total) == ("anna@example.com", "EUR", Decimal("47.57"))
    assert order.checkout_key == key
    rows = order.items.values_list(
        "position", "sku", "title", "unit_price", "quantity", "line_total", "design"
    )
    assert list(rows) == [
        (1, "OW-PENCIL", "Pencils", Decimal("0.87"), 11, Decimal("9.57"), None),
        (2, "OW-CARD", "Product OW-CARD", Decimal("19.00"), 2, Decimal("38.00"), design.pk),
    ]
    ProductVariant.objects.filter(pk=variant.pk).update(price=Decimal("99.00"))
    assert order.items.get(position=1).unit_price == Decimal("0.87")


def test_the_cart_is_empty_afterwards_and_has_a_fresh_key(owner):
    make_variant("OW-PENCIL")
    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=1)
    key = checkout_key_of(owner)

    buy(owner)

    assert cart_contents(owner).lines == []
    assert checkout_key_of(owner) != key


def test_the_same_key_again_returns_the_first_order(owner):
    make_variant("OW-PENCIL")
    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=1)
    key = checkout_key_of(owner)
    order = buy(owner)
    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=5)

    assert buy(owner, checkout_key=key, email="other@example.com") == order
    assert Order.objects.count() == 1
    assert OutgoingEmail.objects.count() == 1
    assert [line.quantity for line in cart_contents(owner).lines] == [5]


def test_another_visitors_key_opens_nothing(owner):
    make_variant("OW-PENCIL")
    other = make_storefront_user()
    for visitor in (owner, other):
        add_plain_item(owner=visitor, sku="OW-PENCIL", quantity=1)
    key = checkout_key_of(owner)
    buy(owner)

    with pytest.raises(CartChanged):
        place_order(owner=other, email="eve@example.com", checkout_key=key)

    assert Order.objects.filter(owner=other).count() == 0


@pytest.mark.parametrize("has_cart", [True, False])
def test_an_empty_cart_places_no_order(owner, has_cart):
    if has_cart:
        Cart.objects.create(owner=owner)

    with pytest.raises(CartEmpty):
        place_order(owner=owner, email="anna@example.com", checkout_key=uuid.uuid4())

    assert not Order.objects.exists()


def test_a_changed_price_places_no_order_until_the_shopper_agrees(owner):
    variant = make_variant("OW-PENCIL", price="4.00")
    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=1)
    shown = cart_contents(owner).fingerprint
    ProductVariant.objects.filter(pk=variant.pk).update(price=Decimal("4.50"))

    with pytest.raises(CartChanged):
        buy(owner, shown=shown)
    assert not Order.objects.exists()
    assert len(cart_contents(owner).lines) == 1

    assert buy(owner, shown=cart_contents(owner).fingerprint).total == Decimal("4.50")


def test_other_lines_for_the_same_money_need_consent_too(owner):
    make_variant("OW-PENCIL", price="4.00")
    make_variant("OW-RULER", price="4.00")
    item = add_plain_item(owner=owner, sku="OW-PENCIL", quantity=1)
    shown = cart_contents(owner).fingerprint
    item.delete()
    add_plain_item(owner=owner, sku="OW-RULER", quantity=1)

    with pytest.raises(CartChanged):
        buy(owner, shown=shown)

    assert not Order.objects.exists()


def test_a_product_that_left_the_range_places_no_order(owner):
    variant = make_variant("OW-PENCIL")
    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=1)
    ProductVariant.objects.filter(pk=variant.pk).update(is_active=False)

    with pytest.raises(CartBlocked):
        buy(owner)

    assert not Order.objects.exists()


def test_an_order_without_designs_is_completed_at_once(owner):
    make_variant("OW-PENCIL")
    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=1)

    order = buy(owner)
    order.refresh_from_db()

    assert order.status == Order.Status.COMPLETED
    assert order.completed_at is not None
    assert [email.kind for email in order.emails.all()] == ["confirmation"]
    assert not RenderProject.objects.exists()


def test_each_design_gets_its_render_project_from_the_snapshot(owner, settings):
    settings.SHOP_BASE_URL = "https://shop.example"
    make_variant("OW-PENCIL")
    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=1)
    designs = [make_cart_design(owner), make_cart_design(owner)]
    for quantity, design in enumerate(designs, start=4):
        put_design(owner=owner, design=design, quantity=quantity)

    order = buy(owner)
    order.refresh_from_db()

    assert order.status == Order.Status.PROCESSING
    assert order.completed_at is None
    projects = list(RenderProject.objects.order_by("line_index"))
    assert [project.order_item for project in projects] == list(order.items.filter(position__gt=1))
    assert [(p.line_id, p.line_index, p.quantity, p.sku, p.pipeline_id, p.design) for p in projects] == [
        (f"{order.code}-2", 1, 4, "OW-CARD", 31, designs[0]),
        (f"{order.code}-3", 2, 5, "OW-CARD", 31, designs[1]),
    ]
    assert {project.order_id for project in projects} == {order.code}


def test_the_hub_is_told_the_order_desks_address_and_never_the_shoppers(owner, settings):
    settings.SHOP_BASE_URL = "https://shop.example"
    put_design(owner=owner, design=make_cart_design(owner), quantity=1)

    order = buy(owner)

    [project] = RenderProject.objects.all()
    assert project.order_url == f"https://shop.example/admin/orders/inspect/{order.pk}/"
    assert order.secret not in project.order_url


def test_what_follows_waits_for_the_commit(owner, django_capture_on_commit_callbacks, mailoutbox):
    make_variant("OW-PENCIL")
    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=1)

    with django_capture_on_commit_callbacks() as callbacks:
        buy(owner)
    assert mailoutbox == []
    assert len(callbacks) == 1

    callbacks[0]()
    assert [message.to for message in mailoutbox] == [["anna@example.com"]]


def test_placing_three_designs_takes_26_queries(owner):
    for _line in range(3):
        put_design(owner=owner, design=make_cart_design(owner), quantity=1)
    cart = cart_contents(owner)

    with CaptureQueriesContext(connection) as queries:
        place_order(owner=owner, email="anna@example.com", checkout_key=cart.checkout_key)

    statements = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(statements) == 26, "\n".join(statements)
