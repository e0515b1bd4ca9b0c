"""Each proof once and small, on one shop, for the normal test run."""

import time
from collections.abc import Callable

from ..services import description
from ..settling import settle
from ..shop import Shop, running_shop
from ..shopping import Street
from ..traps import ALONE, GROUP, TRAPS
from ..verdict import Verdict, judge
from .lost_queue import forget_queue
from .outage import hour_without_hub
from .storm import passed, weather

# Every point that a line passes fires once, so a few lines are enough.
ORDERS, LINES = 10, 2
# At the end of a line's way, where the whole worker can die without holding the others off their points.
LAST = "K13"
MOST_REPEATED = 2
SETTLE_SECONDS = 300


def small() -> bool:
    """Every crash point once, 40 lines in bad weather, 20 orders in an outage, a lost queue."""
    print(description(), flush=True)
    with running_shop() as shop:
        street = Street(shop)
        results = [timed(play, shop, street) for play in PLAYS]
        stopped = shop.worker.stop()
    if not stopped:
        print("FAILED: the worker did not stop when its main process was told to", flush=True)
    return all(results) and stopped


def timed(play: Callable[[Shop, Street], bool], shop: Shop, street: Street) -> bool:
    started = time.monotonic()
    is_passed = play(shop, street)
    print(f"    {time.monotonic() - started:.0f} s", flush=True)
    return is_passed


def every_point(shop: Shop, street: Street) -> bool:
    for trap in TRAPS:
        shop.fuses.lay(trap, [GROUP if trap.name == LAST else ALONE])
    placed = street.order(ORDERS, lines=LINES)
    deadline = time.monotonic() + SETTLE_SECONDS
    while left := [trap.name for trap in TRAPS if shop.fuses.left(trap)]:
        if time.monotonic() > deadline:
            print(f"FAILED: nothing died at {', '.join(left)}", flush=True)
            return False
        time.sleep(0.2)
    shop.restart_worker_later()
    settle(shop, limit=SETTLE_SECONDS)
    verdict = judge(shop, placed)
    return say("every crash point", verdict, verdict.is_clean and verdict.repeated_mails <= MOST_REPEATED)


def bad_weather(shop: Shop, street: Street) -> bool:
    verdict, _seconds = weather(shop, street, lines=40, seed=7)
    return say("bad weather", verdict, passed(verdict))


def no_hub(shop: Shop, street: Street) -> bool:
    outcome = hour_without_hub(shop, street, orders=20, leap=True, sweeps=12)
    return say("an hour without the Hub", outcome.verdict, passed(outcome.verdict) and not outcome.failed)


def no_queue(shop: Shop, street: Street) -> bool:
    verdict = forget_queue(shop, street, 5)
    return say("a lost queue", verdict, passed(verdict))


PLAYS = (every_point, bad_weather, no_hub, no_queue)


def say(what: str, verdict: Verdict, is_passed: bool) -> bool:
    word = "passed" if is_passed else "FAILED"
    print(f"{what}: {word}, {verdict.orders} orders, {verdict.lines} lines", flush=True)
    for fault in () if is_passed else verdict.faults[:20]:
        print(f"    {fault}", flush=True)
    return is_passed
