"""The queue forgets everything, or a dead worker takes along what it had taken: the rows know better."""

import time

from ..report import table
from ..services import description
from ..settling import settle
from ..shop import Shop, running_shop
from ..shopping import Street
from ..verdict import Verdict, judge
from .storm import passed

LINES = 2
SETTLE_SECONDS = 600
BUSY_SECONDS = 1.5


def lost_queue(*, orders: int = 50) -> bool:
    """Wake-up calls lost before the worker saw them, while rows count as woken, and with a killed worker."""
    with running_shop() as shop:
        street = Street(shop)
        verdicts = {what: play(shop, street, orders) for what, play in LOSSES.items()}
    print(f"{description()}\n")
    head = ("what is lost", "orders", "lost", "projects doubled", "wrong states", "doctor")
    print(
        table(
            head,
            (
                (
                    what,
                    v.orders,
                    v.lost_orders + v.lost_projects,
                    v.doubled_projects,
                    v.wrong_states,
                    v.doctor,
                )
                for what, v in verdicts.items()
            ),
        )
    )
    return all([passed(verdict) for verdict in verdicts.values()])  # noqa: C419 - to see the faults of all


def forget_queue(shop: Shop, street: Street, orders: int) -> Verdict:
    """Redis is emptied, queue and cache, while orders wait in it."""
    shop.worker.stop()
    placed = street.order(orders, lines=LINES)
    empty_queue()
    shop.worker.start()
    settle(shop, limit=SETTLE_SECONDS)
    return judge(shop, placed)


def forget_wake_up_calls(shop: Shop, street: Street, orders: int) -> Verdict:
    """The sweep has noted that it woke the rows, and then its calls are lost."""
    from personalization.tasks import sweep

    shop.worker.stop()
    placed = street.order(orders, lines=LINES)
    empty_queue()
    sweep()
    empty_queue()
    shop.let_leases_end()
    shop.worker.start()
    settle(shop, limit=SETTLE_SECONDS)
    return judge(shop, placed)


def kill_with_tasks_taken(shop: Shop, street: Street, orders: int) -> Verdict:
    """The whole worker is killed while it is busy."""
    placed = street.order(orders, lines=LINES)
    time.sleep(BUSY_SECONDS)
    shop.worker.kill()
    shop.let_leases_end()
    shop.worker.start()
    settle(shop, limit=SETTLE_SECONDS)
    return judge(shop, placed)


LOSSES = {
    "the whole queue": forget_queue,
    "calls that the sweep has noted": forget_wake_up_calls,
    "what a killed worker had taken": kill_with_tasks_taken,
}


def empty_queue() -> None:
    """As a restart of a Redis that keeps nothing on disk; the cache goes with it."""
    from django.core.cache import cache
    from django_q.brokers import get_broker

    get_broker().delete_queue()
    cache.clear()
