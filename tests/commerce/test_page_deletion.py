"""Before pages are deleted, staff read which products go with them, and who has ordered them or wants to."""

import html
import re

import pytest
from django.urls import reverse

from commerce.models import CartItem, Order
from commerce.services.cart import add_plain_item
from tests.factories.catalog import a_category, a_group
from tests.factories.commerce import make_order
from tests.factories.personalization import make_storefront_user

pytestmark = pytest.mark.django_db


def text(response) -> str:
    assert response.status_code == 200
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def ordered(sku: str, **values) -> Order:
    order = make_order(**values)
    order.items.update(sku=sku)
    return order


@pytest.fixture
def category(db):
    """Two products with three SKUs, which two shoppers have in their carts and three have ordered."""
    category = a_category("Cards")
    a_group("OW-A", "OW-B", title="Classic cards", parent=category)
    a_group("OW-C", title="Thank-you <cards>", parent=category)
    for _number in range(2):
        add_plain_item(owner=make_storefront_user(), sku="OW-A", quantity=1)
        ordered("OW-B", status=Order.Status.COMPLETED)
    ordered("OW-C", status=Order.Status.PROCESSING)
    ordered("OW-OTHER")
    return category


FACTS = (
    "2 products go, and are not sold any more: “Classic cards”, “Thank-you <cards>”. "
    "There are 3 SKUs: OW-A, OW-B, OW-C.",
    "2 carts hold something of it, and say then that it is no longer sold.",
    "3 orders have something of it, and keep their own copy. 1 of them is not finished yet.",
)


def test_of_a_category(admin_client, category):
    said = text(admin_client.get(reverse("wagtailadmin_pages:delete", args=[category.pk])))

    for fact in FACTS:
        assert fact in said


def test_of_several_pages_at_once(admin_client, category):
    other = a_category("Empty")
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])

    said = text(admin_client.get(f"{address}?id={category.pk}&id={other.pk}"))

    for fact in FACTS:
        assert fact in said


def test_of_a_single_product_that_nobody_has(admin_client):
    group = a_group("OW-A", title="Classic cards")

    said = text(admin_client.get(reverse("wagtailadmin_pages:delete", args=[group.pk])))

    assert "1 product goes, and is not sold any more: “Classic cards”. Its SKU is OW-A." in said
    assert "something of it" not in said


def test_ten_are_named_and_the_others_counted(admin_client):
    category = a_category("Cards")
    for number in range(12):
        a_group(f"OW-{number:02}", title=f"Card {number:02}", parent=category)

    said = text(admin_client.get(reverse("wagtailadmin_pages:delete", args=[category.pk])))

    assert "“Card 08”, “Card 09” and 2 more." in said
    assert "OW-08, OW-09 and 2 more." in said


def test_of_pages_without_products_nothing_is_said(admin_client):
    category = a_category("Empty")

    said = text(admin_client.get(reverse("wagtailadmin_pages:delete", args=[category.pk])))

    assert "not sold any more" not in said


def test_deleting_says_nothing_more(admin_client, category):
    response = admin_client.post(reverse("wagtailadmin_pages:delete", args=[category.pk]), follow=True)

    assert "not sold any more" not in text(response)
    assert CartItem.objects.count() == 2
