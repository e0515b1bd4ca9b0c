"""What the shop's e-mails say, in plain text and HTML. Every address in them is the shop's own."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from commerce.selectors.orders import order_items
from core.addresses import mailbox, normal_form
from home.selectors.site_frame import site_frame
from personalization.models import ProjectEvent, RenderProject

from ..models import Order, OutgoingEmail

Kind = OutgoingEmail.Kind
MOST_FAILURES = 20
MOST_LINKS = 100
ORDER_LINKS = "order_links"


def order_message(email: OutgoingEmail, *, along: Sequence[OutgoingEmail] = ()) -> EmailMultiAlternatives:
    """The message that an e-mail's row stands for, and others of its kind and order along with it."""
    order = email.order
    if order is None:
        raise ValueError("the e-mail belongs to no order")
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
    return message(
        f"order_{email.kind}",
        to=to,
        subject=_subject(Kind(email.kind), order, len(failures)),
        context=context,
        name=_name(email),
    )


def preview(order: Order, kind: OutgoingEmail.Kind) -> EmailMultiAlternatives:
    """The message as it would be sent now: `subject`, `body` (text) and `alternatives[0].content` (HTML).
    Nothing is written or sent.
    """
    return order_message(OutgoingEmail(order=order, kind=kind))


def links_message(email: OutgoingEmail) -> EmailMultiAlternatives | None:
    """The links to the orders of an address, to the address of the newest; None without orders: the address
    may be anybody's.
    """
    of_address = Order.objects.filter(email_normal=normal_form(email.recipient))
    orders = list(of_address.order_by("-created_at")[:MOST_LINKS])
    if not orders:
        return None
    subject = _("The links to your orders")
    return message(
        "order_links", to=orders[0].email, subject=subject, context={"orders": orders}, name=_name(email)
    )


def message_for(
    email: OutgoingEmail, *, along: Sequence[OutgoingEmail] = ()
) -> EmailMultiAlternatives | None:
    """The message that a row stands for; None when there is nothing to say."""
    if email.order_id is None:
        return WRITERS[email.kind](email)
    return order_message(email, along=along)


def message(
    template: str, *, to: str, subject: str, context: dict[str, Any], name: str
) -> EmailMultiAlternatives:
    """A message from `emails/<template>.txt` and `.html`, from the shop's sender. `name` is the same at every
    attempt.
    """
    frame = site_frame(None)
    context |= {"site_frame": frame, "shop_url": settings.SHOP_BASE_URL}
    mail = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"emails/{template}.txt", context),
        to=[mailbox(to)],
        from_email=frame.sender,
        headers={"Message-ID": f"<{name}@{urlsplit(settings.SHOP_BASE_URL).hostname}>"},
    )
    mail.attach_alternative(render_to_string(f"emails/{template}.html", context), "text/html")
    return mail


def _failures(emails: Sequence[OutgoingEmail]) -> list[ProjectEvent]:
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


def _name(email: OutgoingEmail) -> str:
    """The same for every attempt, another for each time that staff send the e-mail again: mail programs hide
    a message whose id they have seen.
    """
    if email.order is None:
        return f"{email.kind}.{email.pk}.{email.created_at:%Y%m%d%H%M%S%f}"
    parts = [email.order.code, email.kind, email.event, str(email.resent or "")]
    return ".".join(part for part in parts if part)


def _subject(kind: Kind, order: Order, failures: int) -> str:
    if failures > 1:
        several = _("%(count)s print files failed: order %(code)s")
        return several % {"count": failures, "code": order.code}
    subjects = {
        Kind.CONFIRMATION: _("Thank you for your order %(code)s"),
        Kind.READY: _("Your print files are ready: order %(code)s"),
        Kind.CANCELLED: _("Your order %(code)s is cancelled"),
        Kind.PROBLEM: _("Your order %(code)s takes a little longer"),
        Kind.JOINED: _("In your account now: order %(code)s"),
        Kind.DESK_PROBLEM: _("A print file failed: order %(code)s"),
    }
    return subjects[kind] % {"code": order.code}


# Who writes the e-mails that belong to no order, by their kind.
WRITERS: dict[str, Callable[[OutgoingEmail], EmailMultiAlternatives | None]] = {ORDER_LINKS: links_message}
