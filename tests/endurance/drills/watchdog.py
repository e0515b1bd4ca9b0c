"""Idle workers that hold the queue's lock are killed: the watchdog must start the worker anew.

All workers of the cluster are killed with SIGKILL while they wait: one of them holds the lock of the queue,
and takes it with it. A round is passed when a task that was queued after the kill has been done within the
documented three minutes. (What the dead cluster had already taken comes back after `retry`, five minutes.)
"""

import os
import signal
import time
from pathlib import Path

from ..services import description
from ..shop import Shop, running_shop

DOCUMENTED_SECONDS = 180
START_SECONDS = 240
PROBE_EVERY_SECONDS = 3


def watchdog(*, rounds: int = 4) -> bool:
    """Kills the idle workers of `manage.py work`, and measures until work goes on; minutes per round."""
    with running_shop(worker="work", settings={}) as shop:
        wait_for_task(START_SECONDS)
        print(description(), flush=True)
        passed = all(one_round(number, shop) for number in range(1, rounds + 1))
        return shop.worker.stop() and passed


def one_round(number: int, shop: Shop) -> bool:
    for pid in workers_of(shop.worker.process.pid):
        os.kill(pid, signal.SIGKILL)
    seconds = wait_for_task(DOCUMENTED_SECONDS)
    outcome = f"work went on after {seconds:.0f} s" if seconds else "FAILED: the worker stands still"
    print(f"round {number}: {outcome}", flush=True)
    return seconds is not None


def workers_of(watchdog: int) -> list[int]:
    """The processes that read the queue: of the guard's children those that a Stat names as workers."""
    from django_q.brokers import get_broker
    from django_q.status import Stat

    [main] = [pid for pid, parent in processes().items() if parent == watchdog]
    stats = [stat for stat in Stat.get_all(get_broker()) if stat.pid == main]
    return stats[0].workers


def processes() -> dict[int, int]:
    """Every process with its parent (Linux)."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                found[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    return found


def wait_for_task(limit: float) -> float | None:
    """Queue a task every few seconds and wait until one is done; None if that takes longer than the limit.

    Not one task alone: the dead cluster may have taken it, and then it comes back only after `retry`.
    """
    from django_q.tasks import async_task, result

    started = time.monotonic()
    tasks = []
    while time.monotonic() - started < limit:
        tasks.append(async_task("time.monotonic"))
        time.sleep(PROBE_EVERY_SECONDS)
        if any(result(task) is not None for task in tasks):
            return time.monotonic() - started
    return None
