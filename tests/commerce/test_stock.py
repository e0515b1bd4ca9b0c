"""What is left is sold once: in the cart, at checkout, after a cancellation."""

import re

import pytest
from django.db import IntegrityError, transaction

from catalog.models import ProductGroupPage, ProductVariant, Stock, StockMovement
from catalog.services.stock import put_back, recount, sell, start_counting
from commerce.models import CartItem, Order, OrderItem
from commerce.selectors.cart import cart_contents
from commerce.services.cart import NotEnough, add_plain_item, put_design, set_quantity
from commerce.services.checkout import NotEnoughLeft, place_order
from commerce.services.orders import cancel_order
from tests.factories.commerce import checkout_key_of, make_cart_design, make_variant
from tests.factories.personalization import make_storefront_user

pytestmark = pytest.mark.django_db

SKU = "OW-FRAME"


@pytest.fixture
def frames():
    """Three oak frames."""
    make_variant(SKU, price="39.00", page_title="Oak frame", title="A4")
    return count(SKU, 3)


def count(sku: str, quantity: int, *, low_from: int = 2) -> Stock:
    return start_counting(sku, quantity=quantity, low_from=low_from, by="user:1", reason="First count")


def buy(owner, quantity: int = 1, *, sku: str = SKU) -> Order:
    add_plain_item(owner=owner, sku=sku, quantity=quantity)
    return place(owner)


def place(owner) -> Order:
    return place_order(owner=owner, email="anna@example.com", checkout_key=checkout_key_of(owner))


def left(sku: str = SKU) -> int:
    return Stock.objects.get(sku=sku).quantity


def ledger(sku: str = SKU) -> list[tuple[str, int, int]]:
    """Kind, change, left afterwards; the oldest first."""
    moved = StockMovement.objects.filter(stock__sku=sku).order_by("pk")
    return list(moved.values_list("kind", "change", "left"))


def test_an_order_takes_what_it_contains_and_says_so_in_the_ledger(owner, frames):
    order = buy(owner, 2)

    assert left() == 1
    assert ledger() == [("recount", 3, 3), ("order", -2, 1)]
    movement = StockMovement.objects.first()
    assert (movement.order_code, movement.actor) == (order.code, "system:checkout")
    assert order.items.get().from_stock


def test_what_has_no_stock_is_sold_without_limit(owner):
    make_variant("OW-PENCIL")

    order = buy(owner, 9999, sku="OW-PENCIL")

    assert not order.items.get().from_stock
    assert not Stock.objects.exists() and not StockMovement.objects.exists()


def test_what_staff_stopped_counting_is_sold_without_limit_and_keeps_its_ledger(owner, frames):
    recount(frames, seen=3, quantity=3, low_from=2, is_counted=False, by="user:1", reason="Made to order now")

    order = buy(owner, 50)

    assert not order.items.get().from_stock
    assert (left(), ledger()) == (3, [("recount", 3, 3), ("recount", 0, 3)])


def test_designs_of_one_sku_are_taken_together(owner):
    designs = [make_cart_design(owner), make_cart_design(owner)]
    for design in designs:
        put_design(owner=owner, design=design, quantity=2)
    count("OW-CARD", 5)

    place(owner)

    assert ledger("OW-CARD") == [("recount", 5, 5), ("order", -4, 1)]


def test_of_lines_that_share_a_sku_the_later_one_is_short(owner):
    for design in [make_cart_design(owner), make_cart_design(owner)]:
        put_design(owner=owner, design=design, quantity=2)
    count("OW-CARD", 3)

    first, second = cart_contents(owner).lines

    assert (first.problem, first.is_short) == ("", False)
    assert (second.problem, second.left) == ("Only 1 left. Order fewer to go on to checkout.", 1)
    with pytest.raises(NotEnoughLeft):
        place(owner)
    assert (Order.objects.count(), left("OW-CARD"), CartItem.objects.count()) == (0, 3, 2)


def test_a_cancelled_order_puts_back_once(owner, frames):
    order = buy(owner, 2)

    cancelled = make_cancellable(order)
    cancel_order(order=cancelled, by="user:1", reason="Called us")
    put_back(order_code=order.code, by="user:1")

    assert ledger() == [("recount", 3, 3), ("order", -2, 1), ("cancellation", 2, 3)]
    assert StockMovement.objects.first().reason == "Called us"


def test_what_was_sold_without_limit_is_not_put_back(owner):
    make_variant(SKU)
    order = buy(owner, 2)
    count(SKU, 3)

    cancel_order(order=make_cancellable(order), by="user:1", reason="")

    assert ledger() == [("recount", 3, 3)]


def make_cancellable(order: Order) -> Order:
    """A plain order is completed at once; as if it were on hold still."""
    Order.objects.filter(pk=order.pk).update(
        status="on_hold", completed_at=None, held_until="2030-01-01T00:00Z"
    )
    order.refresh_from_db()
    return order


def test_the_database_refuses_what_would_go_below_zero(frames):
    with pytest.raises(IntegrityError), transaction.atomic():
        sell({SKU: frames}, {SKU: 4}, order_code="AAAAAAAA", by="system:test")

    assert (left(), ledger()) == (3, [("recount", 3, 3)])


def test_the_database_refuses_to_book_an_order_twice(frames):
    sell({SKU: frames}, {SKU: 1}, order_code="AAAAAAAA", by="system:test")

    with pytest.raises(IntegrityError), transaction.atomic():
        sell({SKU: frames}, {SKU: 1}, order_code="AAAAAAAA", by="system:test")

    assert left() == 2


def test_neither_a_revision_nor_a_new_variant_changes_the_stock(owner, frames):
    page = ProductGroupPage.objects.get()
    old = page.save_revision()
    buy(owner, 2)

    old.publish()
    assert left() == 1

    ProductVariant.objects.all().delete()
    ProductVariant.objects.create(page=page, sku=SKU, title="A4, new", price="45.00")
    assert left() == 1
    add_plain_item(owner=owner, sku=SKU, quantity=1)
    assert cart_contents(owner).lines[0].few_left == 1


def test_more_than_is_left_does_not_go_into_the_cart(owner, frames):
    with pytest.raises(NotEnough) as refused:
        add_plain_item(owner=owner, sku=SKU, quantity=4)
    assert refused.value.message == "Only 3 left. Order fewer."

    add_plain_item(owner=owner, sku=SKU, quantity=2)
    with pytest.raises(NotEnough) as refused:
        add_plain_item(owner=owner, sku=SKU, quantity=2)
    assert refused.value.message == "Only 3 left, and you have 2 in your cart already."


def test_the_add_page_of_what_is_sold_out_has_no_button(shopper, frames):
    Stock.objects.update(quantity=0)

    page = shopper.get(f"/cart/add/?sku={SKU}").content.decode()

    assert "Sold out at the moment." in page
    assert 'name="quantity"' not in page
    answer = shopper.post("/cart/add/", {"sku": SKU, "quantity": "1"})
    assert answer.status_code == 422
    assert CartItem.objects.count() == 0


def test_a_finished_design_goes_into_the_cart_even_if_its_sku_is_sold_out(owner):
    design = make_cart_design(owner)
    count("OW-CARD", 0)

    put_design(owner=owner, design=design, quantity=1)

    [line] = cart_contents(owner).lines
    assert line.problem == "Sold out. Remove it to go on to checkout."


def test_the_cart_tells_what_is_short_and_lets_the_shopper_order_fewer(owner, shopper, frames):
    item = add_plain_item(owner=owner, sku=SKU, quantity=3)
    buy(make_storefront_user(), 1)

    page = shopper.get("/cart/").content.decode()

    assert "Only 2 left. Order fewer to go on to checkout." in page
    assert "There is not enough left of something in your cart." in page
    assert "Check out</a>" not in page
    assert 'aria-invalid="true"' in page
    set_quantity(owner=owner, item_id=item.pk, quantity=2)
    page = shopper.get("/cart/").content.decode()
    assert "Check out</a>" in page
    assert "Only 2 left<" in page


def test_a_sold_out_line_can_only_be_removed(owner, shopper, frames):
    add_plain_item(owner=owner, sku=SKU, quantity=3)
    buy(make_storefront_user(), 3)

    page = shopper.get("/cart/").content.decode()

    assert "Sold out. Remove it to go on to checkout." in page
    assert 'name="quantity"' not in page


@pytest.mark.parametrize(
    ("bought", "said"), [(1, "Oak frame, A4: only 2 left"), (3, "Oak frame, A4: sold out")]
)
def test_a_checkout_that_comes_too_late_says_of_what_too_little_is_left(owner, shopper, frames, bought, said):
    add_plain_item(owner=owner, sku=SKU, quantity=3)
    html = shopper.get("/checkout/").content.decode()
    fields = dict(re.findall(r'name="(checkout_key|shown)" value="([^"]*)"', html))
    buy(make_storefront_user(), bought)

    answer = shopper.post("/checkout/", fields | {"email": "anna@example.com"})

    assert answer.status_code == 409
    assert said in answer.content.decode()
    assert Order.objects.filter(owner=owner).count() == 0
    assert [(line.sku, line.quantity) for line in cart_contents(owner).lines] == [(SKU, 3)]
    assert left() == 3 - bought


def test_a_checkout_sent_again_after_the_last_piece_is_still_the_same_order(owner, shopper, frames):
    add_plain_item(owner=owner, sku=SKU, quantity=3)
    html = shopper.get("/checkout/").content.decode()
    fields = dict(re.findall(r'name="(checkout_key|shown)" value="([^"]*)"', html))

    answers = [shopper.post("/checkout/", fields | {"email": "anna@example.com"}) for _ in range(2)]

    [order] = Order.objects.all()
    assert [answer.url for answer in answers] == [order.get_absolute_url()] * 2
    assert (left(), OrderItem.objects.count()) == (0, 1)


def test_a_sold_out_product_is_not_personalized(sandbox, shopper):
    make_variant("OW-CARD", is_personalized=True, page_title="Card")
    count("OW-CARD", 0)

    answer = shopper.get("/personalize/OW-CARD/")

    assert answer.status_code == 409
    assert "“Card” is sold out at the moment." in answer.content.decode()
    assert sandbox.control.calls == []
