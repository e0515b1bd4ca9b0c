"""How often one client, or one address, may make the shop keep something."""

import re

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse

from commerce.models import Order
from commerce.services.cart import add_plain_item
from personalization.models import StorefrontUser
from tests.factories.catalog import a_group
from tests.factories.commerce import client_of, make_order, make_variant
from tests.factories.personalization import make_storefront_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def limit(settings):
    def allow(name: str, tries: int) -> None:
        settings.LIMITS = {**settings.LIMITS, name: (tries, 3600)}

    return allow


def order(email: str, *, client_address: str = "192.0.2.1", times: int = 1):
    """A new visitor orders; the last of their answers."""
    owner = make_storefront_user()
    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=1)
    shopper = client_of(owner, REMOTE_ADDR=client_address)
    cart = shopper.get("/checkout/").context["cart"]
    form = {"email": email, "checkout_key": cart.checkout_key, "shown": cart.fingerprint}
    return [shopper.post("/checkout/", form) for _ in range(times)][-1]


@pytest.fixture
def pencil(db):
    return make_variant("OW-PENCIL")


def test_an_address_gets_so_many_orders_in_an_hour_and_no_email_more(
    limit, pencil, django_capture_on_commit_callbacks
):
    limit("orders_per_address", 2)
    with django_capture_on_commit_callbacks(execute=True):
        for number in (1, 2):
            order("anna@example.com", client_address=f"192.0.2.{number}")
        refused = order("Anna@Example.com", client_address="192.0.2.3")

    assert refused.status_code == 429
    assert "Nothing was ordered" in refused.text
    assert refused.headers["Retry-After"] == "3600"
    assert Order.objects.count() == len(mail.outbox) == 2
    assert order("ben@example.com").status_code == 302


def test_a_client_places_so_many_orders_in_an_hour(limit, pencil):
    limit("orders_per_client", 2)
    answers = [order(f"{name}@example.com").status_code for name in ("anna", "ben", "cara")]

    assert answers == [302, 302, 429]
    assert order("cara@example.com", client_address="198.51.100.7").status_code == 302


def test_a_form_sent_again_counts_once(limit, pencil):
    limit("orders_per_client", 1)

    assert order("anna@example.com", times=5).status_code == 302
    assert Order.objects.count() == 1


def test_a_refused_cart_stays_and_can_be_ordered_later(limit, pencil):
    limit("orders_per_client", 1)
    order("anna@example.com")

    assert order("ben@example.com", times=2).status_code == 429
    assert StorefrontUser.objects.filter(cart__items__sku="OW-PENCIL").count() == 1


@pytest.fixture
def cards(sandbox):
    a_group("OW-BC-MATT-50", personalized=True, reference="classic-business-cards")
    return reverse("personalize", args=["OW-BC-MATT-50"])


def test_looking_at_the_editors_page_makes_nothing_and_starting_makes_a_visitor(client, cards, sandbox):
    page = client.get(f"{cards}?quantity=25")

    assert page.status_code == 200
    assert "Start designing" in page.text
    assert "<noscript>" in page.text and "The editor needs JavaScript." in page.text
    assert set(page.cookies) == {"csrftoken"}
    assert (StorefrontUser.objects.count(), Session.objects.count()) == (0, 0)
    assert sandbox.control.calls == []

    started = client.post(f"{cards}start/?quantity=25")

    assert (started.status_code, started.headers["Location"]) == (303, f"{cards}?quantity=25")
    assert started.cookies["visitor"].value
    assert client.get(started.headers["Location"]).context["editor"].config["integration"]["quantity"] == 25
    assert StorefrontUser.objects.count() == len(sandbox.control.calls_to("users.create")) == 1


def test_starting_needs_the_forms_token(cards):
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(f"{cards}start/").status_code == 403

    form = browser.get(cards).text
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)[1]
    assert browser.post(f"{cards}start/", {"csrfmiddlewaretoken": token}).status_code == 303


def test_starting_makes_nobody_where_nothing_can_be_designed(client, pencil):
    unknown, plain = client.post("/personalize/NOTHING/start/"), client.post("/personalize/OW-PENCIL/start/")

    assert unknown.status_code == 404
    assert (plain.status_code, plain.headers["Location"]) == (303, "/personalize/OW-PENCIL/")
    assert "visitor" not in {*unknown.cookies, *plain.cookies}
    assert StorefrontUser.objects.count() == 0


def test_who_is_known_or_logged_in_starts_as_who_they_are(client, cards):
    known = make_storefront_user()
    assert client_of(known).post(f"{cards}start/").status_code == 303
    client.force_login(User.objects.create_user("anna", "anna@example.com"))
    assert client.get(cards).context["editor"]
    assert StorefrontUser.objects.filter(account=None).get() == known


def test_robots_that_send_forms_make_so_many_visitors_here_and_in_the_hub(limit, cards, sandbox):
    limit("visitors_per_client", 3)

    answers = [Client().post(f"{cards}start/", follow=True) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [200] * 3 + [429] * 3
    assert "log in to your account" in answers[-1].text
    assert StorefrontUser.objects.count() == 3
    assert len(sandbox.control.calls_to("users.create")) == 3


def test_who_is_known_goes_on_whatever_robots_do(limit, cards):
    limit("visitors_per_client", 1)
    known, robot = Client(), Client()
    known.post(f"{cards}start/")
    robot.post(f"{cards}start/")

    assert known.get(cards).status_code == 200


def test_a_head_request_makes_nothing(client, cards, sandbox):
    old = make_order()
    before = StorefrontUser.objects.count()

    for address in (
        cards,
        reverse("order_again", args=[old.code, old.secret]),
        "/cart/",
        "/cart/add/?sku=OW-BC-MATT-50",
        "/designs/",
        "/orders/",
    ):
        answer = client.head(address)
        assert answer.status_code in (200, 302), address
        assert "visitor" not in answer.cookies

    assert StorefrontUser.objects.count() == before
    assert sandbox.control.calls_to("users") == []


def test_plain_products_of_robots_are_limited_too(limit, pencil):
    limit("visitors_per_client", 1)
    form = {"sku": "OW-PENCIL", "quantity": "1"}

    assert [Client().post("/cart/add/", form).status_code for _ in range(2)] == [302, 429]
    assert StorefrontUser.objects.count() == 1
