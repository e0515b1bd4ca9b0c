"""What the shop's e-mails say, in plain text and HTML. Every address in them is the shop's own."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from commerce.selectors.orders import order_items
from core.addresses import mailbox
from home.selectors.site_frame import site_frame
from personalization.models import ProjectEvent, RenderProject

from ..models import Order, OrderEmail

Kind = OrderEmail.Kind
MOST_FAILURES = 20


def order_message(email: OrderEmail, *, along: Sequence[OrderEmail] = ()) -> EmailMultiAlternatives:
    """The message that an e-mail's row stands for, and others of its kind and order along with it."""
    order = email.order
    items = order_items(order)
    failures = _failures([email, *along]) if email.kind == Kind.DESK_PROBLEM else []
    context = {
        "order": order,
        "items": items,
        "has_designs": any(item.design_id for item in items),
        "failures": failures,
        "joined": _joined(order) if email.kind == Kind.JOINED else [],
    }
    to = settings.ORDER_DESK_EMAIL if email.kind == Kind.DESK_PROBLEM else order.email
    return _message(
        f"order_{email.kind}",
        to=to,
        subject=_subject(email, len(failures)),
        context=context,
        name=_name(email),
    )


def preview(order: Order, kind: OrderEmail.Kind) -> EmailMultiAlternatives:
    """The message as it would be sent now: `subject`, `body` (text) and `alternatives[0].content` (HTML).
    Nothing is written or sent.
    """
    return order_message(OrderEmail(order=order, kind=kind))


def links_message(email: str, orders: list[Order]) -> EmailMultiAlternatives:
    """The links to these orders."""
    subject = _("The links to your orders")
    return _message("order_links", to=email, subject=subject, context={"orders": orders}, name=uuid4().hex)


def _message(
    template: str, *, to: str, subject: str, context: dict[str, Any], name: str
) -> EmailMultiAlternatives:
    frame = site_frame(None)
    context |= {"site_frame": frame, "shop_url": settings.SHOP_BASE_URL}
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"emails/{template}.txt", context),
        to=[mailbox(to)],
        from_email=frame.sender,
        headers={"Message-ID": f"<{name}@{urlsplit(settings.SHOP_BASE_URL).hostname}>"},
    )
    message.attach_alternative(render_to_string(f"emails/{template}.html", context), "text/html")
    return message


def _failures(emails: Sequence[OrderEmail]) -> list[ProjectEvent]:
    """The failures that the e-mails are about; of a preview the latest ones of the order."""
    failures = ProjectEvent.objects.filter(
        project__order_item__order=emails[0].order, to_status=RenderProject.Status.FAILED
    ).select_related("project")
    events = [email.event for email in emails if email.event]
    if events:
        failures = failures.filter(pk__in=events)
    return list(failures.order_by("-pk")[:MOST_FAILURES])


def _joined(order: Order) -> QuerySet[Order]:
    """The orders of the address that are where this one is."""
    return Order.objects.filter(owner=order.owner_id, email_normal=order.email_normal)


def _name(email: OrderEmail) -> str:
    """The same for every attempt, another for each time that staff send the e-mail again: mail programs hide
    a message whose id they have seen.
    """
    parts = [email.order.code, email.kind, email.event, str(email.resent or "")]
    return ".".join(part for part in parts if part)


def _subject(email: OrderEmail, failures: int) -> str:
    if failures > 1:
        several = _("%(count)s print files failed: order %(code)s")
        return several % {"count": failures, "code": email.order.code}
    subjects = {
        Kind.CONFIRMATION: _("Thank you for your order %(code)s"),
        Kind.READY: _("Your print files are ready: order %(code)s"),
        Kind.CANCELLED: _("Your order %(code)s is cancelled"),
        Kind.PROBLEM: _("Your order %(code)s takes a little longer"),
        Kind.JOINED: _("In your account now: order %(code)s"),
        Kind.DESK_PROBLEM: _("A print file failed: order %(code)s"),
    }
    return subjects[Kind(email.kind)] % {"code": email.order.code}
