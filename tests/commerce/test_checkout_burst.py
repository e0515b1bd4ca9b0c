"""The same checkout two hundred times at once, over HTTP, against the server that runs in production."""

import re
from collections import Counter
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest

from catalog.models import Stock
from catalog.services.stock import start_counting
from commerce.models import Order, OrderItem, OutgoingEmail
from commerce.services.cart import add_plain_item
from tests.commerce.parallel import run_together, shared_database
from tests.factories.commerce import client_of, make_variant
from tests.factories.personalization import make_storefront_user
from tests.web_server import gunicorn

pytestmark = pytest.mark.django_db(transaction=True)

TIMES = 200
PATIENCE_SECONDS = 120


def ask(port: int, method: str, headers: dict[str, str], body: str = "") -> tuple[int, dict, str]:
    """Status, headers and text of the answer for `/checkout/`."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        connection.request(method, "/checkout/", body, headers)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()
    finally:
        connection.close()


def test_a_checkout_sent_two_hundred_times_at_once_is_one_order(transactional_db, tmp_path):
    make_variant("OW-FRAME", price="39.00")
    start_counting("OW-FRAME", quantity=5, low_from=1, by="system:test", reason="First count")
    owner = make_storefront_user()
    add_plain_item(owner=owner, sku="OW-FRAME", quantity=2)
    cookies = client_of(owner).cookies.output(attrs=[], header="", sep=";").strip()

    with (
        shared_database(tmp_path) as database_url,
        gunicorn(tmp_path, backlog=TIMES, DATABASE_URL=database_url) as port,
    ):
        _status, headers, page = ask(port, "GET", {"Cookie": cookies})
        fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page)) | {"email": "anna@example.com"}
        sent = {
            "Cookie": f"{cookies}; {headers['Set-Cookie'].partition(';')[0]}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        answers = run_together(lambda number: ask(port, "POST", sent, urlencode(fields)), times=TIMES)

    [order] = Order.objects.all()
    outcomes = Counter((status, found.get("Location")) for status, found, _text in answers)
    assert outcomes == {(302, order.get_absolute_url()): TIMES}
    assert list(OrderItem.objects.values_list("sku", "quantity")) == [("OW-FRAME", 2)]
    assert OutgoingEmail.objects.count() == 1
    assert Stock.objects.get().quantity == 3
