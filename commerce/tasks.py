"""Jobs for the worker. Each may run twice or at the same time as itself: the services cope with that."""

from .services import emails

SWEEP_SIZE = 10


def send_order_email(email_id: int) -> None:
    """Send one e-mail of an order, if it is due."""
    emails.send_email(email_id)


def send_due_emails() -> None:
    """Send what the queue has lost or what has failed before; the schedule comes back for the rest."""
    for email_id in emails.due_emails().values_list("pk", flat=True)[:SWEEP_SIZE]:
        emails.send_email(email_id)
