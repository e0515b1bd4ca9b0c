"""The schedules of personalization, kept in the database by django-q."""

from django.db import connections

SWEEP = "personalization.sweep"
LOOK_AT_HUB = "personalization.look_at_hub"

SCHEDULES = {
    # Twice a minute: as often as the cluster looks.
    SWEEP: ("personalization.tasks.sweep", "* * * * * */30"),
    LOOK_AT_HUB: ("personalization.tasks.look_at_hub", "* * * * *"),
}


def ensure_sweep_schedule(*, using: str = "default", **kwargs) -> None:
    """After every migrate: one row for each schedule, however often this runs."""
    from django_q.models import Schedule

    if using != "default" or Schedule._meta.db_table not in connections[using].introspection.table_names():
        return
    for name, (function, cron) in SCHEDULES.items():
        Schedule.objects.update_or_create(
            name=name,
            defaults={
                "func": function,
                "schedule_type": Schedule.CRON,
                "cron": cron,
                "repeats": -1,
                # Failures are always kept; thousands of successes a day would push everything else out of
                # the list.
                "kwargs": {"q_options": {"save": False}},
            },
        )
