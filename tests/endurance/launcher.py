"""Starts a process of the shop as an operator would, with the drill's clock and traps put on from outside.

python -m tests.endurance.launcher web 127.0.0.1:8000     gunicorn, two processes
python -m tests.endurance.launcher qcluster               the worker alone
python -m tests.endurance.launcher work                   the worker under its watchdog
"""

import importlib
import os
import sys
import traceback
from pathlib import Path

from .clock import MovedClock
from .traps import WEB, WORKER, Fuses, set_traps

FOLDER = "DRILL_FOLDER"
FAULTS = "faults"
# For the drill that shows what the look before a creation is good for.
WITHOUT_LOOK = "DRILL_WITHOUT_LOOK"


def main() -> None:
    command, *arguments = sys.argv[1:]
    folder = Path(os.environ[FOLDER])
    clock = MovedClock(folder / "clock")
    clock.put_on()
    import django

    django.setup()
    clock.put_on_hub()
    set_traps(WEB if command == "web" else WORKER, Fuses(folder / "fuses"))
    watch_queue(folder / FAULTS)
    if os.environ.get(WITHOUT_LOOK):
        importlib.import_module("personalization.rendering.services.creation")._find = lambda project: []
    if command == "web":
        serve(*arguments)
    else:
        manage(command, *arguments)


def watch_queue(faults: Path) -> None:
    """Note whatever is queued inside a transaction: Redis would have it done although that is rolled back.

    django-q's own scheduler does it, and is followed by nothing that could fail.
    """
    from django.db import connection
    from django_q.brokers import get_broker

    broker = type(get_broker())
    enqueue = broker.enqueue

    def watched(self, task):
        stack = "".join(traceback.format_stack())
        if connection.in_atomic_block and "django_q/scheduler.py" not in stack:
            with faults.open("a") as file:
                file.write(stack[-1000:] + "\n")
        return enqueue(self, task)

    broker.enqueue = watched


def serve(address: str) -> None:
    from gunicorn.app.wsgiapp import run

    import siteconf.wsgi  # noqa: F401 - loaded here, so that every process of gunicorn starts from it

    sys.argv = ["gunicorn", "--bind", address, "--workers", "2"]
    run()


def manage(*arguments: str) -> None:
    from django.core.management import execute_from_command_line

    from core.worker import watchdog

    watchdog.cluster_command = lambda: [sys.executable, "-m", __spec__.name, "qcluster"]
    execute_from_command_line(["manage.py", *arguments])


if __name__ == "__main__":
    main()
