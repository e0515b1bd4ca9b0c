"""The worker's beat."""

from django.db import connections

BEAT = "home.beat"


def ensure_beat_schedule(*, using: str = "default", **kwargs: object) -> None:
    """After every migrate: one schedule row that gives the worker something to do every half minute."""
    from django_q.models import Schedule

    if using != "default" or Schedule._meta.db_table not in connections[using].introspection.table_names():
        return
    Schedule.objects.update_or_create(
        name=BEAT,
        defaults={
            "func": "core.worker.signs.beat",
            "schedule_type": Schedule.CRON,
            "cron": "* * * * * */30",
            "repeats": -1,
            "kwargs": {"q_options": {"save": False}},
        },
    )
