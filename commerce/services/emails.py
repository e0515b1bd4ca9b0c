"""E-mails that an order owes its shopper: rows first, sent by the worker afterwards."""

import logging
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from ..models import Order, OrderEmail
from ..selectors import order_items

logger = logging.getLogger(__name__)

# Longer than the worker lets a task run, so that nobody else starts while one may still be sending.
LEASE = timedelta(minutes=5)
MAXIMUM_ATTEMPTS = 12
LONGEST_WAIT = timedelta(hours=6)


def owe_email(order: Order, kind: OrderEmail.Kind) -> OrderEmail:
    """Note, inside the caller's transaction, that the shopper is to get this e-mail; once per order."""
    email, is_new = OrderEmail.objects.get_or_create(order=order, kind=kind)
    if is_new:
        # A broker that is down must not break the checkout: the sweep finds the row.
        transaction.on_commit(lambda: async_task("commerce.tasks.send_order_email", email.pk), robust=True)
    return email


def due_emails() -> QuerySet[OrderEmail]:
    """E-mails that are not sent, not being sent and not waiting for another attempt."""
    return OrderEmail.objects.filter(sent_at=None, attempts__lt=MAXIMUM_ATTEMPTS).filter(
        Q(leased_until=None) | Q(leased_until__lt=timezone.now())
    )


def send_email(email_id: int) -> bool:
    """Send one e-mail if it is due; tells whether this call has sent it.

    The lease is taken by a conditional update, so that of several workers one sends. A worker killed between
    handing the message over and noting it sends it once more after the lease; the Message-ID is then the
    same. A failed attempt waits twice as long as the one before; after the last, the order desk shows it.
    """
    if not _lease(email_id):
        return False
    email = OrderEmail.objects.select_related("order").get(pk=email_id)
    try:
        message_of(email).send()
    except Exception as error:
        # Whatever the mail server or a template did, the row must get its next turn. The text of a mail
        # library's exception can quote the recipient, so only its type is logged.
        _postpone(email)
        logger.error(
            "Order e-mail %s was not sent, attempt %s: %s", email.pk, email.attempts, type(error).__name__
        )
        return False
    OrderEmail.objects.filter(pk=email.pk).update(sent_at=timezone.now(), leased_until=None)
    return True


def message_of(email: OrderEmail) -> EmailMultiAlternatives:
    """The message in plain text and HTML; every address in it is the shop's own."""
    order = email.order
    items = order_items(order)
    context = {
        "order": order,
        "items": items,
        "has_designs": any(item.design_id for item in items),
        "shop_name": settings.WAGTAIL_SITE_NAME,
        "shop_url": settings.SHOP_BASE_URL,
    }
    message = EmailMultiAlternatives(
        subject=_subject(email),
        body=render_to_string(f"emails/order_{email.kind}.txt", context),
        to=[order.email],
        headers={"Message-ID": f"<{order.code}.{email.kind}@{urlsplit(settings.SHOP_BASE_URL).hostname}>"},
    )
    message.attach_alternative(render_to_string(f"emails/order_{email.kind}.html", context), "text/html")
    return message


def _subject(email: OrderEmail) -> str:
    subjects = {
        OrderEmail.Kind.CONFIRMATION: _("Thank you for your order %(code)s"),
        OrderEmail.Kind.READY: _("Your print files are ready: order %(code)s"),
    }
    return subjects[OrderEmail.Kind(email.kind)] % {"code": email.order.code}


def _lease(email_id: int) -> bool:
    leased = due_emails().filter(pk=email_id)
    return bool(leased.update(leased_until=timezone.now() + LEASE, attempts=F("attempts") + 1))


def _postpone(email: OrderEmail) -> None:
    wait = min(timedelta(minutes=2**email.attempts), LONGEST_WAIT)
    OrderEmail.objects.filter(pk=email.pk).update(leased_until=timezone.now() + wait)
