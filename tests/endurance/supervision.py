"""Processes that are started again when they die, as systemd does with Restart=always."""

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path


class Supervised:
    """One process in a group of its own. `on_death` runs while all of the group is dead."""

    def __init__(
        self,
        command: list[str],
        *,
        environment: dict[str, str],
        log: Path,
        on_death: Callable[[], None] | None = None,
    ):
        self.deaths = 0
        self.log = log
        self.process: subprocess.Popen | None = None
        self._command = command
        self._environment = environment
        self._on_death = on_death
        self._is_stopping = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        self._is_stopping.clear()
        self._launch()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self, *, patience: float = 30) -> bool:
        """Tell the main process alone; whether it ended by itself in time. What is left is killed."""
        self._is_stopping.set()
        self.process.terminate()
        try:
            self.process.wait(patience)
            ended = True
        except subprocess.TimeoutExpired:
            ended = False
        self._end()
        return ended

    def kill(self) -> None:
        """All of the group at once, and nobody starts it again."""
        self._is_stopping.set()
        self._end()

    def _launch(self) -> None:
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                self._command, env=self._environment, stdout=log, stderr=log, start_new_session=True
            )

    def _watch(self) -> None:
        while True:
            self.process.wait()
            if self._is_stopping.is_set():
                return
            self._kill_group()
            self.deaths += 1
            if self._on_death:
                self._on_death()
            self._launch()

    def _end(self) -> None:
        self._kill_group()
        self.process.wait()
        self._thread.join(10)

    def _kill_group(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
