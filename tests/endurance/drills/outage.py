"""The Hub is away for an hour while orders come in; then it is back, and nobody has to do anything."""

import time
from dataclasses import dataclass

from django.utils import timezone

from ..report import table
from ..services import description
from ..settling import is_swept, play_schedule, settle
from ..shop import Shop, running_shop
from ..shopping import Street
from ..verdict import Verdict, judge
from .storm import passed

SWEEPS_OF_AN_HOUR = 120
HOUR_SECONDS = 3600
SETTLE_SECONDS = 1800
BURST = 25


@dataclass
class Outage:
    """`failed` and `most_attempts` are of the render projects at the end of the hour; `seconds` from then on
    until nothing is left to do, on the shop's clock, which runs as the real one does.
    """

    verdict: Verdict
    failed: int
    most_attempts: int
    with_attempts: int
    seconds: float


def outage(*, orders: int = 500, sweeps: int = SWEEPS_OF_AN_HOUR) -> bool:
    """The Hub is killed, orders are placed, an hour passes with so many sweeps, the Hub is started."""
    with running_shop(settings={"CCHUB_BREAKER_SECONDS": "1"}) as shop:
        outcome = hour_without_hub(shop, Street(shop), orders=orders, leap=False, sweeps=sweeps)
    verdict = outcome.verdict
    print(f"{description()}, {sweeps} sweeps in the hour\n")
    head = (
        "orders",
        "completed",
        "failed by the end of the hour",
        "lines with a counted attempt",
        "most attempts of a line",
        "projects doubled",
        "doctor",
        "backlog gone after",
    )
    completed = verdict.orders - verdict.lost_orders - verdict.wrong_states
    counts = (outcome.failed, outcome.with_attempts, outcome.most_attempts, verdict.doubled_projects)
    print(table(head, [(verdict.orders, completed, *counts, verdict.doctor, f"{outcome.seconds:.0f} s")]))
    return passed(verdict) and not outcome.failed


def hour_without_hub(
    shop: Shop, street: Street, *, orders: int, leap: bool, sweeps: int = SWEEPS_OF_AN_HOUR
) -> Outage:
    from personalization.models import RenderProject

    shop.sandbox.kill()
    placed = []
    for left in range(orders, 0, -BURST):
        placed += street.order(min(BURST, left))
    for _ in range(sweeps):
        play_schedule()
        wait_until_idle()
        shop.move_clock(HOUR_SECONDS / sweeps)
    lines = RenderProject.objects.exclude(status="ready")
    failed = lines.filter(status="failed").count()
    attempts = list(lines.values_list("job__attempts", flat=True))
    shop.start_sandbox()
    back_at = timezone.now()
    settle(shop, limit=SETTLE_SECONDS, leap=leap, may_restart=False)
    return Outage(
        verdict=judge(shop, placed),
        failed=failed,
        most_attempts=max(attempts),
        with_attempts=sum(1 for number in attempts if number),
        seconds=(timezone.now() - back_at).total_seconds(),
    )


def wait_until_idle(limit: float = 600) -> None:
    """Until nothing is queued and nobody is at a row, so that the clock can be moved."""
    from django_q.brokers import get_broker

    from personalization.models import RenderJob

    broker, started = get_broker(), time.monotonic()
    while time.monotonic() - started < limit:
        time.sleep(0.1)
        is_leased = RenderJob.objects.filter(leased_until__isnull=False).exists()
        if not (broker.queue_size() or broker.lock_size() or is_leased or is_swept()):
            return
    raise SystemExit("The worker does not come to rest")
