"""Only the account's own session confirms its address, and only by the link that went there."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.urls import reverse

from commerce.models import OutgoingEmail
from tests.accounts.staff import PASSWORD, a_member_of_staff
from tests.factories.commerce import make_order

pytestmark = pytest.mark.django_db

VICTIM = "victim@example.com"


@pytest.fixture(autouse=True)
def at_once(settings):
    """The link can be sent again at any time."""
    settings.ACCOUNT_RATE_LIMITS = {"confirm_email": ""}


def sign_up(email=VICTIM):
    client = Client()
    client.post(reverse("account_signup"), {"email": email, "password1": PASSWORD})
    return client


def change_address(client, email):
    client.post(reverse("account_email"), {"email": email, "action_add": ""})


def an_account(email):
    user = User.objects.create_user(email.split("@")[0], email, PASSWORD)
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    client = Client()
    client.post(reverse("account_login"), {"login": email, "password": PASSWORD})
    return client


def link_in(message):
    return re.search(r"https?://[^/]+(/accounts/confirm-email/\S+)", message.body)[1]


def orders_of(client):
    return [order.code for order in client.get(reverse("orders")).context["orders"].object_list]


# The guest's orders


def test_a_hijacker_gets_nothing_when_the_owner_of_the_address_opens_the_link():
    make_order(email=VICTIM)
    hijacker = sign_up()
    victim = Client()
    link = link_in(mail.outbox[-1])

    page = victim.get(link).content.decode()
    answer = victim.post(link)

    assert "Log in" in page
    assert "It was not me" in page
    assert answer.url == f"{reverse('account_login')}?next={link.replace('/', '%2F').replace(':', '%3A')}"
    assert not EmailAddress.objects.filter(verified=True).exists()
    assert orders_of(hijacker) == []


def test_nor_when_the_owner_is_logged_in_to_an_account_of_their_own():
    make_order(email=VICTIM)
    hijacker = sign_up()
    link = link_in(mail.outbox[-1])
    owner = an_account("owner@example.com")

    assert "another account" in owner.get(link).content.decode()
    owner.post(link)

    assert not EmailAddress.objects.filter(email=VICTIM, verified=True).exists()
    assert (orders_of(hijacker), orders_of(owner)) == ([], [])
    assert owner.get(reverse("orders")).wsgi_request.user.is_authenticated


def test_who_opens_the_link_in_the_accounts_session_gets_the_orders_and_is_told(
    django_capture_on_commit_callbacks,
):
    orders = [make_order(email="Victim@example.com"), make_order(email=VICTIM)]
    shopper = sign_up()
    with django_capture_on_commit_callbacks(execute=True):
        page = shopper.post(link_in(mail.outbox[-1]), follow=True).content.decode()

    assert sorted(orders_of(shopper)) == sorted(order.code for order in orders)
    assert "2 orders that you placed as a guest are in your account now." in page
    [told] = [message for message in mail.outbox if "In your account now" in message.subject]
    assert told.to == [VICTIM]
    assert all(order.code in told.body for order in orders)
    assert not any(order.secret in told.body for order in orders)
    assert OutgoingEmail.objects.get().kind == "joined"


def test_without_orders_nobody_is_told_of_any():
    shopper = sign_up()
    shopper.post(link_in(mail.outbox[-1]))
    assert not OutgoingEmail.objects.exists()
    assert EmailAddress.objects.get().verified


# Who asked


def test_the_message_says_when_and_from_where_somebody_signed_up():
    sign_up()
    assert "127.0.0.1" in mail.outbox[-1].body
    assert "It was not me" in mail.outbox[-1].body


def test_it_was_not_me_removes_the_unconfirmed_account():
    hijacker = sign_up()
    victim = Client()
    page = victim.post(link_in(mail.outbox[-1]), {"refuse": ""}).content.decode()
    assert "The account is gone" in page
    assert not User.objects.exists()
    assert hijacker.get(reverse("account_email")).status_code == 302


def test_it_was_not_me_takes_the_address_alone_from_an_account_that_has_another():
    owner = an_account("owner@example.com")
    change_address(owner, VICTIM)
    assert "127.0.0.1" in mail.outbox[-1].body
    Client().post(link_in(mail.outbox[-1]), {"refuse": ""})
    assert [*EmailAddress.objects.values_list("email", "verified")] == [("owner@example.com", True)]
    assert User.objects.get().email == "owner@example.com"


def test_it_was_not_me_never_removes_staff():
    clara = a_member_of_staff()
    EmailAddress.objects.filter(user=clara).update(verified=False)
    client = Client()
    client.force_login(clara)
    client.post(reverse("account_email"), {"email": clara.email, "action_send": ""})
    Client().post(link_in(mail.outbox[-1]), {"refuse": ""})
    assert User.objects.filter(pk=clara.pk).exists()
    assert not EmailAddress.objects.exists()


def test_a_changed_address_is_confirmed_in_the_accounts_session_alone():
    make_order(email=VICTIM)
    owner = an_account("owner@example.com")
    change_address(owner, VICTIM)
    link = link_in(mail.outbox[-1])
    Client().post(link)
    assert User.objects.get().email == "owner@example.com"
    assert orders_of(owner) == []

    owner.post(link)
    assert User.objects.get().email == VICTIM
    assert len(orders_of(owner)) == 1


@pytest.mark.parametrize("link", ["/accounts/confirm-email/MQ:1abc:def/"])
def test_a_link_that_has_expired_says_so(link):
    assert "This link has expired" in Client().get(link).content.decode()
    assert Client().post(link).status_code == 404


# Who has an account


def test_signing_up_tells_nobody_whether_an_address_has_an_account():
    an_account(VICTIM)
    mail.outbox.clear()
    answers = []
    for address in (VICTIM, "nobody@example.com"):
        client = Client()
        answer = client.post(reverse("account_signup"), {"email": address, "password1": PASSWORD})
        page = client.get(reverse("orders")).content.decode().replace(address, "")
        answers.append(
            (answer.status_code, answer.url, "We have sent" in page, "Send the link again" in page)
        )
    assert answers[0] == answers[1]
    assert [message.to for message in mail.outbox] == [[VICTIM], ["nobody@example.com"]]
    assert "You have an account already" in mail.outbox[0].subject
    assert "confirm-email" not in mail.outbox[0].body


def test_nor_does_changing_the_address():
    an_account(VICTIM)
    other = an_account("other@example.com")
    change_address(other, VICTIM)
    assert "You have an account already" in mail.outbox[-1].subject
    assert "another account" not in other.get(reverse("account_email")).content.decode()


def test_the_account_that_was_there_first_stays_the_one_that_logs_in():
    an_account(VICTIM)
    Client().post(reverse("account_signup"), {"email": VICTIM, "password1": "ink-and-paper-74"})
    client = Client()
    client.post(reverse("account_login"), {"login": VICTIM, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(User.objects.order_by("pk").first().pk)


# Who locks whom out


def test_a_strangers_wrong_passwords_lock_nobody_else_out(settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "2/300s/key"}
    an_account(VICTIM)
    stranger, owner = Client(REMOTE_ADDR="203.0.113.9"), Client(REMOTE_ADDR="198.51.100.7")
    for _ in range(3):
        stranger.post(reverse("account_login"), {"login": VICTIM, "password": "wrong"})

    right = {"login": VICTIM, "password": PASSWORD}
    stranger.post(reverse("account_login"), right)
    owner.post(reverse("account_login"), right)

    assert "_auth_user_id" not in stranger.session
    assert "_auth_user_id" in owner.session
