"""What belongs to somebody: nobody else sees it or changes it, and the owner does."""

import pytest
from django.contrib.auth.models import Group, User
from django.forms.models import model_to_dict
from django.test import Client
from django.urls import reverse

from commerce.desk.roles import ORDER_DESK
from commerce.models import CartItem
from commerce.services.cart import add_plain_item
from personalization.models import Design
from tests.factories.catalog import a_group
from tests.factories.commerce import client_of, make_cart_design, make_order
from tests.factories.personalization import make_storefront_user
from tests.factories.staff import install_roles

pytestmark = pytest.mark.django_db

TITLE = "Wedding of Anna"
WRONG_SECRET = "w" * 32


@pytest.fixture
def owner():
    return make_storefront_user()


@pytest.fixture
def design(owner):
    made = make_cart_design(owner)
    Design.objects.filter(pk=made.pk).update(title=TITLE)
    made.refresh_from_db()
    return made


@pytest.fixture
def item(owner):
    a_group("OW-PENCIL", title="Pencils")
    return add_plain_item(owner=owner, sku="OW-PENCIL", quantity=3)


def anonymous() -> Client:
    return Client()


def visitor() -> Client:
    return client_of(make_storefront_user())


def customer() -> Client:
    browser = Client()
    browser.force_login(User.objects.create_user("customer", "customer@example.com"))
    return browser


def order_desk() -> Client:
    install_roles()
    user = User.objects.create_user("desk", "desk@example.com")
    user.groups.add(Group.objects.get(name=ORDER_DESK))
    browser = Client()
    browser.force_login(user)
    return browser


STRANGERS = pytest.mark.parametrize("stranger", [anonymous, visitor, customer, order_desk])
TO_A_DESIGN = pytest.mark.parametrize(
    "name", ["design_duplicate", "design_rename", "design_delete", "design_put_in_cart"]
)
TO_AN_ITEM = pytest.mark.parametrize("name", ["cart_item_update", "cart_item_remove"])
OF_AN_ORDER = pytest.mark.parametrize("name", ["order", "order_status", "order_cancel", "order_again"])


def everything_of(owner) -> dict:
    """All that the owner's designs and cart hold."""
    return {
        "designs": [model_to_dict(design) for design in Design.objects.filter(owner=owner).order_by("pk")],
        "items": list(CartItem.objects.filter(cart__owner=owner).order_by("pk").values()),
    }


@STRANGERS
@TO_A_DESIGN
def test_a_strangers_design_is_neither_seen_nor_changed(owner, design, stranger, name):
    before, browser = everything_of(owner), stranger()

    for method in (browser.get, browser.post):
        answer = method(reverse(name, args=[design.pk]), {"name": "Mine", "quantity": 1}, follow=True)
        assert TITLE not in answer.content.decode()

    assert everything_of(owner) == before
    assert Design.objects.exclude(owner=owner).count() == 0


@STRANGERS
def test_a_strangers_design_does_not_open_in_the_editor(design, stranger):
    answer = stranger().get(
        reverse("personalize", args=[design.sku]), {"design": str(design.pk)}, follow=True
    )
    page = answer.content.decode()
    assert (TITLE in page, design.state_ids[0] in page) == (False, False)


@STRANGERS
@TO_AN_ITEM
def test_a_line_of_a_strangers_cart_stays(owner, item, stranger, name):
    before = everything_of(owner)
    stranger().post(reverse(name, args=[item.pk]), {"quantity": 1})
    assert everything_of(owner) == before


@STRANGERS
@OF_AN_ORDER
def test_an_order_opens_by_its_secret_alone(stranger, name):
    order = make_order()
    status = order.status
    address = reverse(name, args=[order.code, WRONG_SECRET])
    browser = stranger()

    for method in (browser.get, browser.post):
        answer = method(address)
        assert answer.status_code in (404, 405)
        assert order.email not in answer.content.decode()

    order.refresh_from_db()
    assert order.status == status


def test_ones_own_things_open(owner, design, item):
    browser = client_of(owner)
    order = make_order()

    assert TITLE in browser.get(reverse("designs")).content.decode()
    browser.post(reverse("cart_item_update", args=[item.pk]), {"quantity": 5})
    item.refresh_from_db()
    assert item.quantity == 5
    assert browser.get(reverse("order", args=[order.code, order.secret])).status_code == 200
