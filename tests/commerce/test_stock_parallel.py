"""Many buyers, one piece left: one of them gets it, and the rest read so. Without the lock they do not."""

import threading
from collections import Counter
from contextlib import suppress

import pytest
from django.db import connection, connections
from django.db.models import QuerySet
from django.test import Client

from catalog.models import Stock, StockMovement
from catalog.services.stock import CountedMeanwhile, recount, start_counting
from commerce.models import CartItem, Order
from commerce.selectors.cart import cart_contents
from commerce.services import checkout
from commerce.services.cart import add_plain_item, put_design
from commerce.services.checkout import NotEnoughLeft, place_order
from commerce.services.orders import IllegalStatusChange, cancel_order
from tests.commerce.parallel import run_parallel
from tests.factories.commerce import checkout_key_of, client_of, make_cart_design, make_variant
from tests.factories.personalization import make_storefront_user

pytestmark = pytest.mark.django_db(transaction=True)

BUYERS = 50
SKU = "OW-FRAME"


@pytest.fixture
def last_piece(transactional_db):
    make_variant(SKU, price="39.00", page_title="Oak frame", title="A4")
    return start_counting(SKU, quantity=1, low_from=1, by="system:test", reason="First count")


def buyers(count: int) -> list[tuple[Client, dict[str, str]]]:
    """Browsers on the checkout page with one frame in each cart, and what they are about to send."""
    waiting = []
    for _ in range(count):
        owner = make_storefront_user()
        add_plain_item(owner=owner, sku=SKU, quantity=1)
        fields = {
            "email": "anna@example.com",
            "checkout_key": str(checkout_key_of(owner)),
            "shown": cart_contents(owner).fingerprint,
        }
        waiting.append((client_of(owner, raise_request_exception=False), fields))
    return waiting


def rush(tmp_path) -> Counter:
    """How the buyers fare who all order at the same moment."""
    waiting = buyers(BUYERS)

    def order(number):
        browser, fields = waiting[number]
        answer = browser.post("/checkout/", fields)
        if answer.status_code == 302 and answer.url.startswith("/orders/"):
            return "bought"
        is_told = answer.status_code == 409 and "Oak frame, A4: sold out" in answer.content.decode()
        return "refused in words" if is_told else f"answered {answer.status_code}"

    return Counter(run_parallel(order, times=BUYERS, folder=tmp_path))


def test_of_fifty_buyers_of_the_last_piece_one_gets_it(last_piece, tmp_path):
    outcome = rush(tmp_path)

    assert outcome == {"bought": 1, "refused in words": BUYERS - 1}
    assert Order.objects.count() == 1
    assert Stock.objects.get().quantity == 0
    assert list(StockMovement.objects.values_list("kind", "change")) == [("order", -1), ("recount", 1)]
    assert CartItem.objects.count() == BUYERS - 1


@pytest.fixture
def no_lock(monkeypatch):
    """Takes the row locks away, and lets everybody look at the stock before anybody sells."""
    all_have_looked = threading.Barrier(BUYERS)
    check = checkout._check

    def check_and_wait(*arguments, **values):
        check(*arguments, **values)
        all_have_looked.wait(timeout=30)

    monkeypatch.setattr(checkout, "_check", check_and_wait)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda queryset, *args, **kwargs: queryset)


def test_control_without_the_lock_the_rest_is_not_refused_in_words(
    last_piece, no_lock, monkeypatch, tmp_path
):
    """What the test above holds is the lock's doing. The database still sells one piece only, but everybody
    else gets an error in place of an answer. The lock of SQLite is the transaction that begins with it.
    """
    if connection.vendor == "sqlite":
        options = connections.settings["default"]["OPTIONS"]
        monkeypatch.setitem(options, "transaction_mode", "DEFERRED")

    assert rush(tmp_path) == {"bought": 1, "answered 500": BUYERS - 1}
    assert Stock.objects.get().quantity == 0


def test_control_without_lock_transaction_and_check_all_fifty_buy_the_last_piece(
    last_piece, no_lock, monkeypatch, tmp_path
):
    """The buyers are really there at the same moment: whoever looks and then sells, oversells."""

    def sell_what_was_seen(stocks, pieces, **values):
        for sku, stock in stocks.items():
            Stock.objects.filter(sku=sku).update(quantity=stock.quantity - pieces[sku])

    monkeypatch.setattr(checkout, "sell", sell_what_was_seen)
    monkeypatch.setattr("commerce.views.checkout.place_order", checkout.place_order.__wrapped__)

    assert rush(tmp_path) == {"bought": BUYERS}
    assert (Order.objects.count(), Stock.objects.get().quantity) == (BUYERS, 0)


def test_carts_with_the_same_things_the_other_way_round_do_not_block_each_other(transactional_db, tmp_path):
    skus = ["OW-FRAME", "OW-PENCIL"]
    for sku in skus:
        make_variant(sku)
        start_counting(sku, quantity=12, low_from=1, by="system:test", reason="")
    waiting = []
    for number in range(20):
        owner = make_storefront_user()
        for sku in skus if number % 2 else reversed(skus):
            add_plain_item(owner=owner, sku=sku, quantity=1)
        waiting.append((owner, checkout_key_of(owner)))

    def order(number):
        owner, key = waiting[number]
        with suppress(NotEnoughLeft):
            return place_order(owner=owner, email="anna@example.com", checkout_key=key).pk

    placed = run_parallel(order, times=20, folder=tmp_path)

    assert len([pk for pk in placed if pk]) == Order.objects.count() == 12
    assert [stock.quantity for stock in Stock.objects.all()] == [0, 0]


def test_the_same_cancellation_at_once_puts_back_once(transactional_db, tmp_path):
    owner = make_storefront_user()
    design = make_cart_design(owner)
    start_counting("OW-CARD", quantity=3, low_from=1, by="system:test", reason="")
    put_design(owner=owner, design=design, quantity=2)
    order = place_order(owner=owner, email="anna@example.com", checkout_key=checkout_key_of(owner))

    def cancel(number):
        with suppress(IllegalStatusChange):
            return cancel_order(order=order, by="system:test", reason="").pk

    cancelled = run_parallel(cancel, times=8, folder=tmp_path)

    assert len([pk for pk in cancelled if pk]) == 1
    assert Stock.objects.get().quantity == 3
    assert StockMovement.objects.filter(kind="cancellation").count() == 1


def test_a_count_and_sales_at_once_lose_nothing(last_piece, tmp_path):
    """Whoever counted while something was sold is told to look again."""
    waiting = buyers(1)
    outcomes = run_parallel(
        lambda number: count_or_buy(number, last_piece, waiting), times=2, folder=tmp_path
    )

    total = sum(StockMovement.objects.values_list("change", flat=True))
    assert Stock.objects.get().quantity == total
    assert outcomes in (["counted", 302], ["look again", 302])


def count_or_buy(number, stock, waiting):
    if number:
        browser, fields = waiting[0]
        return browser.post("/checkout/", fields).status_code
    try:
        recount(stock, seen=1, quantity=9, low_from=1, is_counted=True, by="user:1", reason="Found more")
    except CountedMeanwhile:
        return "look again"
    return "counted"
