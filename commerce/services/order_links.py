"""“Send me my order links”: whoever asks gets the same answer at once; what there is goes to the address."""

from django.db import transaction

from .emails import send
from .messages import ORDER_LINKS


@transaction.atomic
def request_links(*, email: str) -> None:
    """Note that somebody wants the links to the orders of this address. Looks nothing up, so that neither the
    answer nor its time tells whether the address has ordered anything.
    """
    send(kind=ORDER_LINKS, recipient=email)
