"""Schedules that are missing, there twice, or have come to an end."""

from collections.abc import Iterator
from functools import partial

from django.utils.translation import gettext as _
from django_q.models import Schedule as Row

from core.schedules import registered
from core.schedules.rows import write_row

from .findings import Finding, Kind


def missing_schedules() -> Iterator[Finding]:
    for schedule in registered():
        rows = Row.objects.filter(name=schedule.name)
        alive = rows.exclude(repeats=0)
        if len(rows) == len(alive) == 1:
            continue
        detail = _("There are %(all)s rows, %(alive)s of them alive; there should be one.") % {
            "all": len(rows),
            "alive": len(alive),
        }
        yield Finding(Kind.MISSING_SCHEDULE, schedule.name, detail, partial(write_row, schedule))
