"""Signs of life: a file that the cluster's workers touch whenever they begin or end a task."""

import os
import time
from pathlib import Path

from django_q.signals import post_execute_in_worker, pre_execute

# Named by the watchdog in the environment of its cluster; without it nobody watches.
VARIABLE = "WORKER_SIGNS_OF_LIFE"


def leave_signs_of_life() -> None:
    """Let the workers of this process leave signs, if a watchdog has asked for them."""
    if not os.environ.get(VARIABLE):
        return
    pre_execute.connect(_leave, dispatch_uid="core.worker.begun")
    post_execute_in_worker.connect(_leave, dispatch_uid="core.worker.ended")


def leave(path: Path) -> None:
    path.touch()


def age(path: Path) -> float:
    """Seconds since the last sign."""
    return time.time() - path.stat().st_mtime


def _leave(sender: object, **kwargs: object) -> None:
    leave(Path(os.environ[VARIABLE]))


def beat() -> None:
    """A task that does nothing: that it is begun and ended is the sign."""
