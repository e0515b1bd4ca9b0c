"""What a row of the failure table is made of, and the ways to fail that every call has."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

UNAVAILABLE, NOT_ASKED = "HubUnavailable", "HubNotAsked"
FORBIDDEN, REJECTED = "HubForbidden", "HubRejected"
NOT_FOUND, CONTRACT, NONE = "HubNotFound", "HubContractError", ""


@dataclass(frozen=True)
class Failure:
    """A way to fail.

    `fault` are options of the sandbox's `control.fail`, `trouble` is of the next project's rendering,
    `switches` are the sandbox's, `settings` the shop's, `act` is a method of the sandbox's control.
    `is_early`: before the rendering has ended. `is_left_alone`: the circuit breaker is open.
    """

    title: str
    fault: dict[str, Any] = field(default_factory=dict)
    trouble: str = ""
    switches: dict[str, Any] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    act: str = ""
    is_early: bool = False
    is_left_alone: bool = False


@dataclass(frozen=True)
class Outcome:
    """What the shopper reads (checked where a page answers), what staff see, what becomes of the work.

    `facts` are what the tests compare.
    """

    shopper: str
    staff: str
    kept: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One line of the table. `error` is what leaves the facade; empty: none does."""

    call: str
    failure: Failure
    error: str
    outcome: Outcome
    scene: str
    endpoint: str
    methods: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.scene}, {self.endpoint or 'any call'}: {self.failure.title}"


@dataclass(frozen=True)
class Call:
    """One call of the shop. `errors` says what a failure becomes, `outcomes` how each of these ends, and
    `methods` which methods of the facade make it.
    """

    title: str
    scene: str
    endpoint: str
    outcomes: dict[str, Outcome]
    errors: dict[str, str]
    more: tuple[tuple[Failure, str, Outcome], ...] = ()
    methods: tuple[str, ...] = ()

    def rows(self) -> Iterator[Row]:
        for name, error in self.errors.items():
            yield self._row(FAILURES[name], error, self.outcomes[error])
        for failure, error, outcome in self.more:
            yield self._row(failure, error, outcome)

    def _row(self, failure: Failure, error: str, outcome: Outcome) -> Row:
        return Row(self.title, failure, error, outcome, self.scene, self.endpoint, self.methods)


def fault(title: str, mode: str = "status", **options: Any) -> Failure:
    return Failure(title, fault={"mode": mode, "times": 3, **options})


FAILURES = {
    "500": fault("answers 500", status=500),
    "502": fault("answers 502 with a web page", "html", status=502),
    "503": fault("answers 503 with Retry-After", status=503, retry_after=120),
    "429": fault("answers 429 with Retry-After", status=429, retry_after=120),
    "hang": fault("does not answer in time", "hang", seconds=5),
    "reset": fault("cuts the connection", "reset"),
    "revoked": fault("answers 401 once: the access token was revoked", status=401, times=1),
    "401": fault("answers 401 again with a new token", status=401),
    "403": fault("answers 403", status=403),
    "404": fault("answers 404", status=404),
    "409": fault("answers 409", status=409),
    "malformed": fault("answers broken JSON", "malformed"),
    "wrong-types": fault("answers texts for numbers", "wrong-types"),
    "unknown-enum": fault("answers names that nobody knows", "unknown-enum"),
    "nulls": fault("answers nulls everywhere", "nulls"),
}
AWAY = dict.fromkeys(("500", "502", "503", "429", "hang", "reset"), UNAVAILABLE)
STATUSES = AWAY | {"revoked": NONE, "401": FORBIDDEN, "403": FORBIDDEN, "404": NOT_FOUND, "409": REJECTED}
JSON = STATUSES | {"malformed": CONTRACT, "wrong-types": CONTRACT, "unknown-enum": NONE, "nulls": CONTRACT}
