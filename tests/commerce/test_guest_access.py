"""Guests get their links again, strangers learn nothing, and guessing is slow."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commerce import tasks
from commerce.models import OutgoingEmail
from commerce.services import emails
from core import limits
from tests.factories.commerce import make_order

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def still_clock(monkeypatch):
    """No test crosses from one span of a limit into the next."""
    monkeypatch.setattr(limits.time, "time", lambda: 1_800_000_000.0)


def links_wanted():
    return OutgoingEmail.objects.filter(kind="order_links")


def ask(email: str, **headers):
    return Client(headers=headers).post(reverse("order_links"), {"email": email})


def guess(order, **headers):
    return Client(headers=headers).get(reverse("order", args=[order.code, "x" * 32]))


def test_the_links_of_an_address_are_sent_to_it_alone(django_capture_on_commit_callbacks, mailoutbox):
    first, second = make_order(email="Anna@example.com"), make_order(email="anna@example.com")
    strangers = make_order(email="bob@example.com")

    with django_capture_on_commit_callbacks(execute=True):
        ask("anna@example.com")

    [message] = mailoutbox
    assert message.to == ["anna@example.com"]
    for order in (first, second):
        assert order.full_url in message.body
        assert order.full_url in message.alternatives[0].content
    assert strangers.code not in message.body + message.alternatives[0].content
    assert not links_wanted().exists()


def test_the_answer_is_the_same_for_every_address():
    make_order(email="anna@example.com")
    answers = [ask("anna@example.com"), ask("nobody@example.com")]

    assert [(answer.status_code, answer.url) for answer in answers] == [(302, "/orders/links/sent/")] * 2
    assert Client().get(answers[0].url).status_code == 200


def test_the_page_looks_no_order_up(django_assert_num_queries, django_capture_on_commit_callbacks):
    """What takes time depends on no order: one row is written, and the worker does the rest."""
    make_order(email="anna@example.com")
    written = {}
    for email in ("anna@example.com", "nobody@example.com"):
        with django_capture_on_commit_callbacks() as callbacks, django_assert_num_queries(3):
            ask(email)
        written[email] = len(callbacks)

    assert written == {"anna@example.com": 1, "nobody@example.com": 1}


def test_an_address_without_orders_gets_no_mail(django_capture_on_commit_callbacks, mailoutbox):
    with django_capture_on_commit_callbacks(execute=True):
        ask("nobody@example.com")

    assert mailoutbox == []
    assert not links_wanted().exists()


def test_a_request_that_the_queue_lost_is_answered_by_the_sweep(mailoutbox):
    make_order(email="anna@example.com")
    ask("anna@example.com")
    assert mailoutbox == []

    tasks.send_due_emails()
    tasks.send_due_emails()

    assert len(mailoutbox) == 1


def test_a_mail_server_that_is_down_is_tried_again_and_in_the_end_forgotten(monkeypatch, caplog):
    make_order(email="anna@example.com")
    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", lambda self: 1 / 0)
    ask("anna@example.com")

    tasks.send_due_emails()
    assert OutgoingEmail.objects.get().due_at > timezone.now() + timedelta(minutes=1)

    OutgoingEmail.objects.update(attempts=emails.MAXIMUM_ATTEMPTS - 1, due_at=timezone.now())
    tasks.send_due_emails()
    assert not links_wanted().exists()
    assert "anna@example.com" not in caplog.text


def test_an_address_that_asks_too_often_gets_the_same_answer_and_no_more_mail(settings, mailoutbox):
    settings.LIMITS = {**settings.LIMITS, "order_links_per_address": (2, 3600)}
    make_order(email="anna@example.com")

    answers = [ask("anna@example.com"), ask("ANNA@example.com"), ask("anna@example.com")]

    assert {(answer.status_code, answer.url) for answer in answers} == {(302, "/orders/links/sent/")}
    assert links_wanted().count() == 2


def test_a_client_that_asks_too_often_is_told_so(settings):
    settings.LIMITS = {**settings.LIMITS, "order_links_per_client": (2, 3600)}

    answers = [ask(f"anna{number}@example.com") for number in range(3)]

    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert answers[-1].headers["Retry-After"] == "3600"
    assert links_wanted().count() == 2


def test_a_typing_error_is_explained():
    answer = ask("anna at example")

    assert answer.status_code == 422
    assert "Enter a complete email address" in answer.content.decode()
    assert not links_wanted().exists()


def test_my_orders_lead_to_the_form():
    assert reverse("order_links") in Client().get(reverse("orders")).content.decode()


def test_the_eleventh_wrong_try_in_a_minute_is_refused():
    order = make_order()

    assert [guess(order).status_code for _try in range(12)] == [404] * 10 + [429] * 2


def test_after_too_many_tries_even_the_right_link_waits_but_only_there(monkeypatch):
    order = make_order()
    for _try in range(10):
        guess(order)

    assert Client().get(order.get_absolute_url()).status_code == 429
    assert Client().get(reverse("order_cancel", args=[order.code, order.secret])).status_code == 429
    assert Client(REMOTE_ADDR="192.0.2.7").get(order.get_absolute_url()).status_code == 200

    monkeypatch.setattr(limits.time, "time", lambda: 1_800_000_060.0)
    assert Client().get(order.get_absolute_url()).status_code == 200


def test_right_links_are_never_counted():
    order = make_order()

    assert {Client().get(order.get_absolute_url()).status_code for _look in range(15)} == {200}


def test_an_invented_forwarded_address_gains_nothing():
    order = make_order()

    answers = [guess(order, x_forwarded_for=f"198.51.100.{number}").status_code for number in range(12)]

    assert answers == [404] * 10 + [429] * 2


def test_behind_a_trusted_proxy_the_address_that_it_saw_counts(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    order = make_order()
    for number in range(10):
        guess(order, x_forwarded_for=f"198.51.100.{number}, 192.0.2.7")

    assert guess(order, x_forwarded_for="203.0.113.9, 192.0.2.7").status_code == 429
    assert guess(order, x_forwarded_for="192.0.2.7, 203.0.113.9").status_code == 404


def test_a_network_of_ipv6_counts_as_one_client():
    order = make_order()
    for number in range(10):
        Client(REMOTE_ADDR=f"2001:db8::{number + 1:x}").get(reverse("order", args=[order.code, "x"]))

    assert Client(REMOTE_ADDR="2001:db8::ffff").get(order.get_absolute_url()).status_code == 429
    assert Client(REMOTE_ADDR="2001:db8:0:1::1").get(order.get_absolute_url()).status_code == 200
