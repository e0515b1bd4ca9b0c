"""E-mails that the shop owes its shoppers, its order desk or anybody else: rows first, sent by the worker
afterwards.
"""

import logging
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from core.outbox import GiveUp, Later, Outbox
from core.outbox.leases import renewed
from personalization.models import ProjectEvent, RenderProject

from ..models import Order, OutgoingEmail
from .messages import WRITERS, message_for

logger = logging.getLogger(__name__)

# So long the order desk waits for a first failure to be joined by others of the same order.
TOGETHER = timedelta(minutes=1)
# By then more than two days have passed.
MAXIMUM_ATTEMPTS = 12


class NoProblem(Exception):
    """None of the order's print files has ever failed."""


class EmailOutbox(Outbox[OutgoingEmail]):
    """What belongs to no order is forgotten as soon as nothing is to be done for it."""

    def finish(self, row: OutgoingEmail, *, again: timedelta | None = None) -> None:
        if row.order_id is None:
            self.forget(row)
        else:
            OutgoingEmail.objects.filter(pk=row.pk, lease=row.lease).update(sent_at=timezone.now())
            super().finish(row)

    def give_up(self, row: OutgoingEmail, reason: str) -> None:
        logger.error("E-mail %s (%s) was given up: %s", row.pk, row.kind, reason)
        if row.order_id is None:
            self.forget(row)
        else:
            super().give_up(row, reason)

    def forget(self, row: OutgoingEmail) -> None:
        OutgoingEmail.objects.filter(pk=row.pk, lease=row.lease).delete()


EMAILS = EmailOutbox(
    OutgoingEmail,
    task="commerce.tasks.send_email",
    first_pause=timedelta(minutes=2),
    longest_pause=timedelta(hours=6),
    keeps_done=True,
)


def send(*, kind: str, recipient: str, context: dict[str, Any] | None = None) -> OutgoingEmail:
    """Note, inside the caller's transaction, that an e-mail is to be sent that belongs to no order.

    `kind` is one of `messages.WRITERS`; `context` is JSON that its writer may use. Raises ValueError for a
    kind that nobody writes.
    """
    if kind not in WRITERS:
        raise ValueError(f"nobody writes e-mails of the kind {kind}")
    email = OutgoingEmail.objects.create(kind=kind, recipient=recipient, context=context or {})
    EMAILS.wake_on_commit(email.pk)
    return email


def owe_email(order: Order, kind: OutgoingEmail.Kind, *, event: str = "") -> OutgoingEmail:
    """Note, inside the caller's transaction, that this e-mail of an order is to be sent; once per kind and
    event.
    """
    email, is_new = OutgoingEmail.objects.get_or_create(order=order, kind=kind, event=event)
    if is_new:
        EMAILS.wake_on_commit(email.pk)
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
    OutgoingEmail.objects.get_or_create(
        order=order,
        kind=OutgoingEmail.Kind.DESK_PROBLEM,
        event=str(project.events.latest("pk").pk),
        defaults={"due_at": timezone.now() + TOGETHER},
    )


@transaction.atomic
def tell_shopper_of_problem(order: Order) -> OutgoingEmail:
    """Owe the shopper a calm word that a file takes longer; once per failure. Raises NoProblem."""
    failures = ProjectEvent.objects.filter(
        project__order_id=order.code, to_status=RenderProject.Status.FAILED
    )
    failure = failures.order_by("pk").last()
    if failure is None:
        raise NoProblem(order.code)
    return owe_email(order, OutgoingEmail.Kind.PROBLEM, event=str(failure.pk))


def due_emails() -> QuerySet[OutgoingEmail]:
    """E-mails that are not sent, not being sent and not waiting for another attempt."""
    return EMAILS.due().order_by("due_at", "pk")


def send_email(email_id: int) -> bool:
    """Send one e-mail if it is due; tells whether this call has done so. What the order desk is to hear of
    the same order goes along in the same message.

    A worker killed between handing the message over and noting it sends it once more after the lease; the
    Message-ID is then the same. After the last attempt the order desk shows it.
    """
    return EMAILS.run(email_id, _send)


def _send(email: OutgoingEmail) -> None:
    along = _claim_companions(email)
    with ExitStack() as leases:
        for each in along:
            leases.enter_context(renewed(each))
        try:
            message = message_for(email, along=along)
            if message:
                _hand_over(email, message)
        except Exception as error:
            for each in along:
                EMAILS.postpone(each, Later(type(error).__name__))
            raise
        for each in along:
            EMAILS.finish(each)


def _hand_over(email: OutgoingEmail, message: EmailMultiAlternatives) -> None:
    try:
        message.send()
    except Exception as error:
        # The text of a mail library's exception can quote the recipient, so only its type is told.
        reason = type(error).__name__
        logger.error("E-mail %s was not sent, attempt %s: %s", email.pk, email.attempts + 1, reason)
        is_last = email.attempts + 1 >= MAXIMUM_ATTEMPTS
        raise (GiveUp(reason) if is_last else Later(reason)) from None


def _claim_companions(email: OutgoingEmail) -> list[OutgoingEmail]:
    """The other failures of the order that the desk has not heard of, taken for this attempt; those that
    somebody is sending stay theirs.
    """
    if email.kind != OutgoingEmail.Kind.DESK_PROBLEM:
        return []
    others = OutgoingEmail.objects.filter(order=email.order_id, kind=email.kind, sent_at=None)
    keys = others.exclude(pk=email.pk).values_list("pk", flat=True)
    claimed = [EMAILS.claim(key, early=Q(attempts=0)) for key in keys]
    return [each for each in claimed if each]
