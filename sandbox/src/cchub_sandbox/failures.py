"""Faults a person or a test arms: the next calls of some endpoints go wrong in a chosen way."""

import json
import random
import threading
from dataclasses import dataclass
from typing import Any

from werkzeug.wrappers import Response

from . import problems
from .calls import matches
from .http import empty, json_response

# Modes that answer instead of the endpoint, which therefore does nothing.
INSTEAD = ("status", "html", "hang", "reset")
# Modes that spoil the answer of the endpoint, which has done its work.
AFTERWARDS = ("late", "malformed", "wrong-types", "unknown-enum", "nulls", "as-status", "reset-after")
MODES = INSTEAD + AFTERWARDS

# What can go wrong with the processing of the next new project.
FAILS = "fail"
STUCK_PENDING = "stuck-pending"
STUCK = "stuck"
NO_FILES = "no-files"
WRONG_HOST = "wrong-host"
TRUNCATED = "truncated"
MISSING = "missing"
REDIRECTED = "redirected"
WRONG_TYPE = "wrong-type"
UNREADABLE = "unreadable"
FILE_TROUBLES = (WRONG_HOST, TRUNCATED, MISSING, REDIRECTED, WRONG_TYPE, UNREADABLE)
TROUBLES = (FAILS, STUCK_PENDING, STUCK, NO_FILES, *FILE_TROUBLES)

ENUM_FIELDS = {
    "workflowType": "HandyEditor",
    "processingStatus": "Cancelled",
    "status": "Cancelled",
    "productReferenceType": "ProductFamily",
    "productType": "ProductFamily",
    "type": "StrangeConflict",
}

HTML_ERROR = "<!doctype html><title>{status}</title><h1>{status}</h1><p>The gateway could not answer.</p>"


@dataclass
class Fault:
    """One armed fault: the next `times` calls of `group` (an endpoint or a group of them; "" is any).

    `status`, `seconds` (how long to hang or be late) and `retry_after` matter to the modes that use them.
    """

    group: str
    mode: str
    times: int = 1
    status: int = 500
    seconds: float = 30.0
    retry_after: int | None = None

    def __post_init__(self) -> None:
        if self.mode not in MODES:
            raise ValueError(f"Unknown failure mode {self.mode!r}. Choose one of: {', '.join(MODES)}.")
        if self.times < 1:
            raise ValueError("A failure is armed for at least one call.")
        if not 200 <= self.status <= 599:
            raise ValueError("A status is a number from 200 to 599.")
        if not 0 <= self.seconds <= 600:
            raise ValueError("Seconds is a number from 0 to 600.")

    @property
    def label(self) -> str:
        return f"{self.mode} {self.status}" if self.mode in ("status", "html", "as-status") else self.mode


@dataclass(frozen=True)
class Odds:
    """Bad weather: each call goes wrong by chance, until it is cleared.

    The shares, from 0 to 1, are of calls that answer 500, that do their work and lose the answer, and that
    answer 429. The same seed gives the same sequence.
    """

    errors: float = 0.0
    lost_answers: float = 0.0
    too_many: float = 0.0
    group: str = ""
    seed: int = 1

    def __post_init__(self) -> None:
        shares = (self.errors, self.lost_answers, self.too_many)
        if min(shares) < 0 or sum(shares) > 1:
            raise ValueError("The shares are numbers of at least 0 that come to at most 1 together.")

    @property
    def label(self) -> str:
        return (
            f"by chance {self.errors:.0%} errors, {self.lost_answers:.0%} answers lost,"
            f" {self.too_many:.0%} too many requests"
        )

    def fault(self, draw: float) -> Fault | None:
        """What becomes of a call for which this number from 0 to 1 was drawn."""
        if draw < self.errors:
            return Fault(self.group, "status", status=500)
        if draw < self.errors + self.lost_answers:
            return Fault(self.group, "reset-after")
        if draw < self.errors + self.lost_answers + self.too_many:
            return Fault(self.group, "status", status=429, retry_after=1)
        return None


class ResetConnection(Exception):
    """The connection is to be cut without an answer."""


class Failures:
    """The armed faults, oldest first; each call uses up at most one, and one without is left to the odds."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []
        self._troubles: list[str] = []
        self._odds: Odds | None = None
        self._released = threading.Event()

    def arm(self, fault: Fault) -> None:
        with self._lock:
            self._faults.append(fault)

    def set_odds(self, odds: Odds) -> None:
        with self._lock:
            self._odds, self._random = odds, random.Random(odds.seed)  # noqa: S311 - hides nothing

    def odds(self) -> Odds | None:
        return self._odds

    def armed(self) -> list[Fault]:
        with self._lock:
            return list(self._faults)

    def clear(self) -> None:
        """Disarm everything and let go of the calls that are being held."""
        with self._lock:
            self._faults.clear()
            self._troubles.clear()
            self._odds = None
            self._released.set()
            self._released = threading.Event()

    def take(self, name: str) -> Fault | None:
        with self._lock:
            fault = next((fault for fault in self._faults if matches(fault.group, name)), None)
            if fault is None:
                is_exposed = self._odds is not None and matches(self._odds.group, name)
                return self._odds.fault(self._random.random()) if is_exposed else None
            fault.times -= 1
            if fault.times == 0:
                self._faults.remove(fault)
            return fault

    def arm_trouble(self, trouble: str, times: int = 1) -> None:
        """Let the processing of the next `times` new projects go wrong."""
        if trouble not in TROUBLES:
            raise ValueError(f"Unknown trouble {trouble!r}. Choose one of: {', '.join(TROUBLES)}.")
        if times < 1:
            raise ValueError("A trouble is armed for at least one project.")
        with self._lock:
            self._troubles.extend([trouble] * times)

    def armed_troubles(self) -> list[str]:
        with self._lock:
            return list(self._troubles)

    def next_trouble(self) -> str | None:
        with self._lock:
            return self._troubles.pop(0) if self._troubles else None

    def hold(self, seconds: float) -> None:
        """Wait, unless `clear` comes first."""
        released = self._released
        released.wait(seconds)


def instead(fault: Fault, failures: Failures) -> Response:
    """The answer of a fault that keeps the endpoint from doing anything.

    Raises ResetConnection when there is to be no answer.
    """
    if fault.mode == "hang":
        failures.hold(fault.seconds)
    if fault.mode in ("hang", "reset"):
        raise ResetConnection
    if fault.mode == "html":
        response = Response(HTML_ERROR.format(status=fault.status), fault.status, content_type="text/html")
    elif fault.status in (401, 403):
        response = empty(fault.status)
    elif fault.status == 409:
        response = json_response(
            {"description": "Armed in the sandbox.", "type": "GeneralConflict"}, status=409
        )
    else:
        response = json_response(
            problems.problem_details(fault.status, "Armed in the sandbox."), fault.status
        )
    if fault.retry_after is not None:
        response.headers["Retry-After"] = str(fault.retry_after)
    return response


def afterwards(fault: Fault, response: Response, failures: Failures) -> Response:
    """The endpoint's own answer, spoiled.

    Raises ResetConnection when the answer is to be lost.
    """
    if fault.mode == "late":
        failures.hold(fault.seconds)
        return response
    if fault.mode == "reset-after":
        raise ResetConnection
    if fault.mode == "as-status":
        response.status_code = fault.status
        return response
    if response.mimetype != "application/json":
        return response
    body = response.get_json()
    if fault.mode == "malformed":
        response.set_data(json.dumps(body)[:-1] + ",")
    else:
        response.set_data(json.dumps(SPOILERS[fault.mode](body)))
    return response


def with_wrong_types(body: Any) -> Any:
    """Numbers become texts, at every depth."""
    if isinstance(body, dict):
        return {key: with_wrong_types(value) for key, value in body.items()}
    if isinstance(body, list):
        return [with_wrong_types(value) for value in body]
    is_number = isinstance(body, int | float) and not isinstance(body, bool)
    return str(body) if is_number else body


def with_unknown_enums(body: Any) -> Any:
    """Fields that hold a name from a list hold a name outside the list."""
    if isinstance(body, list):
        return [with_unknown_enums(value) for value in body]
    if not isinstance(body, dict):
        return body
    return {
        key: ENUM_FIELDS[key] if key in ENUM_FIELDS and isinstance(value, str) else with_unknown_enums(value)
        for key, value in body.items()
    }


def with_nulls(body: Any) -> Any:
    """Every field of an object is null."""
    return dict.fromkeys(body) if isinstance(body, dict) else None


SPOILERS = {"wrong-types": with_wrong_types, "unknown-enum": with_unknown_enums, "nulls": with_nulls}
