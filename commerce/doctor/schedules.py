"""Schedules that are missing, there twice, or have come to an end."""

from collections.abc import Callable, Iterator
from functools import partial

from django.utils.translation import gettext as _
from django_q.models import Schedule

from core.worker.schedules import BEAT, ensure_beat_schedule
from personalization.schedules import SWEEP, ensure_sweep_schedule

from ..schedules import NAMES, create_schedules
from .findings import Finding, Kind


def expected_schedules() -> dict[str, Callable[[], object]]:
    """The name of every schedule that the shop lives by, with what makes it."""
    ours = partial(create_schedules, sender=None, using="default")
    return {BEAT: ensure_beat_schedule, SWEEP: ensure_sweep_schedule} | dict.fromkeys(NAMES, ours)


def missing_schedules() -> Iterator[Finding]:
    for name, make in expected_schedules().items():
        rows = Schedule.objects.filter(name=name).order_by("pk")
        alive = rows.exclude(repeats=0)
        if len(rows) == len(alive) == 1:
            continue
        detail = _("There are %(all)s rows, %(alive)s of them alive; there should be one.") % {
            "all": len(rows),
            "alive": len(alive),
        }
        yield Finding(Kind.MISSING_SCHEDULE, name, detail, partial(_make_one, name, make))


def _make_one(name: str, make: Callable[[], object]) -> None:
    first = Schedule.objects.filter(name=name).order_by("pk").first()
    if first:
        Schedule.objects.filter(name=name).exclude(pk=first.pk).delete()
    make()
