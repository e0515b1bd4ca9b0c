"""The worker's beat, and what it clears away of its own tables."""

from django.utils.translation import gettext_lazy as _

from core.schedules import HALF_MINUTE, Schedule, register

BEAT = "core.beat"

register(
    Schedule(
        name=BEAT,
        function="core.worker.signs.beat",
        cron=HALF_MINUTE,
        description=_("nothing: that the worker does it is the sign that it lives"),
    ),
    Schedule(
        name="core.clear_sessions",
        function="core.worker.housekeeping.clear_sessions",
        cron="20 3 * * *",
        description=_("removes sessions that have expired"),
    ),
    Schedule(
        name="core.clear_failed_tasks",
        function="core.worker.housekeeping.clear_failed_tasks",
        cron="22 3 * * *",
        description=_("removes failed background jobs, with their tracebacks, after FAILED_TASKS_KEPT_DAYS"),
    ),
)
