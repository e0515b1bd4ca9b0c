"""What the worker does for the catalog every night."""

from django.utils.translation import gettext_lazy as _

from core.schedules import Schedule, register

register(
    Schedule(
        name="catalog.check_mappings",
        function="catalog.tasks.check_mappings",
        cron="10 4 * * *",
        description=_(
            "compares every personalized product with the Hub for the report *Differences from the Hub*;"
            " stops early and keeps what it knew when the Hub is away"
        ),
    )
)
