"""What the worker does for designs, render projects and shoppers."""

from django.utils.translation import gettext_lazy as _

from core.schedules import HALF_MINUTE, Schedule, register

SWEEP = "personalization.sweep"

register(
    Schedule(
        name=SWEEP,
        function="personalization.tasks.sweep",
        cron=HALF_MINUTE,
        description=_(
            "creates projects that are due, looks at unfinished ones in bulk, fetches files and previews,"
            " tells the Hub what it has not heard"
        ),
    ),
    Schedule(
        name="personalization.look_at_hub",
        function="personalization.tasks.look_at_hub",
        minutes=1,
        description=_("asks the Hub for one product, so that the order desk can say whether it answers"),
    ),
    Schedule(
        name="personalization.clear_hub_events",
        function="personalization.tasks.clear_hub_events",
        cron="24 3 * * *",
        description=_("removes call-backs of the Hub that came more than 30 days ago"),
    ),
    Schedule(
        name="personalization.clear_visitors",
        function="personalization.tasks.clear_visitors",
        cron="26 3 * * *",
        description=_(
            "removes visitors who have left nothing and were not seen for VISITORS_KEPT_DAYS, "
            "and finished merges with accounts"
        ),
    ),
)
