"""How many queries the pages take, and that it does not grow with the cart."""

import re

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commerce.models import OrderItem
from commerce.services.cart import add_plain_item, put_design
from commerce.services.orders import release_for_production
from tests.factories.commerce import client_of, make_cart_design, make_order, make_picture, make_variant
from tests.factories.personalization import make_storefront_user

pytestmark = pytest.mark.django_db

# Transactions in a test are savepoints; outside of tests they are a BEGIN and a COMMIT.
BOOKKEEPING = ("SAVEPOINT", "RELEASE SAVEPOINT")


def queries_of(request) -> int:
    """The queries of a request whose pictures and site settings somebody has asked for before."""
    request()
    with CaptureQueriesContext(connection) as queries:
        assert request().status_code == 200
    return len([query for query in queries if not query["sql"].startswith(BOOKKEEPING)])


@pytest.fixture
def shoppers(db):
    """Browsers of visitors with one and with ten lines: half plain with a picture, half of a design."""
    make_variant("OW-CARD", is_personalized=True, image=make_picture(), breaks=((5, "10"),))
    return {count: shopper_with(count) for count in (1, 10)}


def shopper_with(count):
    owner = make_storefront_user()
    for number in range(count):
        if number % 2:
            design = make_cart_design(owner)
            design.preview.save("card.png", ContentFile(b"png"))
            put_design(owner=owner, design=design, quantity=1)
        else:
            sku = f"OW-{count}-{number}"
            make_variant(sku, image=make_picture())
            add_plain_item(owner=owner, sku=sku, quantity=1)
    return client_of(owner)


@pytest.mark.parametrize("url, budget", [("/cart/", 8), ("/checkout/", 8)])
def test_a_page_takes_as_many_queries_for_ten_lines_as_for_one(shoppers, url, budget):
    one = queries_of(lambda: shoppers[1].get(url))
    ten = queries_of(lambda: shoppers[10].get(url))

    assert one == ten
    assert ten <= budget


def test_the_cart_badge_takes_two_queries(shoppers):
    assert queries_of(lambda: shoppers[10].get("/cart/state/")) == 2


def test_adding_takes_at_most_eleven_queries(shoppers):
    values = {"sku": "OW-10-0", "quantity": "1"}
    shoppers[10].post("/cart/add/", values)

    with CaptureQueriesContext(connection) as queries:
        assert shoppers[10].post("/cart/add/", values).status_code == 302

    assert len([query for query in queries if not query["sql"].startswith(BOOKKEEPING)]) <= 11


def place(shopper) -> int:
    html = shopper.get("/checkout/").content.decode()
    fields = dict(re.findall(r'name="(checkout_key|shown)" value="([^"]*)"', html))
    with CaptureQueriesContext(connection) as queries:
        answer = shopper.post("/checkout/", fields | {"email": "anna@example.com"})
    assert answer.url.startswith("/orders/")
    return len([query for query in queries if not query["sql"].startswith(BOOKKEEPING)])


def test_placing_an_order_grows_only_with_its_designs(shoppers):
    """A design adds what its render project takes: two insertions. The small order is completed at
    once, which is a row of the audit.
    """
    of_one, of_ten = place(shoppers[1]), place(shoppers[10])

    assert of_one <= 20
    assert of_ten - of_one <= 2 * 5 + 3


@pytest.mark.parametrize("count", [1, 10])
def test_an_order_page_takes_five_queries(owner, count):
    order = make_order(owner=owner, designs=[make_cart_design(owner) for _ in range(count)])
    OrderItem.objects.update(image=make_picture())
    release_for_production(order)

    assert queries_of(lambda: client_of(owner).get(order.get_absolute_url())) == 5


@pytest.mark.parametrize("count", [1, 10])
def test_my_orders_take_six_queries(owner, count):
    for _ in range(count):
        make_order(owner=owner, designs=[make_cart_design(owner)])
    OrderItem.objects.update(image=make_picture())

    assert queries_of(lambda: client_of(owner).get("/orders/")) == 6


@pytest.mark.parametrize("count", [1, 10])
def test_my_designs_take_eight_queries(owner, count):
    """Half of them in the cart, the others ordered."""
    make_variant("OW-CARD", is_personalized=True, image=make_picture(), breaks=((5, "10"),))
    for number in range(count):
        design = make_cart_design(owner)
        if number % 2:
            put_design(owner=owner, design=design, quantity=1)
        else:
            make_order(owner=owner, designs=[design])

    assert queries_of(lambda: client_of(owner).get("/designs/")) == 8


@pytest.mark.parametrize("count", [1, 10])
def test_an_order_as_it_would_be_today_takes_ten_queries(owner, count):
    """Half of them in the cart. The Hub does not answer, so it is asked only once."""
    make_variant("OW-CARD", is_personalized=True, image=make_picture(), breaks=((5, "10"),))
    designs = [make_cart_design(owner) for _ in range(count)]
    for design in designs[::2]:
        put_design(owner=owner, design=design, quantity=1)
    order = make_order(owner=owner, designs=designs)
    OrderItem.objects.update(image=make_picture())
    url = reverse("order_again", args=[order.code, order.secret])

    assert queries_of(lambda: client_of(owner).get(url)) == 10
