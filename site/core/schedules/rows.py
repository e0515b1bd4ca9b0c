"""The rows from which django-q runs the schedules."""

from django.apps import apps
from django.db import connections
from django_q.models import Schedule as Row

from .registry import Schedule, registered


def write_rows(*, using: str = "default", **kwargs: object) -> None:
    """After every migrate: one row for each schedule, however often this runs, and none of the shop's that it
    registers no more. The shop's are called like the app whose function they call; others are not touched.
    """
    if Row._meta.db_table not in connections[using].introspection.table_names():
        return
    rooms = {config.name for config in apps.get_app_configs()}
    for row in Row.objects.using(using).exclude(name__in=[schedule.name for schedule in registered()]):
        room = row.func.partition(".")[0]
        if room in rooms and (row.name or "").startswith(f"{room}."):
            row.delete()
    for schedule in registered():
        write_row(schedule, using=using)


def write_row(schedule: Schedule, *, using: str = "default") -> None:
    """Make the schedule's row, or set it right; of several the oldest stays."""
    rows = Row.objects.using(using).filter(name=schedule.name)
    first = rows.order_by("pk").first()
    if first:
        rows.exclude(pk=first.pk).delete()
    # Failures are always kept; thousands of successes a day would push everything else out of the list.
    keeps = {} if schedule.is_nightly else {"q_options": {"save": False}}
    rows.update_or_create(
        name=schedule.name,
        defaults={
            "func": schedule.function,
            "schedule_type": Row.MINUTES if schedule.minutes else Row.CRON,
            "minutes": schedule.minutes or None,
            "cron": schedule.cron or None,
            "repeats": -1,
            "kwargs": keeps,
        },
    )
