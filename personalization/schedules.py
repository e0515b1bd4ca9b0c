"""The schedule of the sweep, kept in the database by django-q."""

from django.db import connections

SWEEP = "personalization.sweep"


def ensure_sweep_schedule(*, using: str = "default", **kwargs) -> None:
    """After every migrate: one schedule row that runs the sweep twice a minute, as often as the cluster
    looks.
    """
    from django_q.models import Schedule

    if using != "default" or Schedule._meta.db_table not in connections[using].introspection.table_names():
        return
    Schedule.objects.update_or_create(
        name=SWEEP,
        defaults={
            "func": "personalization.tasks.sweep",
            "schedule_type": Schedule.CRON,
            "cron": "* * * * * */30",
            "repeats": -1,
            # Failures are always kept; thousands of successes a day would push everything else out of the
            # list.
            "kwargs": {"q_options": {"save": False}},
        },
    )
