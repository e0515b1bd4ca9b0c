"""Waiting until everything that was ordered is finished, without waiting for the pauses in between."""

import time
from collections import Counter
from datetime import timedelta

from .shop import Shop

LOOK_EVERY_SECONDS = 0.4
STILL_SECONDS = 6.0
CALL_BACK = "call-back open"
# After ten minutes the sweep closes a call-back whose task was lost.
FORGOTTEN_SECONDS = 610.0


def play_schedule() -> None:
    """Queue what the schedules queue every half minute and every minute, once the last is through."""
    from django_q.brokers import get_broker
    from django_q.tasks import async_task

    if not get_broker().queue_size() and not is_swept():
        for function in ("personalization.tasks.sweep", "commerce.tasks.send_due_emails"):
            async_task(function, save=False)


def settle(shop: Shop, *, limit: float, leap: bool = True, may_restart: bool = True) -> float:
    """Seconds until nothing was left to do. Raises SystemExit when that takes longer than the limit.

    `leap`: the clock is moved over pauses in which no row is due. `may_restart`: what dead processes hold is
    freed by restarting the worker later.
    """
    started = changed_at = time.monotonic()
    before = None
    while unfinished := _unfinished():
        now = time.monotonic()
        if now - started > limit:
            raise SystemExit(f"Not settled after {limit:.0f} s: {dict(unfinished)}")
        play_schedule()
        time.sleep(LOOK_EVERY_SECONDS)
        if set(unfinished) == {CALL_BACK}:
            shop.move_clock(FORGOTTEN_SECONDS)
        if unfinished != before or not worker_is_up():
            before, changed_at = unfinished, now
        elif may_restart and now - changed_at > STILL_SECONDS:
            shop.restart_worker_later()
            changed_at = time.monotonic()
        if leap:
            leap_to_next_due(shop)
    return time.monotonic() - started


def is_swept() -> bool:
    """Whether a sweep is under way."""
    from django.utils import timezone

    from personalization.models import ProjectSweep

    return ProjectSweep.objects.filter(leased_until__gt=timezone.now()).exists()


def worker_is_up() -> bool:
    """Whether there is a worker that tells of itself; one that is being started does not."""
    from django_q.brokers import get_broker
    from django_q.status import Stat

    return bool(Stat.get_all(get_broker()))


def leap_to_next_due(shop: Shop) -> None:
    """Move the clock to where the next row is due, if nobody is at any row now.

    What has a creation in it is not begun before it is due, so no worker loses its lease over one.
    """
    from django.db.models import Min
    from django.utils import timezone

    from commerce.models import OutgoingEmail
    from personalization.models import RenderJob, StatusJob

    now = timezone.now()
    unsent = OutgoingEmail.objects.filter(status="waiting")
    jobs = (RenderJob.objects.all(), StatusJob.objects.filter(status="waiting"), unsent)
    if any(rows.filter(leased_until__gt=now).exists() for rows in jobs):
        return
    moments = [rows.aggregate(due=Min("due_at"))["due"] for rows in jobs]
    nothing_to_send = not unsent.filter(due_at__lte=now).exists()
    due = min((moment for moment in moments if moment), default=None)
    if due and nothing_to_send and due > now + timedelta(seconds=1):
        shop.move_clock((due - now).total_seconds() + 0.1)


def _unfinished() -> Counter:
    """What is left to do, by kind and status; empty when all is done."""
    from commerce.models import Order, OutgoingEmail
    from personalization.models import HubEvent, RenderProject, StatusJob

    left: Counter = Counter()
    for status in Order.objects.exclude(status__in=["completed", "cancelled"]).values_list(
        "status", flat=True
    ):
        left[f"order {status}"] += 1
    open_projects = RenderProject.objects.exclude(status__in=["ready", "cancelled"])
    for status in open_projects.values_list("status", flat=True):
        left[f"project {status}"] += 1
    left["mail unsent"] = OutgoingEmail.objects.filter(status="waiting").count()
    left["status untold"] = StatusJob.objects.filter(status="waiting").count()
    left[CALL_BACK] = HubEvent.objects.filter(processed_at=None).count()
    return +left
