"""Schedules that are missing, there twice, at an end, changed, or none of the shop's any more."""

from collections.abc import Iterator
from functools import partial

from django.utils.translation import gettext as _
from django_q.models import Schedule as Row

from core.schedules import Schedule, registered
from core.schedules.rows import differences, runs_too_late, stray_rows, write_row

from .findings import Finding, Kind


def schedule_differences() -> Iterator[Finding]:
    for schedule in registered():
        yield from _of(schedule)
    for row in stray_rows():
        detail = _("It calls %(function)s. The next migrate takes it away.") % {"function": row.func}
        yield Finding(Kind.STRAY_SCHEDULE, row.name, detail, row.delete)


def _of(schedule: Schedule) -> Iterator[Finding]:
    rows = list(Row.objects.filter(name=schedule.name))
    alive = [row for row in rows if row.repeats != 0]
    mend = partial(write_row, schedule)
    if not len(rows) == len(alive) == 1:
        detail = _("There are %(all)s rows, %(alive)s of them alive; there should be one.") % {
            "all": len(rows),
            "alive": len(alive),
        }
        yield Finding(Kind.MISSING_SCHEDULE, schedule.name, detail, mend)
    elif detail := " ".join(_differences(schedule, rows[0])):
        yield Finding(Kind.SCHEDULE_DIFFERS, schedule.name, detail, mend)


def _differences(schedule: Schedule, row: Row) -> Iterator[str]:
    for field, (held, right) in differences(schedule, row).items():
        yield _("%(field)s is %(held)s; it should be %(right)s.") % {
            "field": field,
            "held": _in_words(held),
            "right": _in_words(right),
        }
    if row.next_run is None:
        yield _("It has no time for its next run, so it never runs.")
    elif runs_too_late(schedule, row):
        yield _("Its next run, at %(time)s, is further away than it should be.") % {
            "time": row.next_run.isoformat(timespec="minutes")
        }


def _in_words(value: object) -> str:
    return _("empty") if value in (None, "") else f"“{value}”"
