"""Who owns a look-alike address gets nothing of another's; who spells their own in another way is known."""

import importlib

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.urls import reverse

from commerce.forms import CheckoutForm
from commerce.services.account_merge import join_guest_orders
from tests.accounts.staff import PASSWORD
from tests.factories.commerce import make_order

pytestmark = pytest.mark.django_db

VICTIM, HIJACKER = "victim.smith@gmail.com", "victim.smith@gmaıl.com"
STORED = "Anna@Bücher.example"
REGISTERED = "anna@xn--bcher-kva.example"
OTHER_SPELLINGS = ["ANNA@BÜCHER.example", REGISTERED, "anna@bu\u0308cher.example"]


def ask_for_links(email, client=None):
    return (client or Client()).post(reverse("order_links"), {"email": email})


def an_account(email):
    user = User.objects.create_user("anna", email, PASSWORD)
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    return user


# Orders


def test_a_look_alike_address_gets_no_order_links(django_capture_on_commit_callbacks):
    make_order(email=VICTIM)
    with django_capture_on_commit_callbacks(execute=True):
        ask_for_links(HIJACKER)
    assert mail.outbox == []


def test_a_look_alike_account_gets_no_orders():
    make_order(email=VICTIM)
    assert join_guest_orders(email=HIJACKER, account=an_account(HIJACKER)) == 0


@pytest.mark.parametrize("spelling", OTHER_SPELLINGS)
def test_order_links_go_to_the_address_that_is_stored(spelling, django_capture_on_commit_callbacks):
    make_order(email=STORED)
    with django_capture_on_commit_callbacks(execute=True):
        ask_for_links(spelling)
    assert [message.to for message in mail.outbox] == [["Anna@xn--bcher-kva.example"]]


def test_spellings_of_one_address_share_one_limit(settings, django_capture_on_commit_callbacks):
    settings.LIMITS = settings.LIMITS | {"order_links_per_address": (2, 3600)}
    make_order(email=STORED)
    with django_capture_on_commit_callbacks(execute=True):
        for spelling in [STORED, *OTHER_SPELLINGS]:
            ask_for_links(spelling)
    assert len(mail.outbox) == 2


@pytest.mark.parametrize("address", ["anna@example.com\u200b", '"\x0b"@example.com', "anna@ſhop.example"])
@pytest.mark.parametrize(
    ("page", "field"),
    [("order_links", "email"), ("account_signup", "email"), ("account_reset_password", "email")],
)
def test_an_address_that_reads_as_another_is_refused_in_words(page, field, address):
    answer = Client().post(reverse(page), {field: address, "password1": PASSWORD})
    [error] = answer.context["form"].errors[field]
    assert error.endswith("anew.")
    assert (mail.outbox, User.objects.count()) == ([], 0)


def test_nor_does_the_checkout_take_one():
    assert "invisible character" in CheckoutForm({"email": "anna@example.com\u200b"}).errors["email"][0]


def test_the_desk_finds_an_order_by_any_spelling_of_its_address(admin_client):
    order = make_order(email=STORED)
    make_order(email="ben@example.com")
    for spelling in [STORED, *OTHER_SPELLINGS, "anna@"]:
        found = admin_client.get(reverse("order_desk:index"), {"q": spelling}).context["object_list"]
        assert [each.pk for each in found] == [order.pk], spelling


# Accounts


@pytest.mark.parametrize("spelling", OTHER_SPELLINGS)
def test_an_account_is_reached_by_any_spelling_of_its_address(spelling):
    account = an_account(STORED)
    assert account.email == REGISTERED

    client = Client()
    client.post(reverse("account_login"), {"login": spelling, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(account.pk)

    Client().post(reverse("account_reset_password"), {"email": spelling})
    assert mail.outbox[-1].to == [REGISTERED]
    assert "password" in mail.outbox[-1].subject


def test_a_look_alike_reaches_no_account():
    an_account(VICTIM)
    Client().post(reverse("account_reset_password"), {"email": HIJACKER})
    assert all(VICTIM not in message.to for message in mail.outbox)
    assert not any("/password/reset/key/" in message.body for message in mail.outbox)


def test_an_account_made_by_a_command_is_found_as_well():
    admin = User.objects.create_superuser("admin", "Admin@Shop.example", PASSWORD)
    client = Client()
    client.post(reverse("account_login"), {"login": "admin@shop.example", "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(admin.pk)


# What was there before


def test_the_migration_writes_the_normal_form_of_orders():
    order = make_order(email=STORED)
    type(order).objects.update(email_normal="")
    importlib.import_module("commerce.migrations.0007_write_order_email_normal").write_normal_forms(
        apps, None
    )
    order.refresh_from_db()
    assert (order.email, order.email_normal) == (STORED, REGISTERED)


def test_the_migration_of_accounts_reports_those_that_share_an_address(capsys):
    first, second = an_account(REGISTERED), User.objects.create_user("other", "", PASSWORD)
    twice = EmailAddress.objects.create(user=second, email="x@example.com", primary=True, verified=True)
    EmailAddress.objects.filter(pk=twice.pk).update(email="anna@bücher.example")
    User.objects.filter(pk=second.pk).update(email="Anna@bücher.example")

    importlib.import_module("home.migrations.0002_normal_addresses").write_normal_forms(apps, None)

    kept = EmailAddress.objects.order_by("user").values_list("user", "email", "verified")
    assert list(kept) == [(first.pk, REGISTERED, True), (second.pk, REGISTERED, False)]
    assert User.objects.get(pk=second.pk).email == REGISTERED
    assert f"Accounts {first.pk} and {second.pk} have one address" in capsys.readouterr().out
