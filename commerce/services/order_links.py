"""“Send me my order links”: whoever asks gets the same answer at once; what there is goes to the address."""

import logging

from django.db import transaction
from django.db.models import QuerySet
from django_q.tasks import async_task

from core.addresses import normal_form

from ..models import Order, OrderLinksRequest
from . import delivery
from .messages import links_message

logger = logging.getLogger(__name__)

MOST_LINKS = 100


@transaction.atomic
def request_links(*, email: str) -> None:
    """Note that somebody wants the links to the orders of this address. Looks nothing up, so that neither the
    answer nor its time tells whether the address has ordered anything.
    """
    wanted = OrderLinksRequest.objects.create(email=email)
    transaction.on_commit(lambda: async_task("commerce.tasks.send_order_links", wanted.pk), robust=True)


def due_requests() -> QuerySet[OrderLinksRequest]:
    """Requests that are not answered, not being answered and not waiting for another attempt."""
    return delivery.due(OrderLinksRequest.objects.all())


def send_links(request_id: int) -> bool:
    """Answer a request if it is due, and forget it; tells whether a message was sent.

    It goes to the address of the newest order. An address without orders gets none: it may be anybody's.
    The last failed attempt forgets the request too.
    """
    if not delivery.lease(OrderLinksRequest.objects.all(), request_id):
        return False
    wanted = OrderLinksRequest.objects.get(pk=request_id)
    of_address = Order.objects.filter(email_normal=normal_form(wanted.email))
    orders = list(of_address.order_by("-created_at")[:MOST_LINKS])
    try:
        if orders:
            links_message(orders[0].email, orders).send()
    except Exception as error:
        # As with the e-mails of an order: the next turn must come, and the text can quote the recipient.
        logger.error("Order links %s were not sent: %s", wanted.pk, type(error).__name__)
        if wanted.attempts < delivery.MAXIMUM_ATTEMPTS:
            delivery.postpone(wanted)
            return False
        orders = []
    wanted.delete()
    return bool(orders)
