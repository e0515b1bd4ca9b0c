"""Runs django-q's cluster as a child, starts it anew when it stands still or dies, stops it gently.

However the watchdog itself ends, the cluster ends with it (`lifeline`).
"""

import contextlib
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from django.conf import settings
from django_q.brokers import get_broker
from django_q.conf import Conf
from django_q.status import Stat

from . import lifeline, signs

logger = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 5.0
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 60.0
HAS_GROUPS = hasattr(os, "killpg")


def cluster_command() -> list[str]:
    return [sys.executable, str(settings.BASE_DIR / "manage.py"), "qcluster"]


def holds_tasks(pid: int) -> bool:
    """Whether the cluster with this main process has taken tasks and not begun them, as far as it tells.

    A cluster on one of several hosts may go without a task for long by chance; one that holds none is not
    stuck. One that tells nothing has lost the process that guards it.
    """
    mine = [
        stat for stat in Stat.get_all(get_broker()) if (stat.pid, stat.host) == (pid, socket.gethostname())
    ]
    return not mine or not Conf.QSIZE or mine[0].task_q_size > 0


class Watchdog:
    """Keeps one cluster working until `stop` is set.

    `silence` is how many seconds a cluster that holds tasks may go without beginning or ending one;
    `patience` is how many it gets to finish its tasks when it is stopped.
    """

    def __init__(
        self,
        *,
        signs_of_life: Path,
        silence: float,
        patience: float,
        command: Sequence[str] | None = None,
        holds_tasks: Callable[[int], bool] = holds_tasks,
        look_every: float = LOOK_EVERY_SECONDS,
    ):
        self.stop = threading.Event()
        self.restarts = 0
        self._signs = signs_of_life
        self._silence = silence
        self._patience = patience
        self._command = list(command or cluster_command())
        self._holds_tasks = holds_tasks
        self._look_every = look_every
        self._pause = FIRST_PAUSE_SECONDS

    def run(self) -> None:
        """Blocks until told to stop; then the cluster has finished what it had begun."""
        child = self._start()
        try:
            while not self.stop.wait(self._look_every):
                if self._is_well(child):
                    continue
                self._kill(child)
                if self.stop.wait(self._pause):
                    break
                self._pause = min(self._pause * 2, LONGEST_PAUSE_SECONDS)
                self.restarts += 1
                child = self._start()
        finally:
            self._finish(child)
            self._signs.unlink(missing_ok=True)

    def _start(self) -> subprocess.Popen[bytes]:
        signs.leave(self._signs)
        own = {signs.VARIABLE: str(self._signs), lifeline.VARIABLE: str(self._patience)}
        # A group of its own: django-q hangs when a signal reaches its whole group, as Ctrl-C would.
        return subprocess.Popen(  # noqa: S603
            self._command,
            env={**os.environ, **own},
            stdin=subprocess.PIPE,
            start_new_session=HAS_GROUPS,
        )

    def _is_well(self, child: subprocess.Popen[bytes]) -> bool:
        if child.poll() is not None:
            logger.error("The worker ended by itself (exit code %s); it is started anew", child.returncode)
            return False
        silent_for = signs.age(self._signs)
        if silent_for < self._silence:
            if self._pause > FIRST_PAUSE_SECONDS and silent_for < self._look_every:
                self._pause = FIRST_PAUSE_SECONDS
            return True
        if not self._holds_tasks(child.pid):
            return True
        logger.error("The worker has stood still for %d s; it is started anew", silent_for)
        return False

    def _kill(self, child: subprocess.Popen[bytes]) -> None:
        """All of the cluster at once: one that stands still does not follow SIGTERM, and is at no task."""
        if HAS_GROUPS:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
        child.wait()
        if child.stdin:
            child.stdin.close()

    def _finish(self, child: subprocess.Popen[bytes]) -> None:
        """Tell the main process only, wait for the tasks at hand, and leave nothing behind."""
        if child.poll() is None:
            child.terminate()
            try:
                child.wait(self._patience)
                return
            except subprocess.TimeoutExpired:
                logger.error("The worker has not stopped after %d s and is killed", self._patience)
        self._kill(child)


def signs_path() -> Path:
    """Where the cluster of this watchdog leaves its signs; no two watchdogs share it."""
    name = f"worker-{socket.gethostname()}-{os.getpid()}-{int(time.time())}.alive"
    return Path(settings.VAR_DIR) / name
