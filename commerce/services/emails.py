"""E-mails that an order owes its shopper or the order desk: rows first, sent by the worker afterwards."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_q.tasks import async_task

from personalization.models import ProjectEvent, RenderProject

from ..models import Order, OrderEmail
from . import delivery
from .messages import order_message

logger = logging.getLogger(__name__)

# So long the order desk waits for a first failure to be joined by others of the same order.
TOGETHER = timedelta(minutes=1)


class NoProblem(Exception):
    """None of the order's print files has ever failed."""


def owe_email(order: Order, kind: OrderEmail.Kind, *, event: str = "") -> OrderEmail:
    """Note, inside the caller's transaction, that this e-mail is to be sent; once per kind and event."""
    email, is_new = OrderEmail.objects.get_or_create(order=order, kind=kind, event=event)
    if is_new:
        # A broker that is down must not break the checkout: the sweep finds the row.
        transaction.on_commit(lambda: async_task("commerce.tasks.send_order_email", email.pk), robust=True)
    return email


def tell_desk_of_failure(project: RenderProject) -> None:
    """Owe the order desk a word about a print file that has just failed for good, if anybody reads it there.

    The shopper is not told: staff mend most failures before anybody waits, and decide about the rest with
    `tell_shopper_of_problem`.
    """
    order = Order.objects.filter(code=project.order_id).first()
    if order is None or not settings.ORDER_DESK_EMAIL:
        return
    # No wake-up call: the sweep sends it after a while, together with what else fails meanwhile.
    OrderEmail.objects.get_or_create(
        order=order,
        kind=OrderEmail.Kind.DESK_PROBLEM,
        event=str(project.events.latest("pk").pk),
        defaults={"leased_until": timezone.now() + TOGETHER},
    )


@transaction.atomic
def tell_shopper_of_problem(order: Order) -> OrderEmail:
    """Owe the shopper a calm word that a file takes longer; once per failure. Raises NoProblem."""
    failures = ProjectEvent.objects.filter(
        project__order_id=order.code, to_status=RenderProject.Status.FAILED
    )
    failure = failures.order_by("pk").last()
    if failure is None:
        raise NoProblem(order.code)
    return owe_email(order, OrderEmail.Kind.PROBLEM, event=str(failure.pk))


def due_emails() -> QuerySet[OrderEmail]:
    """E-mails that are not sent, not being sent and not waiting for another attempt."""
    return delivery.due(_unsent())


def send_email(email_id: int) -> bool:
    """Send one e-mail if it is due; tells whether this call has sent it. What the order desk is to hear of
    the same order goes along in the same message.

    A worker killed between handing the message over and noting it sends it once more after the lease; the
    Message-ID is then the same. A failed attempt waits twice as long as the one before; after the last, the
    order desk shows it.
    """
    if not delivery.lease(_unsent(), email_id):
        return False
    email = OrderEmail.objects.select_related("order").get(pk=email_id)
    along = _lease_companions(email)
    try:
        order_message(email, along=along).send()
    except Exception as error:
        # Whatever the mail server or a template did, the row must get its next turn. The text of a mail
        # library's exception can quote the recipient, so only its type is logged.
        for each in (email, *along):
            delivery.postpone(each)
        logger.error(
            "Order e-mail %s was not sent, attempt %s: %s", email.pk, email.attempts, type(error).__name__
        )
        return False
    sent = OrderEmail.objects.filter(pk__in=[email.pk, *(each.pk for each in along)])
    sent.update(sent_at=timezone.now(), leased_until=None)
    return True


def _lease_companions(email: OrderEmail) -> list[OrderEmail]:
    """The other failures of the order that the desk has not heard of, taken for this attempt; those that
    somebody is sending stay theirs.
    """
    if email.kind != OrderEmail.Kind.DESK_PROBLEM:
        return []
    others = _unsent().filter(order=email.order_id, kind=email.kind).exclude(pk=email.pk)
    taken = [pk for pk in others.values_list("pk", flat=True) if delivery.lease(others, pk, early=True)]
    return list(OrderEmail.objects.filter(pk__in=taken))


def _unsent() -> QuerySet[OrderEmail]:
    return OrderEmail.objects.filter(sent_at=None)
