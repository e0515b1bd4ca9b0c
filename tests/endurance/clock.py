"""A clock for all processes of a drill that can be moved forward: real time, plus what a file says."""

import importlib
import os
import struct
import time
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

from django.utils import timezone

real_now = timezone.now
# Of the code that follows the Hub, these count in seconds since the epoch.
HUB_MODULES = ("breaker", "cache", "tokens")


class MovedClock:
    """Put on before the models are imported: their defaults keep the function that they find then."""

    def __init__(self, file: Path):
        if not file.exists():
            file.write_bytes(struct.pack("d", 0.0))
        self._descriptor = os.open(file, os.O_RDWR)

    @property
    def moved(self) -> float:
        """Seconds by which it is ahead of real time."""
        return struct.unpack("d", os.pread(self._descriptor, 8, 0))[0]

    def move(self, seconds: float) -> None:
        os.pwrite(self._descriptor, struct.pack("d", self.moved + seconds), 0)

    def put_on(self) -> None:
        timezone.now = lambda: real_now() + timedelta(seconds=self.moved)

    def put_on_hub(self) -> None:
        """After Django is set up."""
        moved = SimpleNamespace(**vars(time) | {"time": lambda: time.time() + self.moved})
        for name in HUB_MODULES:
            importlib.import_module(f"personalization.hub.{name}").time = moved
