"""What a quantity counts is said in words wherever there is one."""

import pytest
from django.urls import reverse

from catalog.models import ProductVariant
from catalog.services.stock import start_counting
from commerce.models import Order, OutgoingEmail
from commerce.services import messages
from commerce.services.cart import add_plain_item
from core.templatetags.packs import counted
from tests.commerce.test_cart_pages import hidden_fields
from tests.commerce.test_order_desk_list import rows
from tests.factories.commerce import make_order, make_variant

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "quantity, pack_size, words",
    [(1, 1, "1"), (1200, 1, "1,200"), (1, 50, "1 pack of 50"), (3, 1000, "3 packs of 1,000")],
)
def test_packs_are_counted_in_words_and_pieces_are_not(quantity, pack_size, words):
    assert counted(quantity, pack_size) == words


@pytest.fixture
def cards(db):
    """Sold in packs of 50; 10 % less from three packs."""
    values = {"page_title": "Cards", "title": "Matt, 50 cards", "pack_size": 50}
    return make_variant("OW-CARD", price="20.00", breaks=((3, "10"),), **values)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_the_product_page_says_it_beside_the_quantity_and_in_the_prices(client, cards):
    html = text(client.get(cards.page.url))

    assert 'id="quantity-help" data-pack-note>One is a pack of 50.</p>' in html
    assert '<th scope="col">1 pack</th>' in html
    assert '<th scope="col">from 3 packs</th>' in html
    assert '"packNote": "One is a pack of 50.", "perUnit": "a pack"' in html


def test_prices_of_packs_and_single_pieces_side_by_side_count_neither(client, cards):
    single = {"title": "Single card", "price": "2.00"}
    ProductVariant.objects.create(page=cards.page, sku="OW-CARD-1", **single)

    html = text(client.get(cards.page.url))

    assert "from 3 packs" not in html
    assert '"packNote": "", "perUnit": "each"' in html


def test_cart_checkout_order_and_email_say_it(owner, shopper, cards):
    html = text(shopper.get(reverse("cart_add"), {"sku": "OW-CARD"}))
    assert "One is a pack of 50." in html
    assert "<td>3 packs of 50</td>" in html

    add_plain_item(owner=owner, sku="OW-CARD", quantity=2)
    html = text(shopper.get("/cart/"))
    assert '<span class="price">€20.00</span> a pack' in html
    assert 'Order 3 packs of 50 or more and pay <span class="price">€18.00</span> a pack.' in html

    checkout = shopper.get("/checkout/").content.decode()
    assert '2 packs of 50 × <span class="price">€20.00</span>' in checkout
    shopper.post("/checkout/", hidden_fields(checkout) | {"email": "anna@example.com"})
    order = Order.objects.get()
    ProductVariant.objects.update(pack_size=100)
    assert '2 packs of 50 × <span class="price">€20.00</span>' in text(shopper.get(order.get_absolute_url()))

    message = messages.order_message(order.emails.get(kind=OutgoingEmail.Kind.CONFIRMATION))
    assert "2 packs of 50 × Cards, Matt, 50 cards: €40.00" in message.body
    assert "2 packs of 50 × €20.00" in message.alternatives[0][0]


def test_an_export_of_orders_has_the_pack_and_the_pieces(admin_client):
    make_order().items.update(quantity=2, pack_size=50)

    [row] = rows(admin_client.get(reverse("order_desk:index"), {"export": "csv"}))

    assert (row["Quantity"], row["Pieces in a pack"], row["Pieces"]) == ("2", "50", "100")


def test_stock_counts_packs_where_packs_are_sold(admin_client, cards):
    stock = start_counting(cards.sku, quantity=3, low_from=0, reason="", by="system:test")

    for address in (
        reverse("stock:index"),
        reverse("stock:edit", args=[stock.pk]),
        reverse("wagtailadmin_pages:edit", args=[cards.page.pk]),
    ):
        assert "3 packs of 50" in text(admin_client.get(address)), address
    [row] = rows(admin_client.get(reverse("stock:index"), {"export": "csv"}))
    assert (row["Left"], row["Pieces in a pack"]) == ("3", "50")
