"""Kills idle workers that hold the queue's lock, and measures until work goes on again.

    python bench/watchdog_drill.py              four kills, about ten minutes
    python bench/watchdog_drill.py --rounds 1   one

Runs `manage.py work` on a database and a directory of its own. All workers of the cluster are killed with
SIGKILL while they wait: one of them holds the lock of the queue, and takes it with it. A round is passed
when a task that was queued after the kill has been done within the documented three minutes. (What the
dead cluster had already taken comes back after `retry`, five minutes.)
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTED_SECONDS = 180
START_SECONDS = 120
PROBE_EVERY_SECONDS = 3


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=4)
    rounds = options.parse_args().rounds
    with tempfile.TemporaryDirectory(prefix="watchdog-drill-") as directory:
        environment = {
            **os.environ,
            "VAR_DIR": directory,
            "DATABASE_URL": f"sqlite:///{directory}/db.sqlite3",
            "DJANGO_SETTINGS_MODULE": "siteconf.settings.dev",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        }
        os.environ.update(environment)
        subprocess.run([*manage("migrate"), "--verbosity", "0"], check=True)
        return drill(rounds)


def manage(*arguments: str) -> list[str]:
    return [sys.executable, str(ROOT / "manage.py"), *arguments]


def drill(rounds: int) -> int:
    import django

    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    django.setup()
    log = Path(os.environ["VAR_DIR"]) / "worker.log"
    with log.open("w") as output:
        watchdog = subprocess.Popen(manage("work", "--patience", "15"), stdout=output, stderr=output)
    try:
        wait_for_task(START_SECONDS)
        passed = all(one_round(number, watchdog.pid) for number in range(1, rounds + 1))
        if not passed:
            print(log.read_text()[-4000:])
        return 0 if passed else 1
    finally:
        watchdog.send_signal(signal.SIGTERM)
        watchdog.wait(30)


def one_round(number: int, watchdog: int) -> bool:
    for pid in workers_of(watchdog):
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


if __name__ == "__main__":
    sys.exit(main())
