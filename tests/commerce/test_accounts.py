"""Logging in brings along what the visitor has; logging out leaves nothing behind."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission, User
from django.core import mail
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from commerce.models import Cart, CartItem, Order
from commerce.services import account_merge
from commerce.services.cart import add_plain_item, put_design
from commerce.services.checkout import place_order
from personalization.models import AccountMerge, Design, StorefrontUser
from personalization.shoppers.services.visitors import COOKIE_NAME
from tests.factories.commerce import checkout_key_of, client_of, make_cart_design, make_order, make_variant
from tests.factories.personalization import make_storefront_user

pytestmark = pytest.mark.django_db

PASSWORD = "paper-and-ink-47"


@pytest.fixture
def pencil(db):
    return make_variant("OW-PENCIL")


@pytest.fixture
def account(db):
    return make_account("anna@example.com")


@pytest.fixture
def account_user(account):
    return make_storefront_user(account=account)


def make_account(email, **fields):
    account = User.objects.create_user(email.split("@")[0], email, PASSWORD, **fields)
    EmailAddress.objects.create(user=account, email=email, primary=True, verified=True)
    return account


def log_in(client, login="anna@example.com", **query):
    return client.post(reverse("account_login", query=query), {"login": login, "password": PASSWORD})


def sign_up(client, email="anna@example.com"):
    return client.post(reverse("account_signup"), {"email": email, "password1": PASSWORD})


def lines_of(owner):
    return sorted(CartItem.objects.filter(cart__owner=owner).values_list("sku", "quantity"))


# What comes along


def test_signing_up_keeps_cart_designs_and_orders(owner, shopper, pencil):
    design = make_cart_design(owner)
    put_design(owner=owner, design=design, quantity=2)
    order = make_order(owner=owner)

    assert sign_up(shopper).url == reverse("orders")

    account_user = User.objects.get(email="anna@example.com").storefront_user
    design.refresh_from_db()
    order.refresh_from_db()
    assert lines_of(account_user) == [("OW-CARD", 2)]
    assert (design.owner, order.owner) == (account_user, account_user)
    assert order.code in shopper.get(reverse("orders")).content.decode()


def test_the_account_is_another_hub_user_than_the_visitor(owner, shopper):
    sign_up(shopper)
    account_user = StorefrontUser.objects.get(account__email="anna@example.com")
    owner.refresh_from_db()
    assert account_user != owner
    assert (owner.account, owner.merge.account_user) == (None, account_user)


def test_lines_with_a_design_move_and_the_quantities_of_plain_ones_add_up(
    owner, shopper, account_user, pencil
):
    make_variant("OW-RULER")
    add_plain_item(owner=account_user, sku="OW-PENCIL", quantity=3)
    put_design(owner=account_user, design=make_cart_design(account_user), quantity=5)
    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=2)
    add_plain_item(owner=owner, sku="OW-RULER", quantity=1)
    put_design(owner=owner, design=make_cart_design(owner), quantity=5)

    log_in(shopper)

    assert lines_of(account_user) == [("OW-CARD", 5), ("OW-CARD", 5), ("OW-PENCIL", 5), ("OW-RULER", 1)]
    assert not Cart.objects.filter(owner=owner).exists()


def test_added_up_quantities_end_at_what_a_line_can_hold(owner, shopper, account_user, pencil):
    add_plain_item(owner=account_user, sku="OW-PENCIL", quantity=9000)
    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=9000)
    log_in(shopper)
    assert lines_of(account_user) == [("OW-PENCIL", 9999)]


def test_a_checkout_page_that_was_open_during_the_login_orders_nothing_twice(owner, shopper, account, pencil):
    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=1)
    key = checkout_key_of(owner)
    placed = place_order(owner=owner, email="anna@example.com", checkout_key=key)
    log_in(shopper)
    placed.refresh_from_db()
    assert place_order(owner=placed.owner, email="anna@example.com", checkout_key=key) == placed
    assert Order.objects.count() == 1


def test_the_same_account_on_another_browser_sees_the_same_cart_and_orders(owner, shopper, account, pencil):
    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=4)
    order = make_order(owner=owner)
    log_in(shopper)

    other = Client()
    log_in(other)
    assert other.get(reverse("cart_state")).json()["count"] == 1
    assert order.code in other.get(reverse("orders")).content.decode()


def test_two_browsers_with_carts_of_their_own_end_in_one_cart(owner, shopper, account, pencil):
    second = make_storefront_user()
    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=1)
    add_plain_item(owner=second, sku="OW-PENCIL", quantity=2)
    log_in(shopper)
    log_in(client_of(second))
    assert lines_of(account.storefront_user) == [("OW-PENCIL", 3)]
    assert AccountMerge.objects.count() == 2


def test_logging_in_without_anything_makes_no_rows(account):
    client = Client()
    assert log_in(client).url == reverse("orders")
    assert StorefrontUser.objects.count() == 0


def test_merging_twice_changes_nothing(owner, account, pencil):
    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=1)
    account_merge.merge_into_account(visitor=owner, account=account)
    account_merge.merge_into_account(visitor=owner, account=account)
    assert lines_of(account.storefront_user) == [("OW-PENCIL", 1)]


# Never in the way of the login


def test_with_the_hub_down_the_login_works_and_the_merge_waits(
    owner, shopper, account, settings, django_capture_on_commit_callbacks
):
    StorefrontUser.objects.filter(pk=owner.pk).update(registered_at="2026-01-01T00:00Z")
    design = make_cart_design(owner)
    put_design(owner=owner, design=design, quantity=1)
    with django_capture_on_commit_callbacks(execute=True):
        response = log_in(shopper)
    assert response.url == reverse("orders")
    merge = AccountMerge.objects.get()
    assert (merge.status, merge.attempts) == (AccountMerge.Status.WAITING, 1)
    assert shopper.get(reverse("cart_state")).json() == {"count": 1, "account": True}


def test_trouble_with_the_visitors_things_stops_no_login_and_loses_nothing(
    owner, shopper, account, pencil, monkeypatch, caplog
):
    def fail(**kwargs):
        raise DatabaseError("locked")

    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=1)
    monkeypatch.setattr("commerce.receivers.merge_into_account", fail)
    assert log_in(shopper).url == reverse("orders")
    assert "could not be merged" in caplog.text
    assert lines_of(owner) == [("OW-PENCIL", 1)]

    monkeypatch.undo()
    shopper.cookies.pop("sessionid")
    log_in(shopper)
    assert lines_of(account.storefront_user) == [("OW-PENCIL", 1)]


def test_a_mail_server_that_is_down_stops_no_sign_up(shopper, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert sign_up(shopper).url == reverse("orders")
    assert "ConnectionRefusedError" in caplog.text
    assert "anna@example.com" not in caplog.text


def test_an_editor_that_was_open_during_the_login_gets_fresh_tokens(sandbox, owner, shopper):
    url = reverse("personalize_token", args=["OW-CARD"])
    sign_up(shopper)
    account_user = StorefrontUser.objects.get(account__email="anna@example.com")

    opened_before = shopper.post(url, {"userId": owner.hub_id}).json()
    of_somebody_else = shopper.post(url, {"userId": make_storefront_user().hub_id}).json()

    assert (opened_before["userId"], opened_before["token"].count(".")) == (owner.hub_id, 2)
    assert of_somebody_else["userId"] == account_user.hub_id


# Logging out


def test_after_the_logout_the_browser_is_a_new_visitor(owner, shopper, pencil):
    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=1)
    make_order(owner=owner)
    log_in_response = sign_up(shopper)
    assert log_in_response.cookies[COOKIE_NAME].value == ""

    response = shopper.post(reverse("account_logout"))

    assert response.cookies[COOKIE_NAME].value == ""
    state = shopper.get(reverse("cart_state")).json()
    assert (state["count"], state["account"]) == (0, False)
    assert (
        "You have not ordered anything in this browser yet."
        in shopper.get(reverse("orders")).content.decode()
    )


def test_the_old_cookie_opens_nothing_after_the_login(owner, shopper, pencil):
    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=1)
    copied = client_of(owner)
    sign_up(shopper)
    assert copied.get(reverse("cart_state")).json()["count"] == 0
    assert copied.get(reverse("orders")).context["orders"].object_list.count() == 0


def test_the_next_account_on_the_same_computer_sees_nothing_of_the_first(owner, shopper, pencil):
    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=1)
    design = make_cart_design(owner)
    order = make_order(owner=owner)
    sign_up(shopper, "anna@example.com")
    shopper.post(reverse("account_logout"))

    sign_up(shopper, "ben@example.com")

    assert shopper.get(reverse("cart_state")).json()["count"] == 0
    assert order.code not in shopper.get(reverse("orders")).content.decode()
    assert Design.objects.get(pk=design.pk).owner.account.email == "anna@example.com"


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_pages_about_an_account_are_never_kept(client, name):
    assert set(client.get(reverse(name)).headers["Cache-Control"].split(", ")) >= {"no-store", "private"}


@pytest.mark.parametrize("name", ["account_logout", "account_email", "account_change_password", "mfa_index"])
def test_nor_are_those_of_somebody_logged_in(client, account, name):
    client.force_login(account)
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert set(response.headers["Cache-Control"].split(", ")) >= {"no-store", "private"}


def test_logging_out_asks_first_when_it_is_a_link(client, account):
    client.force_login(account)
    client.get(reverse("account_logout"))
    assert client.get(reverse("cart_state")).json()["account"] is True


# The address


def test_orders_of_a_guest_join_only_once_the_address_is_confirmed(client):
    order = make_order(email="Anna@example.com")
    others = make_order(email="ben@example.com")
    sign_up(client)
    assert order.code not in client.get(reverse("orders")).content.decode()
    assert "Please open the link" in client.get(reverse("orders")).content.decode()

    link = re.search(r"https?://\S+", mail.outbox[0].body)[0]
    client.post(link)

    html = client.get(reverse("orders")).content.decode()
    assert order.code in html
    assert others.code not in html
    assert "Please open the link" not in html


def test_orders_of_another_account_stay_there(client, account_user):
    order = make_order(owner=account_user, email="ben@example.com")
    assert (
        account_merge.join_guest_orders(email="ben@example.com", account=make_account("ben@example.com")) == 0
    )
    order.refresh_from_db()
    assert order.owner == account_user


def test_a_forgotten_password_is_changed_by_a_link(client, account):
    client.post(reverse("account_reset_password"), {"email": "anna@example.com"})
    link = re.search(r"https?://\S+", mail.outbox[0].body)[0]
    form = client.get(link, follow=True)
    new = "ink-and-paper-74"
    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    account.refresh_from_db()
    assert account.check_password(new)


def test_asking_for_a_password_tells_nobody_who_has_an_account(client, account):
    known = client.post(reverse("account_reset_password"), {"email": "anna@example.com"})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.com"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_too_many_wrong_passwords_have_to_wait(client, account, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "2/300s/key"}
    for _ in range(2):
        client.post(reverse("account_login"), {"login": "anna@example.com", "password": "wrong"})
    assert log_in(client).status_code == 200
    assert client.get(reverse("cart_state")).json()["account"] is False


# Staff


def test_staff_log_in_at_the_same_place_by_user_name_or_address(client, django_user_model):
    django_user_model.objects.create_superuser("admin", "admin@example.com", PASSWORD)
    door = client.get(reverse("wagtailadmin_home"))
    page = client.get(door.url, follow=True)
    assert page.redirect_chain[-1][0] == f"{reverse('account_login')}?next=/admin/"
    assert "Email or username" in page.content.decode()
    assert log_in(client, "admin", next="/admin/").url == "/admin/"
    assert log_in(Client(), "admin@example.com").url == "/admin/"


def test_a_shopper_at_the_admins_door_is_told_so(client, account):
    client.force_login(account)
    assert client.get("/admin/").status_code == 403
    assert client.get("/admin/login/?next=/admin/", follow=True).status_code == 403


def test_staff_need_a_second_factor_where_the_setting_says_so(client, account, settings):
    account.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(account)
    assert client.get("/admin/").status_code == 200

    settings.STAFF_SECOND_FACTOR_REQUIRED = True
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[0] == (reverse("mfa_activate_totp"), 302)
    assert "The admin asks for a second factor" in answer.content.decode()
    assert client.get(reverse("orders")).status_code == 200


def test_with_a_second_factor_the_password_alone_opens_nothing(client, account, settings):
    from allauth.mfa.totp.internal.auth import (
        TOTP,
        format_hotp_value,
        generate_totp_secret,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    settings.STAFF_SECOND_FACTOR_REQUIRED = True
    account.user_permissions.add(Permission.objects.get(codename="access_admin"))
    secret = generate_totp_secret()
    TOTP.activate(account, secret)

    assert log_in(client, next="/admin/").url.startswith(reverse("mfa_authenticate"))
    assert client.get(reverse("cart_state")).json()["account"] is False

    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    assert client.post(reverse("mfa_authenticate"), {"code": code}).url == "/admin/"
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("address", ["anna@example.com", "nobody@example.com"])
def test_links_in_mails_lead_to_the_shop_by_whatever_host_they_were_asked_for(address, mailoutbox, settings):
    settings.SHOP_BASE_URL = "https://shop.example.com"
    client = Client(headers={"host": "other.example.net"})
    client.post("/accounts/signup/", {"email": "anna@example.com", "password1": "correct-horse-7"})
    client.logout()
    client.post("/accounts/password/reset/", {"email": address})
    client.post("/accounts/signup/", {"email": "anna@example.com", "password1": "correct-horse-7"})

    assert len(mailoutbox) >= 2
    for message in mailoutbox:
        assert "https://shop.example.com/accounts/" in message.body
        assert "other.example.net" not in message.body + "".join(str(part) for part in message.alternatives)
