"""Two clocks: the sandbox's wall clock, and a work clock that rendering follows."""

import math
import threading
import time

INSTANT = math.inf


class Clock:
    """Wall time plus advances, and a work time that runs `speed` times faster.

    Speed 1 is real time, 0 stands still until `advance`, INSTANT means that all work is over by the time
    anybody looks. Speed never bends the wall clock, so time stamps stay comparable with the shop's.
    """

    def __init__(self, speed: float = 1.0) -> None:
        self._lock = threading.Lock()
        self._speed = speed
        self._advanced = 0.0
        self._work = 0.0
        self._measured_at = time.monotonic()

    @property
    def speed(self) -> float:
        return self._speed

    @property
    def instant(self) -> bool:
        return self._speed == INSTANT

    @property
    def stepped(self) -> bool:
        """Whether time passes only by being asked for, not by itself."""
        return self._speed == 0 or self.instant

    def now(self) -> float:
        """Seconds since 1970, moved forward by every `advance`."""
        return time.time() + self._advanced

    def work(self) -> float:
        """Seconds of work done since the sandbox started."""
        with self._lock:
            return self._measure()

    def set_speed(self, speed: float) -> None:
        if speed < 0 or math.isnan(speed):
            raise ValueError("Speed is a number of at least 0.")
        with self._lock:
            self._measure()
            self._speed = speed

    def advance(self, seconds: float) -> None:
        if not 0 <= seconds < 10**9:
            raise ValueError("Seconds is a number of at least 0.")
        with self._lock:
            self._measure()
            self._work += seconds
            self._advanced += seconds

    def rewind(self) -> None:
        """Take back every advance of the wall clock; work already done stays done."""
        with self._lock:
            self._advanced = 0.0

    def _measure(self) -> float:
        measured_at = time.monotonic()
        if not self.instant:
            self._work += (measured_at - self._measured_at) * self._speed
        self._measured_at = measured_at
        return self._work
