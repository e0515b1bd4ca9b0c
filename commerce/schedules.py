"""What the worker does for orders, carts and e-mails."""

from django.utils.translation import gettext_lazy as _

from core.schedules import HALF_MINUTE, Schedule, register

EMAIL_SWEEP = "commerce.send_due_emails"
HOLD_SWEEP = "commerce.release_held_orders"

register(
    Schedule(
        name=EMAIL_SWEEP,
        function="commerce.tasks.send_due_emails",
        cron=HALF_MINUTE,
        description=_("sends what is still unsent, order links as well"),
    ),
    Schedule(
        name=HOLD_SWEEP,
        function="commerce.tasks.release_held_orders",
        minutes=1,
        description=_("releases held orders whose time has come"),
    ),
    Schedule(
        name="commerce.clear_abandoned_carts",
        function="commerce.tasks.clear_abandoned_carts",
        minutes=1,
        description=_("takes away carts that visitors have not changed for VISITOR_CARTS_KEPT_DAYS"),
    ),
    Schedule(
        name="commerce.clear_reorders",
        function="commerce.tasks.clear_reorders",
        cron="28 3 * * *",
        description=_("forgets which buttons *Order again* were pressed more than a week ago"),
    ),
    Schedule(
        name="commerce.examine",
        function="commerce.tasks.examine",
        cron="40 3 * * *",
        description=_("lets the doctor examine; it mends nothing and leaves a report"),
    ),
)
