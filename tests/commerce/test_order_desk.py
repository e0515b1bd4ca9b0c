"""Staff see orders and cannot change them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from commerce.models import Order
from commerce.services.orders import release_for_production
from personalization.models import RenderProject
from tests.factories.commerce import make_cart_design, make_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def make_staff(django_user_model):
    def make(*codenames, **values):
        user = django_user_model.objects.create_user(username="staff", password="secret", **values)
        user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
        client = Client()
        client.force_login(user)
        return client

    return make


@pytest.fixture
def staff(make_staff):
    """Somebody who may see orders."""
    return make_staff("view_order")


def listed(client, **query) -> set[str]:
    html = client.get(reverse("order_desk:index"), query).content.decode()
    return {order.code for order in Order.objects.all() if order.code in html}


def test_the_list_tells_code_email_status_total_and_date(staff):
    order = make_order(email="anna@example.com", total="1234.50")

    html = staff.get(reverse("order_desk:index")).content.decode()

    assert reverse("order_desk:inspect", args=[order.pk]) in html
    for text in (order.code, "anna@example.com", "Processing", "€1,234.50"):
        assert text in html


def test_orders_are_found_by_code_email_and_sku(staff, owner):
    designed = make_order(owner=owner, email="bob@example.com", designs=[make_cart_design(owner)] * 2)
    plain = make_order(email="anna@example.com")

    assert listed(staff) == {designed.code, plain.code}
    assert listed(staff, q=designed.code.lower()) == {designed.code}
    assert listed(staff, q="anna@") == {plain.code}
    assert listed(staff, q="OW-CARD") == {designed.code}
    assert listed(staff, q="nothing") == set()


def test_an_order_with_two_matching_items_is_listed_once(staff, owner):
    order = make_order(owner=owner, designs=[make_cart_design(owner)] * 2)

    html = staff.get(reverse("order_desk:index"), {"q": "OW-CARD"}).content.decode()

    assert html.count(f'href="{reverse("order_desk:inspect", args=[order.pk])}"') == 1


def test_orders_are_filtered_by_status_and_date(staff):
    old = make_order(status="completed")
    Order.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=10))
    new = make_order()
    today = timezone.now().date()

    assert listed(staff, status="completed") == {old.code}
    assert listed(staff, created_at_from=str(today - timedelta(days=1))) == {new.code}
    assert listed(staff, created_at_to=str(today - timedelta(days=5))) == {old.code}


def test_an_order_shows_why_its_print_file_failed(staff, owner):
    order = make_order(owner=owner, designs=[make_cart_design(owner)])
    release_for_production(order)
    RenderProject.objects.update(status="failed", reason="The template has no such font", hub_project_id=4711)

    html = staff.get(reverse("order_desk:inspect", args=[order.pk])).content.decode()

    for text in (f"{order.code}-1", "OW-CARD", "Failed", "The template has no such font", "4711"):
        assert text in html


def test_the_shoppers_secret_is_not_shown_to_staff(staff):
    order = make_order()

    for url in (reverse("order_desk:index"), reverse("order_desk:inspect", args=[order.pk])):
        assert order.secret not in staff.get(url).content.decode()


@pytest.mark.parametrize("name", ["add", "edit", "delete", "copy", "history", "usage"])
def test_there_is_no_way_to_change_an_order(name):
    with pytest.raises(NoReverseMatch):
        reverse(f"order_desk:{name}", args=[] if name == "add" else [1])


def test_an_administrator_is_offered_no_change_either(make_staff):
    client = make_staff(is_superuser=True)
    order = make_order()

    for url in (reverse("order_desk:index"), reverse("order_desk:inspect", args=[order.pk])):
        html = client.get(url).content.decode()
        assert client.get(url).status_code == 200
        assert "orders/edit" not in html
        assert "orders/delete" not in html
        assert "orders/new" not in html


def test_staff_without_the_permission_see_no_orders(make_staff):
    client = make_staff()
    order = make_order()

    for url in (reverse("order_desk:index"), reverse("order_desk:inspect", args=[order.pk])):
        answer = client.get(url)
        assert answer.status_code == 302
        assert order.code not in answer.content.decode()


def test_the_public_is_asked_to_log_in(client):
    assert client.get(reverse("order_desk:index")).url.startswith("/admin/login/")
