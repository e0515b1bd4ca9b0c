"""Every order gets its e-mails, normally once, whatever the mail server and the queue do."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_q.models import Schedule

from commerce import tasks
from commerce.models import Order, OutgoingEmail
from commerce.schedules import EMAIL_SWEEP
from commerce.services import emails, messages
from commerce.services.orders import release_for_production
from core.outbox import service as outbox
from core.schedules.rows import write_rows
from personalization.models import RenderProject
from personalization.rendering.services import states
from tests.factories.commerce import make_order
from tests.factories.personalization import make_design

pytestmark = pytest.mark.django_db

CONFIRMATION, READY = OutgoingEmail.Kind.CONFIRMATION, OutgoingEmail.Kind.READY


@pytest.fixture(autouse=True)
def shop_address(settings):
    settings.SHOP_BASE_URL = "https://shop.example"


@pytest.fixture
def broken_mail_server(monkeypatch):
    def refuse(message, **kwargs):
        raise ConnectionRefusedError("smtp.example refused anna@example.com")

    monkeypatch.setattr(mail.EmailMultiAlternatives, "send", refuse)
    return monkeypatch


def make_email(kind=CONFIRMATION, **values) -> OutgoingEmail:
    order = values.pop("order", None) or make_order()
    return OutgoingEmail.objects.create(order=order, kind=kind, **values)


def test_an_email_is_owed_once_per_order_and_kind(django_capture_on_commit_callbacks, mailoutbox):
    order = make_order()

    with django_capture_on_commit_callbacks(execute=True):
        first = emails.owe_email(order, CONFIRMATION)
        assert emails.owe_email(order, CONFIRMATION) == first

    assert len(mailoutbox) == 1


def test_an_email_is_not_owed_when_the_transaction_fails(mailoutbox):
    order = make_order()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        emails.owe_email(order, CONFIRMATION)
        1 / 0  # noqa: B018

    assert not OutgoingEmail.objects.exists()
    assert mailoutbox == []


def test_a_queue_that_is_down_does_not_break_the_checkout(
    monkeypatch, django_capture_on_commit_callbacks, mailoutbox
):
    def down(*args):
        raise ConnectionError

    monkeypatch.setattr(outbox, "async_task", down)
    with django_capture_on_commit_callbacks(execute=True):
        emails.owe_email(make_order(), CONFIRMATION)
    assert mailoutbox == []

    tasks.send_due_emails()
    assert len(mailoutbox) == 1


def test_a_sent_email_is_never_sent_again(mailoutbox):
    email = make_email()

    assert emails.send_email(email.pk) is True
    assert emails.send_email(email.pk) is False
    tasks.send_due_emails()

    assert len(mailoutbox) == 1
    email.refresh_from_db()
    assert email.sent_at is not None
    assert email.leased_until is None


def test_an_email_that_another_worker_is_sending_is_left_alone(mailoutbox):
    email = make_email(leased_until=timezone.now() + timedelta(minutes=1))

    assert emails.send_email(email.pk) is False

    assert mailoutbox == []


def test_an_email_of_a_killed_worker_is_sent_after_its_lease(mailoutbox):
    make_email(leased_until=timezone.now() - timedelta(seconds=1), attempts=1)

    tasks.send_due_emails()

    assert len(mailoutbox) == 1


def test_a_repeated_email_carries_the_same_message_id(mailoutbox):
    email = make_email()
    emails.send_email(email.pk)
    OutgoingEmail.objects.update(sent_at=None, status="waiting")

    emails.send_email(email.pk)

    ids = {message.extra_headers["Message-ID"] for message in mailoutbox}
    assert ids == {f"<{email.order.code}.confirmation@shop.example>"}


def test_a_failed_attempt_waits_twice_as_long_each_time(broken_mail_server):
    email = make_email()
    waits = []
    for _attempt in range(3):
        before = timezone.now()
        assert emails.send_email(email.pk) is False
        email.refresh_from_db()
        waits.append((email.due_at - before) / timedelta(minutes=1))
        OutgoingEmail.objects.update(due_at=timezone.now())

    first, second, third = waits
    assert 2 <= first <= 2.6
    assert 3.2 <= second <= 5.1
    assert 6.4 <= third <= 10.1
    assert email.sent_at is None
    assert email.attempts == 3


def test_a_failed_attempt_logs_no_address(broken_mail_server, caplog):
    emails.send_email(make_email().pk)

    assert "ConnectionRefusedError" in caplog.text
    assert "anna@example.com" not in caplog.text


def test_after_the_last_attempt_the_email_is_left_to_people(broken_mail_server, mailoutbox):
    email = make_email(attempts=emails.MAXIMUM_ATTEMPTS - 1)
    tasks.send_due_emails()
    email.refresh_from_db()
    assert (email.status, email.sent_at, email.reason) == ("given_up", None, "ConnectionRefusedError")
    broken_mail_server.undo()

    tasks.send_due_emails()

    assert mailoutbox == []


def test_one_broken_email_does_not_hold_up_the_others(monkeypatch, mailoutbox):
    broken, fine = make_email(), make_email()
    real = emails.message_for

    def message_for(email, **values):
        if email.pk == broken.pk:
            raise ValueError
        return real(email, **values)

    monkeypatch.setattr(emails, "message_for", message_for)
    tasks.send_due_emails()

    assert [message.subject for message in mailoutbox] == [f"Thank you for your order {fine.order.code}"]
    broken.refresh_from_db()
    assert (broken.status, broken.errors) == ("waiting", 1)
    assert "ValueError" in broken.reason


SHOPPERS = [CONFIRMATION, READY, OutgoingEmail.Kind.CANCELLED, OutgoingEmail.Kind.PROBLEM]


@pytest.mark.parametrize("kind", SHOPPERS)
def test_text_and_html_link_the_order_by_the_shops_address(kind, mailoutbox):
    order = make_order(designs=[make_design(title="Cards for Ann & Bob")])

    emails.send_email(make_email(kind, order=order).pk)

    [message] = mailoutbox
    html, mime = message.alternatives[0]
    link = f"https://shop.example/orders/{order.code}/{order.secret}/"
    assert mime == "text/html"
    assert link in message.body
    assert f'href="{link}"' in html
    assert "1 × Cards for Ann & Bob, Matt, 50 cards: €19.00" in message.body
    assert "Cards for Ann &amp; Bob" in html
    assert order.code in message.subject


def test_the_preview_is_linked_by_the_shops_own_address_and_never_the_hubs(mailoutbox):
    design = make_design(preview_urls=["https://hub.example/preview.png"])
    emails.send_email(make_email(order=make_order(designs=[design])).pk)
    design.preview.save("card.png", ContentFile(b"png"))
    emails.send_email(make_email(order=make_order(designs=[design])).pk)

    without, with_preview = (message.alternatives[0].content for message in mailoutbox)
    assert "<img" not in without
    assert f'src="https://shop.example{design.preview.url}"' in with_preview
    assert "hub.example" not in without + with_preview


def test_the_sweep_is_scheduled_once_however_often_the_shop_is_set_up(django_db_blocker):
    for _run in range(2):
        write_rows(using="default")

    [schedule] = Schedule.objects.filter(name=EMAIL_SWEEP)
    assert (schedule.func, schedule.schedule_type, schedule.cron, schedule.repeats) == (
        "commerce.tasks.send_due_emails",
        Schedule.CRON,
        "* * * * * */30",
        -1,
    )


@pytest.fixture
def failed_project(db, settings):
    """The only project of an order, failed for good; the desk has a mailbox."""
    settings.ORDER_DESK_EMAIL = "desk@shop.example"
    order = make_order(designs=[make_design(title="Cards for Ann & Bob")])
    release_for_production(order)
    return fail(RenderProject.objects.get(order_id=order.code))


def fail(project: RenderProject) -> RenderProject:
    RenderProject.objects.filter(pk=project.pk).update(status="rendering", hub_project_id=project.pk)
    return states.move(project.pk, "failed", lease=None, reason="Font <Lora> is missing")


def a_minute_later():
    OutgoingEmail.objects.filter(sent_at=None).update(due_at=timezone.now())
    tasks.send_due_emails()
    tasks.send_due_emails()


def test_the_desk_hears_once_of_each_failure_with_reason_and_link(failed_project, mailoutbox):
    order = Order.objects.get()
    tasks.send_due_emails()
    assert mailoutbox == []
    a_minute_later()

    [message] = mailoutbox
    html = message.alternatives[0].content
    assert message.to == ["desk@shop.example"]
    assert message.subject == f"A print file failed: order {order.code}"
    for text in (f"{order.code}-1", "Cards for Ann & Bob", "Font <Lora> is missing", order.desk_url):
        assert text in message.body
    assert "Font &lt;Lora&gt; is missing" in html
    assert f'href="{order.desk_url}"' in html
    assert order.secret not in message.body + html

    fail(failed_project)
    a_minute_later()
    assert len(mailoutbox) == 2
    assert len({message.extra_headers["Message-ID"] for message in mailoutbox}) == 2


@pytest.fixture
def failed_projects(settings):
    """The three projects of an order, failed one after the other."""
    settings.ORDER_DESK_EMAIL = "desk@shop.example"
    order = make_order(designs=[make_design(title=f"Card {number}") for number in (1, 2, 3)])
    release_for_production(order)
    return [fail(project) for project in RenderProject.objects.order_by("pk")]


def test_failures_of_an_order_shortly_after_each_other_are_one_email(failed_projects, mailoutbox):
    OutgoingEmail.objects.filter(pk=OutgoingEmail.objects.first().pk).update(due_at=timezone.now())

    tasks.send_due_emails()
    a_minute_later()

    [message] = mailoutbox
    assert message.subject == f"3 print files failed: order {Order.objects.get().code}"
    assert [f"Card {number}" in message.body for number in (1, 2, 3)] == [True] * 3
    assert "could not make 3 print files" in message.alternatives[0].content
    assert OutgoingEmail.objects.filter(sent_at__isnull=False).count() == 3


def test_a_failure_that_another_worker_is_telling_is_not_told_twice(failed_projects, mailoutbox):
    first, _second, third = OutgoingEmail.objects.order_by("pk")
    OutgoingEmail.objects.filter(pk=first.pk).update(due_at=timezone.now())
    OutgoingEmail.objects.filter(pk=third.pk).update(attempts=1)

    assert emails.send_email(first.pk)

    assert mailoutbox[0].subject.startswith("2 print files failed")
    assert list(OutgoingEmail.objects.filter(sent_at=None)) == [third]


def test_failures_that_could_not_be_told_are_all_tried_again(failed_projects, broken_mail_server, mailoutbox):
    OutgoingEmail.objects.filter(pk=OutgoingEmail.objects.first().pk).update(due_at=timezone.now())

    assert not emails.send_email(OutgoingEmail.objects.first().pk)
    broken_mail_server.undo()
    a_minute_later()

    [message] = mailoutbox
    assert message.subject.startswith("3 print files failed")
    assert list(OutgoingEmail.objects.values_list("attempts", flat=True)) == [1, 1, 1]


def test_the_shopper_hears_of_a_failure_only_when_staff_say_so(failed_project, mailoutbox):
    order = Order.objects.get()
    assert not order.emails.filter(kind="problem").exists()

    first = emails.tell_shopper_of_problem(order)
    assert emails.tell_shopper_of_problem(order) == first
    emails.send_email(first.pk)

    [message] = mailoutbox
    assert message.to == ["anna@example.com"]
    assert message.subject == f"Your order {order.code} takes a little longer"
    assert "Font" not in message.body + message.alternatives[0].content

    fail(failed_project)
    assert emails.tell_shopper_of_problem(order) != first


def test_there_is_nothing_to_tell_of_an_order_without_failures():
    with pytest.raises(emails.NoProblem):
        emails.tell_shopper_of_problem(make_order())

    assert not OutgoingEmail.objects.exists()


def test_without_a_mailbox_of_the_desk_nothing_is_owed(failed_project, settings):
    OutgoingEmail.objects.all().delete()
    settings.ORDER_DESK_EMAIL = ""

    fail(failed_project)

    assert not OutgoingEmail.objects.exists()


def test_a_held_order_is_confirmed_with_the_time_that_production_begins(mailoutbox):
    order = make_order(
        status="on_hold", held_until=datetime(2030, 5, 1, 14, 30, tzinfo=UTC), designs=[make_design()]
    )

    emails.send_email(make_email(order=order).pk)

    sentence = f"We have your order {order.code} and begin with it at 2:30 p.m. on 1 May."
    assert sentence in mailoutbox[0].body
    assert sentence in mailoutbox[0].alternatives[0].content


@pytest.mark.parametrize("kind", OutgoingEmail.Kind)
def test_every_email_can_be_previewed_without_being_sent(kind, failed_project, mailoutbox):
    order = Order.objects.get()
    owed = order.emails.count()

    message = messages.preview(order, kind)

    assert order.code in message.subject
    assert order.code in message.body
    assert order.code in message.alternatives[0].content
    assert mailoutbox == []
    assert order.emails.count() == owed


# E-mails without an order


def a_hint(email):
    return messages.message(
        "order_links",
        to=email.recipient,
        subject=f"{email.context['count']} orders",
        context={"orders": []},
        name="hint",
    )


def test_anybody_can_be_sent_an_email(monkeypatch, mailoutbox, django_capture_on_commit_callbacks):
    monkeypatch.setitem(messages.WRITERS, "hint", a_hint)
    with django_capture_on_commit_callbacks(execute=True):
        emails.send(kind="hint", recipient="ben@example.com", context={"count": 3})
    [message] = mailoutbox
    assert (message.to, message.subject) == (["ben@example.com"], "3 orders")
    assert not OutgoingEmail.objects.exists()


def test_an_email_that_nobody_writes_is_refused():
    with pytest.raises(ValueError, match="hint"):
        emails.send(kind="hint", recipient="ben@example.com")


def test_an_email_without_an_order_is_tried_again_and_forgotten_after_the_last_attempt(
    monkeypatch, broken_mail_server
):
    broken_mail_server.setitem(messages.WRITERS, "hint", a_hint)
    email = emails.send(kind="hint", recipient="ben@example.com", context={"count": 3})
    assert not emails.send_email(email.pk)
    assert OutgoingEmail.objects.get().attempts == 1
    OutgoingEmail.objects.update(attempts=emails.MAXIMUM_ATTEMPTS - 1, due_at=timezone.now())
    assert not emails.send_email(email.pk)
    assert not OutgoingEmail.objects.exists()


def test_an_email_goes_to_somebody():
    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingEmail.objects.create(kind="hint")
