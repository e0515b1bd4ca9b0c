"""Jobs for the worker. Each may run twice or at the same time as itself: the services cope with that."""

from . import doctor
from .services import abandoned_carts, emails, reordering
from .services.orders import release_due_orders

SWEEP_SIZE = 10
MOST_RELEASES = 100


def send_email(email_id: int) -> None:
    """Send one e-mail, if it is due."""
    emails.send_email(email_id)


def send_due_emails() -> None:
    """Send what the queue has lost or what has failed before; the schedule comes back for the rest."""
    for email_id in list(emails.due_emails().values_list("pk", flat=True)[:SWEEP_SIZE]):
        emails.send_email(email_id)


def release_held_orders() -> None:
    """Begin with the orders whose hold is over."""
    release_due_orders(limit=MOST_RELEASES)


def clear_abandoned_carts() -> None:
    """Take away the carts of visitors who have not come back."""
    abandoned_carts.clear_abandoned_carts()


def clear_reorders() -> None:
    """Forget the buttons that nobody presses twice any more."""
    reordering.clear_reorders()


def examine() -> None:
    """The doctor's nightly look; it mends nothing by itself, staff see the report."""
    doctor.examine(repair=False)
