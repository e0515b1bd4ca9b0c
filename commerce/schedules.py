"""What the worker does again and again."""

from django.db import connections
from django_q.models import Schedule

EMAIL_SWEEP = "Send order e-mails that are due"
HOLD_SWEEP = "Begin with orders whose hold is over"
CART_SWEEP = "Take away carts of visitors who have not come back"
DOCTOR = "Let the doctor look for drift"
NIGHTLY = "40 3 * * *"
FUNCTIONS = {
    EMAIL_SWEEP: "commerce.tasks.send_due_emails",
    HOLD_SWEEP: "commerce.tasks.release_held_orders",
    CART_SWEEP: "commerce.tasks.clear_abandoned_carts",
}
NAMES = (*FUNCTIONS, DOCTOR)


def create_schedules(sender, using: str, **kwargs) -> None:
    """Receiver of post_migrate: each schedule exists once, however often this runs."""
    if Schedule._meta.db_table not in connections[using].introspection.table_names():
        return
    for name, function in FUNCTIONS.items():
        Schedule.objects.using(using).update_or_create(
            name=name,
            defaults={
                "func": function,
                "schedule_type": Schedule.MINUTES,
                "minutes": 1,
                "repeats": -1,
                # Failures are always kept; a success a minute would push everything else out of the list.
                "kwargs": {"q_options": {"save": False}},
            },
        )
    Schedule.objects.using(using).update_or_create(
        name=DOCTOR,
        defaults={
            "func": "commerce.tasks.examine",
            "schedule_type": Schedule.CRON,
            "cron": NIGHTLY,
            "repeats": -1,
        },
    )
