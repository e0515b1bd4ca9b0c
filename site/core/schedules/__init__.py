"""What the worker does by itself: one registry, read by `migrate`, the doctor and the operators' table.

An app lists what it wants to be done again and again in its module `schedules`:

    register(
        Schedule(
            name="catalog.check_mappings",
            function="catalog.tasks.check_mappings",
            cron="10 4 * * *",
            description=_("compares every personalized product with the Hub"),
        )
    )

`migrate` writes the rows of django-q's table, and takes away those that the shop registers no more.
"""

from .registry import HALF_MINUTE, Schedule, register, registered

__all__ = ["HALF_MINUTE", "Schedule", "register", "registered"]
