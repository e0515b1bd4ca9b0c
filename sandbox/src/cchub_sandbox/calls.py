"""The last calls the sandbox received or made, for assertions and for the console."""

import threading
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

KEPT_CALLS = 2000
NOT_ENDPOINTS = ("none", "webhook")  # unknown addresses, and the calls that the sandbox makes


@dataclass(frozen=True)
class Call:
    """One answered request. `name` is the endpoint's, as in "projects.create"; secrets are not kept."""

    at: float
    method: str
    path: str
    query: dict[str, str]
    name: str
    status: int
    failure: str | None = None
    user_id: str | None = None
    body: Any = field(default=None, repr=False)


class CallLog:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calls: deque[Call] = deque(maxlen=KEPT_CALLS)

    def add(self, call: Call) -> None:
        with self._lock:
            self._calls.append(call)

    def named(self, name: str = "") -> list[Call]:
        """Calls of one endpoint, or of a group of endpoints ("projects"), oldest first."""
        with self._lock:
            return [call for call in self._calls if matches(name, call.name)]

    def clear(self) -> None:
        with self._lock:
            self._calls.clear()


def matches(group: str, name: str) -> bool:
    """Whether an endpoint belongs to a group: "projects" holds "projects.create"; "" holds all."""
    return group in ("", name) or name.startswith(f"{group}.")


def require_known(group: str, names: Iterable[str]) -> None:
    """Raises ValueError, with what there is, for a group that holds none of these endpoints."""
    names = sorted(names)
    if any(matches(group, name) for name in names):
        return
    near = [name for name in names if matches(group.partition(".")[0], name)]
    known = near or sorted({name.partition(".")[0] for name in names})
    raise ValueError(f"There is no endpoint or group '{group}'. Known: {', '.join(known)}.")
