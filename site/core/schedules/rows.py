"""The rows from which django-q runs the schedules."""

from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import connections
from django.utils import timezone
from django_q.models import Schedule as Row

from .registry import Schedule, registered

# The clocks of two machines are never the same.
CLOCKS_DIFFER = timedelta(minutes=1)
# Django's forms store nothing as an empty text; an empty `cluster` would be one that nobody serves.
MAY_BE_EMPTY = {"args", "hook", "intended_date_kwarg"}


def write_rows(*, using: str = "default", **kwargs: object) -> None:
    """After every migrate: one row for each schedule, however often this runs, and none of the shop's that it
    registers no more.
    """
    if Row._meta.db_table not in connections[using].introspection.table_names():
        return
    for row in stray_rows(using=using):
        row.delete()
    for schedule in registered():
        write_row(schedule, using=using)


def stray_rows(*, using: str = "default") -> list[Row]:
    """The shop's rows that it does not register. The shop's are called like the app whose function they call
    (`home.…`, which calls `home.…`); whatever else there is belongs to the operator.
    """
    rooms = {config.name for config in apps.get_app_configs()}
    others = Row.objects.using(using).exclude(name__in=[schedule.name for schedule in registered()])
    return [
        row
        for row in others.order_by("name", "pk")
        if (room := row.func.partition(".")[0]) in rooms and (row.name or "").startswith(f"{room}.")
    ]


def write_row(schedule: Schedule, *, using: str = "default") -> None:
    """Make the schedule's row, or set it right; of several the oldest stays."""
    rows = Row.objects.using(using).filter(name=schedule.name)
    first = rows.order_by("pk").first()
    if first:
        rows.exclude(pk=first.pk).delete()
    row, _is_new = rows.update_or_create(name=schedule.name, defaults=_as_registered(schedule))
    if runs_too_late(schedule, row):
        row.next_run = row.calculate_next_run(timezone.now()) if schedule.cron else timezone.now()
        row.save(using=using, update_fields=["next_run"])


def differences(schedule: Schedule, row: Row) -> dict[str, tuple[object, object]]:
    """The fields that are not as the schedule is registered: what they hold, and what they should."""
    held = {field: getattr(row, field) for field in _as_registered(schedule)}
    return {
        field: (held[field], right)
        for field, right in _as_registered(schedule).items()
        if held[field] != right and not (field in MAY_BE_EMPTY and held[field] == "")
    }


def runs_too_late(schedule: Schedule, row: Row) -> bool:
    """Whether its next run is further away than two runs ever are, or never comes."""
    return row.next_run is None or row.next_run > timezone.now() + _longest_pause(schedule) + CLOCKS_DIFFER


def _longest_pause(schedule: Schedule) -> timedelta:
    """From one run to the next; the night in which clocks are put back makes a day of 25 hours."""
    if schedule.is_nightly:
        return timedelta(hours=25)
    return timedelta(minutes=schedule.minutes) if schedule.minutes else timedelta(seconds=30)


def _as_registered(schedule: Schedule) -> dict[str, Any]:
    # Failures are always kept; thousands of successes a day would push everything else out of the list.
    keeps = {} if schedule.is_nightly else {"q_options": {"save": False}}
    return {
        "func": schedule.function,
        "schedule_type": Row.MINUTES if schedule.minutes else Row.CRON,
        "minutes": schedule.minutes or None,
        "cron": schedule.cron or None,
        "repeats": -1,
        "args": None,
        "kwargs": str(keeps),
        "hook": None,
        "intended_date_kwarg": None,
        "cluster": None,
    }
